internal import TextAnalysis

/// Makes the signatures of a batch from its token log.
struct SignatureBuilder {
  /// For each form of the batch the rank of its stem; -1 for stop words.
  private let ranks: [Int32]
  private let hashes: [UInt16]

  init(_ forms: borrowing FormTable, _ table: borrowing StemTable, _ stemmer: Stemmer) {
    var ranks = [Int32](repeating: -1, count: forms.count)
    var stops: [UInt8: StopWords] = [:]
    for id in 0..<forms.count {
      let term = forms.bytes(id)
      let language = forms.entries[id].language
      let list: StopWords
      if let known = stops[language] {
        list = known
      } else {
        list = StopWords.of(Language(rawValue: language))
        stops[language] = list
      }
      if !list.isEmpty, list.contains(stemmer.fold(term)) { continue }
      ranks[id] = Int32(truncatingIfNeeded: table.places[id] >> 16)
    }
    self.ranks = ranks
    hashes = table.stems.map { PassageSignature.hash($0.bytes) }
  }

  /// Appends the signature of every passage of the log.
  func write(_ log: borrowing TokenLog, to writer: ContentWriter) {
    var counts = [UInt32](repeating: 0, count: hashes.count)
    var seen: [Int32] = []
    for passage in 0..<log.starts.count {
      let end = passage + 1 < log.starts.count ? Int(log.starts.start[passage + 1]) : log.words.count
      seen.removeAll(keepingCapacity: true)
      for i in Int(log.starts.start[passage])..<end {
        let word = log.words.start[i]
        if word & TokenLog.kind == TokenLog.skip { continue }
        let rank = ranks[Int(word & TokenLog.value)]
        if rank < 0 { continue }
        if counts[Int(rank)] == 0 { seen.append(rank) }
        counts[Int(rank)] += 1
      }
      append(seen, counts, to: writer)
      for rank in seen { counts[Int(rank)] = 0 }
    }
  }

  private func append(_ seen: [Int32], _ counts: [UInt32], to writer: ContentWriter) {
    let out = writer.reserve(PassageSignature.size)
    out.update(repeating: 0, count: PassageSignature.size)
    var count = 0
    var bounds = (four: 0, two: 0)
    for frequency: UInt32 in [4, 3, 2, 1] {
      for rank in seen where min(counts[Int(rank)], 4) == frequency {
        if count == PassageSignature.mostTerms { break }
        count += 1
        out[2 * count] = UInt8(truncatingIfNeeded: hashes[Int(rank)])
        out[2 * count + 1] = UInt8(truncatingIfNeeded: hashes[Int(rank)] >> 8)
      }
      if frequency == 4 { bounds.four = count }
      if frequency == 2 { bounds.two = count }
    }
    let head = UInt16(count) | UInt16(bounds.four) << 5 | UInt16(bounds.two) << 10
    out[0] = UInt8(truncatingIfNeeded: head)
    out[1] = UInt8(truncatingIfNeeded: head >> 8)
    writer.advance(PassageSignature.size)
  }
}
