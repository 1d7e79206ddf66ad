/// The furniture of newsletters: "view in your browser", the address and the way out at the foot.
enum NewsletterContent {
  /// Phrases that stand in such lines, lower-case.
  private static let phrases: [StaticString] = [
    "unsubscribe", "view this email in your browser", "view in browser", "view it in your browser", "view online",
    "update your preferences", "manage your subscription", "email preferences", "you are receiving this",
    "you received this email", "why did i get this", "our mailing address is", "all rights reserved",
    "add us to your address book",
    "forward to a friend", "opt out", "abmelden", "abbestellen", "im browser ansehen", "im browser anzeigen",
    "sie erhalten diese", "se désabonner", "désinscri", "désinscription", "afficher dans le navigateur",
    "voir dans le navigateur", "vous recevez cet", "uitschrijven", "cancelar suscripción", "darse de baja",
    "ver en el navegador", "annulla iscrizione", "cancellati", "avregistrera", "powered by mailchimp",
  ]

  /// Marks them as boilerplate.
  ///
  /// - Returns: Whether the page asks its reader to unsubscribe somewhere.
  @discardableResult
  static func mark(_ tree: HTMLTree) -> Bool {
    var found = false
    let measure = TextMeasure(tree)
    var i = 0
    while i < tree.nodes.count {
      let node = tree.nodes[i]
      if node.mark != .none {
        i = Int(node.end)
        continue
      }
      if node.tag == .text, node.length >= 7, names(tree.text(i)) {
        found = true
        if let block = block(around: i, tree, measure) { tree.nodes[block].mark = .boilerplate }
      }
      i += 1
    }
    return found
  }

  private static func names(_ text: UnsafeRawBufferPointer) -> Bool { phrases.contains { text.find($0) != nil } }

  /// The largest block around a phrase that is still no more than a footer.
  private static func block(around text: Int, _ tree: HTMLTree, _ measure: TextMeasure) -> Int? {
    var best: Int?
    var node = Int(tree.nodes[text].parent)
    while node > 0, measure.textBytes(tree.subtree(node)) < 700 {
      switch tree.nodes[node].tag {
      case .body, .html, .center: return best
      default: if !tree.nodes[node].tag.isInline { best = node }
      }
      node = Int(tree.nodes[node].parent)
    }
    return best
  }

  /// Whether the page is built like a mail: layout tables in layout tables, fixed width, inline styles, and none of
  /// what only the web has (scripts, landmarks).
  static func isMailLayout(_ tree: HTMLTree) -> Bool {
    var tables = 0, nested = 0, styled = 0
    var end = 0
    var scripts = 0
    for i in tree.nodes.indices {
      let node = tree.nodes[i]
      switch node.tag {
      case .nav, .main, .article, .aside, .iframe, .form: return false
      case .script: scripts += 1
      default: break
      }
      guard node.tag == .table || node.tag == .td else { continue }
      if node.tag == .table {
        tables += 1
        if i < end { nested += 1 } else { end = Int(node.end) }
        if tree.has(.cellpadding, of: i) || tree.has(.width, of: i) || tree.has(.bgcolor, of: i) { styled += 1 }
      } else if tree.has(.style, of: i) {
        styled += 1
      }
    }
    return scripts <= 2 && tables >= 4 && nested * 2 >= tables && styled >= 4
  }
}
