/// A value of front matter.
indirect enum FrontMatterValue {
  case scalar(String)
  case list([FrontMatterValue])
  case map([FrontMatterEntry])

  /// A scalar as it is; `nil` for the rest and for YAML's null.
  var text: String? {
    if case .scalar(let text) = self, !text.isEmpty, text != "null", text != "~" { return text }
    return nil
  }

  /// A scalar, or the scalars of a list.
  var texts: [String] {
    if case .list(let values) = self { return values.compactMap(\.text) }
    return text.map { [$0] } ?? []
  }
}

struct FrontMatterEntry {
  var key: String
  var value: FrontMatterValue

  init(_ key: String, _ value: FrontMatterValue) {
    self.key = key
    self.value = value
  }
}

/// The facts at the head of a Markdown file: YAML between `---`, TOML between `+++` (Hugo), or plain `Key: value`
/// lines up to a blank one (Pelican, MultiMarkdown).
struct FrontMatter {
  enum Style { case yaml, toml, header }

  var style: Style
  /// In reading order; keys in lower case.
  var entries: [FrontMatterEntry]
  /// Where the text begins.
  var bodyStart: Int
  /// What was wrong with it.
  var note: String?

  /// The first value under any of these keys, in the order of the keys.
  func value(_ keys: String...) -> FrontMatterValue? {
    for key in keys {
      if let found = entries.first(where: { $0.key == key })?.value { return found }
    }
    return nil
  }

  func text(_ keys: String...) -> String? {
    for key in keys {
      if let found = entries.first(where: { $0.key == key })?.value.texts.first { return found }
    }
    return nil
  }

  /// The front matter of a text; `nil` if there is none. Broken front matter is read line by line, with a note.
  static func read(_ text: UnsafeBufferPointer<UInt8>) -> FrontMatter? {
    let lines = FrontMatterLines(text)
    guard let first = lines.first else { return nil }
    if first == "---" {
      guard let end = lines.closing(["---", "..."]) else { return nil }
      return yaml(lines.text(upTo: end.line), bodyStart: end.next)
    }
    if first == "+++" {
      guard let end = lines.closing(["+++"]) else { return nil }
      let parsed = TOMLFrontMatter.parse(lines.text(upTo: end.line))
      return FrontMatter(style: .toml, entries: flattened(parsed.entries), bodyStart: end.next, note: parsed.note)
    }
    return HeaderBlock.read(text)
  }

  private static func yaml(_ text: String, bodyStart: Int) -> FrontMatter {
    switch YAMLFrontMatter.parse(text) {
    case .success(let entries):
      return FrontMatter(style: .yaml, entries: flattened(entries), bodyStart: bodyStart)
    case .failure(let error):
      let entries = YAMLFrontMatter.parseTolerantly(text)
      return FrontMatter(
        style: .yaml, entries: flattened(entries), bodyStart: bodyStart,
        note: "front matter is not valid YAML (\(error.description)); read line by line")
    }
  }

  /// Keys in lower case; the tables in which Hugo and Zola keep extra fields (`params`, `extra`, `taxonomies`) are
  /// opened up behind the rest.
  private static func flattened(_ entries: [FrontMatterEntry]) -> [FrontMatterEntry] {
    var out = entries.map { FrontMatterEntry($0.key.lowercased(), $0.value) }
    for entry in out where ["params", "extra", "taxonomies", "meta", "metadata"].contains(entry.key) {
      guard case .map(let inner) = entry.value else { continue }
      out += inner.map { FrontMatterEntry($0.key.lowercased(), $0.value) }
    }
    return out
  }
}

/// The lines at the head of a text, as long as front matter may be.
struct FrontMatterLines {
  private let text: UnsafeBufferPointer<UInt8>
  private let start: Int
  /// Longer front matter is none.
  static let longest = 64 << 10

  init(_ text: UnsafeBufferPointer<UInt8>) {
    self.text = text
    start = text.firstIndex { !$0.isWhiteSpace } ?? text.count
  }

  private func lineEnd(_ from: Int) -> Int {
    text[from...].firstIndex(of: 0x0A) ?? text.count
  }

  private func line(_ from: Int) -> String {
    String(decoding: WhiteSpace.trim(UnsafeBufferPointer(rebasing: text[from..<lineEnd(from)])), as: UTF8.self)
  }

  var first: String? { start < text.count ? line(start) : nil }

  /// Where the closing line begins, and what follows it.
  func closing(_ fences: [String]) -> (line: Int, next: Int)? {
    var position = lineEnd(start) + 1
    while position < text.count, position - start < Self.longest {
      let end = lineEnd(position)
      if end - position <= 8, text[position] == UInt8(ascii: "-") || text[position] == 0x2B || text[position] == 0x2E,
        fences.contains(line(position))
      {
        return (position, min(end + 1, text.count))
      }
      position = end + 1
    }
    return nil
  }

  /// What stands between the first line and another.
  func text(upTo end: Int) -> String {
    let from = min(lineEnd(start) + 1, end)
    return String(decoding: text[from..<end], as: UTF8.self)
  }
}
