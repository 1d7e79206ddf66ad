/// The signatures of the candidates, sorted by term: what they share.
///
/// Terms weigh by their rareness **among the candidates**: that needs no statistics of the index for hashes, and takes
/// the words of the query itself, which all candidates have, out of the comparison (measured: the same .574 mean
/// nDCG@10 as with the idf of the whole collection).
///
/// Memory is addressed directly: a hundred candidates have three thousand terms and five thousand pairs, for each query.
struct SignaturePool: ~Copyable {
  private struct Entry: BitwiseCopyable {
    /// Hash, candidate.
    var key: UInt32
    var value: Float

    var candidate: Int { Int(key & 0xFFFF) }
    var hash: UInt32 { key >> 16 }
  }

  /// The entries of one hash, in the order of the candidates.
  private struct Group: BitwiseCopyable {
    var start: Int32
    var end: Int32
    var weight: Float
  }

  let count: Int
  private let entries: UnsafeMutablePointer<Entry>
  private var entryCount = 0
  private let groups: UnsafeMutablePointer<Group>
  private var groupCount = 0

  /// - Parameter signatures: One for each candidate, best first; at most 65,535.
  init(_ signatures: [PassageSignature?]) {
    count = signatures.count
    let room = max(1, count * PassageSignature.mostTerms)
    entries = .allocate(capacity: room)
    groups = .allocate(capacity: room)
    var filled = 0
    for index in signatures.indices {
      guard let signature = signatures[index] else { continue }
      signature.forEach { hash, value in
        entries[filled] = Entry(key: UInt32(hash) << 16 | UInt32(truncatingIfNeeded: index), value: value)
        filled += 1
      }
    }
    entryCount = filled
    sort(room)
    group()
  }

  deinit {
    entries.deallocate()
    groups.deallocate()
  }

  var isEmpty: Bool { entryCount == 0 }

