/// What `griot doctor` found: things that are as they were taken in, and yet look wrong.
public struct DoctorReport: Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Bytes of the memory are not what was written.
    case damage
    /// A document without a file, an entry without a document.
    case catalogue
    /// Files that no commit names.
    case leftovers
    /// An ingest that was cut short.
    case unfinished
    /// Terms made by another analyzer.
    case analyzer
    /// Records that crashed, stalled or swelled their reader, or could not be read.
    case quarantine
    /// Files that could not be read at all.
    case unreadable
    /// Originals that are gone.
    case missingOriginals = "missing-originals"
    /// Letters that decoding could not make out (U+FFFD).
    case replacementCharacters = "replacement-characters"
    /// Messages that perhaps hold two, or perhaps are half of one.
    case mailboxBoundaries = "mailbox-boundaries"
    /// Other remarks of the readers.
    case notes
    case undated
    case unauthored
    case untitled
    /// Documents without a word.
    case empty
    /// Removed documents whose bytes are still there.
    case removed

    /// What to do about it.
    public var advice: String {
      switch self {
      case .damage: "restore a backup, or ingest anew"
      case .catalogue: "griot ingest reads the files again and sets it right"
      case .leftovers: "of a writer that was killed; the next one takes them away"
      case .unfinished: "ingest again to go on where it stopped"
      case .analyzer: "griot reindex"
      case .quarantine: "not tried again until the file changes; griot extract FILE shows what the reader says"
      case .unreadable: "not tried again until the file changes"
      case .missingOriginals: "griot ingest --prune of the same path removes their documents"
      case .replacementCharacters: "the charset may be another one than the file declares"
      case .mailboxBoundaries: "look at the mailbox there"
      case .notes: "remarks of the readers"
      case .undated: "found by words, left out by after: and before:"
      case .unauthored: "they cannot speak for anybody in griot experts"
      case .untitled: "shown as (no title)"
      case .empty: "nothing of them can be found"
      case .removed: "griot merge gives the space back, griot remove --purge forgets at once"
      }
    }
  }

  /// One thing that looks wrong. Not every kind has an id, a title and a place.
  public struct Item: Sendable, Equatable {
    public var id: String?
    public var title: String?
    public var location: String?
    public var detail: String?
    public init(id: String? = nil, title: String? = nil, location: String? = nil, detail: String? = nil) {
      self.id = id
      self.title = title
      self.location = location
      self.detail = detail
    }
  }

  public struct Finding: Sendable {
    public var kind: Kind
    /// All of them; ``items`` may be fewer.
    public var count: Int
    /// The first ones, in order of ingest.
    public var items: [Item]
  }

  /// Live documents looked at.
  public var documents = 0
  /// In the order of ``Kind``; only kinds of which there is something.
  public var findings: [Finding] { Kind.allCases.compactMap { found[$0] } }
  public var isSound: Bool { found[.damage] == nil }

  private var found: [Kind: Finding] = [:]
  private let limit: Int

  /// - Parameter limit: Items kept of each kind.
  public init(limit: Int) { self.limit = limit }

  /// Notes one more thing; it is described only if there is room for it.
  mutating func add(_ kind: Kind, count: Int = 1, _ item: @autoclosure () -> Item) {
    var finding = found.removeValue(forKey: kind) ?? Finding(kind: kind, count: 0, items: [])
    finding.count += count
    if finding.items.count < limit { finding.items.append(item()) }
    found[kind] = finding
  }
}
