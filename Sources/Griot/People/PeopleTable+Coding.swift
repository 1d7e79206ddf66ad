import Documents

/// The people table as a side file of the commit (README, "Side state"): a cache of what ``build(_:_:)`` finds, told
/// from stale ones by its stamp.
extension PeopleTable {
  static let sideFile = "people"
  private static let version: UInt64 = 1

  enum Field {
    static let version = 1, stamp = 2, person = 3, segment = 4, hashes = 5, codes = 6
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
        $0.field(4, UInt64(person.documents))
        if let unit = person.unit { $0.field(5, unit) }
        if let title = person.title { $0.field(6, title) }
        $0.field(7, (person.isPinned ? 1 : 0) | (person.isHidden ? 2 : 0))
      }
    }
    for segment in segments { w.field(Field.segment, Self.bytes(segment)) }
    w.field(Field.hashes, Self.bytes(hashes))
    w.field(Field.codes, Self.bytes(codes))
    return w.bytes
  }

  /// - Returns: `nil` for a table of another stamp or version.
  static func decode(_ bytes: UnsafeRawBufferPointer, stamp: UInt64) throws(FrameError) -> PeopleTable? {
    var persons: [PersonRecord] = []
    var segments: [[UInt32]] = []
    var hashes: [UInt64] = []
    var codes: [UInt32] = []
    var reader = WireReader(bytes)
    while let (number, value) = try reader.next() {
      switch number {
      case Field.version: if try value.number(number) != version { return nil }
      case Field.stamp: if try value.number(number) != stamp { return nil }
      case Field.person: persons.append(try person(WireReader(bytes, try value.range(number))))
      case Field.segment: segments.append(integers(bytes, try value.range(number)))
      case Field.hashes: hashes = integers(bytes, try value.range(number))
      case Field.codes: codes = integers(bytes, try value.range(number))
      default: break
      }
    }
    guard hashes.count == codes.count else { throw FrameError(offset: 0, what: "the people table is not sound") }
    return PeopleTable(persons: persons, segments: segments, hashes: hashes, codes: codes)
  }

  private static func person(_ r: WireReader) throws(FrameError) -> PersonRecord {
    var r = r
    var out = PersonRecord(name: "")
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.name = r.string(try value.range(1))
      case 2: out.aliases.append(r.string(try value.range(2)))
      case 3: out.addresses.append(r.string(try value.range(3)))
      case 4: out.documents = Int(clamping: try value.number(4))
      case 5: out.unit = r.string(try value.range(5))
      case 6: out.title = r.string(try value.range(6))
      case 7:
        let flags = try value.number(7)
        out.isPinned = flags & 1 != 0
        out.isHidden = flags & 2 != 0
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
    let size = MemoryLayout<I>.size
    return (0..<range.count / size).map {
      I(littleEndian: bytes.loadUnaligned(fromByteOffset: range.lowerBound + $0 * size, as: I.self))
    }
  }
}
