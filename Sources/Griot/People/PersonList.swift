import Documents

/// The people of a table, by number. A query needs a handful of many thousands, so that a table read from its side file
/// decodes a person only when asked.
struct PersonList: RandomAccessCollection, Sendable {
  private enum Storage: Sendable {
    case records([PersonRecord])
    /// Frames of people, and where each begins and ends.
    case encoded([UInt8], ranges: [Range<Int>])
  }

  private let storage: Storage
  /// Documents made, by person.
  let volumes: [UInt32]
  /// Bit 0: named by the people file; bit 1: hidden.
  let flags: [UInt8]

  init(_ records: [PersonRecord]) {
    storage = .records(records)
    volumes = records.map { UInt32(clamping: $0.documents) }
    flags = records.map { ($0.isPinned ? 1 : 0) | ($0.isHidden ? 2 : 0) }
  }

  /// - Parameter ranges: Of the people's frames in `bytes`; as many as volumes and flags.
  init(_ bytes: [UInt8], ranges: [Range<Int>], volumes: [UInt32], flags: [UInt8]) {
    storage = .encoded(bytes, ranges: ranges)
    self.volumes = volumes
    self.flags = flags
  }

  var startIndex: Int { 0 }
  var endIndex: Int { volumes.count }

  func isHidden(_ index: Int) -> Bool { flags[index] & 2 != 0 }

  /// Decodes the person; one whose frame is damaged has no name (the side file's checksum was good, so that this is
  /// nobody's lot).
  subscript(index: Int) -> PersonRecord {
    switch storage {
    case .records(let records): return records[index]
    case .encoded(let bytes, let ranges):
      var record =
        bytes.withUnsafeBytes { raw in try? PeopleTable.person(WireReader(raw, ranges[index])) }
        ?? PersonRecord(name: "")
      record.documents = Int(volumes[index])
      record.isPinned = flags[index] & 1 != 0
      record.isHidden = flags[index] & 2 != 0
      return record
    }
  }
}
