/// What all index files have in common (FORMAT.md, "Every file"):
///
///     header (16)  content with sections ...  table of sections | page sums | sums of page sums | trailer (64)
///     `-------------------- content, in pages of 4 KiB -------'
enum FileLayout {
  static let formatVersion: UInt32 = 0
  static let pageShift = 12
  static let pageSize = 1 << pageShift
  /// Page sums that one sum of the second level covers.
  static let sumsPerGroup = pageSize / 4
  static let headerSize = 16
  static let trailerSize = 64
  /// "GRIOTIDX"
  static let headerMagic: UInt64 = 0x5844_4954_4F49_5247
  /// "GEND"
  static let trailerMagic: UInt32 = 0x444E_4547
}

/// The files of a segment. The raw value is the kind in header and trailer, four letters.
enum FileKind: UInt32, CaseIterable, Sendable {
  case terms = 0x4D52_4554  // "TERM"
  case postings = 0x5453_4F50  // "POST"
  case positions = 0x5349_534F  // "OSIS"
  case passages = 0x5353_4150  // "PASS"
  case columns = 0x534C_4F43  // "COLS"
  case stored = 0x524F_5453  // "STOR"
  case live = 0x4556_494C  // "LIVE"

  /// The extension of the file's name.
  var fileExtension: String {
    switch self {
    case .terms: "terms"
    case .postings: "post"
    case .positions: "pos"
    case .passages: "pass"
    case .columns: "cols"
    case .stored: "store"
    case .live: "live"
    }
  }

  /// The files that every segment is made of; live documents come with deletes.
  static let ofSegment: [FileKind] = [.terms, .postings, .positions, .passages, .columns, .stored]

  /// `segments/0000000007.post`; live documents carry the generation, `segments/0000000007-2.live`.
  func name(_ segment: SegmentID, generation: UInt64 = 0) -> String {
    let digits = String(segment)
    let id = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
    return "segments/" + id + (self == .live ? "-\(generation)" : "") + "." + fileExtension
  }
}

/// A part of a file, named by four letters. Readers skip sections that they do not know.
struct SectionID: RawRepresentable, Hashable, Sendable {
  var rawValue: UInt32
  init(rawValue: UInt32) { self.rawValue = rawValue }
  init(_ letters: StaticString) {
    precondition(letters.utf8CodeUnitCount == 4, "a section's name has four letters")
    rawValue = UnsafeRawPointer(letters.utf8Start).loadUnaligned(as: UInt32.self).littleEndian
  }
}

/// Where a section stands in its file's content.
struct Section: Sendable {
  var offset: UInt64
  var count: UInt64
}
