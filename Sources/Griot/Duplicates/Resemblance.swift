import Documents

/// The set of shingles of one document, for the comparison that decides.
struct ShingleSet {
  private let hashes: [UInt64]

  init(_ document: Document) {
    var all: [UInt64] = []
    all.reserveCapacity(document.text.count / 6)
    ShingleHasher.forEach(document) { all.append($0) }
    all.sort()
    var unique: [UInt64] = []
    unique.reserveCapacity(all.count)
    for hash in all where hash != unique.last { unique.append(hash) }
    hashes = unique
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
