/// Where wikis, documentation tools and newsletter services put the content of a page, and what they put among it.
///
/// A selector is `#id` or `.class`. A rule applies if its generator is named in the page or one of its `evidence`
/// selectors matches; the content is the first of its `roots` that holds text.
struct ContentRule: Sendable {
  enum Kind: Sendable { case wiki, newsletter, document }

  let name: String
  let kind: Kind
  var generator: StaticString?
  let evidence: String
  let roots: String
  /// Parts of the content that are not of its text.
  let drops: String

  static let all: [ContentRule] = [
    ContentRule(
      name: "mediawiki", kind: .wiki, generator: "mediawiki",
      evidence: "#mw-content-text .mw-parser-output #siteSub .mediawiki",
      roots: ".mw-parser-output #mw-content-text #bodyContent #content",
      drops:
        "#toc .toc .editsection .mw-editsection .navbox .vertical-navbox .catlinks .printfooter #siteSub #contentSub "
        + "#jump-to-nav .mw-jump .mw-jump-link .noprint .metadata .sistersitebox .mbox-small .ambox .t-navbar .reference "
        + ".mw-references-wrap .mw-empty-elt .nomobile .t-navbar-menu .mw-cite-backlink .magnify .coliru-btn"),
    ContentRule(
      name: "confluence", kind: .wiki, generator: "confluence",
      evidence: ".wiki-content #title-heading .page-metadata #main-content.wiki-content .aui-page-panel",
      roots: "#main-content .wiki-content",
      drops: ".toc-macro .page-metadata .pageSectionHeader .hidden-trigger .aui-button .expand-control .greybox"),
    ContentRule(
      name: "dokuwiki", kind: .wiki, generator: "dokuwiki", evidence: ".dokuwiki #dokuwiki__content #dokuwiki__site",
      roots: "#dokuwiki__content .page .dw-content",
      drops: "#dw__toc .toc .dw__toc .secedit .docInfo .breadcrumbs .trace .youarehere .bar .wikilink2__create .tools"),
    ContentRule(
      name: "sphinx", kind: .wiki, generator: "sphinx",
      evidence: ".documentwrapper .bodywrapper .sphinxsidebar .rst-content .bd-article .wy-nav-content",
      roots: ".bd-article .rst-content .body .document",
      drops:
        ".headerlink .toctree-wrapper .related .sphinxsidebar .rst-footer-buttons .wy-breadcrumbs .contents .viewcode-link "
        + ".viewcode-back .rst-breadcrumbs-buttons .prev-next-area .linenos .copybtn .edit-this-page"),
    ContentRule(
      name: "twiki", kind: .wiki, generator: "twiki",
      evidence: ".patternTopic .twikiTopic .foswikiTopic .twikiPage .patternPage",
      roots: ".patternTopic .twikiTopic .foswikiTopic #twikiTopic #patternMain",
      drops:
        ".twikiToc .foswikiToc .patternToolBar .patternInfo .twikiRevision .twikiAttachments .twikiHelp .twikiGrayText"),
    ContentRule(
      name: "mkdocs", kind: .wiki, generator: "mkdocs", evidence: ".md-content__inner",
      roots: ".md-content__inner .md-content",
      drops: ".headerlink .md-content__button .md-source-file .md-nav .linenos"),
    ContentRule(
      name: "docusaurus", kind: .wiki, generator: "docusaurus", evidence: ".theme-doc-markdown",
      roots: ".theme-doc-markdown .markdown",
      drops: ".hash-link .theme-doc-breadcrumbs .pagination-nav .table-of-contents"),
    ContentRule(
      name: "github", kind: .wiki, evidence: "#wiki-body #wiki-wrapper .markdown-body",
      roots: ".markdown-body #wiki-body",
      drops: ".anchor .octicon .zeroclipboard-container"),
    ContentRule(
      name: "xwiki", kind: .wiki, evidence: "#xwikicontent", roots: "#xwikicontent", drops: ".wikitoc .edit_section"),
    ContentRule(
      name: "trac", kind: .wiki, evidence: "#wikipage .wikipage", roots: "#wikipage .wikipage",
      drops: ".wiki-toc .trac-rawlink .anchor"),
    ContentRule(
      name: "moinmoin", kind: .wiki, evidence: "#page.moin #moin-content .moin-content",
      roots: "#content .moin-content",
      drops: ".table-of-contents #pageinfo #pagebottom #message"),
    ContentRule(
      name: "bookstack", kind: .wiki, evidence: "#bkmrk-page-title", roots: ".page-content", drops: ".pointer"),
    ContentRule(
      name: "substack", kind: .newsletter, evidence: ".available-content .subscription-widget-wrap .post-ufi",
      roots: ".available-content .markup .post-content .typography",
      drops: ".subscription-widget-wrap .subscribe-widget .button-wrapper .post-ufi .share-dialog .image-link-expand "
        + ".header-anchor-parent .post-footer .pencraft .captioned-button-wrap"),
    ContentRule(
      name: "mailchimp", kind: .newsletter,
      evidence: ".mcnTextContent #templateBody #bodyTable .mcnTextBlock .templateContainer",
      roots: "#templateContainer .templateContainer #bodyTable",
      drops: "#templateFooter #templatePreheader .mcnPreviewText .mcnFollowBlock #awesomewrap #templateUpperFooter "
        + "#templateLowerFooter .mcnShareBlock .mceFooterSection"),
  ]
}

