/// A small XML document as flat arrays: nodes in document order, each knowing where its subtree ends.
struct XMLTree {
  struct Node {
    /// With its prefix; empty for text.
    var name: String
    var attributes: [(name: String, value: String)]
    /// UTF-8 of a text node.
    var text: [UInt8]
    /// Index behind the last node of the subtree.
    var end: Int
  }

  private(set) var nodes: [Node] = []
  private(set) var complaint: String?
  /// Nodes of one document: more is no document for people.
  static let maximumNodes = 4_000_000

  /// - Parameter utf8: Valid UTF-8.
  init(_ utf8: UnsafeRawBufferPointer) throws {
    let events = try XMLEvents(utf8)
    var open: [Int] = []
    while try events.next() {
      guard nodes.count < Self.maximumNodes else { throw ReadError("more than \(Self.maximumNodes) XML nodes") }
      switch events.kind {
      case .start:
        open.append(nodes.count)
        nodes.append(Node(name: events.name, attributes: events.attributes, text: [], end: 0))
      case .end:
        if let last = open.popLast() { nodes[last].end = nodes.count }
      case .text:
        nodes.append(Node(name: "", attributes: [], text: [UInt8](events.text), end: nodes.count + 1))
      }
    }
    for index in open { nodes[index].end = nodes.count }
    complaint = events.complaint
  }

  /// The outermost element; `nil` if there is none.
  var root: XMLElement? { nodes.indices.first { !nodes[$0].name.isEmpty }.map { XMLElement(tree: self, index: $0) } }
}

/// An element of an ``XMLTree``.
struct XMLElement {
  let tree: XMLTree
  let index: Int

  var name: String { tree.nodes[index].name }
  /// The name behind its prefix.
  var localName: Substring { Self.local(name) }
  var attributes: [(name: String, value: String)] { tree.nodes[index].attributes }

  static func local(_ name: String) -> Substring {
    name.lastIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...]
  }

  func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Child elements.
  var children: some Sequence<XMLElement> {
    let tree = tree
    return sequence(state: (index + 1, tree.nodes[index].end)) { (state: inout (Int, Int)) -> XMLElement? in
      while state.0 < state.1 {
        let at = state.0
        state.0 = tree.nodes[at].end
        if !tree.nodes[at].name.isEmpty { return XMLElement(tree: tree, index: at) }
      }
      return nil
    }
  }

  /// Elements below at any depth, in document order.
  var descendants: some Sequence<XMLElement> {
    let tree = tree
    return (index + 1..<max(tree.nodes[index].end, index + 1)).lazy.filter { !tree.nodes[$0].name.isEmpty }
      .map { XMLElement(tree: tree, index: $0) }
  }

  /// The first child of one of these local names.
  func child(_ names: String...) -> XMLElement? {
    for name in names {
      if let found = children.first(where: { $0.localName == name }) { return found }
    }
    return nil
  }

  func all(_ name: String) -> [XMLElement] { children.filter { $0.localName == name } }

  /// The first element of a local name at any depth.
  func first(_ name: String) -> XMLElement? { descendants.first { $0.localName == name } }

  /// All text below, as it stands.
  var text: [UInt8] {
    var out: [UInt8] = []
    for node in tree.nodes[index..<max(tree.nodes[index].end, index + 1)] where node.name.isEmpty { out += node.text }
    return out
  }

  /// All text below on one line.
  var line: String { WhiteSpace.collapse(text) }

  /// Text and elements below, in order: `element` says whether to go into one.
  var nodes: ArraySlice<XMLTree.Node> { tree.nodes[(index + 1)..<max(tree.nodes[index].end, index + 1)] }

  /// What stands between the tags, written as mark-up again: for HTML that is not escaped (`xhtml` content of Atom).
  var markup: [UInt8] {
    var out: [UInt8] = []
    var open: [(end: Int, name: String)] = []
    let end = tree.nodes[index].end
    var i = index + 1
    func close(upTo position: Int) {
      while let last = open.last, last.end <= position {
        out += Array("</\(last.name)>".utf8)
        open.removeLast()
      }
    }
    while i < end {
      close(upTo: i)
      let node = tree.nodes[i]
      if node.name.isEmpty {
        for byte in node.text { Self.escape(byte, into: &out) }
      } else {
        let name = String(Self.local(node.name))
        out += Array("<\(name)".utf8)
        for (key, value) in node.attributes where !key.hasPrefix("xmlns") {
          out += Array(" \(key)=\"".utf8)
          for byte in value.utf8 { Self.escape(byte, into: &out) }
          out.append(0x22)
        }
        out.append(0x3E)
        open.append((node.end, name))
      }
      i += 1
    }
    close(upTo: .max)
    return out
  }

  private static func escape(_ byte: UInt8, into out: inout [UInt8]) {
    switch byte {
    case 0x26: out += Array("&amp;".utf8)
    case 0x3C: out += Array("&lt;".utf8)
    case 0x3E: out += Array("&gt;".utf8)
    case 0x22: out += Array("&quot;".utf8)
    default: out.append(byte)
    }
  }
}
