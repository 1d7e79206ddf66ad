internal import TextAnalysis

/// Makes the signatures of a batch from its token log.
struct SignatureBuilder {
  /// For each form of the batch the rank of its stem; for stop words the number of stems.
  private let ranks: [UInt32]
  private let hashes: [UInt16]

  init(_ forms: borrowing FormTable, _ table: borrowing StemTable, _ stemmer: Stemmer) {
    let (count, entries, places) = (forms.count, forms.entries, table.places)
    let none = UInt32(truncatingIfNeeded: table.stems.count)
    ranks = [UInt32](unsafeUninitializedCapacity: count) { ranks, initialized in
      let ranks = ranks.baseAddress!
      var id = 0
      // Texts are long in one language.
      while id < count {
        let language = entries[id].language
        let list = StopWords.of(Language(rawValue: language))
        while id < count, entries[id].language == language {
          let isStop = list.contains(folding: forms.bytes(id), stemmer)
          (ranks + id).initialize(to: isStop ? none : UInt32(truncatingIfNeeded: places[id] >> 16))
          id += 1
        }
      }
      initialized = count
    }
    hashes = table.stems.map { PassageSignature.hash($0.bytes) }
  }

  /// Appends the signature of every passage of the log.
  func write(_ log: borrowing TokenLog, to writer: ContentWriter) {
    let (words, wordCount) = (log.words.start, log.words.count)
    let (starts, passages) = (log.starts.start, log.starts.count)
    // How often each stem occurs in a passage, and those that do, in order.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * hashes.count + 2) { room in
      room.initialize(repeating: 0)
      let counts = room.baseAddress!
      let seen = counts + hashes.count + 1
      // Stop words count as seen: a branch on them, every other word, would be guessed wrong too often.
      counts[hashes.count] = 1
      ranks.withUnsafeBufferPointer { ranks in
        for passage in 0..<passages {
          let end = passage + 1 < passages ? Int(starts[passage + 1]) : wordCount
          var distinct = 0
          for i in Int(starts[passage])..<end {
            let word = words[i]
            if word & TokenLog.kind == TokenLog.skip { continue }
            let rank = ranks[Int(word & TokenLog.value)]
            let before = counts[Int(rank)]
            counts[Int(rank)] = before &+ 1
            // The first time it stays where it is put.
            seen[distinct] = rank
            distinct &+= before == 0 ? 1 : 0
          }
          append(seen, distinct, counts, to: writer)
        }
      }
    }
  }

  /// Sets the counts back to 0.
  private func append(
    _ seen: UnsafePointer<UInt32>, _ distinct: Int, _ counts: UnsafeMutablePointer<UInt32>, to writer: ContentWriter
  ) {
    let out = writer.reserve(PassageSignature.size)
    out.update(repeating: 0, count: PassageSignature.size)
    let most = PassageSignature.mostTerms
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * most) { classes in
      // By frequency, from four on down to one; the first of each class are enough.
      var sizes = SIMD4<Int>.zero
      for index in 0..<distinct {
        let rank = Int(seen[index])
        let frequency = 4 - Int(min(counts[rank], 4))
        counts[rank] = 0
        if sizes[frequency] < most {
          classes[frequency * most + sizes[frequency]] = UInt32(rank)
          sizes[frequency] += 1
        }
      }
      var count = 0
      var bounds = (four: 0, two: 0)
      for frequency in 0..<4 {
        for index in 0..<min(sizes[frequency], most - count) {
          let hash = hashes[Int(classes[frequency * most + index])]
          count += 1
          out[2 * count] = UInt8(truncatingIfNeeded: hash)
          out[2 * count + 1] = UInt8(truncatingIfNeeded: hash >> 8)
        }
        if frequency == 0 { bounds.four = count }
        if frequency == 2 { bounds.two = count }
      }
      let head = UInt16(count) | UInt16(bounds.four) << 5 | UInt16(bounds.two) << 10
      out[0] = UInt8(truncatingIfNeeded: head)
      out[1] = UInt8(truncatingIfNeeded: head >> 8)
    }
    writer.advance(PassageSignature.size)
  }
}