  /// By key: a counting sort by the low and the high byte of the hash. Candidates were added in order and stay so.
  private mutating func sort(_ room: Int) {
    let other = UnsafeMutablePointer<Entry>.allocate(capacity: room)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 512) { starts in
      let starts = starts.baseAddress!
      starts.initialize(repeating: 0, count: 512)
      let (source, count) = (entries, entryCount)
      for index in 0..<count {
        let key = source[index].key
        starts[Int(key &>> 16 & 255)] &+= 1
        starts[256 &+ Int(key &>> 24)] &+= 1
      }
      var (low, high): (Int32, Int32) = (0, 0)
      for byte in 0..<256 {
        (starts[byte], low) = (low, low &+ starts[byte])
        (starts[256 &+ byte], high) = (high, high &+ starts[256 &+ byte])
      }
      Self.distribute(source, count, to: other, starts, shift: 16)
      Self.distribute(other, count, to: source, starts + 256, shift: 24)
    }
    other.deallocate()
  }

  @inline(__always)
  private static func distribute(
    _ source: UnsafeMutablePointer<Entry>, _ count: Int, to target: UnsafeMutablePointer<Entry>,
    _ starts: UnsafeMutablePointer<Int32>, shift: UInt32
  ) {
    for index in 0..<count {
      let entry = source[index]
      let byte = Int(entry.key &>> shift & 255)
      target[Int(starts[byte])] = entry
      starts[byte] &+= 1
    }
  }

  private mutating func group() {
    // BM25's idf over the candidates; nothing for what more than half of them have.
    let weights = (0...count).map { frequency -> Float in
      frequency == 0 || frequency * 2 > count
        ? 0 : BM25.inverseDocumentFrequency(UInt64(frequency), of: UInt64(count))
    }
    var start = 0
    while start < entryCount {
      var end = start + 1
      while end < entryCount, entries[end].hash == entries[start].hash { end += 1 }
      // Two words of a passage may have one hash.
      let weight = weights[min(end - start, count)]
      if weight > 0 {
        groups[groupCount] = Group(start: Int32(start), end: Int32(end), weight: weight)
        groupCount += 1
      }
      start = end
    }
  }

  // MARK: Likeness

  struct Neighbour: BitwiseCopyable {
    var similarity: Float
    var index: Int32
  }

  /// The others most similar to each candidate by the cosine, best first, equal ones in the order of the candidates.
  ///
  /// - Parameter wanted: So many for each at most.
  /// - Returns: `wanted` places for each candidate; those that are left over have similarity 0.
  func nearest(_ wanted: Int) -> [Neighbour] {
    var nearest = [Neighbour](repeating: Neighbour(similarity: 0, index: 0), count: count * wanted)
    guard wanted > 0 else { return nearest }
    let count = count
    // Below the diagonal the products, behind them the squares; whole vectors are read.
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * count + count + Self.lanes) { room in
      room.initialize(repeating: 0)
      let products = room.baseAddress!
      let lengths = products + count * count
      multiply(products, lengths)
      products[0] = 0
      for row in 0..<count { lengths[row] = lengths[row] > 0 ? 1 / lengths[row].squareRoot() : 0 }
      nearest.withUnsafeMutableBufferPointer { nearest in
        for row in 1..<count {
          let own = nearest.baseAddress! + row * wanted
          let length = lengths[row]
          var column = 0
          while column < row {
            // What a column has to beat stands in one row, above the diagonal.
            let similarities = Self.vector(products + row * count + column) * length * Self.vector(lengths + column)
            let isNear =
              (similarities .> own[wanted - 1].similarity) .| (similarities .> Self.vector(products + column))
            if any(isNear) {
              for lane in 0..<min(Self.lanes, row - column) where isNear[lane] {
                Self.link(similarities[lane], row, column + lane, nearest.baseAddress!, wanted, products)
              }
            }
            column += Self.lanes
          }
          products[row] = own[wanted - 1].similarity
        }
      }
    }
    return nearest
  }

  private static let lanes = 8

  @inline(__always)
  private static func vector(_ start: UnsafePointer<Float>) -> SIMD8<Float> {
    UnsafeRawPointer(start).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Lets two candidates know each other where they are among the nearest.
  private static func link(
    _ similarity: Float, _ row: Int, _ column: Int, _ nearest: UnsafeMutablePointer<Neighbour>, _ wanted: Int,
    _ least: UnsafeMutablePointer<Float>
  ) {
    let own = nearest + row * wanted
    if similarity > own[wanted - 1].similarity { insert(similarity, column, own, wanted) }
    if similarity > least[column] {
      let other = nearest + column * wanted
      insert(similarity, row, other, wanted)
      least[column] = other[wanted - 1].similarity
    }
  }

  private func multiply(_ products: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>) {
    let (entries, count) = (entries, count)
    for group in UnsafeBufferPointer(start: groups, count: groupCount) {
      let square = group.weight * group.weight
      for i in Int(group.start)..<Int(group.end) {
        let row = entries[i].candidate
        let value = entries[i].value * square
        squares[row] += value * entries[i].value
        let line = products + row &* count
        for j in Int(group.start)..<i { line[entries[j].candidate] += value * entries[j].value }
      }
    }
  }

  /// Puts what is above the last of the best among them, behind equal ones.
  private static func insert(
    _ similarity: Float, _ index: Int, _ best: UnsafeMutablePointer<Neighbour>, _ wanted: Int
  ) {
    var at = wanted - 1
    while at > 0, best[at - 1].similarity < similarity {
      best[at] = best[at - 1]
      at -= 1
    }
    best[at] = Neighbour(similarity: similarity, index: Int32(index))
  }

  // MARK: Feedback

  /// How much each candidate has of the words that the best ones share.
  ///
  /// - Parameters:
  ///   - trust: The weight of each of the first candidates.
  ///   - terms: So many of the words with the greatest tf · idf, weighted so, are looked for in all candidates.
  func feedback(trust: [Float], terms: Int) -> [Float] {
    var found: [(group: Int, weight: Float)] = []
    found.reserveCapacity(trust.count * PassageSignature.mostTerms)
    for number in 0..<groupCount {
      let group = groups[number]
      var weight: Float = 0
      var at = Int(group.start)
      while at < Int(group.end), entries[at].candidate < trust.count {
        weight += trust[entries[at].candidate] * entries[at].value
        at += 1
      }
      if weight > 0 { found.append((number, weight * group.weight)) }
    }
    found.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.group < $1.group }
    var out = [Float](repeating: 0, count: count)
    for (number, weight) in found.prefix(terms) {
      for at in Int(groups[number].start)..<Int(groups[number].end) {
        out[entries[at].candidate] += weight * entries[at].value
      }
    }
    return out
  }
}
