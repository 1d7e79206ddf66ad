internal import CCLD2
import Documents

/// What language a text is in, as far as a bounded sample shows. The decision is taken later, by source.
///
/// CLD2 reads some 20 MB/s: on every document of an English dump it would cost more than all other work of the reader.
/// Ordinary English is therefore recognised by its function words first (``FunctionWords``); all the rest goes to
/// CLD2. Both are pure functions of the text, so that a resumed run gives the same bytes.
enum LanguageDetector {
  /// Two stretches of this many bytes are looked at: from the start (greetings and boilerplate are the same
  /// language) and from the middle.
  static let sampleBytes = 512
  /// Shorter texts are anybody's guess.
  static let minimumLetters = 20

  static func detect(_ text: [UInt8]) -> DetectedLanguage? {
    text.withUnsafeBufferPointer { detect($0) }
  }

  static func detect(_ text: UnsafeBufferPointer<UInt8>) -> DetectedLanguage? {
    if text.count <= 2 * sampleBytes + 64 { return detect(sample: text) }
    var sample: [UInt8] = []
    sample.reserveCapacity(2 * sampleBytes + 1)
    append(text, from: 0, to: &sample)
    sample.append(0x0A)
    append(text, from: text.count / 2, to: &sample)
    return sample.withUnsafeBufferPointer { detect(sample: $0) }
  }

  /// Cuts at UTF-8 boundaries.
  private static func append(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to sample: inout [UInt8]) {
    var start = start
    while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    var end = min(start + sampleBytes, text.count)
    while end < text.count, end > start, text[end] & 0xC0 == 0x80 { end -= 1 }
    sample.append(contentsOf: text[start..<end])
  }

  private static func detect(sample: UnsafeBufferPointer<UInt8>) -> DetectedLanguage? {
    var letters = 0
    var nonASCII = 0
    for byte in sample {
      // Leads count, continuations do not.
      if byte.isASCIILetter || byte >= 0xC0 { letters += 1 }
      if byte >= 0xC0 { nonASCII += 1 }
    }
    guard letters >= minimumLetters else { return nil }
    if nonASCII * 50 <= letters, FunctionWords.isPlainEnglish(sample) {
      return DetectedLanguage(code: "en", percent: 100, isReliable: true, letters: letters)
    }
    var code = [CChar](repeating: 0, count: 16)
    var percent: Int32 = 0
    var bytes: Int32 = 0
    let isReliable = sample.withMemoryRebound(to: CChar.self) {
      ccld2_detect($0.baseAddress, Int32($0.count), &code, &percent, &bytes)
    }
    let name = String(decoding: code.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    guard name != "un" else { return nil }
    return DetectedLanguage(code: name, percent: Int(percent), isReliable: isReliable != 0, letters: letters)
  }
}
