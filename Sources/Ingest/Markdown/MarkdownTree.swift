internal import CCMark

/// A parsed Markdown text as a walk: into and out of its nodes.
struct MarkdownTree: ~Copyable {
  private let document: OpaquePointer

  enum Node: UInt8 {
    case other = 0, blockQuote, list, item, codeBlock, htmlBlock, paragraph, heading, thematicBreak
    case footnoteDefinition, table, tableRow, tableCell, text, softBreak, lineBreak, code, htmlInline, emphasis, strong
    case link, image, footnoteReference, strikethrough
  }

  struct Step {
    var node: Node
    /// Into the node, not out of it. Leaves are only entered.
    var enters: Bool
    /// Text of a leaf, destination of a link or image.
    var text: UnsafeBufferPointer<UInt8>
    var level: UInt8
    var line: Int
  }

  init(_ utf8: UnsafeBufferPointer<UInt8>) throws {
    let document = utf8.withMemoryRebound(to: CChar.self) { ccmark_parse($0.baseAddress, $0.count) }
    guard let document else { throw ReadError("out of memory") }
    self.document = document
  }

  deinit { ccmark_free(document) }

  /// Calls `body` for every step. The text of a step is valid during the call.
  borrowing func forEach(_ body: (Step) -> Void) {
    var count = 0
    guard let steps = ccmark_steps(document, &count) else { return }
    for step in UnsafeBufferPointer(start: steps, count: count) {
      let text = UnsafeBufferPointer(
        start: step.text.map { UnsafeRawPointer($0).assumingMemoryBound(to: UInt8.self) },
        count: step.text == nil ? 0 : Int(step.text_length))
      body(
        Step(
          node: Node(rawValue: step.type) ?? .other, enters: step.enter != 0, text: text, level: step.level,
          line: Int(step.line)))
    }
  }
}
