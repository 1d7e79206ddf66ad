/// Anchors of headings as GitHub makes them: lower case, letters, digits, `-` and `_` stay, blanks become hyphens,
/// the second `setup` of a page is `setup-1`.
///
/// Source: https://github.com/Flet/github-slugger
struct HeadingSlugger {
  private var used: [String: Int] = [:]

  mutating func slug(_ heading: String) -> String {
    let base = Self.base(heading)
    var slug = base
    while let count = used[slug] {
      used[base] = max(count, used[base] ?? 0) + 1
      slug = "\(base)-\(used[base]!)"
    }
    used[slug] = 0
    return slug
  }

  private static func base(_ heading: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in heading.lowercased().unicodeScalars {
      if scalar == " " {
        out.append("-")
      } else if scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic
        || scalar.properties.generalCategory == .decimalNumber || scalar.properties.generalCategory == .nonspacingMark
      {
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// `Heading {#the-id}` (kramdown, Hugo, Pandoc): takes the braces off and gives the id.
  static func takeCustomID(_ text: inout [UInt8]) -> String? {
    var end = text.count
    while end > 0, text[end - 1].isWhiteSpace { end -= 1 }
    guard end > 3, text[end - 1] == UInt8(ascii: "}"), let open = text[..<end].lastIndex(of: UInt8(ascii: "{")) else {
      return nil
    }
    let inside = text[(open + 1)..<(end - 1)]
    guard let first = inside.first,
      first == UInt8(ascii: "#") || first == UInt8(ascii: ".") || first == UInt8(ascii: ":")
    else { return nil }
    let id = inside.split(whereSeparator: { $0.isWhiteSpace || $0 == UInt8(ascii: ":") })
      .first { $0.first == UInt8(ascii: "#") }
    text.removeSubrange(open...)
    return id.map { String(decoding: $0.dropFirst(), as: UTF8.self) }
  }
}
