import Documents

/// The set of shingles of one document, for the comparison that decides.
struct ShingleSet {
  private let hashes: [UInt64]

  init(_ document: Document, _ runs: TextRuns) {
    self = document.text.withUnsafeBytes { ShingleSet($0, document.blocks, runs) }
  }

  /// - Parameter blocks: Those of the document whose text this is.
  init(_ text: UnsafeRawBufferPointer, _ blocks: [Block], _ runs: TextRuns) {
    runs.begin(text)
    defer { runs.begin(UnsafeRawBufferPointer(start: nil, count: 0)) }
    // A word is followed by something else, or it has three bytes; only bytes that are no UTF-8 make more of them.
    let most = text.count / 2 + 1
    var more: [UInt64] = []
    var all = [UInt64](unsafeUninitializedCapacity: most) { all, count in
      ShingleHasher.forEach(blocks, runs) { hash in
        if count < most {
          all.initializeElement(at: count, to: hash)
          count &+= 1
        } else {
          more.append(hash)
        }
      }
    }
    all += more
    hashes = Self.distinct(all)
  }

  /// The distinct hashes, increasing. Hashes spread evenly, so that their first bits tell their place but for a few
  /// steps: dealt out by these and then put in order by insertion they are sorted in linear time, where comparing took
  /// a tenth of a search that folds long documents.
  static func distinct(_ hashes: [UInt64]) -> [UInt64] {
    guard hashes.count > 1 else { return hashes }
    let bits = min(20, Int.bitWidth - hashes.count.leadingZeroBitCount)
    let shift = UInt64(64 - bits)
    var ends = [Int32](repeating: 0, count: (1 << bits) + 1)
    for hash in hashes { ends[Int(hash >> shift) + 1] += 1 }
    for bucket in 1..<ends.count { ends[bucket] += ends[bucket - 1] }
    var dealt = [UInt64](repeating: 0, count: hashes.count)
    for hash in hashes {
      let bucket = Int(hash >> shift)
      dealt[Int(ends[bucket])] = hash
      ends[bucket] += 1
    }
    // A large bucket (equal hashes, or more than the first bits tell apart) is sorted by comparing.
    var start = 0
    for bucket in 0..<(1 << bits) {
      let end = Int(ends[bucket])
      if end - start > 16 {
        dealt[start..<end].sort()
      } else if end - start > 1 {
        for index in (start + 1)..<end {
          let hash = dealt[index]
          var place = index
          while place > start, dealt[place - 1] > hash {
            dealt[place] = dealt[place - 1]
            place -= 1
          }
          dealt[place] = hash
        }
      }
      start = end
    }
    var count = 1
    for index in 1..<dealt.count where dealt[index] != dealt[count - 1] {
      dealt[count] = dealt[index]
      count += 1
    }
    dealt.removeLast(dealt.count - count)
    return dealt
  }

  /// Bytes in memory.
  var bytes: Int { 64 + hashes.count * 8 }

  /// Shingles in both over shingles in either, 0…1. Linear in both sizes.
  func resemblance(_ other: ShingleSet) -> Double {
    var i = 0, j = 0, common = 0
    while i < hashes.count, j < other.hashes.count {
      if hashes[i] == other.hashes[j] {
        common += 1
        i += 1
        j += 1
      } else if hashes[i] < other.hashes[j] {
        i += 1
      } else {
        j += 1
      }
    }
    let either = hashes.count + other.hashes.count - common
    return either == 0 ? 0 : Double(common) / Double(either)
  }
}
