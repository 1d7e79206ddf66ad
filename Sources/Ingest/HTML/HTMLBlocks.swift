import Documents

/// Writes a tree as blocks of text. One pass without recursion; white space collapsed as a browser would, words never
/// glued over the edge of a block, hidden subtrees left out, boilerplate as template blocks.
struct HTMLBlocks {
  private let tree: HTMLTree
  private var out: BlockWriter
  private var line: [UInt8] = []
  private var pendingSpace = false
  private var hasForeignBytes = false
  private var open: [Context] = []
  /// Element whose id or name was met since the last text, and the one that the open heading takes.
  private var anchorNode: Int?
  private var headingNode: Int?
  private var templateBytes = 0
  /// Hashes of the longer paragraphs so far: galleries and responsive layouts repeat them.
  private var seen: Set<UInt64> = []
  private var previousHash: UInt64 = 0
  /// More template text than this is dropped.
  private static let templateLimit = 8 << 10

  private struct Context {
    enum Role {
      case block, heading(UInt8), listItem, list, quote(BlockKind), code, caption, row, cell, dataTable, boilerplate
    }
    var end: Int
    var role: Role
  }

  // What the open contexts add up to.
  private var listDepth = 0, quoteDepth = 0, codeDepth = 0, itemDepth = 0, dataTables = 0, cells = 0
  private var heading: UInt8?
  private var captionDepth = 0, templateDepth = 0
  private var quoteKind: BlockKind = .quote
  /// In mails: subtrees that hold quoted text, a signature, a forwarded message.
  private let mailRoles: [Int: BlockKind]

  static func write(_ tree: HTMLTree, mailRoles: [Int: BlockKind] = [:], to out: inout BlockWriter) {
    var writer = HTMLBlocks(tree: tree, out: out, mailRoles: mailRoles)
    writer.run()
    out = writer.out
  }

  private init(tree: HTMLTree, out: BlockWriter, mailRoles: [Int: BlockKind]) {
    self.tree = tree
    self.out = out
    self.mailRoles = mailRoles
  }

  private mutating func run() {
    var i = 0
    while i < tree.nodes.count {
      while let last = open.last, last.end <= i { close(last) }
      let node = tree.nodes[i]
      switch node.mark {
      case .hidden:
        // What is cut out of a line leaves a gap if it was more than a script.
        if node.tag != .text, !node.tag.isInline, node.tag != .script, node.tag != .style, codeDepth == 0 { space() }
        i = Int(node.end)
        continue
      case .boilerplate:
        if templateDepth == 0 { flush() }
        templateDepth += 1
        open.append(Context(end: Int(node.end), role: .boilerplate))
      case .none: break
      }
      if node.tag == .text {
        text(i)
      } else {
        element(i, node)
      }
      i += 1
    }
    while let last = open.last { close(last) }
    flush()
  }

  // MARK: Elements

  private mutating func element(_ i: Int, _ node: HTMLTree.Node) {
    if node.attributeCount > 0 { noteAnchor(i, node.tag) }
    if !mailRoles.isEmpty, let kind = mailRoles[i] { return begin(i, node, .quote(kind)) }
    switch node.tag {
    case .br: lineBreak()
    case .img, .input, .hr: if node.tag == .hr { boundary() } else { space() }
    case .h1, .h2, .h3, .h4, .h5, .h6:
      begin(i, node, dataTables > 0 ? .block : .heading(node.tag.headingLevel ?? 1))
    case .ul, .ol, .dir, .menu: begin(i, node, .list)
    case .li: begin(i, node, .listItem)
    case .blockquote: begin(i, node, .quote(.quote))
    case .pre: begin(i, node, .code)
    case .caption, .figcaption: begin(i, node, .caption)
    case .table: begin(i, node, DataTable.isData(tree, i) ? .dataTable : .block)
    case .tr: begin(i, node, dataTables > 0 ? .row : .block)
    case .td, .th: begin(i, node, dataTables > 0 ? .cell : .block)
    case .unknown: if node.parent >= 0 { space() }
    case .span: if isLineSpan(node) { lineBreak() }
    default: if !node.tag.isInline { begin(i, node, .block) }
    }
  }

  /// Style sheets of some wikis (cppreference's `t-lines`) put each of these spans on a line of its own.
  private func isLineSpan(_ node: HTMLTree.Node) -> Bool {
    let parent = Int(node.parent)
    guard parent > 0, tree.nodes[parent].tag == .span, let name = tree.attribute(.class, of: parent) else {
      return false
    }
    return name.count == 7 && name.matches("t-lines", at: 0)
  }

  private mutating func begin(_ i: Int, _ node: HTMLTree.Node, _ role: Context.Role) {
    if case .cell = role {
      // Cells of a row are parted by a tab.
      pendingSpace = false
      if cells > 0 { line.append(0x09) }
      cells += 1
    } else {
      boundary()
    }
    switch role {
    case .block, .cell, .boilerplate: break
    case .heading(let level):
      heading = level
      headingNode = headingAnchor(i) ?? anchorNode
    case .list: listDepth += 1
    case .listItem: itemDepth += 1
    case .quote(let kind):
      quoteDepth += 1
      quoteKind = kind
    case .code: codeDepth += 1
    case .caption: captionDepth += 1
    case .row: cells = 0
    case .dataTable: dataTables += 1
    }
    open.append(Context(end: Int(node.end), role: role))
  }

