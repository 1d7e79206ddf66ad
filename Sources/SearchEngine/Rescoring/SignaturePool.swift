/// The signatures of the candidates, sorted by term: what they share.
///
/// Terms weigh by their rareness **among the candidates**: that needs no statistics of the index for hashes, and takes
/// the words of the query itself, which all candidates have, out of the comparison (measured: the same .574 mean
/// nDCG@10 as with the idf of the whole collection).
struct SignaturePool {
  private struct Entry {
    /// Hash, candidate.
    var key: UInt32
    var value: Float
  }

  let count: Int
  private var entries: [Entry] = []
  /// Where each distinct hash begins in `entries`, and the end.
  private var groups: [Int] = []
  private var weights: [Float] = []

  /// - Parameter signatures: One for each candidate, best first; at most 65,535.
  init(_ signatures: [PassageSignature?]) {
    count = signatures.count
    entries.reserveCapacity(count * PassageSignature.mostTerms)
    for (index, signature) in signatures.enumerated() {
      signature?.forEach { hash, value in
        entries.append(Entry(key: UInt32(hash) << 16 | UInt32(index), value: value))
      }
    }
    sort()
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, entries[end].key >> 16 == entries[start].key >> 16 { end += 1 }
      groups.append(start)
      weights.append(Self.weight(end - start, of: count))
      start = end
    }
    groups.append(entries.count)
  }

  var isEmpty: Bool { entries.isEmpty }

  /// BM25's idf over the candidates; nothing for what more than half of them have.
  private static func weight(_ frequency: Int, of count: Int) -> Float {
    frequency * 2 > count
      ? 0 : BM25.inverseDocumentFrequency(UInt64(frequency), of: UInt64(count))
  }

  /// By key: a counting sort by the high and the low byte of the hash. Candidates were added in order and stay so.
  private mutating func sort() {
    var target = entries
    for shift: UInt32 in [16, 24] {
      var starts = [Int](repeating: 0, count: 257)
      for entry in entries { starts[Int(entry.key >> shift & 255) + 1] += 1 }
      for byte in 0..<256 { starts[byte + 1] += starts[byte] }
      for entry in entries {
        let byte = Int(entry.key >> shift & 255)
        target[starts[byte]] = entry
        starts[byte] += 1
      }
      swap(&entries, &target)
    }
  }

  // MARK: Likeness

  /// The cosine between any two candidates, row by row; 0 with itself.
  func similarities() -> [Float] {
    var matrix = [Float](repeating: 0, count: count * count)
    var squares = [Float](repeating: 0, count: count)
    let count = count
    entries.withUnsafeBufferPointer { entries in
      matrix.withUnsafeMutableBufferPointer { matrix in
        for group in 0..<groups.count - 1 where weights[group] > 0 {
          let square = weights[group] * weights[group]
          for i in groups[group]..<groups[group + 1] {
            let row = Int(entries[i].key & 0xFFFF)
            let value = entries[i].value * square
            squares[row] += value * entries[i].value
            var j = groups[group]
            while j < i {
              matrix[row * count + Int(entries[j].key & 0xFFFF)] += value * entries[j].value
              j += 1
            }
          }
        }
        for row in 0..<count {
          for column in 0..<row where matrix[row * count + column] > 0 {
            let cosine = matrix[row * count + column] / (squares[row] * squares[column]).squareRoot()
            matrix[row * count + column] = cosine
            matrix[column * count + row] = cosine
          }
        }
      }
    }
    return matrix
  }

  // MARK: Feedback

  /// How much each candidate has of the words that the best ones share.
  ///
  /// - Parameters:
  ///   - trust: The weight of each of the first candidates.
  ///   - terms: So many of the words with the greatest tf · idf, weighted so, are looked for in all candidates.
  func feedback(trust: [Float], terms: Int) -> [Float] {
    var found: [(group: Int, weight: Float)] = []
    for group in 0..<groups.count - 1 where weights[group] > 0 {
      var weight: Float = 0
      for entry in entries[groups[group]..<groups[group + 1]] where Int(entry.key & 0xFFFF) < trust.count {
        weight += trust[Int(entry.key & 0xFFFF)] * entry.value
      }
      if weight > 0 { found.append((group, weight * weights[group])) }
    }
    found.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.group < $1.group }
    var out = [Float](repeating: 0, count: count)
    for (group, weight) in found.prefix(terms) {
      for entry in entries[groups[group]..<groups[group + 1]] {
        out[Int(entry.key & 0xFFFF)] += weight * entry.value
      }
    }
    return out
  }
}
