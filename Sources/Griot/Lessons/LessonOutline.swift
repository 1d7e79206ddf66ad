import Documents
import Glibc

/// A document as stretches of text with what their headings, labels and columns say they are.
struct LessonOutline {
  /// A point of a list, a paragraph, a cell, what one speaker says without interruption.
  struct Unit: Equatable {
    var range: Range<Int>
    /// `nil` for text that no name stands over.
    var role: SectionRole?
    /// Where the role comes from.
    var rule = LessonRule.heading
    /// The heading, label or head of the column that says so.
    var name: Range<Int>?
    var isSpeech = false
  }

  private(set) var units: [Unit] = []
  /// The document is about something learned: its kind, its title or a heading says so.
  private(set) var isLesson = false

  private struct Name {
    var role: SectionRole
    var range: Range<Int>
  }

  private let blocks: [Block]
  private let text: UnsafeRawBufferPointer
  private var names: SectionNames { .standard }
  /// Roles of the headings that the walk is below, outermost first.
  private var headings: [(level: UInt8, name: Name?)] = []
  /// From a label that stood alone.
  private var label: Name?
  private var hasSeveralTops = false

  /// A record without any structure is a lesson as a whole up to this size.
  private static let wholeDocument = 700
  /// What one speaker says is cut into stretches of about this size.
  private static let longestSpeech = 4000

  /// Of a document, whose parts are passed on: an initializer would copy all of it.
  static func of(_ document: Document, _ text: UnsafeRawBufferPointer) -> LessonOutline {
    LessonOutline(document.kind, title: document.title, document.blocks, text)
  }

  private init(_ kind: DocumentKind, title: String, _ blocks: [Block], _ text: UnsafeRawBufferPointer) {
    self.blocks = blocks
    self.text = text
    hasSeveralTops = blocks.lazy.filter { $0.kind == .heading && $0.level <= 1 }.prefix(2).count == 2
    isLesson = kind == .lesson || isLessonName(title.utf8)
    if !isLesson {
      isLesson = blocks.contains { $0.kind == .heading && isLessonName(text[$0.range]) }
    }
    walk()
    if kind == .lesson, text.count <= Self.wholeDocument, !units.contains(where: { $0.role != nil }) {
      for i in units.indices {
        units[i].role = .lesson
        units[i].rule = .document
      }
    }
  }

  private func isLessonName(_ name: some Collection<UInt8>) -> Bool {
    guard let role = names.role(heading: name, isLesson: false) else { return false }
    return role != .event
  }

  /// A stretch under the names that hold here.
  private func unit(_ range: Range<Int>, isSpeech: Bool) -> Unit {
    let name = label ?? headings.last?.name
    return Unit(
      range: range, role: name?.role, rule: label == nil ? .heading : .label, name: name?.range, isSpeech: isSpeech)
  }

  private mutating func walk() {
    var i = 0
    while i < blocks.count {
      let block = blocks[i]
      switch block.kind {
      case .heading: enter(block)
      case .tableRow:
        let end = blocks[i...].firstIndex { $0.kind != .tableRow } ?? blocks.count
        table(blocks[i..<end])
        i = end
        continue
      case .cue:
        var end = i + 1
        while end < blocks.count, blocks[end].kind == .cue, blocks[end].speaker == block.speaker,
          Int(blocks[end].end) - Int(block.start) <= Self.longestSpeech
        {
          end += 1
        }
        units.append(unit(Int(block.start)..<Int(blocks[end - 1].end), isSpeech: true))
        i = end
        continue
      case .paragraph, .listItem, .forwarded: lines(block)
      case .quote, .signature, .code, .template, .caption: break
      }
      i += 1
    }
  }

  private mutating func enter(_ block: Block) {
    label = nil
    while let last = headings.last, last.level >= block.level { headings.removeLast() }
    // The one heading at the top names the document; it does not make everything below it a lesson.
    let inherited = headings.last.flatMap { $0.level <= 1 && !hasSeveralTops ? nil : $0.name }
    let own = names.role(heading: text[block.range], isLesson: isLesson).map { Name(role: $0, range: block.range) }
    headings.append((block.level, own ?? inherited))
  }

  // MARK: Lines, labels

  /// Cuts a block at lines that are labels or points of a list, and those at labels inside.
  private mutating func lines(_ block: Block) {
    var start = block.range.lowerBound
    var open: Int?
    func isBlank(_ line: Range<Int>) -> Bool { line.allSatisfy { text[$0] <= 0x20 } }
    while start < block.range.upperBound {
      let end = lineEnd(start, block.range.upperBound)
      let line = start..<end
      if isBlank(line) {
        close(&open, at: start, block)
      } else if let role = loneLabel(line) {
        close(&open, at: start, block)
        label = Name(role: role, range: line)
      } else if isStrangeLabel(line, inCapitals: open != nil),
        line.upperBound < block.range.upperBound || block.kind == .paragraph
      {
        close(&open, at: start, block)
        label = nil
      } else if open == nil {
        open = start
      } else if SentenceRanges.isBullet(text, start, block.range.upperBound) {
        close(&open, at: start, block)
        open = start
      }
      start = end + 1
    }
    close(&open, at: block.range.upperBound, block)
  }

  private func lineEnd(_ start: Int, _ end: Int) -> Int {
    guard let base = text.baseAddress, let found = memchr(base + start, 0x0A, end - start) else { return end }
    return base.distance(to: found)
  }

