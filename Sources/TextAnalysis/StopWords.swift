/// Words so frequent in a language that a free-text query drops them while a content word remains.
///
/// Stop words *are* indexed (phrases need them): this is a policy of queries. Forms are compared folded, as
/// `Stemmer.fold` returns them, so that `für` and `fur` are one.
public struct StopWords: Sendable {
  private let forms: Set<[UInt8]>

  /// The list of a language; empty for a language without one.
  public static func of(_ language: Language) -> StopWords { lists[language] ?? none }

  /// The 33 words that Lucene's English analyzer removes: for comparisons with it, both from index and queries.
  public static let luceneEnglish = StopWords(words: luceneEnglishWords)

  /// No words at all.
  public static let none = StopWords(words: "")

  /// A list of words separated by white space, in any case, diacritics or not.
  public init(words: String) {
    let stemmer = Stemmer()
    var forms: Set<[UInt8]> = []
    for word in words.split(whereSeparator: \.isWhitespace) {
      let bytes = Array(word.utf8)
      let term = bytes.withUnsafeBytes { TermNormalizer.normalize($0) }
      forms.insert(stemmer.fold(term))
    }
    self.forms = forms
  }

  /// Whether a folded form is a stop word. O(length).
  public func contains(_ form: [UInt8]) -> Bool { forms.contains(form) }

  public func contains(_ form: UnsafeRawBufferPointer) -> Bool { forms.contains([UInt8](form)) }

  public var count: Int { forms.count }

  private static let lists: [Language: StopWords] = [.english: StopWords(words: luceneEnglishWords)]

  static let luceneEnglishWords = """
    a an and are as at be but by for if in into is it no not of on or such that the their then there these they this
    to was will with
    """
}
