import Documents

/// 32 minima of one byte: two documents agree in about as many of them as their sets of shingles have in common.
///
/// One permutation, cut into 32 bins (Li, Owen, Zhang 2012); bins that no shingle fell into borrow from others
/// (Shrivastava 2017, so that short texts compare as well as long ones); of each minimum only the low byte is kept
/// (b-bit minwise hashing, Li and König 2010: 32 bytes a document, and one false agreement in 256).
struct DocumentSignature: Equatable, Sendable {
  /// Eight minima each; see ``bands``.
  var words: SIMD4<UInt64>

  static let bins = 32
  /// With fewer shingles a text says too little: a title and a greeting would be copies of each other.
  static let leastShingles = 6

  /// - Parameters:
  ///   - blocks: Those of a document.
  ///   - runs: Those of its text.
  /// - Returns: `nil` for a document of hardly any words.
  init?(_ blocks: [Block], _ runs: TextRuns) {
    let words = withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.bins) { minima in
      minima.initialize(repeating: .max)
      var count = 0
      ShingleHasher.forEach(blocks, runs) { hash in
        count += 1
        let bin = Int(hash >> 59)
        if hash < minima[bin] { minima[bin] = hash }
      }
      return count >= Self.leastShingles ? Self.words(minima) : nil
    }
    guard let words else { return nil }
    self.words = words
  }

  /// The low bytes of the minima, those of empty bins borrowed. At least one bin is not empty.
  private static func words(_ minima: UnsafeMutableBufferPointer<UInt64>) -> SIMD4<UInt64> {
    var words: SIMD4<UInt64> = .zero
    for index in 0..<4 {
      var word: UInt64 = 0
      for bin in index * 8..<index * 8 + 8 {
        var source = bin
        var attempt: UInt64 = 0
        while minima[source] == .max {
          attempt += 1
          source = Int(ShingleHasher.spread(UInt64(bin) << 32 | attempt) >> 59)
        }
        // A borrowed minimum is mixed with its bin, or one shingle in common would agree in many.
        let value = attempt == 0 ? minima[source] : ShingleHasher.spread(minima[source] &+ UInt64(bin))
        word |= (value & 0xFF) << (UInt64(bin & 7) * 8)
      }
      words[index] = word
    }
    return words
  }

  /// - Parameter bytes: 32 of them, as ``bytes`` gives them; nil where all are zero.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count == Self.bins else { return nil }
    words = .zero
    for i in 0..<4 {
      words[i] = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: i * 8, as: UInt64.self))
    }
    if words == .zero { return nil }
  }

  /// A byte a minimum.
  var bytes: [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.bins) { out, count in
      let out = UnsafeMutableRawPointer(out.baseAddress!)
      for index in 0..<4 {
        out.storeBytes(of: words[index].littleEndian, toByteOffset: index * 8, as: UInt64.self)
      }
      count = Self.bins
    }
  }

  /// Bins that agree, of ``bins``.
  func agreement(_ other: DocumentSignature) -> Int {
    let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    var count = 0
    for i in 0..<4 {
      let difference = words[i] ^ other.words[i]
      // The top bit of each byte that is zero, and no other (Hacker's Delight, 6–1).
      count += (~(((difference & low) &+ low) | difference | low)).nonzeroBitCount
    }
    return count
  }

  /// Documents that share the key of a band are candidates: three minima each.
  static let bands = bins / 3

  func band(_ index: Int) -> UInt32 {
    var key: UInt32 = 0
    for bin in index * 3..<index * 3 + 3 {
      key = key << 8 | UInt32(truncatingIfNeeded: words[bin >> 3] >> (UInt64(bin & 7) * 8)) & 0xFF
    }
    return key
  }
}
