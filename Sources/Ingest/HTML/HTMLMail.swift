import Documents

/// What the HTML of a mail says about how it was made.
struct HTMLMailFacts {
  /// Nested layout tables of fixed width: made by a newsletter tool.
  var isBulkLayout = false
  var mentionsUnsubscribing = false

  static func merge(_ a: HTMLMailFacts?, _ b: HTMLMailFacts) -> HTMLMailFacts {
    guard let a else { return b }
    return HTMLMailFacts(
      isBulkLayout: a.isBulkLayout || b.isBulkLayout,
      mentionsUnsubscribing: a.mentionsUnsubscribing || b.mentionsUnsubscribing)
  }
}

/// The HTML body of a mail: everything shown is content, but quotes, signatures and forwarded text are marked by the
/// ways in which mail programs wrap them.
enum HTMLMail {
  static func write(_ utf8: [UInt8], to out: inout BlockWriter) -> HTMLMailFacts {
    guard let tree = utf8.withUnsafeBytes({ HTMLTree($0) }) else { return HTMLMailFacts() }
    HTMLVisibility(isMail: true).mark(tree)
    let mentions = NewsletterContent.mark(tree)
    HTMLBlocks.write(tree, mailRoles: roles(tree), to: &out)
    return HTMLMailFacts(isBulkLayout: NewsletterContent.isMailLayout(tree), mentionsUnsubscribing: mentions)
  }

  private static func roles(_ tree: HTMLTree) -> [Int: BlockKind] {
    var out: [Int: BlockKind] = [:]
    for i in tree.nodes.indices where tree.nodes[i].tag != .text && tree.nodes[i].attributeCount > 0 {
      let name = tree.attribute(.class, of: i), id = tree.attribute(.id, of: i)
      if has(name, signatureNames) || has(id, signatureNames) {
        out[i] = .signature
      } else if has(name, quoteNames) || has(id, quoteNames) {
        if tree.nodes[i].tag != .blockquote { out[i] = .quote }
      } else if has(id, originalNames) {
        // Outlook marks only where the quoted message begins: it goes on in the siblings behind.
        for sibling in following(i, tree) { out[sibling] = .quote }
      }
    }
    return out
  }

  private static let signatureNames: [StaticString] = [
    "gmail_signature", "moz-signature", "signature", "protonmail_signature_block", "yahoo-signature",
    "applemailsignature",
    "ydpsignature", "x_signature", "mobile-signature",
  ]
  private static let quoteNames: [StaticString] = [
    "gmail_quote", "moz-cite-prefix", "yahoo_quoted", "gmail_attr", "protonmail_quote", "moz-forward-container",
    "ydp-yahoo_quoted", "zmail_extra", "olk_src_body_section", "outlookmessageheader",
  ]
  private static let originalNames: [StaticString] = ["appendonsend", "divrplyfwdmsg", "x_divrplyfwdmsg"]

  private static func has(_ names: UnsafeRawBufferPointer?, _ known: [StaticString]) -> Bool {
    guard let names, !names.isEmpty else { return false }
    return known.contains { name in
      guard let at = names.find(name) else { return false }
      let end = at + name.utf8CodeUnitCount
      let starts = at == 0 || names[at - 1].isASCIISpace
      return starts && (end == names.count || names[end].isASCIISpace || names[end] == 0x5F)
    }
  }

  /// The element and the siblings behind it.
  private static func following(_ i: Int, _ tree: HTMLTree) -> [Int] {
    var out: [Int] = []
    var node = i
    let end = Int(tree.nodes[Int(tree.nodes[i].parent)].end)
    while node < end {
      if tree.nodes[node].tag != .text { out.append(node) }
      node = Int(tree.nodes[node].end)
    }
    return out
  }
}
