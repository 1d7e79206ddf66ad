import Documents

/// The people table as a side file of the commit (README, "Side state"): a cache of what ``build(_:_:)`` finds, told
/// from stale ones by its stamp.
extension PeopleTable {
  static let sideFile = "people"
  private static let version: UInt64 = 2

  enum Field {
    static let version = 1, stamp = 2, person = 3, segment = 4, hashes = 5, codes = 6, volumes = 7, flags = 8
    static let nameHashes = 9, namePersons = 10
  }

  func encoded(stamp: UInt64) -> [UInt8] {
    var w = WireWriter(reserving: 64 + persons.count * 64 + hashes.count * 12)
    w.field(Field.version, Self.version)
    w.field(Field.stamp, stamp)
    for person in persons {
      w.message(Field.person) {
        $0.field(1, person.name)
        for alias in person.aliases { $0.field(2, alias) }
        for address in person.addresses { $0.field(3, address) }
        if let unit = person.unit { $0.field(5, unit) }
        if let title = person.title { $0.field(6, title) }
      }
    }
    for segment in segments { w.field(Field.segment, Self.bytes(segment)) }
    w.field(Field.hashes, Self.bytes(hashes))
    w.field(Field.codes, Self.bytes(codes))
    w.field(Field.volumes, Self.bytes(persons.volumes))
    w.field(Field.flags, persons.flags)
    w.field(Field.nameHashes, Self.bytes(fullNames.hashes))
    w.field(Field.namePersons, Self.bytes(fullNames.persons))
    return w.bytes
  }

  /// - Returns: `nil` for a table of another stamp or version.
  static func decode(_ bytes: UnsafeRawBufferPointer, stamp: UInt64) throws(FrameError) -> PeopleTable? {
    var persons: [Range<Int>] = []
    var (volumes, flags): ([UInt32], [UInt8]) = ([], [])
    var segments: [[UInt32]] = []
    var hashes: [UInt64] = []
    var codes: [UInt32] = []
    var (nameHashes, namePersons): ([UInt64], [UInt32]) = ([], [])
    var reader = WireReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case Field.version: if try value.number(number) != version { return nil }
      case Field.stamp: if try value.number(number) != stamp { return nil }
      case Field.person: persons.append(try value.range(number))
      case Field.segment: segments.append(integers(bytes, try value.range(number)))
      case Field.hashes: hashes = integers(bytes, try value.range(number))
      case Field.codes: codes = integers(bytes, try value.range(number))
      case Field.volumes: volumes = integers(bytes, try value.range(number))
      case Field.flags: flags = [UInt8](bytes[try value.range(number)])
      case Field.nameHashes: nameHashes = integers(bytes, try value.range(number))
      case Field.namePersons: namePersons = integers(bytes, try value.range(number))
      default: break
      }
    }
    guard hashes.count == codes.count, persons.count == volumes.count, persons.count == flags.count,
      nameHashes.count == namePersons.count, namePersons.allSatisfy({ $0 < persons.count })
    else {
      throw FrameError(offset: 0, what: "the people table is not sound")
    }
    let list = PersonList([UInt8](bytes), ranges: persons, volumes: volumes, flags: flags)
    return PeopleTable(
      persons: list, segments: segments, hashes: hashes, codes: codes,
      fullNames: FullNames(hashes: nameHashes, persons: namePersons))
  }

  /// One person's frame; volume and flags stand apart.
  static func person(_ r: WireReader) throws(FrameError) -> PersonRecord {
    var r = r
    var out = PersonRecord(name: "")
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.name = r.string(try value.range(1))
      case 2: out.aliases.append(r.string(try value.range(2)))
      case 3: out.addresses.append(r.string(try value.range(3)))
      case 5: out.unit = r.string(try value.range(5))
      case 6: out.title = r.string(try value.range(6))
      default: break
      }
    }
    return out
  }

  /// Little-endian, without gaps.
  private static func bytes<I: FixedWidthInteger>(_ integers: [I]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(integers.count * MemoryLayout<I>.size)
    for integer in integers { withUnsafeBytes(of: integer.littleEndian) { out.append(contentsOf: $0) } }
    return out
  }

  private static func integers<I: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> [I] {
    let count = range.count / MemoryLayout<I>.size
    let end = range.lowerBound + count * MemoryLayout<I>.size
    let out = [I](unsafeUninitializedCapacity: count) { buffer, initialized in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[range.lowerBound..<end]))
      initialized = count
    }
    return I(littleEndian: 1) == 1 ? out : out.map { I(littleEndian: $0) }
  }
}
