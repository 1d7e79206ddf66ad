/// Tells tables that hold data from those that lay out a page.
enum DataTable {
  /// Looked at per table: hostile nesting must not make this quadratic.
  private static let maximumNodes = 3000

  static func isData(_ tree: HTMLTree, _ table: Int) -> Bool {
    if let role = tree.attribute(.role, of: table), role.matches("presentation", at: 0) || role.matches("none", at: 0) {
      return false
    }
    var rows = 0, cells = 0, headers = 0, blocks = 0
    var text = 0
    var i = table + 1
    let end = min(Int(tree.nodes[table].end), table + maximumNodes)
    while i < end {
      let node = tree.nodes[i]
      if node.mark == .hidden {
        i = Int(node.end)
        continue
      }
      switch node.tag {
      case .table: return false
      case .tr: rows += 1
      case .th: headers += 1; cells += 1
      case .td: cells += 1
      case .caption: headers += 1
      case .h1, .h2, .h3, .blockquote, .article, .section, .form, .hr: blocks += 1
      case .p: blocks += 1
      case .text: text += Int(node.length)
      default: break
      }
      i += 1
    }
    guard rows > 0, cells > rows else { return false }
    if headers > 0 { return blocks <= cells }
    // Without headers: short cells, no page inside.
    return rows >= 2 && blocks * 2 <= cells && text / max(cells, 1) < 300
  }
}
