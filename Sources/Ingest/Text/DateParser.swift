import Documents

/// Dates as people and programs write them. Never guesses: an ambiguous `03/04/2021` gives the year alone.
///
/// Understood: ISO 8601 with or without time, fraction and zone (`2019-05-01`, `2019-05`, `2019/5/1`, `20190501`,
/// `2019-05-01T10:00:00.5+02:00`, `2019-05-01 10:00 -0700`), RFC 2822 and its cousins (`Wed, 1 May 2019 10:00 +0200`,
/// `Wed May  1 10:00:00 2019`), written dates in English, German, French, Spanish, Italian, Portuguese and Dutch
/// (`May 1st, 2019`, `1. Mai 2019`), `1.5.2019`, `13/5/2019`, and seconds or milliseconds since 1970.
enum DateParser {
  static func parse(_ text: some StringProtocol) -> DocumentDate? {
    var copy = String(text)
    return copy.withUTF8 { parse($0) }
  }

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> DocumentDate? {
    guard bytes.count <= 100 else { return nil }
    var scanner = DateScanner(bytes)
    scanner.skipSpace()
    if let date = scanner.iso() { return date }
    scanner = DateScanner(bytes)
    return scanner.written()
  }

  /// Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by size (a date between 1973 and 2286),
  /// or a year.
  static func parse(epoch value: Double) -> DocumentDate? {
    if value >= 1000, value <= 2999, value == value.rounded() { return DocumentDate(year: Int(value)) }
    for divisor in [1.0, 1e3, 1e6, 1e9] {
      let seconds = value / divisor
      if seconds >= 1e8, seconds < 1e10 { return DocumentDate(seconds: Int64(seconds)) }
    }
    return nil
  }

  /// Month number of a name or an abbreviation of at least three letters, ASCII case folded.
  static func month(_ name: some Sequence<UInt8>) -> Int? {
    var word = name.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    if word.last == UInt8(ascii: ".") { word.removeLast() }
    return DateWords.month(word)
  }
}