/// The rule that fits a page, and where.
struct ContentMatch {
  let rule: ContentRule
  let root: Int
  let drops: [Int]

  /// - Returns: `nil` if no rule fits.
  static func find(_ tree: HTMLTree, generator: UnsafeRawBufferPointer?) -> ContentMatch? {
    var hits: [Int: [Int]] = [:]
    let filter = Selectors.filter
    for i in tree.nodes.indices where tree.nodes[i].tag != .text && tree.nodes[i].attributeCount > 0 {
      if tree.nodes[i].mark == .hidden { continue }
      if let id = tree.attribute(.id, of: i) {
        let hash = Selectors.hash(0x23, id)
        if filter.mayContain(hash), let found = Selectors.index[hash] {
          for selector in found { hits[selector, default: []].append(i) }
        }
      }
      guard let names = tree.attribute(.class, of: i) else { continue }
      Selectors.forEachName(names) { name in
        let hash = Selectors.hash(0x2E, name)
        guard filter.mayContain(hash), let found = Selectors.index[hash] else { return }
        for selector in found { hits[selector, default: []].append(i) }
      }
    }
    if hits.isEmpty { return nil }
    let measure = TextMeasure(tree)
    for (n, rule) in ContentRule.all.enumerated() {
      let named = rule.generator.map { name in generator.map { $0.find(name) != nil } ?? false } ?? false
      let selectors = Selectors.rules[n]
      guard named || selectors.evidence.contains(where: { hits[$0] != nil }) else { continue }
      for selector in selectors.roots {
        let candidates = hits[selector] ?? []
        guard let root = candidates.max(by: { size($0, tree, measure) < size($1, tree, measure) }),
          size(root, tree, measure) > 0
        else { continue }
        return ContentMatch(rule: rule, root: root, drops: selectors.drops.flatMap { hits[$0] ?? [] })
      }
    }
    return nil
  }

  private static func size(_ node: Int, _ tree: HTMLTree, _ measure: TextMeasure) -> Int {
    // Of two that hold the same text the outer one is met first and wins ties with `max(by:)` keeping the later.
    measure.textBytes(tree.subtree(node))
  }

  /// Marks what lies around the root as boilerplate, and the drops: those in a line of text vanish.
  func mark(_ tree: HTMLTree) {
    MainContent.markOutside(root, tree)
    for node in drops where tree.nodes[node].mark == .none {
      guard node != root, !tree.subtree(node).contains(root) else { continue }
      let isSmall = tree.nodes[node].tag.isInline || Int(tree.nodes[node].end) - node < 12
      tree.nodes[node].mark = isSmall ? .hidden : .boilerplate
    }
  }
}

/// The selectors of all rules, found by one look-up per id and class name.
private enum Selectors {
  static let (index, rules): ([UInt64: [Int]], [(evidence: [Int], roots: [Int], drops: [Int])]) = {
    var index: [UInt64: [Int]] = [:]
    var known: [String: Int] = [:]
    func number(_ list: String) -> [Int] {
      list.split(separator: " ").map { part in
        // Of a compound (`#page.moin`) the last name decides.
        let cut = part.dropFirst().lastIndex { $0 == "." || $0 == "#" }.map { part[$0...] } ?? part
        let selector = String(cut)
        if let n = known[selector] { return n }
        let n = known.count
        known[selector] = n
        let bytes = Array(selector.utf8)
        bytes.withUnsafeBytes {
          index[hash($0[0], UnsafeRawBufferPointer(rebasing: $0[1...])), default: []].append(n)
        }
        return n
      }
    }
    let rules = ContentRule.all.map { (number($0.evidence), number($0.roots), number($0.drops)) }
    return (index, rules)
  }()

  /// Nearly all names of a page are in no selector: a bit for some of the hash tells, without a look-up.
  struct Filter {
    private var bits = [UInt64](repeating: 0, count: 128)

    init(_ hashes: some Sequence<UInt64>) { for hash in hashes { bits[Int(hash >> 57)] |= 1 << (hash >> 51 & 63) } }

    @inline(__always)
    func mayContain(_ hash: UInt64) -> Bool { bits[Int(hash >> 57)] & 1 << (hash >> 51 & 63) != 0 }
  }

  static let filter = Filter(index.keys)

  static func hash(_ kind: UInt8, _ name: UnsafeRawBufferPointer) -> UInt64 {
    var h = 0xCBF2_9CE4_8422_2325 ^ UInt64(kind)
    for byte in name { h = (h ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    return h
  }

  static func forEachName(_ names: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    var start = 0
    for i in 0...names.count where i == names.count || names[i].isASCIISpace {
      if i > start { body(UnsafeRawBufferPointer(rebasing: names[start..<i])) }
      start = i + 1
    }
  }
}
