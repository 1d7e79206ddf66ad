import CKernels
import TestSupport
import Testing

@testable import SearchEngine

/// The kernels of scoring give the same bits in all their versions, and the same as the engine's own arithmetic.
@Suite(.serialized) struct ScoringKernelTests {
  @Test func scoresAreTheSameBits() {
    let inverse = BM25().inverseLengths(averageLength: 87.3)
    var random = SplitMix64(seed: SplitMix64.testSeed)
    let norms = (0..<5000).map { _ in UInt8.random(in: 0...120, using: &random) }
    for count in [0, 1, 7, 8, 9, 127, 128] {
      let passages = (0..<count).map { _ in UInt32.random(in: 0..<5000, using: &random) }
      let frequencies = (0..<count).map { _ in
        UInt32.random(in: 1...(Bool.random(using: &random) ? 3 : 60_000), using: &random)
      }
      let weight = Float.random(in: 1...1_000_000_000, using: &random)
      var results: [[Int32]] = []
      for plain: Int32 in [0, 1] {
        ck_scoring_force_plain(plain)
        var scores = [Int32](repeating: -1, count: count + 8)
        ck_score(passages, frequencies, UInt32(count), norms, inverse, weight, &scores)
        results.append(Array(scores[0..<count]))
      }
      ck_scoring_force_plain(0)
      inverse.withUnsafeBufferPointer { table in
        let term = TermWeight(weight: weight, inverseLengths: table.baseAddress!)
        let expected = (0..<count).map { term.score(frequencies[$0], norms[Int(passages[$0])]) }
        #expect(results == [expected, expected])
      }
    }
  }

  @Test func boundsAreTheSameBits() {
    let inverse = BM25(k1: 0.9, b: 0.4).inverseLengths(averageLength: 20)
    var random = SplitMix64(seed: SplitMix64.testSeed)
    for blocks in [0, 1, 5, 32] {
      let sizes = (0..<blocks).map { _ in Int.random(in: 0...4, using: &random) }
      var ends: [UInt8] = []
      for size in sizes { ends.append((ends.last ?? 0) + UInt8(size)) }
      let pairs = (0..<(Int(ends.last ?? 0) * 2)).map { _ in UInt8.random(in: 1...200, using: &random) }
      var results: [[Int32]] = []
      for plain: Int32 in [0, 1] {
        ck_scoring_force_plain(plain)
        var bounds = [Int32](repeating: -1, count: blocks)
        ck_bounds(pairs, ends, UInt32(blocks), FieldNorms.frequencies, inverse, 1e8, &bounds)
        results.append(bounds)
      }
      ck_scoring_force_plain(0)
      #expect(results[0] == results[1])
      inverse.withUnsafeBufferPointer { table in
        let term = TermWeight(weight: 1e8, inverseLengths: table.baseAddress!)
        var start = 0
        for block in 0..<blocks {
          let scores = (start..<Int(ends[block])).map {
            term.score(FieldNorms.decode(pairs[2 * $0]), pairs[2 * $0 + 1])
          }
          #expect(results[0][block] == scores.max() ?? 0)
          start = Int(ends[block])
        }
      }
    }
  }

  @Test func selectionKeepsOrder() {
    var random = SplitMix64(seed: SplitMix64.testSeed)
    for count in [0, 1, 8, 31, 32, 33, 100, 4096] {
      let scores = (0..<count).map { _ in Int32.random(in: 0...20, using: &random) }
      let least = Int32.random(in: 1...20, using: &random)
      let expected = scores.indices.filter { scores[$0] >= least }
      for plain: Int32 in [0, 1] {
        ck_scoring_force_plain(plain)
        var kept = (0..<count).map { UInt32($0) }
        var values = scores
        let number = Int(ck_keep_at_least(&kept, &values, UInt32(count), least))
        #expect(kept[0..<number].map { Int($0) } == expected)
        #expect(Array(values[0..<number]) == expected.map { scores[$0] })

        var sums = scores
        var passages = [UInt32](repeating: 0, count: count + 16)
        var taken = [Int32](repeating: 0, count: count + 16)
        let found = Int(ck_take_at_least(&sums, UInt32(count), least, 1000, &passages, &taken))
        #expect(passages[0..<found].map { Int($0) - 1000 } == expected)
        #expect(Array(taken[0..<found]) == expected.map { scores[$0] })
        #expect(sums.allSatisfy { $0 == 0 })
      }
      ck_scoring_force_plain(0)
    }
  }

