/// A lesson that somebody writes down now: a Markdown file in a folder that the organization owns.
public struct LessonNote: Sendable, Equatable {
  public var title: String
  public var text: String
  public var author: String?
  /// A day, `2024-05-17`.
  public var date: String
  public var type: LessonType?
  public var tags: [String]

  /// - Parameter title: `nil`: the first sentence of the text, cut.
  public init(
    text: String, title: String? = nil, author: String? = nil, date: String, type: LessonType? = nil,
    tags: [String] = []
  ) {
    self.text = Self.trimmed(text)
    self.title = title ?? Self.title(of: self.text)
    self.author = author
    self.date = date
    self.type = type
    self.tags = tags
  }

  /// The file: front matter, then the text; under a heading if the type is known, so that it is found as what it is.
  public var markdown: String {
    var out = "---\ntitle: \(Self.quoted(title))\n"
    if let author { out += "author: \(Self.quoted(author))\n" }
    out += "date: \(date)\nkind: lesson\n"
    if let type { out += "type: \(type.name)\n" }
    if !tags.isEmpty { out += "tags: [\(tags.map(Self.quoted).joined(separator: ", "))]\n" }
    out += "---\n\n"
    if let type, !text.hasPrefix("#"), !text.contains("\n#") { out += "## \(Self.heading(type))\n\n" }
    return out + text + "\n"
  }

  /// `2024-05-17-watch-the-chain`: the date and the title's letters and digits, for the name of the file.
  public var fileName: String {
    var slug = ""
    for scalar in title.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        slug.unicodeScalars.append(scalar)
      } else if !slug.isEmpty, !slug.hasSuffix("-") {
        slug += "-"
      }
      if slug.utf8.count >= 60 { break }
    }
    while slug.hasSuffix("-") { slug.removeLast() }
    return slug.isEmpty ? date : date + "-" + slug
  }

  private static func heading(_ type: LessonType) -> String {
    switch type {
    case .worked: "What went well"
    case .failed: "What went wrong"
    case .cause: "Root cause"
    case .recommendation: "Recommendation"
    }
  }

  /// A double-quoted scalar of YAML.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        out += "\\"
        out.unicodeScalars.append(scalar)
      case "\t", "\n", "\r": out += " "
      default:
        // Controls have no business in a title.
        if scalar.value >= 0x20, scalar.value != 0x7F { out.unicodeScalars.append(scalar) }
      }
    }
    return out + "\""
  }

  private static func title(of text: String) -> String {
    let line = text.split(separator: "\n").first { $0.contains { $0.isLetter } } ?? ""
    var title = ""
    for character in line.drop(while: { "#-*> ".contains($0) }) {
      title.append(character)
      if ".!?".contains(character), title.utf8.count > 20 { break }
      if title.utf8.count >= 80 {
        title += "…"
        break
      }
    }
    while let last = title.last, last == "." || last == " " { title.removeLast() }
    return title
  }

  static func trimmed(_ text: String) -> String {
    var text = text[...]
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return String(text)
  }

  // MARK: The template

  /// What an editor shows: a title, three questions, and how to leave.
  public static let template = """
    # 

    ## What happened


    ## Why


    ## Lesson


    <!--
    The line with # is the title. Leave out what you do not know: empty sections are dropped.
    Save and close the editor to record the lesson; an empty text records nothing.
    -->
    """

  /// Reads an edited template; `nil` if nothing was written into it.
  public init?(edited: String, author: String?, date: String, type: LessonType? = nil, tags: [String] = []) {
    var title: String?
    var sections: [(heading: String, lines: [Substring])] = [("", [])]
    for line in Self.withoutComments(edited).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("# ") || line == "#", title == nil {
        title = Self.trimmed(String(line.dropFirst()))
      } else if line.hasPrefix("## ") {
        sections.append((String(line), []))
      } else {
        sections[sections.count - 1].lines.append(line)
      }
    }
    let written = sections.compactMap { section -> String? in
      let body = Self.trimmed(section.lines.joined(separator: "\n"))
      if body.isEmpty { return nil }
      return section.heading.isEmpty ? body : section.heading + "\n\n" + body
    }
    if written.isEmpty, title?.isEmpty != false { return nil }
    // A title alone is a lesson in one line.
    let text = written.isEmpty ? title! : written.joined(separator: "\n\n")
    let body = sections.first { !Self.trimmed($0.lines.joined()).isEmpty }.map { $0.lines.joined(separator: "\n") }
    self.init(
      text: text, title: title?.isEmpty == false ? title : Self.title(of: Self.trimmed(body ?? text)), author: author,
      date: date, type: type, tags: tags)
  }

  private static func withoutComments(_ text: String) -> String {
    var out = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "<!--")?.lowerBound {
      out += rest[..<start]
      guard let end = rest[start...].firstRange(of: "-->")?.upperBound else { return out }
      rest = rest[end...]
    }
    return out + rest
  }
}

extension Substring {
  /// The first occurrence of ASCII text, without the regular expressions of the standard library.
  fileprivate func firstRange(of text: StaticString) -> Range<Index>? {
    let wanted = String(describing: text)
    var i = startIndex
    while i < endIndex {
      if self[i...].hasPrefix(wanted) { return i..<index(i, offsetBy: wanted.count) }
      i = index(after: i)
    }
    return nil
  }
}
