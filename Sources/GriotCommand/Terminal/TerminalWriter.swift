/// Writes styled, harmless text to a terminal or to whatever stands in its place.
struct TerminalWriter {
  let out: OutputBuffer
  let terminal: Terminal

  init(_ out: OutputBuffer, _ terminal: Terminal) {
    self.out = out
    self.terminal = terminal
  }

  /// Part of a line. Controls of `text` are neutralised.
  ///
  /// - Parameter link: Target of an OSC 8 hyperlink, printed where the terminal has them.
  func write(_ text: String, _ style: Style = .plain, link: String? = nil) {
    raw(Neutralize.line(text), style, link: link)
  }

  func newline() { out.write(0x0A) }

  func line(_ text: String = "", _ style: Style = .plain) {
    write(text, style)
    newline()
  }

  /// Text that is known to be harmless.
  func raw(_ text: String, _ style: Style, link: String? = nil) {
    guard !text.isEmpty else { return }
    let link = terminal.usesHyperlinks ? link : nil
    if let link { out.write("\u{1B}]8;;\(link)\u{1B}\\") }
    if terminal.usesColor, style != .plain {
      out.write("\u{1B}[\(style.parameters)m")
      out.write(text)
      out.write("\u{1B}[0m")
    } else {
      out.write(text)
    }
    if link != nil { out.write("\u{1B}]8;;\u{1B}\\") }
  }

  /// A paragraph under an indentation, cut after `maximumLines` lines with an ellipsis.
  ///
  /// - Parameter highlights: UTF-8 byte ranges of `text`, ascending.
  /// - Returns: Lines written.
  @discardableResult
  func paragraph(
    _ text: String, highlights: [Range<Int>] = [], indentation: Int = 0, maximumLines: Int = .max
  ) -> Int {
    let cells = TextLayout.cells(text, highlights: highlights)
    let lines = TextLayout.wrap(cells, width: terminal.columns - indentation, maximumLines: maximumLines)
    for line in lines {
      out.write(String(repeating: " ", count: indentation))
      for run in TextLayout.runs(line) { raw(run.text, run.isMatch ? .match : .plain) }
      newline()
    }
    return lines.count
  }

  /// Text cut to a number of cells, with an ellipsis where something is missing.
  static func truncate(_ text: String, to width: Int) -> String {
    let text = Neutralize.line(text)
    guard CharacterWidth.of(text) > width else { return text }
    guard width > 0 else { return "" }
    var out = ""
    var used = 0
    for character in text {
      let w = CharacterWidth.of(character)
      if used + w > width - 1 { break }
      out.append(character)
      used += w
    }
    return out + "…"
  }

  /// A path cut in the middle of its folders: its file name says most. `a/b/c/d.md` → `…/c/d.md`.
  static func truncatePath(_ path: String, to width: Int) -> String {
    let path = Neutralize.line(path)
    guard CharacterWidth.of(path) > width else { return path }
    guard width > 1 else { return truncate(path, to: width) }
    var kept: [Character] = []
    var used = 1
    for character in path.reversed() {
      let w = CharacterWidth.of(character)
      if used + w > width { break }
      kept.append(character)
      used += w
    }
    var tail = String(kept.reversed())
    if let slash = tail.firstIndex(of: "/"), slash != tail.startIndex, tail.index(after: slash) < tail.endIndex {
      tail = String(tail[slash...])
    }
    return "…" + tail
  }
}
