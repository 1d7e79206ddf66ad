/// Words so frequent in a language that a free-text query drops them while a content word remains.
///
/// Stop words *are* indexed (phrases need them): this is a policy of queries. Forms are compared folded, as
/// `Stemmer.fold` returns them, so that `für` and `fur` are one.
public struct StopWords: Sendable {
  private let forms: [[UInt8]]
  /// Open addressing over `forms`: hashes (0 where empty) and indexes, a power of two of slots, at most half full.
  private let hashes: [UInt64]
  private let indexes: [UInt16]
  /// For the first two bytes of a form (five bits each) the lengths of the forms that begin so: bit 15 is 15 and more.
  private let lengths: [UInt16]

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
    var forms: [[UInt8]] = []
    var hashes: [UInt64] = []
    var indexes: [UInt16] = []
    let list = words.utf8.split(whereSeparator: { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) })
    var slots = 2
    while slots < list.count * 2 { slots *= 2 }
    hashes = Array(repeating: 0, count: slots)
    indexes = Array(repeating: 0, count: slots)
    for word in list {
      let form = stemmer.fold(Array(word))
      let hash = form.withUnsafeBytes { TermHash.hash($0) } | 1
      var slot = Int(truncatingIfNeeded: hash >> 32) & (slots - 1)
      while hashes[slot] != 0, hashes[slot] != hash || forms[Int(indexes[slot])] != form {
        slot = (slot + 1) & (slots - 1)
      }
      if hashes[slot] != 0 { continue }
      hashes[slot] = hash
      indexes[slot] = UInt16(truncatingIfNeeded: forms.count)
      forms.append(form)
      precondition(forms.count <= Int(UInt16.max), "a list of stop words has at most 65,535 words")
    }
    self.forms = forms
    self.hashes = hashes
    self.indexes = indexes
    var lengths = [UInt16](repeating: 0, count: 1 << 10)
    for form in forms where form.count > 1 { lengths[Self.beginning(form[0], form[1])] |= 1 << min(15, form.count) }
    self.lengths = lengths
  }

  /// Whether a folded form is a stop word. O(length), without allocation.
  public func contains(_ form: UnsafeRawBufferPointer) -> Bool { contains(form, hash: TermHash.hash(form)) }

  /// The same with the form's `TermHash`, which a token whose term is ASCII (and so its own form) carries.
  public func contains(_ form: UnsafeRawBufferPointer, hash: UInt64) -> Bool {
    let hash = hash | 1
    let mask = hashes.count - 1
    var slot = Int(truncatingIfNeeded: hash >> 32) & mask
    while hashes[slot] != 0 {
      if hashes[slot] == hash, forms[Int(indexes[slot])].elementsEqual(form) { return true }
      slot = (slot + 1) & mask
    }
    return false
  }

  /// Whether the folded form of a term is a stop word. Nearly all terms of ASCII are told by two bytes and their length.
  public func contains(folding term: UnsafeRawBufferPointer, _ stemmer: Stemmer) -> Bool {
    guard !forms.isEmpty else { return false }
    if term.count > 1, lengths[Self.beginning(term[0], term[1])] & 1 << min(15, term.count) == 0,
      term.allSatisfy({ $0 < 0x80 })
    {
      return false
    }
    return contains(stemmer.fold(term))
  }

  private static func beginning(_ first: UInt8, _ second: UInt8) -> Int { Int(first & 31) << 5 | Int(second & 31) }

  public func contains(_ form: [UInt8]) -> Bool { form.withUnsafeBytes { contains($0) } }

  public var count: Int { forms.count }

  public var isEmpty: Bool { forms.isEmpty }

  private static let luceneEnglishWords = """
    a an and are as at be but by for if in into is it no not of on or such that the their then there these they this
    to was will with
    """
}