  private mutating func close(_ open: inout Int?, at end: Int, _ block: Block) {
    guard let start = open else { return }
    open = nil
    var upper = end
    while upper > start, text[upper - 1] <= 0x20 { upper -= 1 }
    guard start < upper else { return }
    labels(start..<upper, isSpeech: block.speaker != nil)
  }

  /// `Lessons learned:` on a line of its own, or in capitals.
  private func loneLabel(_ line: Range<Int>) -> SectionRole? {
    guard line.count <= 64 else { return nil }
    return names.role(label: text[line], isLesson: isLesson)
  }

  /// A line that names a section of another kind: in capitals, or short with a colon at its end.
  private func isStrangeLabel(_ line: Range<Int>, inCapitals: Bool) -> Bool {
    guard line.count <= 64, let last = line.last(where: { text[$0] > 0x20 }) else { return false }
    if text[last] == 0x3A, !inCapitals { return true }
    if SentenceRanges.isBullet(text, line.lowerBound, line.upperBound) { return false }
    var letters = 0
    for i in line {
      if (0x61...0x7A).contains(text[i]) { return false }
      if (0x41...0x5A).contains(text[i]) { letters += 1 }
    }
    return letters >= 4
  }

  /// `Driving event: … Lesson: … Recommendation: …` in one paragraph.
  private mutating func labels(_ range: Range<Int>, isSpeech: Bool) {
    var current = unit(range, isSpeech: isSpeech)
    // Most paragraphs of prose hold no colon and so no label.
    if hasColon(range) {
      var found: [Unit] = []
      findLabels(range, isSpeech, &current, &found)
      for unit in found { add(unit) }
    }
    add(current)
  }

  private mutating func add(_ unit: Unit) {
    var unit = unit
    while unit.range.count > 0, text[unit.range.upperBound - 1] <= 0x20 {
      unit.range = unit.range.lowerBound..<unit.range.upperBound - 1
    }
    // The mark of a point is no part of what it says.
    let lead = SentenceReader.leadIn(UnsafeRawBufferPointer(rebasing: text[unit.range]))
    unit.range = unit.range.lowerBound + min(lead, unit.range.count)..<unit.range.upperBound
    if !unit.range.isEmpty { units.append(unit) }
  }

  private func hasColon(_ range: Range<Int>) -> Bool {
    guard let start = text.baseAddress?.advanced(by: range.lowerBound) else { return false }
    // The wide colon (U+FF1A) begins with the byte EF.
    return memchr(start, 0x3A, range.count) != nil || memchr(start, 0xEF, range.count) != nil
  }

  private func findLabels(_ range: Range<Int>, _ isSpeech: Bool, _ current: inout Unit, _ found: inout [Unit]) {
    SentenceRanges.forEach(text, range) { sentence in
      guard let (name, body) = inlineLabel(sentence) else { return }
      current.range = current.range.lowerBound..<sentence.lowerBound
      if current.range.contains(where: { text[$0] > 0x20 }) { found.append(current) }
      current = Unit(
        range: body..<range.upperBound, role: name.role, rule: .label, name: name.range, isSpeech: isSpeech)
    }
  }

  /// The role of a sentence that begins with a label, and where its text goes on.
  private func inlineLabel(_ sentence: Range<Int>) -> (Name, Int)? {
    let lead = SentenceReader.leadIn(UnsafeRawBufferPointer(rebasing: text[sentence]))
    let start = sentence.lowerBound + lead
    var i = start
    let end = min(sentence.upperBound, start + 44)
    guard start < end, hasColon(start..<end) else { return nil }
    while i < end, text[i] != 0x3A, !Self.isWideColon(text, i) {
      let byte = text[i]
      guard SentenceReader.kind(byte) != .other || byte == 0x23 else { return nil }
      i += 1
    }
    guard i < end, i > start else { return nil }
    var body = i + (text[i] == 0x3A ? 1 : 3)
    guard let role = names.role(label: text[start..<i], isLesson: true) else { return nil }
    while body < sentence.upperBound, text[body] <= 0x20 { body += 1 }
    return body < sentence.upperBound ? (Name(role: role, range: start..<i), body) : nil
  }

  private static func isWideColon(_ text: UnsafeRawBufferPointer, _ i: Int) -> Bool {
    text[i] == 0xEF && i + 2 < text.count && text[i + 1] == 0xBC && text[i + 2] == 0x9A
  }

  // MARK: Tables

  /// Columns under names of sections, or rows that begin with one.
  private mutating func table(_ rows: ArraySlice<Block>) {
    guard let first = rows.first else { return }
    let columns = cells(first).map { cell in
      names.role(label: text[cell], isLesson: isLesson).map { Name(role: $0, range: cell) }
    }
    if columns.contains(where: { $0 != nil }), rows.count > 1 {
      for row in rows.dropFirst() {
        for (name, cell) in zip(columns, cells(row)) where !cell.isEmpty {
          guard let name else { continue }
          units.append(Unit(range: cell, role: name.role, rule: .table, name: name.range))
        }
      }
      return
    }
    for row in rows {
      let cells = cells(row)
      guard let first = cells.first, cells.count > 1,
        let name = names.role(label: text[first], isLesson: isLesson).map({ Name(role: $0, range: first) })
          ?? (label ?? headings.last?.name)
      else { continue }
      for cell in cells.dropFirst() where !cell.isEmpty {
        units.append(Unit(range: cell, role: name.role, rule: .table, name: name.range))
      }
    }
  }

  private func cells(_ row: Block) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = row.range.lowerBound
    for i in row.range where text[i] == 0x09 {
      out.append(start..<i)
      start = i + 1
    }
    out.append(start..<row.range.upperBound)
    return out
  }
}
