/// Finds the content of a page that no rule knows, and marks the rest as boilerplate.
///
/// In the tradition of Readability (Arc90) and trafilatura: prune what calls itself navigation, footer, advertisement;
/// take the element that names itself the article, if it holds the text, else the one whose paragraphs score highest;
/// prune lists of links and teasers inside. What is left must be worth it, else all is kept.
struct MainContent {
  private let tree: HTMLTree
  private var hints: [ClassHints]
  private var measure: TextMeasure
  /// Prose of the whole page.
  private var prose = 0

  static func mark(_ tree: HTMLTree) {
    var content = MainContent(tree)
    content.run()
  }

  private init(_ tree: HTMLTree) {
    self.tree = tree
    hints = ElementHints.collect(tree)
    measure = TextMeasure(tree)
  }

  private mutating func run() {
    let body = tree.first { tree.nodes[$0].tag == .body } ?? 0
    let before = tree.nodes
    let total = measure.textBytes(tree.subtree(body))
    guard total > 0 else { return }
    prose = max(measure.proseBytes(tree.subtree(body)), 1)
    pruneByName(body, total)
    measure = TextMeasure(tree)
    let container = namedContainer(body) ?? scoredContainer(body) ?? body
    Self.markOutside(container, tree)
    measure = TextMeasure(tree)
    pruneInside(container)
    measure = TextMeasure(tree)
    // Next to nothing is left of a page that had text: better all of it than none.
    let left = measure.textBytes(tree.subtree(body))
    if left < 200, total > 3 * left { tree.nodes = before }
  }

  // MARK: Pruning by name

  private func pruneByName(_ body: Int, _ total: Int) {
    var i = body + 1
    let end = Int(tree.nodes[body].end)
    while i < end {
      let node = tree.nodes[i]
      if node.tag != .text, node.mark == .none, isBoilerplate(i, total) { tree.nodes[i].mark = .boilerplate }
      i = tree.nodes[i].mark == .none ? i + 1 : Int(node.end)
    }
  }

  private func isBoilerplate(_ i: Int, _ total: Int) -> Bool {
    let node = tree.nodes[i]
    let size = measure.textBytes(tree.subtree(i))
    // Nothing that holds most of the page is its margin, whatever it is called ("has-sidebar").
    guard size * 2 < total || size < 400, measure.proseBytes(tree.subtree(i)) * 10 < prose * 4 else { return false }
    switch node.tag {
    case .nav, .aside, .footer, .dialog, .menu: return true
    case .form: return size * 5 < total
    case .header:
      // The header of an article holds its title and may hold its first lines; the page's holds none.
      return !isInside(i, .article) && measure.linkDensity(tree.subtree(i)) > 0.3
    case .p, .pre, .code, .h1, .em, .strong, .b, .i, .blockquote, .td, .tr, .tbody, .table, .html, .body, .main:
      return false
    default: break
    }
    let hint = hints[i]
    if hint.isDisjoint(with: .boilerplate) { return false }
    if node.tag == .article || node.tag == .section, !hint.isDisjoint(with: .positive) { return false }
    // "article-body with-sidebar", "content-promo": the name of the content counts for more if there is much text.
    if !hint.isDisjoint(with: [.content, .body]), size * 4 > total { return false }
    return true
  }

  private func isInside(_ i: Int, _ tag: HTMLTag) -> Bool {
    var parent = tree.nodes[i].parent
    while parent > 0 {
      if tree.nodes[Int(parent)].tag == tag { return true }
      parent = tree.nodes[Int(parent)].parent
    }
    return false
  }

  // MARK: The container

  /// An element that says it is the article, and holds a fair part of the paragraphs.
  private func namedContainer(_ body: Int) -> Int? {
    let all = measure.proseBytes(tree.subtree(body))
    guard all > 0 else { return nil }
    var best: (node: Int, rank: Int, size: Int)?
    for i in tree.subtree(body) where tree.nodes[i].tag != .text && tree.nodes[i].mark == .none {
      guard let rank = ContainerNames.rank(tree, i, hints[i]) else { continue }
      let size = measure.proseBytes(tree.subtree(i))
      // The clearer the claim, the smaller the share that is believed: short notes stand in large pages.
      guard size * (rank == 5 ? 10 : rank == 4 ? 3 : 2) >= all else { continue }
      // Among equals the inner one: less around it.
      if best == nil || rank > best!.rank || rank == best!.rank && size * 10 >= best!.size * 9 {
        best = (i, rank, size)
      }
    }
    return best?.node
  }

  /// Readability's vote: every paragraph gives points to its parent and, less, to its grandparents.
  private func scoredContainer(_ body: Int) -> Int? {
    var scores: [Int: Double] = [:]
    var i = body
    let end = Int(tree.nodes[body].end)
    while i < end {
      let node = tree.nodes[i]
      if node.mark != .none {
        i = Int(node.end)
        continue
      }
      if isParagraph(i) {
        let own = tree.subtree(i)
        let size = measure.textBytes(own) - measure.linkedBytes(own)
        if size >= 25 {
          let points = 1 + Double(measure.commaCount(own)) + min(Double(size) / 100, 3)
          var ancestor = Int(node.parent)
          for level in 0..<4 where ancestor > 0 {
            scores[ancestor, default: weight(ancestor)] +=
              points / (level == 0 ? 1 : level == 1 ? 2 : Double(level) * 3)
            ancestor = Int(tree.nodes[ancestor].parent)
          }
        }
        i = Int(node.end)
      } else {
        i += 1
      }
    }
    let ranked = scores.map { (node: $0.key, score: $0.value * (1 - measure.linkDensity(tree.subtree($0.key)))) }
    guard var top = ranked.max(by: { ($0.score, -$0.node) < ($1.score, -$1.node) }) else { return nil }
    // Articles in several sections: go up while the parent gathers clearly more text without more links.
    while true {
      let parent = Int(tree.nodes[top.node].parent)
      guard parent > body else { break }
      let mine = measure.proseBytes(tree.subtree(top.node)), theirs = measure.proseBytes(tree.subtree(parent))
      guard Double(theirs) > Double(mine) * 1.25, measure.linkDensity(tree.subtree(parent)) < 0.3 else { break }
      top.node = parent
    }
    return top.node
  }

