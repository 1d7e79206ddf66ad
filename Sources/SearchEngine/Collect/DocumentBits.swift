/// A set of the documents of one segment: one bit each, bit 0 of word 0 is document 0. Bits beyond the last document
/// are 0.
final class DocumentBits {
  let count: Int
  let words: UnsafeMutablePointer<UInt64>
  var wordCount: Int { (count + 63) >> 6 }

  /// An empty set over `count` documents.
  init(count: Int) {
    self.count = count
    let capacity = max(1, (count + 63) >> 6)
    words = .allocate(capacity: capacity)
    words.initialize(repeating: 0, count: capacity)
  }

  deinit { words.deallocate() }

  /// All documents, or those of `live`.
  static func all(count: Int, live: UnsafePointer<UInt64>? = nil) -> DocumentBits {
    let bits = DocumentBits(count: count)
    if let live {
      bits.words.update(from: live, count: bits.wordCount)
    } else {
      bits.words.update(repeating: .max, count: bits.wordCount)
    }
    bits.clearTail()
    return bits
  }

  private func clearTail() {
    if count & 63 != 0 { words[count >> 6] &= (1 << UInt64(count & 63)) &- 1 }
  }

  @inline(__always)
  func contains(_ document: DocumentOrdinal) -> Bool {
    words[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1
  }

  @inline(__always)
  func insert(_ document: DocumentOrdinal) { words[Int(document >> 6)] |= 1 &<< UInt64(document & 63) }

  @inline(__always)
  func remove(_ document: DocumentOrdinal) { words[Int(document >> 6)] &= ~(1 &<< UInt64(document & 63)) }

  func formUnion(_ other: DocumentBits) {
    for index in 0..<wordCount { words[index] |= other.words[index] }
  }

  func formIntersection(_ other: DocumentBits) {
    for index in 0..<wordCount { words[index] &= other.words[index] }
  }

  func formIntersection(_ other: UnsafePointer<UInt64>) {
    for index in 0..<wordCount { words[index] &= other[index] }
  }

  func subtract(_ other: DocumentBits) {
    for index in 0..<wordCount { words[index] &= ~other.words[index] }
  }

  func invert() {
    for index in 0..<wordCount { words[index] = ~words[index] }
    clearTail()
  }

  /// The number of documents in the set.
  func population() -> Int {
    var sum = 0
    for index in 0..<wordCount { sum &+= words[index].nonzeroBitCount }
    return sum
  }

  /// The first document of the set that is not below `target`, `.noMore` if there is none.
  func next(from target: DocumentOrdinal) -> DocumentOrdinal {
    guard Int(target) < count else { return .noMore }
    var index = Int(target >> 6)
    var word = words[index] & (UInt64.max &<< UInt64(target & 63))
    while word == 0 {
      index += 1
      if index == wordCount { return .noMore }
      word = words[index]
    }
    return DocumentOrdinal(index << 6 + word.trailingZeroBitCount)
  }

  /// Calls `body` with every document of the set, increasing.
  @inline(__always)
  func forEach(_ body: (DocumentOrdinal) -> Void) {
    for index in 0..<wordCount {
      var word = words[index]
      while word != 0 {
        body(DocumentOrdinal(index &<< 6 &+ word.trailingZeroBitCount))
        word &= word &- 1
      }
    }
  }
}
