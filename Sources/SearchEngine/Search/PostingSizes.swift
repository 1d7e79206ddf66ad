/// How long the postings behind each block of a dictionary are, about. Kept for all patterns of a query: each of them
/// asks for many of the same blocks.
final class PostingSizes {
  private let dictionary: TermDictionary
  /// Of each block the size's exponent and the two bits below its leading one; 0 where nobody has asked.
  private var classes: [UInt8]

  init(_ dictionary: TermDictionary) {
    self.dictionary = dictionary
    classes = Array(repeating: 0, count: dictionary.index.count)
  }

  /// The `limit` blocks with most bytes of postings behind their stems, in the order of the dictionary; of equal ones,
  /// about, the first. O(blocks): a few bytes of each are read once.
  func longest(_ blocks: [Int32], limit: Int) throws(IndexError) -> [Int32] {
    if blocks.count <= limit { return blocks }
    var counts = [Int](repeating: 0, count: 256)
    try read(blocks)
    for block in blocks { counts[Int(classes[Int(block)])] += 1 }
    var last = 255
    var above = 0
    while last > 0, above + counts[last] <= limit {
      above += counts[last]
      last -= 1
    }
    var rest = limit - above
    var out: [Int32] = []
    out.reserveCapacity(limit)
    for block in blocks {
      let number = classes[Int(block)]
      if number > last {
        out.append(block)
      } else if number == last, rest > 0 {
        out.append(block)
        rest -= 1
      }
    }
    return out
  }

  private func read(_ blocks: [Int32]) throws(IndexError) {
    var known: (block: Int, start: UInt64) = (-1, 0)
    for block in blocks where classes[Int(block)] == 0 {
      let block = Int(block)
      let start = known.block == block ? known.start : try postingsStart(block)
      known = (block + 1, block + 1 < classes.count ? try postingsStart(block + 1) : .max)
      let size = (known.start > start ? known.start - start : 0) | 4
      let exponent = 63 - size.leadingZeroBitCount
      classes[block] = UInt8(exponent << 2) | UInt8(size >> UInt64(exponent - 2) & 3)
    }
  }

  /// Where the postings of a block's first stem begin.
  private func postingsStart(_ block: Int) throws(IndexError) -> UInt64 {
    let index = dictionary.index
    var reader = ByteReader(try index.tail(block).tail)
    let start = reader.varint()
    if reader.failed { throw index.corrupt(block) }
    return start
  }
}