  @Test func markedSumsAndHalving() {
    var random = SplitMix64(seed: SplitMix64.testSeed)
    for count in [0, 1, 2, 50, 300] {
      var sums = [Int32](repeating: 0, count: 4096)
      var marks = [UInt64](repeating: 0, count: 64)
      let touched = (0..<count).map { _ in UInt32.random(in: 500..<700, using: &random) }
      let added = touched.map { _ in Int32.random(in: 1...9, using: &random) }
      var reference = sums
      for (passage, score) in zip(touched, added) { reference[Int(passage) - 500] += score }
      ck_add_at(touched, added, UInt32(count), 500, &sums, &marks)
      #expect(sums == reference)
      let least = Int32.random(in: 1...12, using: &random)
      let expected = sums.indices.filter { sums[$0] >= least }
      let values = expected.map { sums[$0] }
      var passages = [UInt32](repeating: 0, count: count + 1)
      var scores = [Int32](repeating: 0, count: count + 1)
      let found = Int(ck_take_marked(&sums, &marks, 4096, least, 500, &passages, &scores))
      #expect(passages[0..<found].map { Int($0) - 500 } == expected)
      #expect(Array(scores[0..<found]) == values)
      #expect(sums.allSatisfy { $0 == 0 } && marks.allSatisfy { $0 == 0 })
    }
    for count in 0...130 {
      let values = (0..<UInt32(count)).map { 3 * $0 + 1 }
      for from in [0, count / 2, count] {
        for target in stride(from: UInt32(0), through: UInt32(3 * count + 2), by: 1) {
          let expected = (from..<count).first { values[$0] >= target } ?? count
          #expect(ck_find_in_block(values, UInt32(from), UInt32(count), target) == UInt32(expected))
        }
      }
    }
  }

  @Test func placesAndShares() {
    var random = SplitMix64(seed: SplitMix64.testSeed)
    let norms = (0..<5000).map { _ in UInt8.random(in: 0...255, using: &random) }
    let inverse = (0..<256).map { 1 / Float(1 + $0) }
    for round in 0..<300 {
      let count = round % 3 == 0 ? Int.random(in: 0...127, using: &random) : 128
      // Now and then beyond what a signed number holds.
      let base: UInt32 = round % 5 == 0 ? 0xFFFF_0000 : 0
      let all = (UInt32(0)..<5000).shuffled(using: &random)
      let block = all.prefix(count).sorted()
      let wanted = (all.prefix(40) + all.suffix(20)).sorted()
      let frequencies = (0..<144).map { _ in UInt32.random(in: 1...9, using: &random) }
      let old = wanted.map { _ in Int32.random(in: 0...500, using: &random) }
      for plain in [Int32(0), 1] {
        ck_scoring_force_plain(plain)
        defer { ck_scoring_force_plain(0) }
        var places = [UInt8](repeating: 7, count: wanted.count)
        let found = ck_places(
          block.map { $0 + base }, UInt32(count), wanted.map { $0 + base }, UInt32(wanted.count), &places)
        let expected = wanted.map { passage in block.firstIndex(of: passage).map { UInt8($0) } ?? 255 }
        #expect(places == expected)
        #expect(Int(found) == expected.count { $0 != 255 })
        for mode in [CK_OPTIONAL, CK_REQUIRED, CK_LOWER] {
          var passages = wanted
          var scores = old
          let kept = Int(
            ck_take_shares(
              places, frequencies, norms, inverse, 1000, Int32(mode), 200, &passages, &scores,
              UInt32(wanted.count)))
          var entries: [(UInt32, Int32)] = []
          for (index, passage) in wanted.enumerated() {
            var share: Int32?
            if places[index] != 255 {
              let divisor = 1 + Float(frequencies[Int(places[index])]) * inverse[Int(norms[Int(passage)])]
              share = Int32(1000 - 1000 / divisor) + 1
            }
            if share == nil, mode != CK_OPTIONAL { continue }
            let score = mode == CK_LOWER ? min(old[index], share!) : old[index] + (share ?? 0)
            if score >= 200 { entries.append((passage, score)) }
          }
          #expect(Array(passages[0..<kept]) == entries.map(\.0))
          #expect(Array(scores[0..<kept]) == entries.map(\.1))
        }
      }
    }
  }

  /// The heap against sorting, with scores that differ only beyond what a float shows.
  @Test func heapKeepsTheBest() {
    var random = SplitMix64(seed: SplitMix64.testSeed)
    for limit in [0, 1, 3, 10, 100] {
      var heap = TopHits(limit: limit)
      var all: [TopHits.Entry] = []
      for document in (0..<400).shuffled(using: &random) {
        let score = Int32(1 << 29) + Int32.random(in: 0...64, using: &random) * Int32.random(in: 1...9, using: &random)
        let entry = TopHits.Entry(score: score, segment: UInt32(document / 150), document: UInt32(document), passage: 0)
        if heap.isFull, limit > 0, !heap.canEnter(score, entry.segment, from: entry.document) {
          #expect(entry.isWorse(than: heap.worst))
        }
        heap.offer(entry)
        all.append(entry)
      }
      let expected = all.sorted { $1.isWorse(than: $0) }.prefix(limit).map(\.document)
      #expect(heap.sorted().map(\.document) == Array(expected))
    }
  }
}
