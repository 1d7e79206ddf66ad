import CKernels
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
  private let folding = DiacriticFolding()
  private let foldScratch: Scratch
  private let stemScratch: Scratch

  public init() {
    foldScratch = Scratch()
    stemScratch = Scratch()
    stemmers = Array(repeating: nil, count: Int(Language.lastStemmed) + 1)
    opened = Array(repeating: false, count: Int(Language.lastStemmed) + 1)
  }

  deinit {
    for case .some(let stemmer) in stemmers { csnowball_close(stemmer) }
  }

  /// The term without diacritics of Latin, Greek and Cyrillic letters (`DiacriticFolding`): the exact form of the
  /// index. Valid until the next call of `fold`, and as long as `term` is.
  public func fold(_ term: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer { fold(term, foldScratch) }

  /// The folded stem of a term. Valid until the next call of `stem`, and as long as `term` is.
  ///
  /// A term with anything but letters and apostrophes in it (numbers, identifiers, protected words) is only folded, and
  /// so is every term where the language has no stemmer.
  public func stem(_ term: UnsafeRawBufferPointer, _ language: Language) -> UnsafeRawBufferPointer {
    guard let stemmer = stemmer(for: language), let base = term.baseAddress, Self.isWord(term) else {
      return fold(term, stemScratch)
    }
    var count = 0
    guard let stem = csnowball_stem(stemmer, base.assumingMemoryBound(to: UInt8.self), term.count, &count), count > 0
    else { return fold(term, stemScratch) }
    return fold(UnsafeRawBufferPointer(start: stem, count: count), stemScratch)
  }

  private func fold(_ term: UnsafeRawBufferPointer, _ scratch: Scratch) -> UnsafeRawBufferPointer {
    guard let base = term.baseAddress?.assumingMemoryBound(to: UInt8.self), ctext_is_ascii(base, term.count) == 0 else {
      return term
    }
    scratch.bytes.removeAll(keepingCapacity: true)
    folding.fold(base, term.count, into: &scratch.bytes)
    return scratch.export()
  }

  private static func isWord(_ term: UnsafeRawBufferPointer) -> Bool {
    term.allSatisfy { ($0 >= 0x61 && $0 <= 0x7A) || $0 >= 0x80 || $0 == 0x27 }
  }

  /// Bytes that stay where they are until the next call.
  private final class Scratch {
    var bytes: [UInt8] = []
    private var stable: UnsafeMutableRawBufferPointer = .allocate(byteCount: 512, alignment: 8)

    deinit { stable.deallocate() }

    func export() -> UnsafeRawBufferPointer {
      if bytes.count > stable.count {
        stable.deallocate()
        stable = .allocate(byteCount: bytes.count * 2, alignment: 8)
      }
      stable.copyBytes(from: bytes)
      return UnsafeRawBufferPointer(rebasing: stable[..<bytes.count])
    }
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
