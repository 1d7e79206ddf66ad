/// Numbers as people read them. No locale: the output is English and the same on every machine.
enum NumberFormat {
  /// `1234567` → `1,234,567`.
  static func grouped(_ n: some BinaryInteger) -> String {
    let digits = Array(String(n.magnitude).utf8)
    var out: [UInt8] = n < 0 ? [0x2D] : []
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { out.append(0x2C) }
      out.append(digit)
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `1 document`, `2 documents`, `0 documents`; the plural is given where an `s` does not do.
  static func count(_ n: some BinaryInteger, _ noun: String, _ plural: String? = nil) -> String {
    grouped(n) + " " + (n == 1 ? noun : plural ?? noun + "s")
  }

  /// Bytes in powers of 1000, three significant digits: `512 B`, `3.4 kB`, `321 MB`.
  static func bytes(_ n: some BinaryInteger) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]
    var value = Double(n)
    var unit = 0
    // 999.5 would print as 1000: such a value belongs to the next unit.
    while value >= 999.5, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    if unit == 0 { return "\(n) B" }
    return (value < 9.95 ? decimal(value, 1) : decimal(value, 0)) + " " + units[unit]
  }

  /// `0.4 s`, `12 s`, `3 min 05 s`, `2 h 07 min`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0, seconds < 1e9 else { return "?" }
    if seconds < 9.95 { return decimal(seconds, 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole % 3600 / 60)) min"
  }

  /// Fixed-point decimal, rounded half away from zero. For magnitudes below 2^53 / 10^places.
  static func decimal(_ value: Double, _ places: Int) -> String {
    var scale = 1.0
    for _ in 0..<places { scale *= 10 }
    let scaled = Int64((value.magnitude * scale).rounded())
    let sign = value < 0 && scaled != 0 ? "-" : ""
    guard places > 0 else { return sign + String(scaled) }
    var digits = String(scaled)
    if digits.utf8.count <= places {
      digits = String(repeating: "0", count: places + 1 - digits.utf8.count) + digits
    }
    let split = digits.index(digits.endIndex, offsetBy: -places)
    return sign + String(digits[..<split]) + "." + String(digits[split...])
  }

  private static func twoDigits(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }

  /// `256MB`, `1.5 GiB`, `4096`: a size as people type it; `nil` if it is none. `k`, `M`, `G`, `T` are powers of 1000,
  /// with an `i` powers of 1024.
  static func parseBytes(_ text: String) -> Int? {
    let text = text.filter { $0 != " " && $0 != "_" }
    let numberEnd = text.firstIndex { !($0.isASCII && $0.isNumber) && $0 != "." } ?? text.endIndex
    guard let value = Double(text[..<numberEnd]) else { return nil }
    var suffix = text[numberEnd...].lowercased()
    if suffix.hasSuffix("b") { suffix.removeLast() }
    let base: Double = suffix.hasSuffix("i") ? 1024 : 1000
    if base == 1024 { suffix.removeLast() }
    let exponents = ["": 0, "k": 1, "m": 2, "g": 3, "t": 4]
    guard let exponent = exponents[suffix], !(suffix.isEmpty && base == 1024) else { return nil }
    var result = value
    for _ in 0..<exponent { result *= base }
    return result < 9e18 ? Int(result) : nil
  }
}
