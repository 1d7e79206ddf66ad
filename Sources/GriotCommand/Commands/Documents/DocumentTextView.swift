import Documents
import Griot

/// A document for people: head, then the text as its blocks say it is to be read.
struct DocumentTextView {
  let terminal: TerminalWriter
  let addresses: Bool

  init(_ terminal: TerminalWriter, addresses: Bool) {
    self.terminal = terminal
    self.addresses = addresses
  }

  /// - Parameter marked: The index of a passage.
  /// - Returns: Where that passage begins in what was written, in bytes; for an output that keeps them.
  @discardableResult
  func write(
    _ view: DocumentView, passages: ArraySlice<DocumentView.Passage>, marking marked: Int? = nil
  ) -> Int? {
    head(view)
    var previous: DocumentView.Passage?
    var start: Int?
    for (index, passage) in zip(passages.indices, passages) {
      if index == marked { start = terminal.out.bytes.count }
      if passage.continues, previous != nil {
        // A soft split is a matter of the index, not of the reader.
      } else {
        terminal.newline()
        label(passage, view.document)
      }
      text(view.document, passage)
      previous = passage
    }
    return start
  }

  /// Where the passages that are shown stand in the document, and what to type for those around them.
  func around(_ view: DocumentView, _ shown: ArraySlice<DocumentView.Passage>) {
    guard shown.count < view.passages.count, let last = shown.indices.last else { return }
    let first = shown.startIndex
    func reference(_ index: Int) -> String? {
      guard view.passages.indices.contains(index), let anchor = view.passages[index].anchor else { return nil }
      return String(view.id.prefix(8)) + (anchor.hasPrefix("#") ? "" : "#") + anchor
    }
    var parts = [
      first == last
        ? "passage \(first + 1) of \(view.passages.count)"
        : "passages \(first + 1)–\(last + 1) of \(view.passages.count)"
    ]
    if let before = reference(first - 1) { parts.append("before: \(before)") }
    if let after = reference(last + 1) { parts.append("after: \(after)") }
    parts.append("all: \(view.id.prefix(8))")
    terminal.newline()
    terminal.line(TerminalWriter.truncate(parts.joined(separator: " · "), to: terminal.terminal.columns), .detail)
  }

  private func head(_ view: DocumentView) {
    let document = view.document
    terminal.line(document.title.isEmpty ? "(no title)" : document.title, .title)
    var facts = [document.kind.rawValue]
    if let date = document.date { facts.append(date.iso8601) }
    if let language = view.language { facts.append(language) }
    facts.append(view.source)
    terminal.line(facts.joined(separator: " · "), .kind)
    for role in PersonRole.allCases {
      let people = view.people.filter { $0.role == role }
      guard !people.isEmpty else { continue }
      terminal.paragraph("\(role.description): " + people.map(name).joined(separator: ", "))
    }
    for location in view.locations {
      terminal.write(location, .detail, link: Hyperlink.target(location: location, url: nil, anchor: nil))
      terminal.newline()
    }
    if let url = document.url {
      terminal.write(url, .detail, link: Hyperlink.target(location: "", url: url, anchor: nil))
      terminal.newline()
    }
    terminal.line(view.id, .detail)
    for note in document.notes { terminal.line("note: " + note, .warning) }
  }

  private func name(_ person: VisiblePerson) -> String {
    guard addresses, let address = person.address else { return person.name }
    return person.name.isEmpty ? "<\(address)>" : "\(person.name) <\(address)>"
  }

  /// Heading and anchor over a passage, where they say something: `#p1` only counts passages, and over a speaker's
  /// turn the time stands anyway.
  private func label(_ passage: DocumentView.Passage, _ document: Document) {
    let first = document.blocks.first { !$0.range.isEmpty && $0.range.overlaps(passage.range) }
    let isTurn = first?.kind == .cue && first?.speaker != nil
    let anchor = passage.anchor.flatMap { Self.isCounter($0) || isTurn ? nil : $0 }
    guard passage.heading != nil || anchor != nil else { return }
    if let heading = passage.heading { terminal.write(heading, .heading) }
    if let anchor { terminal.write((passage.heading == nil ? "" : "  ") + anchor, .detail) }
    terminal.newline()
  }

