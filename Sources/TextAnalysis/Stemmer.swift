import CSnowball

/// Folds and stems terms.
///
/// A token's term keeps its diacritics, because Snowball's rules need them (Spanish `-ción`, French `-é`, Portuguese
/// `-ções`). Two forms derive from it, once per distinct term and language:
/// - the *form*, `fold(term)`: what a quoted word is compared with, diacritics of Latin, Greek and Cyrillic removed;
/// - the *stem*, `stem(term, language)`: Snowball on the unfolded term, then folded.
///
/// So one form can have several stems: one per language, and one more where a text wrote the diacritics and another
/// left them out (`résumé`, `resume`). The forms dictionary therefore maps a form to a *list* of (stem, code), and a
/// free query word matches the stems that its form has there, together with its stems in the languages of the memory.
/// Then a word is always found by the same letters, with or without diacritics, whatever language was detected.
///
/// One stemmer per thread. The results point into the stemmer's memory.
public final class Stemmer {
  private var stemmers: [OpaquePointer?]
  private var opened: [Bool]

  public init() {
    stemmers = Array(repeating: nil, count: Int(Language.lastStemmed) + 1)
    opened = Array(repeating: false, count: Int(Language.lastStemmed) + 1)
  }

  deinit {
    for case .some(let stemmer) in stemmers { csnowball_close(stemmer) }
  }

  /// The term without diacritics of Latin, Greek and Cyrillic letters. Valid until the next call of `fold`.
  public func fold(_ term: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer { term }

  /// The folded stem of a term. Valid until the next call of `stem`. A term with anything but letters and
  /// apostrophes in it (numbers, identifiers, protected words), and every term of a language without a stemmer, is
  /// its own stem.
  public func stem(_ term: UnsafeRawBufferPointer, _ language: Language) -> UnsafeRawBufferPointer {
    guard let stemmer = stemmer(for: language), let base = term.baseAddress, term.count > 0 else { return term }
    var count = 0
    guard let stem = csnowball_stem(stemmer, base.assumingMemoryBound(to: UInt8.self), term.count, &count), count > 0
    else { return term }
    return UnsafeRawBufferPointer(start: stem, count: count)
  }

  private func stemmer(for language: Language) -> OpaquePointer? {
    guard language.hasStemmer else { return nil }
    let index = Int(language.rawValue)
    if !opened[index] {
      opened[index] = true
      stemmers[index] = csnowball_open(language.code)
    }
    return stemmers[index]
  }
}

extension Stemmer {
  /// `fold` for callers with arrays.
  public func fold(_ term: [UInt8]) -> [UInt8] { term.withUnsafeBytes { [UInt8](fold($0)) } }

  /// `stem` for callers with arrays.
  public func stem(_ term: [UInt8], _ language: Language) -> [UInt8] {
    term.withUnsafeBytes { [UInt8](stem($0, language)) }
  }
}
