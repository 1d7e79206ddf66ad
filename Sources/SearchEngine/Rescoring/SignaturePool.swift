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
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCount = 0
  private let groups: UnsafeMutablePointer<Group>
  private var groupCount = 0

  /// - Parameter signatures: One for each candidate, best first; at most 65,535.
  init(_ signatures: [PassageSignature?]) {
    count = signatures.count
    let room = max(1, count * PassageSignature.mostTerms)
    entries = .allocate(capacity: room)
    groups = .allocate(capacity: room)
    var at = entries
    for (index, signature) in signatures.enumerated() {
      signature?.forEach { hash, value in
        at.initialize(to: Entry(key: UInt32(hash) << 16 | UInt32(index), value: value))
        at += 1
      }
    }
    entryCount = at - entries
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
    var target = UnsafeMutablePointer<Entry>.allocate(capacity: room)
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: 257) { starts in
      for shift: UInt32 in [16, 24] {
        starts.initialize(repeating: 0)
        for index in 0..<entryCount { starts[Int(entries[index].key >> shift & 255) + 1] += 1 }
        for byte in 0..<256 { starts[byte + 1] += starts[byte] }
        for index in 0..<entryCount {
          let byte = Int(entries[index].key >> shift & 255)
          target[Int(starts[byte])] = entries[index]
          starts[byte] += 1
        }
        swap(&entries, &target)
      }
    }
    target.deallocate()
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
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count * count + count) { room in
      room.initialize(repeating: 0)
      // Below the diagonal the products, behind them the squares.
      let products = room.baseAddress!
      let lengths = products + count * count
      multiply(products, lengths)
      products[0] = 0
      for row in 0..<count { lengths[row] = lengths[row] > 0 ? 1 / lengths[row].squareRoot() : 0 }
      nearest.withUnsafeMutableBufferPointer { nearest in
        for row in 1..<count {
          let own = nearest.baseAddress! + row * wanted
          for column in 0..<row {
            let similarity = products[row * count + column] * lengths[row] * lengths[column]
            if similarity > own[wanted - 1].similarity { Self.insert(similarity, column, own, wanted) }
            // What a column has to beat stands in one row, above the diagonal.
            if similarity > products[column] {
              let other = nearest.baseAddress! + column * wanted
              Self.insert(similarity, row, other, wanted)
              products[column] = other[wanted - 1].similarity
            }
          }
          products[row] = own[wanted - 1].similarity
        }
      }
    }
    return nearest
  }

  private func multiply(_ products: UnsafeMutablePointer<Float>, _ squares: UnsafeMutablePointer<Float>) {
    for group in UnsafeBufferPointer(start: groups, count: groupCount) {
      let square = group.weight * group.weight
      for i in Int(group.start)..<Int(group.end) {
        let row = entries[i].candidate
        let value = entries[i].value * square
        squares[row] += value * entries[i].value
        let line = products + row * count
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