  private func isParagraph(_ i: Int) -> Bool {
    switch tree.nodes[i].tag {
    case .p, .pre, .td, .blockquote, .li: return true
    case .div, .section:
      // A div without blocks inside is a paragraph in all but name.
      return tree.subtree(i).dropFirst().allSatisfy { tree.nodes[$0].tag.isInline }
    default: return false
    }
  }

  private func weight(_ i: Int) -> Double {
    var weight = 0.0
    if !hints[i].isDisjoint(with: .positive) { weight += 25 }
    if !hints[i].isDisjoint(with: [.widget, .metadata, .tags, .teaser]) { weight -= 15 }
    if tree.nodes[i].tag == .article { weight += 15 }
    return weight
  }

  /// Marks everything beside the path from the root of the page to a node.
  static func markOutside(_ container: Int, _ tree: HTMLTree) {
    var child = container
    var parent = Int(tree.nodes[container].parent)
    while parent >= 0 {
      var i = parent + 1
      while i < Int(tree.nodes[parent].end) {
        if i != child, tree.nodes[i].mark == .none, tree.nodes[i].tag != .head { tree.nodes[i].mark = .boilerplate }
        i = Int(tree.nodes[i].end)
      }
      child = parent
      parent = Int(tree.nodes[parent].parent)
    }
  }

  // MARK: Inside

  /// Lists of links, captions of galleries, buttons with words: blocks that are not the author's text.
  private func pruneInside(_ container: Int) {
    let total = measure.textBytes(tree.subtree(container))
    var i = container + 1
    let end = Int(tree.nodes[container].end)
    while i < end {
      let node = tree.nodes[i]
      if node.tag != .text, node.mark == .none, isNoise(i, total) { tree.nodes[i].mark = .boilerplate }
      i = tree.nodes[i].mark == .none ? i + 1 : Int(node.end)
    }
  }

  private func isNoise(_ i: Int, _ total: Int) -> Bool {
    let range = tree.subtree(i)
    let size = measure.textBytes(range)
    guard size > 0, size * 3 < total else { return false }
    let density = measure.linkDensity(range)
    switch tree.nodes[i].tag {
    case .ul, .ol, .dl: return density > 0.6 && size < 800
    case .div, .section, .article, .header, .table:
      if density > 0.6 { return true }
      // Galleries and players come with texts of their own.
      if hints[i].contains(.media), measure.proseBytes(range) * 10 < prose, hints[i].isDisjoint(with: .positive) {
        return true
      }
      return !hints[i].isDisjoint(with: [.metadata, .tags, .widget]) && size < 400
    case .p, .h2, .h3, .h4, .h5, .h6, .span:
      // A paragraph that is one link, in a page of prose: "Read more: …".
      if tree.nodes[i].tag == .p, density > 0.8, size < 160, prose > 1500 { return true }
      return !hints[i].isDisjoint(with: [.metadata, .tags, .widget]) && size < 200
    default: return false
    }
  }
}

/// Collects the ``ClassHints`` of every element of a page.
enum ElementHints {
  static func collect(_ tree: HTMLTree) -> [ClassHints] {
    var out = [ClassHints](repeating: [], count: tree.nodes.count)
    for i in tree.nodes.indices {
      let node = tree.nodes[i]
      guard node.tag != .text, node.attributeCount > 0, node.mark != .hidden else { continue }
      var hints: ClassHints = []
      if let name = tree.attribute(.class, of: i) { hints.formUnion(ClassHints.parse(name)) }
      if let name = tree.attribute(.id, of: i) { hints.formUnion(ClassHints.parse(name)) }
      if let role = tree.attribute(.role, of: i) { hints.formUnion(self.role(role)) }
      out[i] = hints
    }
    return out
  }

  private static func role(_ role: UnsafeRawBufferPointer) -> ClassHints {
    if role.matches("navigation", at: 0) || role.matches("menu", at: 0) || role.matches("search", at: 0) {
      return .navigation
    }
    if role.matches("contentinfo", at: 0) { return .footer }
    if role.matches("complementary", at: 0) { return .sidebar }
    if role.matches("banner", at: 0) { return .header }
    if role.matches("dialog", at: 0) || role.matches("alert", at: 0) { return .consent }
    return []
  }
}

/// How loudly an element claims to be the article.
enum ContainerNames {
  static func rank(_ tree: HTMLTree, _ i: Int, _ hints: ClassHints) -> Int? {
    switch tree.nodes[i].tag {
    case .div, .section, .article, .main, .td: break
    default: return nil
    }
    if let property = tree.attribute(.itemprop, of: i), property.matches("articlebody", at: 0) { return 5 }
    if hints.contains(.article), !hints.isDisjoint(with: [.body, .content]), hints.isDisjoint(with: .teaser) {
      return 4
    }
    if tree.nodes[i].tag == .article { return 3 }
    if tree.nodes[i].tag == .main { return 2 }
    if let role = tree.attribute(.role, of: i), role.matches("main", at: 0) || role.matches("article", at: 0) {
      return 2
    }
    if hints.contains(.main), hints.contains(.content) { return 1 }
    return nil
  }
}
