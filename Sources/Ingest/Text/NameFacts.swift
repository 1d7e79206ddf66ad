import Documents

/// What the path of a file tells about the document in it: a date, a title. Used only where the content is silent.
struct NameFacts {
  var date: DocumentDate?
  var title: String

  /// - Parameter path: Relative to the source, with `/`.
  init(_ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
    let stem = FileName(path).stem
    let folders = Array(parts.dropLast())
    date = Self.date(in: stem)
    if date == nil || date?.precision == .year {
      date = Self.date(of: folders, stem) ?? date
    }
    title = Self.title(stem, folders)
  }

  // MARK: Dates

  /// `2019-05-01-title`, `title 20190501`, `2019_05`, `notes 2019`; day before month before year, first before later.
  static func date(in name: String) -> DocumentDate? {
    var best: DocumentDate?
    let bytes = Array(name.utf8)
    var i = 0
    while i < bytes.count {
      guard bytes[i].isASCIIDigit, i == 0 || !bytes[i - 1].isASCIIDigit else {
        i += 1
        continue
      }
      let run = bytes[i...].prefix { $0.isASCIIDigit }
      if let found = date(bytes, at: i, run: run.count),
        found.precision.rawValue > (best?.precision.rawValue ?? 0) || best == nil
      {
        best = found
      }
      i += run.count
    }
    return best
  }

  private static func date(_ bytes: [UInt8], at i: Int, run: Int) -> DocumentDate? {
    func number(_ from: Int, _ count: Int) -> Int? {
      guard from + count <= bytes.count, bytes[from..<(from + count)].allSatisfy({ $0.isASCIIDigit }) else {
        return nil
      }
      guard from + count == bytes.count || !bytes[from + count].isASCIIDigit || count == 4 && run == 8 else {
        return nil
      }
      return bytes[from..<(from + count)].reduce(0) { $0 * 10 + Int($1 &- 0x30) }
    }
    func isSeparator(_ at: Int) -> Bool { at < bytes.count && "-_. ".utf8.contains(bytes[at]) }
    let value = bytes[i..<(i + run)].reduce(0) { $0 &* 10 &+ Int($1 &- 0x30) }
    if run == 8, (1900...2200).contains(value / 10_000) {
      return DocumentDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    }
    if run == 6, (1990...2099).contains(value / 100), (1...12).contains(value % 100) {
      return DocumentDate(year: value / 100, month: value % 100)
    }
    guard run == 4, (1900...2199).contains(value) else { return nil }
    if isSeparator(i + 4), let month = number(i + 5, 2), (1...12).contains(month) {
      if isSeparator(i + 7), let day = number(i + 8, 2), let date = DocumentDate(year: value, month: month, day: day) {
        return date
      }
      return DocumentDate(year: value, month: month)
    }
    return DocumentDate(year: value)
  }

  /// `2021/05/17/x`, `2021-05/17 x`, `2021-10/oct-26`, `2021-06-17 meeting/notes`, `2016/x`.
  private static func date(of folders: [String], _ stem: String) -> DocumentDate? {
    for (depth, folder) in folders.enumerated().reversed() {
      guard let found = date(in: folder) else { continue }
      if found.precision == .day { return found }
      let (year, month, _) = DocumentDate.civil(fromDays: found.seconds / 86_400)
      let rest = folders[(depth + 1)...] + [stem]
      if found.precision == .month {
        let day = rest.lazy.compactMap { self.day($0, month: month) }.first
        return day.flatMap { DocumentDate(year: year, month: month, day: $0) } ?? found
      }
      guard folder.utf8.count == 4 else { return found }
      // A folder of one year: below it months and days may stand in folders of their own.
      let numbers = rest.prefix(2).map { Int($0.prefix { $0.isNumber }) }
      if let month = numbers.first ?? nil, (1...12).contains(month), rest.count > 1 {
        if rest.count > 1, let day = numbers[1], let date = DocumentDate(year: year, month: month, day: day) {
          return date
        }
        return DocumentDate(year: year, month: month)
      }
      return found
    }
    return nil
  }

  /// `oct-26`, `26-oct`, `26` in a folder of a month.
  private static func day(_ name: String, month: Int) -> Int? {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    let named = words.contains { DateParser.month($0.utf8) == month }
    let numbers = words.compactMap { Int($0) }
    guard let day = numbers.first, (1...31).contains(day), named || words.count == 1 else { return nil }
    return day
  }

  // MARK: Titles

  /// Names that say what a file is, not what it is about.
  private static let generic: Set<String> = [
    "index", "readme", "transcript", "transcription", "notes", "chat", "summary", "recording", "subtitles", "captions",
    "content", "document", "text", "untitled", "home", "main", "default", "message", "mail", "page", "audio", "video",
    "meeting", "minutes", "output", "export", "data", "en", "de", "fr", "es", "closed", "caption", "cl", "corrected",
    "gmt", "tldr",
  ]

  private static func title(_ stem: String, _ folders: [String]) -> String {
    let words = words(stem)
    let telling = words.filter { !generic.contains($0.lowercased()) && !$0.allSatisfy(\.isNumber) }
    if !telling.isEmpty {
      let shown = withoutDate(words)
      return sentence(shown.isEmpty ? words : shown)
    }
    var above: [String] = []
    for folder in folders.reversed() {
      above.insert(sentence(self.words(folder)), at: 0)
      if folder.contains(where: \.isLetter) { break }
    }
    let own = sentence(words)
    if above.isEmpty { return own }
    // Numbers count what the folder holds; a word says which of its files this is.
    let isNumber = !stem.contains(where: \.isLetter)
    return above.joined(separator: " ") + (own.isEmpty ? "" : isNumber ? " " + stem : ", " + own.lowercased())
  }

  /// A name that tells people nothing: numbers, hexadecimal digests, UUIDs.
  static func isOpaque(_ stem: String) -> Bool {
    let digits = stem.utf8.filter(\.isASCIIDigit).count
    guard digits > 0 else { return false }
    return stem.utf8.allSatisfy { $0.isASCIIDigit || ($0 | 0x20) &- 0x61 < 6 || $0 == 0x2D || $0 == 0x5F }
      && (stem.utf8.count >= 16 || digits == stem.utf8.count)
  }

  /// `_`, `+` and `%20` part words; so does `-` where nothing else does. A date keeps its hyphens.
  private static func words(_ name: String) -> [String] {
    var out: [String] = []
    let chunks = name.replacing("%20", with: " ").split(whereSeparator: { $0 == " " || $0 == "_" || $0 == "+" })
    for chunk in chunks {
      let parts = chunk.split(separator: "-")
      var i = 0
      while i < parts.count {
        let date = parts[i...].prefix(3).joined(separator: "-")
        if date.utf8.count == 10, parts[i].utf8.count == 4, DateParser.parse(date)?.precision == .day {
          out.append(date)
          i += 3
        } else if chunks.count > 1 {
          // Blanks part the words, so a hyphen belongs to one.
          out.append(parts[i...].joined(separator: "-"))
          i = parts.count
        } else {
          out.append(String(parts[i]))
          i += 1
        }
      }
      if parts.isEmpty, !out.isEmpty { out.append("–") }
    }
    return out
  }

  private static func withoutDate(_ words: [String]) -> [String] {
    guard let first = words.first, let date = date(in: first), date.precision == .day, first.utf8.count <= 10 else {
      return words
    }
    return Array(words.dropFirst())
  }

  private static func sentence(_ words: [String]) -> String {
    let text = words.joined(separator: " ")
    guard let first = text.first, first.isLowercase else { return text }
    return first.uppercased() + text.dropFirst()
  }
}