  private mutating func close(_ context: Context) {
    open.removeLast()
    switch context.role {
    case .cell: return
    case .row: flush()
    case .block: boundary()
    case .heading:
      flush()
      heading = nil
      headingNode = nil
      anchorNode = nil
    case .boilerplate:
      if templateDepth == 1 { flush() }
      templateDepth -= 1
    case .list:
      boundary()
      listDepth -= 1
    case .listItem:
      boundary()
      itemDepth -= 1
    case .quote:
      boundary()
      quoteDepth -= 1
      quoteKind =
        open.last(where: { if case .quote = $0.role { true } else { false } }).flatMap {
          if case .quote(let kind) = $0.role { kind } else { nil }
        } ?? .quote
    case .code:
      flush()
      codeDepth -= 1
    case .caption:
      flush()
      captionDepth -= 1
    case .dataTable:
      flush()
      dataTables -= 1
    }
  }

  private mutating func noteAnchor(_ i: Int, _ tag: HTMLTag) {
    if tree.has(.id, of: i) || tag == .a && tree.has(.name, of: i) { anchorNode = i }
  }

  private func anchorValue(_ i: Int) -> String? {
    let value = tree.attribute(.id, of: i) ?? (tree.nodes[i].tag == .a ? tree.attribute(.name, of: i) : nil)
    guard let value, !value.isEmpty, value.count <= 200 else { return nil }
    return String(decoding: value, as: UTF8.self)
  }

  /// The heading's own id, or one inside it (`<span class="mw-headline" id=…>`, `<a name=…>`).
  private func headingAnchor(_ node: Int) -> Int? {
    tree.subtree(node).prefix(12).first { tree.nodes[$0].attributeCount > 0 && anchorValue($0) != nil }
  }

  // MARK: Text

  private mutating func text(_ i: Int) {
    let bytes = tree.text(i)
    if codeDepth > 0 && dataTables == 0 { return preformatted(bytes) }
    var p = 0
    let count = bytes.count
    while p < count {
      let byte = bytes[p]
      if byte.isASCIISpace {
        pendingSpace = true
        p += 1
        continue
      }
      if byte == 0xC2, p + 1 < count, bytes[p + 1] == 0xA0 {  // no-break space
        pendingSpace = true
        p += 2
        continue
      }
      if pendingSpace, !line.isEmpty, line[line.count - 1] != 0x0A, line[line.count - 1] != 0x09 { line.append(0x20) }
      pendingSpace = false
      let start = p
      var high: UInt8 = 0
      while p < count, !bytes[p].isASCIISpace, !(bytes[p] == 0xC2 && p + 1 < count && bytes[p + 1] == 0xA0) {
        high |= bytes[p]
        p += 1
      }
      if high >= 0x80 { hasForeignBytes = true }
      line.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[start..<p]))
      if heading == nil { anchorNode = nil }
    }
  }

  private mutating func preformatted(_ bytes: UnsafeRawBufferPointer) {
    hasForeignBytes = hasForeignBytes || bytes.contains { $0 >= 0x80 }
    // The line feed right behind <pre> is not part of it.
    let start = line.isEmpty && bytes.first == 0x0A ? 1 : 0
    for byte in bytes[start...] where byte != 0x0D { line.append(byte) }
    pendingSpace = false
  }

  private mutating func space() { if codeDepth == 0 { pendingSpace = true } }

  private mutating func lineBreak() {
    if codeDepth > 0 {
      line.append(0x0A)
      return
    }
    if dataTables > 0 || heading != nil { return space() }
    guard !line.isEmpty else { return }
    pendingSpace = false
    // Two breaks part paragraphs.
    if line.last == 0x0A { flush() } else { line.append(0x0A) }
  }

  /// The edge of a block: ends the text so far, or parts words where the block runs on (headings, cells, code).
  private mutating func boundary() {
    if codeDepth > 0 || templateDepth > 0 {
      // What surrounds the content is one block, however many boxes it came in.
      pendingSpace = false
      if let last = line.last, last != 0x0A { line.append(0x0A) }
    } else if dataTables > 0 && cells > 0 || heading != nil {
      space()
    } else {
      flush()
    }
  }

  private mutating func flush() {
    defer {
      line.removeAll(keepingCapacity: true)
      pendingSpace = false
      hasForeignBytes = false
    }
    while let last = line.last, last.isASCIISpace { line.removeLast() }
    guard !line.isEmpty else { return }
    if hasForeignBytes {
      line = InvisibleText.clean(line)
      guard !line.isEmpty else { return }
    }
    var block = currentBlock()
    if block.kind == .template {
      templateBytes += line.count
      if templateBytes <= Self.templateLimit { out.extend(block, line) }
      return
    }
    if isRepeated(block) { return }
    if block.kind == .heading { block.anchor = headingNode.flatMap(anchorValue) }
    out.append(block, line)
  }

  /// Whether a paragraph stood there already: right before, or anywhere if it is too long for a refrain.
  private mutating func isRepeated(_ block: Block) -> Bool {
    guard line.count >= 40, block.kind != .code, block.kind != .tableRow else { return false }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in line { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    defer { previousHash = hash }
    let isNew = line.count < 160 || seen.insert(hash).inserted
    return hash == previousHash || !isNew
  }

  private func currentBlock() -> Block {
    if templateDepth > 0 { return Block(.template) }
    if let heading, quoteDepth == 0 { return Block(.heading, level: heading) }
    if quoteDepth > 0 { return Block(quoteKind, level: quoteKind == .signature ? 0 : UInt8(clamping: quoteDepth)) }
    if codeDepth > 0 { return Block(.code) }
    if dataTables > 0 { return Block(captionDepth > 0 ? .caption : .tableRow) }
    if captionDepth > 0 { return Block(.caption) }
    if itemDepth > 0 { return Block(.listItem, level: UInt8(clamping: max(listDepth, 1))) }
    return Block(.paragraph)
  }
}
