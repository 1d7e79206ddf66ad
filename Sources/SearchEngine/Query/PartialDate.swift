/// A date as people type it: `2024`, `2024-05`, `2024-05-17`; also with `/` or `.` between. It stands for the whole
/// period, in UTC.
public struct PartialDate: Sendable, Hashable {
  /// Seconds since 1970 at which the period starts.
  public var start: Int64
  /// Seconds since 1970 at which the next period starts.
  public var end: Int64

  /// nil if the text is no date of the proleptic Gregorian calendar between the years 1 and 9999.
  public init?(_ text: some StringProtocol) {
    var fields: [Int] = []
    for part in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "-" || $0 == "/" || $0 == "." }) {
      guard part.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let value = Int(part) else { return nil }
      guard part.utf8.count == (fields.isEmpty ? 4 : 2) || !fields.isEmpty && part.utf8.count == 1 else { return nil }
      fields.append(value)
    }
    guard (1...3).contains(fields.count), (1...9999).contains(fields[0]) else { return nil }
    let year = fields[0]
    guard fields.count > 1 else {
      start = Self.seconds(year, 1, 1)
      end = Self.seconds(year + 1, 1, 1)
      return
    }
    let month = fields[1]
    guard (1...12).contains(month) else { return nil }
    let next = month == 12 ? Self.seconds(year + 1, 1, 1) : Self.seconds(year, month + 1, 1)
    guard fields.count > 2 else {
      start = Self.seconds(year, month, 1)
      end = next
      return
    }
    start = Self.seconds(year, month, fields[2])
    end = start + 86_400
    guard fields[2] >= 1, start < next else { return nil }
  }

  /// Source: Howard Hinnant, "chrono-compatible low-level date algorithms".
  static func seconds(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468) * 86_400
  }

  /// The calendar year (UTC) of a moment.
  static func year(of seconds: Int64) -> Int {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    return Int(yearOfEra + era * 400) + ((5 * dayOfYear + 2) / 153 >= 10 ? 1 : 0)
  }
}
