/// How much text, linked text and punctuation each subtree holds: prefix sums over the nodes in document order, so
/// that any subtree costs one subtraction.
struct TextMeasure {
  private var text: [Int32]
  private var linked: [Int32]
  private var commas: [Int32]
  private var prose: [Int32] = []

  /// Counts what is not marked hidden or boilerplate.
  init(_ tree: HTMLTree) {
    let count = tree.nodes.count
    text = [Int32](repeating: 0, count: count + 1)
    linked = text
    commas = text
    var linkEnd = 0
    var skipEnd = 0
    for i in 0..<count {
      let node = tree.nodes[i]
      var letters: Int32 = 0
      var marks: Int32 = 0
      if i >= skipEnd, node.mark != .none { skipEnd = Int(node.end) }
      if i >= skipEnd {
        if node.tag == .a, i >= linkEnd, tree.has(.href, of: i) { linkEnd = Int(node.end) }
        if node.tag == .text { (letters, marks) = Self.count(tree.text(i)) }
      }
      text[i + 1] = text[i] &+ letters
      linked[i + 1] = linked[i] &+ (i < linkEnd ? letters : 0)
      commas[i + 1] = commas[i] &+ marks
    }
    countProse(tree)
  }

  /// Text in paragraphs long enough to be sentences, links aside.
  private mutating func countProse(_ tree: HTMLTree) {
    prose = [Int32](repeating: 0, count: tree.nodes.count + 1)
    var i = 0
    var paragraphEnd = 0
    var skipEnd = 0
    while i < tree.nodes.count {
      let node = tree.nodes[i]
      var bytes: Int32 = 0
      if i >= skipEnd, node.mark != .none { skipEnd = Int(node.end) }
      if i >= paragraphEnd, i >= skipEnd {
        switch node.tag {
        case .p, .pre, .li, .blockquote:
          let own = i..<Int(node.end)
          let size = textBytes(own) - linkedBytes(own)
          if size >= 60 { bytes = Int32(size) }
          paragraphEnd = Int(node.end)
        case .text: if node.length > 80 { bytes = Int32(textBytes(i..<(i + 1)) - linkedBytes(i..<(i + 1))) }
        default: break
        }
      }
      prose[i + 1] = prose[i] &+ bytes
      i += 1
    }
  }

  func proseBytes(_ range: Range<Int>) -> Int { Int(prose[range.upperBound] &- prose[range.lowerBound]) }

  /// Bytes that are no white space, and commas in any script.
  private static func count(_ bytes: UnsafeRawBufferPointer) -> (Int32, Int32) {
    var letters: Int32 = 0
    var marks: Int32 = 0
    for i in bytes.indices {
      let byte = bytes[i]
      if !byte.isASCIISpace { letters &+= 1 }
      if byte == 0x2C { marks &+= 1 }
      // U+060C, U+3001, U+FF0C
      if byte == 0x8C, i > 0, bytes[i - 1] == 0xD8 || bytes[i - 1] == 0xBC { marks &+= 1 }
      if byte == 0x81, i > 1, bytes[i - 1] == 0x80, bytes[i - 2] == 0xE3 { marks &+= 1 }
    }
    return (letters, marks)
  }

  func textBytes(_ range: Range<Int>) -> Int { Int(text[range.upperBound] &- text[range.lowerBound]) }
  func linkedBytes(_ range: Range<Int>) -> Int { Int(linked[range.upperBound] &- linked[range.lowerBound]) }
  func commaCount(_ range: Range<Int>) -> Int { Int(commas[range.upperBound] &- commas[range.lowerBound]) }

  func linkDensity(_ range: Range<Int>) -> Double {
    let all = textBytes(range)
    return all == 0 ? 0 : Double(linkedBytes(range)) / Double(all)
  }
}
