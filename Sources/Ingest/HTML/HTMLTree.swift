import CLibXML2

/// A page as flat arrays: nodes in document order, each knowing its parent and where its subtree ends, so that every
/// question is a loop and the sender's nesting never becomes our recursion.
final class HTMLTree {
  struct Node: BitwiseCopyable {
    var tag: HTMLTag
    /// Set by ``HTMLVisibility`` and the extraction rules.
    var mark: Mark = .none
    var attributeCount: UInt16
    /// First attribute of an element; offset in the arena of a text.
    var offset: UInt32
    /// Bytes of a text.
    var length: UInt32
    var parent: Int32
    /// Index behind the last node of the subtree.
    var end: Int32
  }

  /// What extraction decided about a subtree.
  enum Mark: UInt8 {
    case none
    /// Not shown to readers of the page: gone.
    case hidden
    /// Around the content, not of it: navigation, footers, share links.
    case boilerplate
  }

  /// Deeper elements are folded into their ancestor: their text stays.
  static let maximumDepth = 400
  /// Nodes of one page; the rest is cut off with a note.
  static let maximumEvents = 6_000_000

  /// Read in every loop of extraction; nothing holds it while something else writes, and checking that at run time
  /// took a tenth of the instructions of a page.
  @exclusivity(unchecked) var nodes: [Node] = []
  /// Texts of `<script type="application/ld+json">`.
  private(set) var jsonTexts: [Range<Int>] = []
  private(set) var isTruncated = false
  private let page: OpaquePointer
  private let attributes: UnsafePointer<cxml_attribute>?
  let arena: UnsafeRawBufferPointer

  /// - Parameter utf8: Valid UTF-8.
  /// - Returns: `nil` if memory is short.
  init?(_ utf8: UnsafeRawBufferPointer) {
    HTMLAttribute.register()
    let base = utf8.bindMemory(to: UInt8.self).baseAddress
    guard let page = cxml_parse(base, utf8.count, Self.maximumEvents) else { return nil }
    self.page = page
    var attributeCount = 0, arenaCount = 0, eventCount = 0
    attributes = cxml_attributes(page, &attributeCount)
    let bytes = cxml_arena(page, &arenaCount)
    arena = UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : arenaCount)
    let events = cxml_events(page, &eventCount)
    build(UnsafeBufferPointer(start: events, count: events == nil ? 0 : eventCount))
    isTruncated = cxml_is_truncated(page) != 0
  }

  deinit { cxml_free(page) }

  private func build(_ events: UnsafeBufferPointer<cxml_event>) {
    nodes.reserveCapacity(events.count * 2 / 3 + 1)
    // The root stands for the document; it makes every real node have a parent.
    nodes.append(Node(tag: .unknown, attributeCount: 0, offset: 0, length: 0, parent: -1, end: 0))
    var open: [Int32] = [0]
    // Elements below the deepest level that were not made nodes.
    var folded = 0
    for event in events {
      switch UInt32(event.kind) {
      case cxml_start.rawValue:
        let tag = HTMLTag(rawValue: event.tag) ?? .unknown
        if open.count > Self.maximumDepth {
          folded += 1
          continue
        }
        let index = Int32(nodes.count)
        nodes.append(
          Node(
            tag: tag, attributeCount: event.attributeCount, offset: event.offset, length: 0, parent: open.last!,
            end: index + 1))
        open.append(index)
      case cxml_end.rawValue:
        if folded > 0 {
          folded -= 1
        } else if open.count > 1 {
          nodes[Int(open.removeLast())].end = Int32(nodes.count)
        }
      case cxml_json.rawValue: jsonTexts.append(Int(event.offset)..<Int(event.offset + event.length))
      default:
        let index = Int32(nodes.count)
        nodes.append(
          Node(
            tag: .text, attributeCount: 0, offset: event.offset, length: event.length, parent: open.last!,
            end: index + 1))
      }
    }
    for index in open { nodes[Int(index)].end = Int32(nodes.count) }
  }

  // MARK: Attributes

  /// The value of an attribute as bytes; `nil` if the element does not carry it.
  func attribute(_ name: HTMLAttribute, of node: Int) -> UnsafeRawBufferPointer? {
    let node = nodes[node]
    guard node.tag != .text, node.attributeCount > 0, let attributes else { return nil }
    for i in 0..<Int(node.attributeCount) {
      let attribute = attributes[Int(node.offset) + i]
      if attribute.name == name.rawValue {
        return UnsafeRawBufferPointer(
          rebasing: arena[Int(attribute.offset)..<Int(attribute.offset + attribute.length)])
      }
    }
    return nil
  }

  func string(_ name: HTMLAttribute, of node: Int) -> String? {
    attribute(name, of: node).map { String(decoding: HeaderText.collapse([UInt8]($0)), as: UTF8.self) }
  }

  func has(_ name: HTMLAttribute, of node: Int) -> Bool { attribute(name, of: node) != nil }

  /// The bytes of a text node.
  func text(_ node: Int) -> UnsafeRawBufferPointer {
    let node = nodes[node]
    return UnsafeRawBufferPointer(rebasing: arena[Int(node.offset)..<Int(node.offset + node.length)])
  }

  /// All text of a subtree that is not marked hidden, white space collapsed.
  func plainText(_ node: Int, limit: Int = 4096) -> String {
    var out: [UInt8] = []
    var i = node
    let end = Int(nodes[node].end)
    while i < end, out.count < limit {
      if nodes[i].mark == .hidden, i > node {
        i = Int(nodes[i].end)
        continue
      }
      switch nodes[i].tag {
      case .text: out.append(contentsOf: text(i))
      case .script, .style, .noscript:
        i = Int(nodes[i].end)
        continue
      default: if !nodes[i].tag.isInline || nodes[i].tag == .br { out.append(0x20) }
      }
      i += 1
    }
    return String(decoding: HeaderText.collapse(out), as: UTF8.self)
  }

  /// The first element that satisfies a predicate, in document order.
  func first(in range: Range<Int>? = nil, where predicate: (Int) -> Bool) -> Int? {
    for i in range ?? 0..<nodes.count where nodes[i].tag != .text && predicate(i) { return i }
    return nil
  }

  func subtree(_ node: Int) -> Range<Int> { node..<Int(nodes[node].end) }
}
