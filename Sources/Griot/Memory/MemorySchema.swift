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
  private(set) var counts: [Language: Int] = [:]

  init() {}

  init(attribute: [UInt8]?) {
    for line in (attribute ?? []).split(separator: 0x0A) {
      let fields = line.split(separator: 0x20)
      guard fields.count == 2, let count = Int(String(decoding: fields[1], as: UTF8.self)) else { continue }
      counts[Language(code: String(decoding: fields[0], as: UTF8.self))] = count
    }
  }

  mutating func add(_ language: Language, _ n: Int) {
    let count = counts[language, default: 0] + n
    counts[language] = count > 0 ? count : nil
  }

  /// Most frequent first, ties by code.
  var ranked: [(language: Language, count: Int)] {
    counts.map { (language: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.language.code < $1.language.code }
  }

  var attribute: [UInt8] {
    Array(ranked.map { "\($0.language.code) \($0.count)" }.joined(separator: "\n").utf8)
  }

  /// The languages that a query word is taken to be in: those of at least one document in a hundred, at most three.
  var queryLanguages: [Language] {
    let total = counts.values.reduce(0, +)
    let languages = ranked.filter { $0.count * 100 >= total }.prefix(3).map(\.language)
    return languages.isEmpty ? [.other] : Array(languages)
  }
}
