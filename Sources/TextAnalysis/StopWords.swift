/// Words so frequent in a language that a free-text query drops them while a content word remains.
///
/// Stop words *are* indexed (phrases need them): this is a policy of queries. Forms are compared folded, as
/// `Stemmer.fold` returns them, so that `für` and `fur` are one.
public struct StopWords: Sendable {
  private let forms: Set<[UInt8]>

  /// The list of a language; empty for a language without one.
  public static func of(_ language: Language) -> StopWords {
    switch language {
    case .english: english
    case .german: german
    case .french: french
    case .spanish: spanish
    case .italian: italian
    case .portuguese: portuguese
    case .dutch: dutch
    case .swedish: swedish
    case .norwegian: norwegian
    case .danish: danish
    case .finnish: finnish
    case .russian: russian
    default: none
    }
  }

  /// The languages that have a list.
  public static let languages: [Language] = [
    .english, .german, .french, .spanish, .italian, .portuguese, .dutch, .swedish, .norwegian, .danish, .finnish,
    .russian,
  ]

  /// The 33 words that Lucene's English analyzer removes: for comparisons with it, both from index and queries.
  public static let luceneEnglish = StopWords(folding: luceneEnglishWords)

  /// No words at all.
  public static let none = StopWords(folding: "")

  /// A list of words separated by white space, in any case, with diacritics or without.
  public init(words: String) {
    let bytes = Array(words.utf8)
    let isASCII = bytes.allSatisfy { $0 < 0x80 }
    self.init(folding: isASCII ? words.lowercased() : String(decoding: CaseFolding.fold(bytes), as: UTF8.self))
  }

  /// A list in lower case already: ICU stays closed.
  init(folding words: String) {
    let stemmer = Stemmer()
    var forms: Set<[UInt8]> = []
    for word in words.utf8.split(whereSeparator: { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }) {
      forms.insert(stemmer.fold(Array(word)))
    }
    self.forms = forms
  }

  /// Whether the list has no words.
  public var isEmpty: Bool { forms.isEmpty }

  /// Whether a folded form is a stop word. O(length).
  public func contains(_ form: [UInt8]) -> Bool { forms.contains(form) }

  public func contains(_ form: UnsafeRawBufferPointer) -> Bool { forms.contains([UInt8](form)) }

  public var count: Int { forms.count }

  private static let luceneEnglishWords = """
    a an and are as at be but by for if in into is it no not of on or such that the their then there these they this
    to was will with
    """
}
