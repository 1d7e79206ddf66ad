import Documents

/// Facts from JSON-LD (schema.org): when an article was published and by whom. Its `articleBody` is often stale or cut,
/// so it is not used.
struct LinkedData {
  var date: DocumentDate?
  var authors: [String] = []

  static func read(_ json: UnsafeRawBufferPointer) -> LinkedData {
    var out = LinkedData()
    guard json.count < 1 << 20 else { return out }
    // The parser may read a little past the end of its input: give it a padded copy.
    var padded = [UInt8](json)
    padded.append(contentsOf: repeatElement(0x20, count: 64))
    padded.withUnsafeBytes { bytes in
      guard let parser = try? JSONParser(),
        let tree = try? parser.parse(UnsafeRawBufferPointer(rebasing: bytes[..<json.count]), readable: bytes.count)
      else { return }
      out.visit(tree.root, depth: 0)
    }
    return out
  }

  private mutating func visit(_ node: JSONNode, depth: Int) {
    guard depth < 4 else { return }
    if node.isArray {
      for child in node.children { visit(child, depth: depth + 1) }
      return
    }
    guard node.isObject else { return }
    for child in node.children {
      switch String(decoding: child.key, as: UTF8.self) {
      case "datePublished": if date == nil, let text = child.scalar { date = DateText.parse(text) }
      case "author", "creator": author(child, depth: 0)
      case "@graph", "mainEntity": visit(child, depth: depth + 1)
      default: break
      }
    }
  }

  private mutating func author(_ node: JSONNode, depth: Int) {
    guard authors.count < 16, depth < 3 else { return }
    if node.isString {
      if let text = node.scalar, !text.contains("://") { authors.append(contentsOf: Byline.people(text)) }
    } else if node.isArray {
      for child in node.children { author(child, depth: depth + 1) }
    } else if node.isObject {
      var name: String?
      var isPerson = true
      for child in node.children {
        let key = String(decoding: child.key, as: UTF8.self)
        if key == "name" {
          if child.isArray { author(child, depth: depth + 1) } else { name = child.scalar }
        }
        if key == "@type" { isPerson = child.scalar != "Organization" }
      }
      if isPerson, let name { authors.append(contentsOf: Byline.people(name)) }
    }
  }
}
