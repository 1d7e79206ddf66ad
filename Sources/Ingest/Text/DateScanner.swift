import Documents

/// The reading head of ``DateParser``: small steps over the bytes of one date.
struct DateScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private var isAtEnd: Bool { position >= bytes.count }
  private var peek: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek == byte, !isAtEnd else { return false }
    position += 1
    return true
  }

  mutating func skipSpace() {
    while !isAtEnd, peek == 0x20 || peek == 0x09 || peek == 0x22 || peek == 0x27 { position += 1 }
  }

  private static func isDigit(_ b: UInt8) -> Bool { b &- 0x30 < 10 }

  /// A run of digits; `nil` if there is none or it is longer than `most`.
  private mutating func digits(most: Int) -> (value: Int, count: Int)? {
    let start = position
    var value = 0
    while !isAtEnd, Self.isDigit(peek), position - start < most {
      value = value * 10 + Int(peek &- 0x30)
      position += 1
    }
    let count = position - start
    guard count > 0, !Self.isDigit(peek) || isAtEnd else { return nil }
    return (value, count)
  }

  /// `2019`, `2019-05`, `2019-05-01…`, `2019/05/01`, `20190501`, epoch numbers.
  mutating func iso() -> DocumentDate? {
    guard let first = digits(most: 18) else { return nil }
    if first.count == 8, let date = compact(first.value) { return time(after: date) }
    if first.count > 8 {
      _ = take(0x2E) && digits(most: 9) != nil
      skipSpace()
      return isAtEnd ? DateParser.parse(epoch: Double(first.value)) : nil
    }
    guard first.count == 4 else { return nil }
    let separator = peek
    guard separator == 0x2D || separator == 0x2F || separator == 0x2E else {
      skipSpace()
      return isAtEnd ? DocumentDate(year: first.value) : nil
    }
    position += 1
    guard let month = digits(most: 2) else { return nil }
    guard take(separator) else {
      skipSpace()
      return isAtEnd ? DocumentDate(year: first.value, month: month.value) : nil
    }
    guard let day = digits(most: 2),
      let date = DocumentDate(year: first.value, month: month.value, day: day.value)
    else { return nil }
    return time(after: date)
  }

  private func compact(_ value: Int) -> DocumentDate? {
    let year = value / 10_000
    guard (1900...2200).contains(year) else { return nil }
    return DocumentDate(year: year, month: value / 100 % 100, day: value % 100)
  }

  /// The clock behind a date, if there is one: `T10:00:00.25+02:00`, ` 10:00 PM CEST`.
  private mutating func time(after date: DocumentDate) -> DocumentDate {
    var date = date
    while peek == 0x2C || peek == 0x20 || peek == 0x54 || peek == 0x74 || peek == 0x5F, !isAtEnd { position += 1 }
    guard let seconds = clock() else { return date }
    date.seconds += Int64(seconds)
    date.precision = .second
    if let minutes = zone() {
      date.offsetMinutes = Int16(minutes)
      date.seconds -= Int64(minutes) * 60
    }
    return date
  }

  private mutating func clock() -> Int? {
    let start = position
    guard var hour = digits(most: 2)?.value, hour < 25, take(0x3A), let minute = digits(most: 2)?.value, minute < 60
    else {
      position = start
      return nil
    }
    var second = 0
    if take(0x3A), let value = digits(most: 2)?.value, value <= 60 { second = value }
    if take(0x2E) || take(0x2C) { _ = digits(most: 12) }
    skipSpace()
    if position + 1 < bytes.count, bytes[position + 1] | 0x20 == 0x6D {
      let half = peek | 0x20
      if half == 0x70, hour < 12 { hour += 12 }  // PM
      if half == 0x61, hour == 12 { hour = 0 }  // AM
      if half == 0x70 || half == 0x61 { position += 2 }
    }
    return hour * 3600 + minute * 60 + second
  }

  /// Offset from UTC in minutes: `Z`, `+0200`, `+02:00`, `-07`, or a zone by name.
  private mutating func zone() -> Int? {
    skipSpace()
    if take(0x5A) || take(0x7A) { return 0 }
    let sign = peek
    if sign == 0x2B || sign == 0x2D {
      position += 1
      guard let first = digits(most: 4) else { return nil }
      var minutes = first.count <= 2 ? first.value * 60 : first.value / 100 * 60 + first.value % 100
      if first.count <= 2, take(0x3A), let rest = digits(most: 2) { minutes += rest.value }
      guard minutes <= 16 * 60 else { return nil }
      return sign == 0x2D ? -minutes : minutes
    }
    return DateWords.zone(String(decoding: word().lazy.map(\.asciiLowercased), as: UTF8.self))
  }

  private mutating func word() -> UnsafeBufferPointer<UInt8> {
    let start = position
    while !isAtEnd, peek | 0x20 >= 0x61 && peek | 0x20 <= 0x7A || peek >= 0x80 { position += 1 }
    return UnsafeBufferPointer(rebasing: bytes[start..<position])
  }

  /// Dates with a month's name, and day-month-year in digits.
  mutating func written() -> DocumentDate? {
    var day: Int?
    var month: Int?
    var year: Int?
    var seconds: Int?
    var offset: Int?
    while !isAtEnd {
      if Self.isDigit(peek) {
        if seconds == nil, let found = clock() {
          seconds = found
          offset = zone()
          continue
        }
        guard let number = digits(most: 4) else { return nil }
        if year == nil, day == nil, month == nil, peek == 0x2E || peek == 0x2F || peek == 0x2D,
          let date = numeric(number.value, peek)
        {
          return date
        }
        if number.count >= 3 {
          guard year == nil else { return nil }
          year = number.value
        } else if day == nil, (1...31).contains(number.value) {
          day = number.value
        } else if year == nil, number.count == 2 {
          year = number.value < 70 ? 2000 + number.value : 1900 + number.value
        } else {
          return nil
        }
      } else if peek | 0x20 >= 0x61 && peek | 0x20 <= 0x7A || peek >= 0x80 {
        let name = word()
        // Words that are no month (weekdays, "of", "st") are passed over; a date is short, so few fit.
        if month == nil, let number = DateParser.month(name) { month = number }
      } else {
        position += 1
      }
    }
    guard let year, let month, var date = DocumentDate(year: year, month: month, day: day) else { return nil }
    if let seconds, day != nil {
      date.seconds += Int64(seconds)
      date.precision = .second
      if let offset {
        date.offsetMinutes = Int16(offset)
        date.seconds -= Int64(offset) * 60
      }
    }
    return date
  }

  /// `1.5.2019`, `13/5/2019`, `5/13/2019`, behind the first number. Dots mean day first; with slashes or hyphens a
  /// number over 12 tells, and where none does only the year is certain.
  private mutating func numeric(_ first: Int, _ separator: UInt8) -> DocumentDate? {
    let start = position
    defer { position = start }
    guard take(separator), let second = digits(most: 2)?.value, take(separator), let last = digits(most: 4),
      last.count != 3, last.count != 1
    else { return nil }
    let year = last.count == 4 ? last.value : last.value < 70 ? 2000 + last.value : 1900 + last.value
    let date: DocumentDate?
    if separator == 0x2E || first > 12 {
      date = DocumentDate(year: year, month: second, day: first)
    } else if second > 12 || first == second {
      date = DocumentDate(year: year, month: first, day: second)
    } else {
      return DocumentDate(year: year)
    }
    return date.map { time(after: $0) }
  }
}
