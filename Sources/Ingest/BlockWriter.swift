import Documents

/// Builds a document's text and blocks, byte by byte where that pays.
struct BlockWriter {
  private(set) var text: [UInt8] = []
  private(set) var blocks: [Block] = []
  private var open: Block?

  var isEmpty: Bool { blocks.isEmpty }

  /// Starts a block; what is written until ``end()`` is its text.
  mutating func begin(_ block: Block) {
    end()
    if !text.isEmpty { text.append(0x0A) }
    var block = block
    block.start = UInt32(text.count)
    open = block
  }

  @inline(__always)
  mutating func write(_ byte: UInt8) { text.append(byte) }

  @inline(__always)
  mutating func write(_ bytes: UnsafeRawBufferPointer) { text.append(contentsOf: bytes) }

  /// Ends the open block; trailing white space is cut, and a block without text vanishes.
  mutating func end() {
    guard var block = open else { return }
    open = nil
    let start = Int(block.start)
    while text.count > start, text[text.count - 1].isASCIISpace { text.removeLast() }
    if text.count == start {
      if start > 0 { text.removeLast() }
      return
    }
    block.end = UInt32(text.count)
    blocks.append(block)
  }

  mutating func append(_ block: Block, _ utf8: some Collection<UInt8>) {
    begin(block)
    text.append(contentsOf: utf8)
    end()
  }

  /// Appends to the last block if it is of the same kind, behind a line feed; else as a block of its own.
  mutating func extend(_ block: Block, _ utf8: some Collection<UInt8>) {
    end()
    guard let last = blocks.last, last.kind == block.kind, last.level == block.level else { return append(block, utf8) }
    text.append(0x0A)
    text.append(contentsOf: utf8)
    blocks[blocks.count - 1].end = UInt32(text.count)
  }

  /// Whether any byte was written since the open block began.
  var openIsEmpty: Bool { open.map { Int($0.start) == text.count } ?? true }
  var lastByte: UInt8? { text.last }

  mutating func replaceKind(at index: Int, _ kind: BlockKind, level: UInt8) {
    blocks[index].kind = kind
    blocks[index].level = level
  }

  consuming func finish(into document: inout Document) {
    end()
    document.text = text
    document.blocks = blocks
  }
}
