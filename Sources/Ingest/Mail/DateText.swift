import Documents

/// Finds the date in a stretch of text as people and programs write it (``DateParser`` takes texts that are nothing but a date;
/// both know the same ``DateWords``): RFC 5322, asctime, ISO 8601, `May 17, 2024`, `17. Mai 2024`,
/// `2024年5月17日`. One pass of tokens; anything that is not part of a date is passed over.
struct DateText {
  private var year: Int?
  private var month: Int?
  private var day: Int?
  private var time: (hour: Int, minute: Int, second: Int)?
  private var offset: Int?
  private var isPM: Bool?
  /// Numbers that may be a day or a year.
  private var numbers: [(value: Int, digits: Int)] = []

  /// - Returns: `nil` if there is no month and year to be found, or they make no date.
  static func parse(_ text: String) -> DocumentDate? { parse([UInt8](text.utf8)) }

  static func parse(_ text: [UInt8]) -> DocumentDate? {
    var parser = DateText()
    parser.read(text.prefix(128))
    return parser.result()
  }

  private mutating func read(_ text: ArraySlice<UInt8>) {
    var i = text.startIndex
    while i < text.endIndex {
      let byte = text[i]
      if byte == 0x28 {  // comment: "(PST)"
        i = text[i...].firstIndex(of: 0x29) ?? text.endIndex
      } else if byte.isASCIIDigit {
        i = number(text, i)
        continue
      } else if (byte == 0x2B || byte == 0x2D), time != nil, i + 1 < text.endIndex, text[i + 1].isASCIIDigit {
        i = zone(text, i)
        continue
      } else if byte.isASCIILetter || byte >= 0x80 {
        let end = text[i...].firstIndex { !($0.isASCIILetter || $0 >= 0x80) } ?? text.endIndex
        word(text[i..<end])
        i = end
        continue
      }
      i += 1
    }
  }

  private static func digits(_ text: ArraySlice<UInt8>, _ start: Int) -> (value: Int, end: Int) {
    var value = 0
    var i = start
    while i < text.endIndex, text[i].isASCIIDigit, i - start < 14 {
      value = value * 10 + Int(text[i] - 0x30)
      i += 1
    }
    return (value, i)
  }

  private mutating func number(_ text: ArraySlice<UInt8>, _ start: Int) -> Int {
    let (value, end) = Self.digits(text, start)
    let next = end < text.endIndex ? text[end] : 0
    // The sign for year, month, day of East Asia.
    for (sign, field) in [("年", 0), ("月", 1), ("日", 2), ("년", 0), ("월", 1), ("일", 2)]
    where text[end...].starts(with: sign.utf8) {
      switch field {
      case 0: year = year ?? value
      case 1: month = month ?? value
      default: day = day ?? value
      }
      return end + 3
    }
    if next == 0x3A, end - start <= 2, time == nil { return clock(text, value, end + 1) }
    if end - start == 8, year == nil, Self.isYear(value / 10_000) {  // 20240517
      (year, month, day) = (value / 10_000, value / 100 % 100, value % 100)
      return end
    }
    let separator = next
    if separator == 0x2D || separator == 0x2F || separator == 0x2E, end + 1 < text.endIndex, text[end + 1].isASCIIDigit
    {
      let (second, end2) = Self.digits(text, end + 1)
      if end2 + 1 < text.endIndex, text[end2] == separator, text[end2 + 1].isASCIIDigit {
        let (third, end3) = Self.digits(text, end2 + 1)
        numeric(value, end - start, second, third, end3 - end2 - 1, separator)
        return end3
      }
      if end - start == 4, year == nil, month == nil, (1...12).contains(second) {  // 2024-05
        (year, month) = (value, second)
        return end2
      }
    }
    numbers.append((value, end - start))
    return end
  }

  private mutating func numeric(_ a: Int, _ aDigits: Int, _ b: Int, _ c: Int, _ cDigits: Int, _ separator: UInt8) {
    guard year == nil else { return }
    if aDigits == 4 {
      (year, month, day) = (a, b, c)
    } else if separator == 0x2F && a <= 12 && b > 12 {
      (month, day, year) = (a, b, Self.full(c, cDigits))
    } else if a > 12 || separator != 0x2F {
      (day, month, year) = (a, b, Self.full(c, cDigits))
    } else {
      // 3/4/2024: nobody can tell; the month alone would be a guess, the year is not.
      year = Self.full(c, cDigits)
      if a == b { (month, day) = (a, b) }
    }
  }

  private mutating func clock(_ text: ArraySlice<UInt8>, _ hour: Int, _ start: Int) -> Int {
    let (minute, end) = Self.digits(text, start)
    var second = 0
    var i = end
    if i + 1 < text.endIndex, text[i] == 0x3A, text[i + 1].isASCIIDigit {
      let (value, end2) = Self.digits(text, i + 1)
      second = value
      i = end2
      if i + 1 < text.endIndex, text[i] == 0x2E, text[i + 1].isASCIIDigit { i = Self.digits(text, i + 1).end }
    }
    if hour < 25, minute < 60 { time = (hour % 24, minute, min(second, 59)) }
    return i
  }

  private mutating func zone(_ text: ArraySlice<UInt8>, _ start: Int) -> Int {
    let (value, end) = Self.digits(text, start + 1)
    var minutes = end - start - 1 <= 2 ? value * 60 : value / 100 * 60 + value % 100
    var i = end
    if end - start - 1 <= 2, i + 1 < text.endIndex, text[i] == 0x3A, text[i + 1].isASCIIDigit {
      let (more, end2) = Self.digits(text, i + 1)
      minutes += more
      i = end2
    }
    if end - start - 1 <= 4, minutes < 16 * 60, offset == nil { offset = text[start] == 0x2D ? -minutes : minutes }
    return i
  }

  private mutating func word(_ word: ArraySlice<UInt8>) {
    let lower = word.map(\.asciiLowercased)
    if month == nil, let found = DateWords.month(lower) {
      month = found
      return
    }
    guard time != nil else { return }
    let name = String(decoding: lower, as: UTF8.self)
    if name == "am" || name == "pm" { isPM = name == "pm" }
    if offset == nil, let zone = DateWords.zone(name) { offset = zone }
  }

  private static func isYear(_ n: Int) -> Bool { (1900...2100).contains(n) }

  /// RFC 5322 §4.3: two digits from 70 on are 19xx; three come from programs that counted from 1900.
  private static func full(_ year: Int, _ digits: Int) -> Int {
    switch digits {
    case 4...: year
    case 3: 1900 + year
    default: year < 70 ? 2000 + year : 1900 + year
    }
  }

  private mutating func result() -> DocumentDate? {
    for (value, digits) in numbers {
      if digits == 4, year == nil, Self.isYear(value) {
        year = value
      } else if digits <= 2, day == nil, (1...31).contains(value) {
        day = value
      } else if digits == 2 || digits == 3, year == nil {
        year = Self.full(value, digits)
      }
    }
    guard let year else { return nil }
    guard var date = DocumentDate(year: year, month: month, day: month == nil ? nil : day) else { return nil }
    if let time, date.precision == .day {
      var hour = time.hour
      if isPM == true, hour < 12 { hour += 12 }
      if isPM == false, hour == 12 { hour = 0 }
      date.precision = .second
      date.seconds += Int64(hour * 3600 + time.minute * 60 + time.second) - Int64(offset ?? 0) * 60
      date.offsetMinutes = offset.map { Int16($0) }
    }
    return date
  }
}
