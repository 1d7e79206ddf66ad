import Documents

/// Markdown as blocks of readable text: mark-up goes, its meaning stays in the kinds of the blocks.
struct MarkdownBlocks {
  private(set) var blocks: [(block: Block, text: [UInt8])] = []
  private var slugger = HeadingSlugger()
  private var inline: [UInt8] = []
  private var quoteDepth = 0
  private var listDepth = 0
  private var cellsInRow = 0
  private var imageDepth = 0
  private var textOutsideImages = false
  private var headingLevel: UInt8 = 0

  /// - Parameter markdown: UTF-8 without front matter.
  static func read(_ markdown: UnsafeBufferPointer<UInt8>) throws -> [(block: Block, text: [UInt8])] {
    guard !markdown.isEmpty else { return [] }
    let tree = try MarkdownTree(markdown)
    var reader = MarkdownBlocks()
    tree.forEach { reader.take($0) }
    return reader.blocks
  }

  private mutating func take(_ step: MarkdownTree.Step) {
    switch step.node {
    case .blockQuote: quoteDepth += step.enters ? 1 : -1
    case .list: listDepth += step.enters ? 1 : -1
    case .paragraph: if !step.enters { emitParagraph() }
    case .heading:
      headingLevel = step.level
      if !step.enters { emitHeading() }
    case .codeBlock: emit(Block(.code), step.text)
    case .htmlBlock: emitHTML(step.text)
    case .tableRow:
      cellsInRow = 0
      if !step.enters { emitInline(Block(.tableRow)) }
    case .tableCell:
      if step.enters {
        if cellsInRow > 0 { inline.append(0x09) }
        cellsInRow += 1
      }
    case .text, .code:
      inline.append(contentsOf: step.text)
      if imageDepth == 0, !step.text.allSatisfy({ $0.isWhiteSpace }) { textOutsideImages = true }
    case .softBreak: inline.append(0x0A)
    case .lineBreak: inline.append(0x0A)
    case .htmlInline: if MarkupStripper.isLineBreak(step.text) { inline.append(0x0A) }
    case .image: imageDepth += step.enters ? 1 : -1
    case .item, .table, .thematicBreak, .footnoteDefinition, .footnoteReference, .emphasis, .strong, .link,
      .strikethrough, .other:
      break
    }
  }

  private mutating func emitParagraph() {
    if quoteDepth > 0 {
      emitInline(Block(.quote, level: UInt8(clamping: quoteDepth)))
    } else if listDepth > 0 {
      emitInline(Block(.listItem, level: UInt8(clamping: listDepth)))
    } else {
      // An image standing alone: its text describes it.
      emitInline(Block(textOutsideImages ? .paragraph : .caption))
    }
  }

  private mutating func emitHeading() {
    var text = inline
    let custom = HeadingSlugger.takeCustomID(&text)
    let name = WhiteSpace.collapse(text)
    inline = Array(name.utf8)
    let anchor = custom ?? slugger.slug(name)
    emitInline(Block(.heading, level: headingLevel, anchor: anchor))
  }

  private mutating func emitHTML(_ html: UnsafeBufferPointer<UInt8>) {
    let text = MarkupStripper.text(html)
    text.withUnsafeBufferPointer { Paragraphs.forEach(in: $0) { emit(Block(.paragraph), $0) } }
  }

  private mutating func emitInline(_ block: Block) {
    let text = inline
    inline.removeAll(keepingCapacity: true)
    textOutsideImages = false
    text.withUnsafeBufferPointer { emit(block, $0) }
  }

  private mutating func emit(_ block: Block, _ text: UnsafeBufferPointer<UInt8>) {
    // Indentation is part of code.
    let trimmed = block.kind == .code ? Self.trimLines(text) : WhiteSpace.trim(text)
    if !trimmed.isEmpty { blocks.append((block, Array(trimmed))) }
  }

  private static func trimLines(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var end = text.count
    while end > 0, text[end - 1].isWhiteSpace { end -= 1 }
    var start = 0
    while start < end, text[start] == 0x0A || text[start] == 0x0D { start += 1 }
    return UnsafeBufferPointer(rebasing: text[start..<end])
  }
}
