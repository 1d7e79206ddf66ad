/// Marks what a reader of the page does not see (user-needs R8): scripts and forms, elements hidden by attribute or
/// inline style, the preheaders of newsletters.
struct HTMLVisibility {
  /// Mails and newsletters also hide by zero height, zero opacity and tiny type; on web pages those are animations
  /// and folded answers.
  var isMail: Bool

  func mark(_ tree: HTMLTree) {
    // Ends of the elements that make type too small to see, and of those that bring it back.
    var tiny: [(end: Int, isTiny: Bool)] = []
    var i = 0
    let count = tree.nodes.count
    while i < count {
      while let last = tiny.last, last.end <= i { tiny.removeLast() }
      let node = tree.nodes[i]
      if node.tag == .text {
        if let last = tiny.last, last.isTiny { tree.nodes[i].mark = .hidden }
        i += 1
        continue
      }
      if node.tag.isDropped || node.attributeCount > 0 && isHidden(tree, i) {
        tree.nodes[i].mark = .hidden
        i = Int(node.end)
        continue
      }
      if isMail, node.attributeCount > 0, let style = tree.attribute(.style, of: i),
        let size = InlineStyle.fontSize(style)
      {
        tiny.append((Int(node.end), size <= 1))
      }
      i += 1
    }
  }

  private func isHidden(_ tree: HTMLTree, _ node: Int) -> Bool {
    switch tree.nodes[node].tag {
    case .html, .body: return false
    case .input: return true
    default: break
    }
    if tree.has(.hidden, of: node) { return true }
    if let aria = tree.attribute(.ariaHidden, of: node), aria.matches("true", at: 0) { return true }
    guard let style = tree.attribute(.style, of: node) else { return false }
    if InlineStyle.has("display", "none", in: style) || InlineStyle.has("visibility", "hidden", in: style) {
      return true
    }
    guard isMail else { return false }
    return InlineStyle.has("mso-hide", "all", in: style) || InlineStyle.isZero("max-height", in: style)
      || InlineStyle.isZero("opacity", in: style)
  }
}

/// Looks up declarations in a `style` attribute.
enum InlineStyle {
  static func has(_ property: StaticString, _ value: StaticString, in style: UnsafeRawBufferPointer) -> Bool {
    self.value(property, in: style).map { $0.matches(value, at: 0) } ?? false
  }

  /// `0`, `0px`, `0.0`, but not `0.5`.
  static func isZero(_ property: StaticString, in style: UnsafeRawBufferPointer) -> Bool {
    guard let value = value(property, in: style), value.first == 0x30 else { return false }
    return !value.contains { $0 >= 0x31 && $0 <= 0x39 }
  }

  /// In pixels; `nil` for other units but zero.
  static func fontSize(_ style: UnsafeRawBufferPointer) -> Int? {
    guard let value = value("font-size", in: style), let first = value.first, first.isASCIIDigit else { return nil }
    var number = 0
    var i = 0
    while i < value.count, value[i].isASCIIDigit, i < 4 {
      number = number * 10 + Int(value[i] - 0x30)
      i += 1
    }
    // 1em and 1.2rem are sizes to read.
    let isPixels = i == value.count || value.matches("px", at: i) || value[i].isASCIISpace || value[i] == 0x21
    return number == 0 && !value.contains(where: { $0 >= 0x31 && $0 <= 0x39 }) ? 0 : isPixels ? number : 16
  }

  /// The value of the last declaration of a property, without white space around.
  private static func value(_ property: StaticString, in style: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
    var found: UnsafeRawBufferPointer?
    var from = 0
    while let at = style.find(property, from: from) {
      from = at + property.utf8CodeUnitCount
      // "max-font-size" is another property.
      if at > 0, style[at - 1] == 0x2D || style[at - 1].isASCIILetter { continue }
      var i = from
      while i < style.count, style[i].isASCIISpace { i += 1 }
      guard i < style.count, style[i] == 0x3A else { continue }
      i += 1
      while i < style.count, style[i].isASCIISpace { i += 1 }
      var end = i
      while end < style.count, style[end] != 0x3B { end += 1 }
      while end > i, style[end - 1].isASCIISpace { end -= 1 }
      found = UnsafeRawBufferPointer(rebasing: style[i..<end])
      from = end
    }
    return found
  }
}
