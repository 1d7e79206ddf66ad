import Documents

/// Facts that wikis print into their pages: who created and changed them, when, under which pages they hang.
enum WikiMetadata {
  static func read(_ tree: HTMLTree, _ rule: ContentRule, into facts: inout HTMLMetadata) {
    switch rule.name {
    case "mediawiki": mediawiki(tree, &facts)
    case "confluence": confluence(tree, &facts)
    case "dokuwiki": dokuwiki(tree, &facts)
    case "sphinx", "mkdocs": lastUpdated(tree, &facts)
    default: break
    }
  }

  private static func byID(_ tree: HTMLTree, _ id: StaticString) -> Int? {
    tree.first {
      tree.attribute(.id, of: $0).map { $0.count == id.utf8CodeUnitCount && $0.matches(id, at: 0) } ?? false
    }
  }

  /// The first elements of several ids, found in one pass.
  private static func byIDs(_ tree: HTMLTree, _ ids: [StaticString]) -> [Int?] {
    var out = [Int?](repeating: nil, count: ids.count)
    for i in tree.nodes.indices where tree.nodes[i].attributeCount > 0 {
      guard let id = tree.attribute(.id, of: i) else { continue }
      for (k, wanted) in ids.enumerated()
      where id.count == wanted.utf8CodeUnitCount && out[k] == nil && id.matches(wanted, at: 0) {
        out[k] = i
      }
    }
    return out
  }

  private static func byClass(_ tree: HTMLTree, _ name: StaticString, in range: Range<Int>? = nil) -> [Int] {
    (range ?? 0..<tree.nodes.count).filter {
      guard let names = tree.attribute(.class, of: $0) else { return false }
      return names.split(separator: 0x20).contains {
        $0.count == name.utf8CodeUnitCount && UnsafeRawBufferPointer(rebasing: $0).matches(name, at: 0)
      }
    }
  }

  // MARK: MediaWiki

  private static func mediawiki(_ tree: HTMLTree, _ facts: inout HTMLMetadata) {
    let known = byIDs(
      tree, ["firstheading", "footer-info-lastmod", "lastmod", "f-lastmod", "mw-normal-catlinks", "catlinks"])
    if let heading = known[0] ?? byClass(tree, "firstheading").first {
      facts.title = tree.plainText(heading, limit: 512)
    }
    if let node = known[1] ?? known[2] ?? known[3] {
      lastModified(tree, node, &facts)
    }
    if let node = known[4] ?? known[5] {
      // The first link leads to the list of all categories.
      for i in tree.subtree(node) where tree.nodes[i].tag == .li {
        let name = tree.plainText(i, limit: 200)
        if !name.isEmpty, facts.attributes.count < 64 { facts.attributes.append(Attribute("tag", name)) }
      }
    }
  }

  /// "This page was last edited on 19 October 2017, at 10:27 by Meike Thomsen. Based on work by Tomasz Wójcik."
  private static func lastModified(_ tree: HTMLTree, _ node: Int, _ facts: inout HTMLMetadata) {
    let text = tree.plainText(node, limit: 1024)
    let bytes = [UInt8](text.utf8)
    if let first = bytes.firstIndex(where: { $0.isASCIIDigit }) {
      // "on", "am", "le": the date begins up to a word before its first digit ("October 19, 2017").
      let start = max(0, first - 12)
      facts.note(DateText.parse([UInt8](bytes[start...])), rank: 7)
    }
    var isFirst = true
    for i in tree.subtree(node) where tree.nodes[i].tag == .a {
      let href = tree.attribute(.href, of: i)
      let isUser =
        href.map { $0.find("user:") != nil || $0.find("benutzer") != nil || $0.find("utilisateur") != nil } ?? false
      guard isUser || tree.attribute(.title, of: i)?.find("user:") != nil else { continue }
      facts.add(tree.plainText(i, limit: 200), isFirst ? .editor : .author)
      isFirst = false
    }
  }

  // MARK: Confluence

  private static func confluence(_ tree: HTMLTree, _ facts: inout HTMLMetadata) {
    if let node = byID(tree, "title-text") {
      let text = tree.plainText(node, limit: 512)
      // "Space : Page"
      if let colon = text.range(ofASCII: " : ") {
        facts.title = String(text[colon.upperBound...])
        facts.attributes.append(Attribute("space", String(text[..<colon.lowerBound])))
      } else {
        facts.title = text
      }
    }
    if let node = byID(tree, "breadcrumbs") {
      let links = tree.subtree(node).filter { tree.nodes[$0].tag == .a }.map { tree.plainText($0, limit: 200) }
      if !links.isEmpty { facts.attributes.append(Attribute("breadcrumb", links.joined(separator: " > "))) }
    }
    for node in byClass(tree, "page-metadata") {
      for i in byClass(tree, "author", in: tree.subtree(node)) { facts.add(tree.plainText(i, limit: 200), .author) }
      for i in byClass(tree, "editor", in: tree.subtree(node)) { facts.add(tree.plainText(i, limit: 200), .editor) }
      let text = tree.plainText(node, limit: 512)
      // "…, last modified on Jan 11, 2018": the date is what follows the last "on".
      if let on = [UInt8](text.utf8).lastRange(ofASCII: " on ") {
        facts.note(DateText.parse([UInt8]([UInt8](text.utf8)[on.upperBound...])), rank: 6)
      } else {
        facts.note(DateText.parse(text), rank: 6)
      }
    }
    for i in byClass(tree, "aui-label-split-main") + byClass(tree, "label-list-item") {
      facts.attributes.append(Attribute("tag", tree.plainText(i, limit: 100)))
    }
  }

  // MARK: Others

  /// "alarm/chain.txt · Last modified: 2019/05/17 10:22 by fenja"
  private static func dokuwiki(_ tree: HTMLTree, _ facts: inout HTMLMetadata) {
    for node in byClass(tree, "docinfo") {
      facts.note(DateText.parse([UInt8](tree.plainText(node, limit: 300).utf8).suffix(90).map { $0 }), rank: 6)
      for i in tree.subtree(node) where tree.nodes[i].tag == .bdi { facts.add(tree.plainText(i, limit: 100), .editor) }
    }
    for node in byClass(tree, "youarehere").prefix(1) {
      let links = tree.subtree(node).filter { tree.nodes[$0].tag == .a }.map { tree.plainText($0, limit: 200) }
      if !links.isEmpty { facts.attributes.append(Attribute("breadcrumb", links.joined(separator: " > "))) }
    }
  }

  /// "Last updated on May 17, 2019."
  private static func lastUpdated(_ tree: HTMLTree, _ facts: inout HTMLMetadata) {
    for i in tree.nodes.indices where tree.nodes[i].tag == .text {
      let text = tree.text(i)
      guard text.count < 300, let at = text.find("last updated") else { continue }
      facts.note(DateText.parse([UInt8](text[at...])), rank: 7)
    }
  }
}

extension Array where Element == UInt8 {
  fileprivate func lastRange(ofASCII text: StaticString) -> Range<Int>? {
    let n = text.utf8CodeUnitCount
    guard count >= n else { return nil }
    for i in stride(from: count - n, through: 0, by: -1)
    where (0..<n).allSatisfy({ self[i + $0] == text.utf8Start[$0] }) {
      return i..<(i + n)
    }
    return nil
  }
}
