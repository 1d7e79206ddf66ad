internal import Synchronization

/// Which pages of a mapped file are known to have their checksums: a view of memory that the file owns, for loops that
/// must not count references to it.
///
/// One bit a page, and behind them one bit a group of page sums. Bits only ever go from 0 to 1, and say that immutable
/// bytes are sound: no ordering between threads is needed.
struct VerifiedPages: @unchecked Sendable {
  private let words: UnsafeMutablePointer<Atomic<UInt64>>
  private let wordCount: Int
  private let pageCount: Int
  /// Bytes of the file's content.
  private let count: UInt64

  /// Memory for so many pages and groups, none of them known; to be given back with `deallocate`.
  init(pages: Int, bits: Int, count: UInt64) {
    pageCount = pages
    self.count = count
    wordCount = (bits + 63) / 64
    words = .allocate(capacity: wordCount)
    for i in 0..<wordCount { (words + i).initialize(to: Atomic(0)) }
  }

  func deallocate() {
    words.deinitialize(count: wordCount)
    words.deallocate()
  }

  @inline(__always)
  func add(bit: Int) { words[bit >> 6].bitwiseOr(1 << UInt64(bit & 63), ordering: .relaxed) }

  @inline(__always)
  func hold(bit: Int) -> Bool { words[bit >> 6].load(ordering: .relaxed) & (1 &<< UInt64(bit & 63)) != 0 }

  /// Whether all pages `first ... last`, which have to exist, are known. A word of bits at a time.
  @inline(__always)
  func hold(_ first: Int, _ last: Int) -> Bool {
    var word = first &>> 6
    let lastWord = last &>> 6
    var mask = UInt64.max &<< UInt64(first & 63)
    while word < lastWord {
      if words[word].load(ordering: .relaxed) & mask != mask { return false }
      mask = .max
      word &+= 1
    }
    mask &= UInt64.max &>> UInt64(63 &- last & 63)
    return words[word].load(ordering: .relaxed) & mask == mask
  }

  /// Whether all pages of a range of bytes are known.
  @inline(__always)
  func hold(_ offset: UInt64, _ length: UInt64) -> Bool {
    // Nothing, too, has to lie within the content: callers make an address of the offset.
    guard length > 0 else { return offset <= count }
    let first = Int(truncatingIfNeeded: offset &>> 12)
    let last = Int(truncatingIfNeeded: (offset &+ length &- 1) &>> 12)
    guard first <= last, last < pageCount else { return false }
    return hold(first, last)
  }
}
