import Documents
import SearchEngine
import TextAnalysis

/// The columns that Griot gives each document, and the names of what it keeps in a commit beside the index.
enum MemorySchema {
  static let date = "date", kind = "kind", source = "source", language = "language"
  static let externalID = "external_id", file = "file", digest = "digest"
  /// A document's ``DocumentSignature``.
  static let signature = "signature"

  /// What was learned (see ``LessonColumn``).
  static let lessons = "lessons", lessonTypes = "lesson_types"
  /// What the documents say that short forms stand for (see ``AcronymEntry``).
  static let acronyms = "acronyms"

  /// In the order of ``Column``.
  static let schema = Schema(
    columns: [
      ColumnField(name: date, type: .integer),
      ColumnField(name: kind, type: .keyword),
      ColumnField(name: source, type: .keyword),
      ColumnField(name: language, type: .keyword),
      ColumnField(name: externalID, type: .bytes),
      ColumnField(name: file, type: .integer),
      ColumnField(name: digest, type: .integer),
      ColumnField(name: signature, type: .fixed),
      ColumnField(name: lessons, type: .bytes),
      ColumnField(name: lessonTypes, type: .keywords),
      ColumnField(name: acronyms, type: .inverted),
    ])

  enum Column: Int {
    case date, kind, source, language, externalID, file, digest, signature
    case lessons, lessonTypes, acronyms
  }

  /// Attribute of a commit: live documents by language, `en 1200` and the like, one a line.
  static let languagesAttribute = "languages"

  /// - Parameter purpose: Told to whoever finds the memory locked.
  static func configuration(_ batchBytes: Int, purpose: String) -> IndexConfiguration {
    var configuration = IndexConfiguration(
      schema: schema, weights: FieldWeights(), analyzerFingerprint: Analyzer().fingerprint().tokens,
      batchBytes: batchBytes)
    configuration.hasSignatures = true
    configuration.purpose = purpose
    return configuration
  }
}

/// Live documents by language.
struct LanguageCounts: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    var language: Language
    var count: Int
  }

  /// By language. Few, and read in every process: a dictionary would have its type made at run time each time.
  private var entries: [Entry] = []

  init() {}

  init(attribute: [UInt8]?) {
    for line in (attribute ?? []).split(separator: 0x0A) {
      let fields = line.split(separator: 0x20)
      guard fields.count == 2, let count = Int(String(decoding: fields[1], as: UTF8.self)) else { continue }
      let language = Language(code: String(decoding: fields[0], as: UTF8.self))
      entries.removeAll { $0.language == language }
      insert(Entry(language: language, count: count))
    }
  }

  /// Nothing is kept of a language that has no document.
  mutating func add(_ language: Language, _ n: Int) {
    var count = n
    if let index = entries.firstIndex(where: { $0.language == language }) { count += entries.remove(at: index).count }
    if count > 0 { insert(Entry(language: language, count: count)) }
  }

  private mutating func insert(_ entry: Entry) {
    let index = entries.firstIndex { $0.language.rawValue > entry.language.rawValue } ?? entries.count
    entries.insert(entry, at: index)
  }

  /// Most frequent first, ties by code.
  var ranked: [Entry] {
    if entries.count < 2 { return entries }
    return entries.sorted { $0.count != $1.count ? $0.count > $1.count : $0.language.code < $1.language.code }
  }

  var attribute: [UInt8] {
    Array(ranked.map { "\($0.language.code) \($0.count)" }.joined(separator: "\n").utf8)
  }

  /// The languages that a query word is taken to be in: those of at least one document in a hundred, at most three.
  var queryLanguages: [Language] {
    let total = entries.reduce(0) { $0 + $1.count }
    let languages = ranked.filter { $0.count * 100 >= total }.prefix(3).map(\.language)
    return languages.isEmpty ? [.other] : Array(languages)
  }
}
