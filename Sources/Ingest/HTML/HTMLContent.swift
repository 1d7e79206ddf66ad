import Documents

/// Steps that all uses of HTML share.
enum HTMLContent {
  /// The text of a page's content, without template blocks: what the extraction benchmark compares.
  static func articleText(_ bytes: UnsafeRawBufferPointer) -> String {
    let text = CharsetDecoder.decode(bytes, CharsetDecoder.Hints(isMarkup: true))
    guard let tree = text.utf8.withUnsafeBytes({ HTMLTree($0) }) else { return "" }
    HTMLVisibility(isMail: false).mark(tree)
    MainContent.mark(tree)
    var out = BlockWriter()
    HTMLBlocks.write(tree, to: &out)
    let lines = out.blocks.filter { $0.kind != .template }.map { String(decoding: out.text[$0.range], as: UTF8.self) }
    return lines.joined(separator: "\n")
  }
}
