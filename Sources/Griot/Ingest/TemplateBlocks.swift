import Documents

/// The blocks that a source repeats in document after document (a newsletter's footer, a list's trailer, a wiki's
/// boxes), by hash. They are content of none: left in the stored document, marked, and out of its passages.
struct TemplateBlocks: Sendable, Equatable {
  private var hashes: Set<UInt64>

  static let none = TemplateBlocks([])
  init(_ hashes: some Sequence<UInt64>) { self.hashes = Set(hashes) }

  var isEmpty: Bool { hashes.isEmpty }
  /// Ascending, for what is written.
  var sorted: [UInt64] { hashes.sorted() }

  func without(_ exceptions: [UInt64]) -> TemplateBlocks {
    exceptions.isEmpty ? self : TemplateBlocks(hashes.subtracting(exceptions))
  }

  /// Marks what is a template in a document, unless nothing would be left of it.
  ///
  /// - Returns: Whether something was marked.
  func mark(_ document: inout Document) -> Bool {
    guard !isEmpty else { return false }
    var marked: [Int] = []
    var isSomethingLeft = false
    document.text.withUnsafeBytes { text in
      for (index, block) in document.blocks.enumerated() where block.kind != .template {
        if let hash = Self.hash(block, text), hashes.contains(hash) {
          marked.append(index)
        } else if block.kind != .heading {
          isSomethingLeft = true
        }
      }
    }
    guard isSomethingLeft, !marked.isEmpty else { return false }
    for index in marked { document.blocks[index].kind = .template }
    return true
  }

  /// Bytes from which a block can be a template; "Yes." and "Thanks!" are what people say.
  private static let leastBytes = 16

  /// A block of more digits than this is about its numbers (a row of a table); with fewer they count issues or years.
  private static let mostDigits = 8

  /// Each byte as ``hash(_:_:)`` hears it: ASCII case, white space and control characters, digits made one.
  private static let folded = foldedWithNumbers.map { (0x30...0x39).contains($0) ? 0x30 : $0 }
  private static let foldedWithNumbers: [UInt8] = (0...UInt8.max).map { byte in
    switch byte {
    case 0x41...0x5A: byte | 0x20
    case 0...0x20: 0x20
    default: byte
    }
  }

  private static func digitCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    let high: UInt64 = 0x8080_8080_8080_8080
    var count = 0
    var at = 0
    while at + 8 <= bytes.count {
      // Digits become 0…9; seven bits plus 0x76 reach the eighth from ten on, and no byte carries into the next.
      let some = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ 0x3030_3030_3030_3030
      count &+= (~(((some & ~high) &+ 0x7676_7676_7676_7676) | some) & high).nonzeroBitCount
      at += 8
    }
    for byte in bytes[at...] where byte &- 0x30 < 10 { count += 1 }
    return count
  }

  /// What a block says, without regard to a number in it (a footer that counts issues), ASCII case and spacing; `nil` for
  /// a block that cannot be a template: headings order what follows, turns of speech and code repeat by nature.
  static func hash(_ block: Block, _ text: UnsafeRawBufferPointer) -> UInt64? {
    guard block.speaker == nil, block.time == nil, block.range.count >= leastBytes else { return nil }
    switch block.kind {
    case .paragraph, .listItem, .tableRow, .signature, .quote, .caption: break
    case .heading, .code, .forwarded, .cue, .template: return nil
    }
    let slice = UnsafeRawBufferPointer(rebasing: text[block.range])
    let digits = digitCount(slice)
    let keepsNumbers = digits > mostDigits || digits * 5 > slice.count
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var last: UInt8 = 0x20
    var words = 1
    (keepsNumbers ? foldedWithNumbers : folded).withUnsafeBufferPointer { folded in
      // Of what stands here twice in a row once is heard.
      let repeated: UInt8 = keepsNumbers ? 0x20 : 0x30
      for byte in slice {
        let byte = folded[Int(byte)]
        if byte == last, byte == 0x20 || byte == repeated { continue }
        if byte == 0x20 { words &+= 1 }
        last = byte
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      }
    }
    return words >= 3 || block.range.count >= 40 ? ShingleHasher.spread(hash) : nil
  }
}