  private static func isCounter(_ anchor: String) -> Bool {
    anchor.hasPrefix("#p") && anchor.utf8.count > 2
      && anchor.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) }
  }

  // MARK: Text

  /// The blocks that lie in a passage; a passage may begin or end inside one.
  private func text(_ document: Document, _ passage: DocumentView.Passage) {
    var speaker: Int?
    let blocks = document.blocks.filter { !$0.range.isEmpty && $0.range.overlaps(passage.range) }
    guard !blocks.isEmpty else {
      terminal.paragraph(passage.text)
      return
    }
    var previous: BlockKind?
    for block in blocks {
      if let previous, Self.isApart(previous, block.kind) { terminal.newline() }
      previous = block.kind
      let range = block.range.clamped(to: passage.range)
      write(String(decoding: document.text[range], as: UTF8.self), as: block, document, speaker: &speaker)
    }
  }

  /// Whether a blank line parts two blocks: paragraphs and headings yes, the rows of one list or table no.
  private static func isApart(_ first: BlockKind, _ second: BlockKind) -> Bool {
    switch (first, second) {
    case (.listItem, .listItem), (.tableRow, .tableRow), (.cue, .cue), (.signature, .signature), (.quote, .quote),
      (.template, .template), (.code, .code), (.heading, _):
      false
    default: true
    }
  }

  private func write(_ text: String, as block: Block, _ document: Document, speaker: inout Int?) {
    switch block.kind {
    case .tableRow:
      terminal.write("    ")
      // Cells parted by something that survives the wrapping.
      continued(text.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: " | "), indentation: 6)
    case .code:
      for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
        terminal.line("    " + expandTabs(String(line)))
      }
    case .heading: terminal.line(text, .heading)
    case .listItem:
      let depth = Int(max(1, min(block.level, 8)))
      terminal.write(String(repeating: "  ", count: depth - 1) + "• ")
      continued(text, indentation: 2 * depth)
    case .quote, .forwarded:
      // Without wrapping the marks would be lost at the first line end.
      let mark = String(repeating: "> ", count: Int(max(1, min(block.level, 8))))
      let cells = TextLayout.cells(text)
      for line in TextLayout.wrap(cells, width: terminal.terminal.columns - mark.utf8.count) {
        terminal.line(mark + TextLayout.runs(line).map(\.text).joined(), .detail)
      }
    case .signature, .template, .caption:
      for line in text.split(separator: "\n") { terminal.line(String(line), .detail) }
    case .cue:
      if let index = block.speaker, index != speaker {
        let time = block.time.map { Self.clock($0.start) + "  " } ?? ""
        terminal.write(time, .detail)
        // Somebody who is hidden speaks too: without a line their words would be those of the one before.
        let name = document.people[index].name
        terminal.line(name.isEmpty ? "…" : name, .kind)
        speaker = index
      }
      terminal.paragraph(text, indentation: 2)
    case .paragraph:
      terminal.paragraph(text)
    }
  }

  /// A paragraph whose first line stands behind a mark or an indentation that is written already.
  private func continued(_ text: String, indentation: Int) {
    let lines = TextLayout.wrap(TextLayout.cells(text), width: terminal.terminal.columns - indentation)
    for (i, line) in lines.enumerated() {
      let words = TextLayout.runs(line).map(\.text).joined()
      terminal.raw(i == 0 ? words : String(repeating: " ", count: indentation) + words, .plain)
      terminal.newline()
    }
    if lines.isEmpty { terminal.newline() }
  }

  private func expandTabs(_ line: String) -> String {
    line.split(separator: "\t", omittingEmptySubsequences: false).joined(separator: "  ")
  }

  /// Milliseconds as `hh:mm:ss`.
  static func clock(_ milliseconds: UInt32) -> String {
    let seconds = milliseconds / 1000
    func two(_ n: UInt32) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
  }
}
