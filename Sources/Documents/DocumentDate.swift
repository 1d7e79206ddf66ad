/// A moment, with the precision that the source gave it.
public struct DocumentDate: Sendable, Hashable, Comparable {
  public enum Precision: UInt8, Sendable { case year = 0, month, day, second }

  /// Seconds since 1970-01-01T00:00:00Z; the start of the day, month or year for coarser precisions.
  public var seconds: Int64
  public var precision: Precision
  /// Offset of the author's clock from UTC in minutes, where the source tells.
  public var offsetMinutes: Int16?

  public init(seconds: Int64, precision: Precision = .second, offsetMinutes: Int16? = nil) {
    self.seconds = seconds
    self.precision = precision
    self.offsetMinutes = offsetMinutes
  }

  /// A civil date in the proleptic Gregorian calendar, in UTC; `nil` if the fields are not a date.
  public init?(year: Int, month: Int? = nil, day: Int? = nil) {
    guard (1...9999).contains(year), (1...12).contains(month ?? 1) else { return nil }
    let last = Self.daysIn(month: month ?? 1, year: year)
    guard (1...last).contains(day ?? 1) else { return nil }
    seconds = Self.daysFromCivil(year: year, month: month ?? 1, day: day ?? 1) * 86_400
    precision = month == nil ? .year : day == nil ? .month : .day
    offsetMinutes = nil
  }

  public static func < (a: Self, b: Self) -> Bool { a.seconds < b.seconds }

  /// Days since 1970-01-01. Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
  public static func daysFromCivil(year: Int, month: Int, day: Int) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// The inverse of ``daysFromCivil(year:month:day:)``.
  public static func civil(fromDays days: Int64) -> (year: Int, month: Int, day: Int) {
    let z = Int(days) + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * mp + 2) / 5 + 1)
  }

  public static func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Year in UTC.
  public var year: Int { Self.civil(fromDays: Self.floorDivide(seconds, 86_400)).year }

  /// `2024`, `2024-05`, `2024-05-17` or `2024-05-17T09:30:00Z`, by precision.
  public var iso8601: String {
    let days = Self.floorDivide(seconds, 86_400)
    let (year, month, day) = Self.civil(fromDays: days)
    func pad(_ n: Int, _ width: Int = 2) -> String {
      let s = String(n)
      return String(repeating: "0", count: max(0, width - s.count)) + s
    }
    var out = pad(year, 4)
    if precision == .year { return out }
    out += "-" + pad(month)
    if precision == .month { return out }
    out += "-" + pad(day)
    if precision == .day { return out }
    let second = Int(seconds - days * 86_400)
    return out + "T" + pad(second / 3600) + ":" + pad(second / 60 % 60) + ":" + pad(second % 60) + "Z"
  }

  static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    let q = a / b
    return a % b < 0 ? q - 1 : q
  }
}
