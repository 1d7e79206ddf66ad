internal import CCLD2
import Documents

/// What language a text is in, as far as a bounded sample shows. The decision is taken later, by source.
///
/// CLD2 reads some 20 MB/s: on every document of a dump it would cost more than all other work of the reader together
/// (measured: 65 % of the time on 300,000 English documents). Therefore
/// - ordinary English is recognised by its function words (``FunctionWords``);
/// - short texts, which can count in a source's majority but never overrule it, are asked about only where they are
///   few: near the start of a file, and one in sixteen behind that, chosen by the text itself.
///
/// All of it is a pure function of the text and of where its record starts, so that a resumed run gives the same bytes.
enum LanguageDetector {
  /// Two stretches of this many bytes are looked at: from the start and from the middle.
  static let sampleBytes = 320
  /// Shorter texts are anybody's guess.
  static let minimumLetters = 20
  /// A text of fewer letters never overrules its source (design §4).
  static let decisiveLetters = 200
  /// Records that start before this offset are all asked about.
  static let thoroughBytes: UInt64 = 128 << 10

  static func detect(_ text: [UInt8], recordAt offset: UInt64 = 0) -> DetectedLanguage? {
    text.withUnsafeBufferPointer { text in
      if text.count <= 2 * sampleBytes + 64 { return detect(sample: text, recordAt: offset) }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 2 * sampleBytes + 1) { sample in
        var count = 0
        for start in [0, text.count / 2] {
          let range = stretch(text, from: start)
          if count > 0 {
            sample[count] = 0x0A
            count += 1
          }
          _ = UnsafeMutableBufferPointer(rebasing: sample[count...]).update(fromContentsOf: text[range])
          count += range.count
        }
        return detect(sample: UnsafeBufferPointer(rebasing: sample[..<count]), recordAt: offset)
      }
    }
  }

  /// Cut at UTF-8 boundaries.
  private static func stretch(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Range<Int> {
    var start = start
    while start < text.count, text[start] & 0xC0 == 0x80 { start += 1 }
    var end = min(start + sampleBytes, text.count)
    while end < text.count, end > start, text[end] & 0xC0 == 0x80 { end -= 1 }
    return start..<end
  }

  private static func detect(sample: UnsafeBufferPointer<UInt8>, recordAt offset: UInt64) -> DetectedLanguage? {
    let words = FunctionWords.count(sample)
    guard words.letters >= minimumLetters else { return nil }
    if words.isPlainEnglish {
      return DetectedLanguage(code: "en", percent: 100, isReliable: true, letters: words.letters)
    }
    if words.letters < decisiveLetters, offset >= thoroughBytes, hash(sample) & 15 != 0 { return nil }
    return ask(sample, letters: words.letters)
  }

  private static func ask(_ sample: UnsafeBufferPointer<UInt8>, letters: Int) -> DetectedLanguage? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16) { code in
      var percent: Int32 = 0
      var bytes: Int32 = 0
      let isReliable = sample.withMemoryRebound(to: CChar.self) {
        ccld2_detect($0.baseAddress, Int32($0.count), code.baseAddress!, &percent, &bytes)
      }
      let name = String(cString: code.baseAddress!)
      guard name != "un" else { return nil }
      return DetectedLanguage(code: name, percent: Int(percent), isReliable: isReliable != 0, letters: letters)
    }
  }

  /// FNV-1a.
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return hash ^ hash >> 32
  }
}
