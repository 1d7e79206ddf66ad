import CKernels
import TestSupport
import Testing

@testable import SearchEngine

/// The codes of positions and of short lists: what goes in comes out, passage by passage in any order; other bytes are
/// damage or something else, never a trap.
@Suite struct PositionCodeTests {
  /// Passages of a segment with norms, frequencies and gaps; `isWild`: gaps that have nothing to do with the lengths.
  private struct Block {
    var segment: UInt32
    var norms: [UInt8]
    var passages: [UInt32] = []
    var frequencies: [UInt32] = []
    var gaps: [UInt32] = []
    var codes: [UInt32] = []
    let forms: UInt32

    init(_ count: Int, isWild: Bool, _ random: inout SplitMix64) {
      segment = UInt32(count) + UInt32.random(in: 0...3000, using: &random)
      norms = (0..<segment).map { _ in UInt8.random(in: 0...120, using: &random) }
      forms = UInt32.random(in: 1...4, using: &random)
      var passage: UInt32 = 0
      for i in 0..<count {
        passage += UInt32.random(in: (i == 0 ? 0 : 1)...max(1, segment / UInt32(count)), using: &random)
        passage = min(passage, segment - UInt32(count - i))
        passages.append(passage)
        let often = Int.random(in: 0..<4, using: &random) == 0
        let frequency = often ? UInt32.random(in: 2...40, using: &random) : 1
        frequencies.append(frequency)
        let most = isWild ? 1 << 25 : max(1, 2 * FieldNorms.decode(norms[Int(passage)]) / frequency)
        for _ in 0..<frequency {
          gaps.append(UInt32.random(in: 0...most, using: &random))
          codes.append(UInt32.random(in: 0..<forms, using: &random))
        }
      }
    }

    var blockNorms: [UInt8] { passages.map { norms[Int($0)] } }
    var lessOne: [UInt32] { frequencies.map { $0 - 1 } }
    var total: UInt32 { UInt32(gaps.count) }
    var short: ck_short {
      ck_short(count: UInt32(passages.count), segment: segment, forms: forms, total: UInt64(total))
    }

    func start(_ index: Int) -> Int { frequencies[..<index].reduce(0) { $0 + Int($1) } }
  }

  /// Memory as the files give it: readable on both sides.
  private final class Bytes {
    let memory: UnsafeMutablePointer<UInt8>
    var start: UnsafeMutablePointer<UInt8> { memory + 16 }
    init(_ count: Int, fill: UInt8) {
      memory = .allocate(capacity: count + 48)
      memory.initialize(repeating: fill, count: count + 48)
    }
    deinit { memory.deallocate() }
  }

  private let bits = FieldNorms.lengthBits

  @Test(arguments: [UInt64](1...6)) func positionsOfAnyPassageAreReadAlone(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for round in 0..<40 {
      let isWild = round % 8 == 0
      let block = Block(round % 3 == 0 ? 128 : Int.random(in: 1...128, using: &random), isWild: isWild, &random)
      // Whatever stood in the memory before.
      let bound = ck_positions_bound(block.gaps.count)
      let sizes = [UInt8(0), 0xFF].map { fill in
        let bytes = Bytes(bound, fill: fill)
        let size = ck_positions_encode(
          block.gaps, block.gaps.count, block.lessOne, block.blockNorms, bits, UInt32(block.passages.count), bytes.start
        )
        return Array(UnsafeBufferPointer(start: bytes.start, count: size))
      }
      #expect(sizes[0] == sizes[1] && sizes[0].count <= bound, "seed \(seed), round \(round)")
      let bytes = Bytes(sizes[0].count, fill: 0xA5)
      bytes.start.update(from: sizes[0], count: sizes[0].count)
      let end = UnsafePointer(bytes.start + sizes[0].count)
      var state = ck_positions()
      let mode = ck_positions_open(&state, bytes.start, end)
      if mode == 2 {
        #expect(isWild, "seed \(seed), round \(round)")
        var groups = ck_groups()
        var found = [UInt32](repeating: 0, count: block.gaps.count)
        #expect(ck_groups_open(&groups, bytes.start + 1, end, block.total) == 1)
        #expect(ck_groups_read(&groups, bytes.start + 1, 0, block.total, &found) == 1 && found == block.gaps)
        continue
      }
      #expect(mode == 1)
      let order = (0..<block.passages.count).map { $0 }
      for index in order + order.shuffled(using: &random) {
        let count = Int(block.frequencies[index])
        var found = [UInt32](repeating: 7, count: count)
        #expect(
          ck_positions_read(&state, block.passages, block.frequencies, block.norms, bits, UInt32(index), &found) == 1)
        let start = block.start(index)
        #expect(found == Array(block.gaps[start..<start + count]), "seed \(seed), round \(round), passage \(index)")
      }
      var all = [UInt32](repeating: 7, count: block.gaps.count)
      func readAll(_ end: UnsafePointer<UInt8>) -> Int32 {
        var state = ck_positions()
        guard ck_positions_open(&state, bytes.start, end) == 1 else { return 0 }
        return ck_positions_read_all(
          &state, block.passages, block.frequencies, block.norms, bits, UInt32(block.passages.count), &all)
      }
      #expect(readAll(end) == 1 && all == block.gaps, "seed \(seed), round \(round)")
      #expect(readAll(end - 1) == 0, "a byte less is no block")
    }
  }

  @Test(arguments: [UInt64](11...16)) func shortListsKeepTheirValues(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for round in 0..<40 {
      let block = Block(Int.random(in: 1...127, using: &random), isWild: round % 8 == 0, &random)
      var list = block.short
      let bound = ck_short_bound(&list)
      let bytes = Bytes(bound, fill: 0xA5)
      let size = ck_short_encode(
        &list, block.passages, block.lessOne, block.blockNorms, bits, block.gaps, block.codes, bytes.start)
      #expect(size <= bound)
      var passages = [UInt32](repeating: 0, count: 128)
      var frequencies = passages
      let bit = ck_short_passages(&list, bytes.start, size, &passages, &frequencies)
      #expect(bit > 0, "seed \(seed), round \(round)")
      #expect(Array(passages[..<block.passages.count]) == block.passages)
      #expect(Array(frequencies[..<block.passages.count]) == block.frequencies)
      var gaps = [UInt32](repeating: 0, count: block.gaps.count)
      var codes = gaps
      func read(_ size: Int) -> Int32 {
        ck_short_positions(
          &list, bytes.start, size, bit, block.passages, block.frequencies, block.norms, bits, &gaps, &codes)
      }
      #expect(read(size) == 1)
      #expect(gaps == block.gaps, "seed \(seed), round \(round)")
      if block.forms > 1 { #expect(codes == block.codes, "seed \(seed), round \(round)") }
      #expect(read(size - 1) == 0, "a byte less is no list")
    }
  }

  /// Random bytes and cut ones (the sanitizers see reads far away).
  @Test func anyBytesCanBeGiven() {
    var random = SplitMix64(seed: 21)
    for _ in 0..<400 {
      let block = Block(Int.random(in: 1...127, using: &random), isWild: false, &random)
      let count = Int.random(in: 0...200, using: &random)
      let bytes = Bytes(count, fill: 0)
      for i in 0..<count { bytes.start[i] = UInt8.random(in: 0...255, using: &random) }
      var gaps = [UInt32](repeating: 0, count: block.gaps.count)
      var codes = gaps
      var state = ck_positions()
      if ck_positions_open(&state, bytes.start, bytes.start + count) == 1 {
        for index in 0..<block.passages.count {
          _ = ck_positions_read(&state, block.passages, block.frequencies, block.norms, bits, UInt32(index), &gaps)
        }
        _ = ck_positions_read_all(
          &state, block.passages, block.frequencies, block.norms, bits, UInt32(block.passages.count), &gaps)
      }
      var list = block.short
      var passages = [UInt32](repeating: 0, count: 128)
      var frequencies = passages
      if ck_short_passages(&list, bytes.start, count, &passages, &frequencies) > 0 {
        let found = passages[..<block.passages.count]
        #expect(zip(found, found.dropFirst()).allSatisfy { $0 < $1 } && found.last! < block.segment)
        #expect(frequencies[..<block.passages.count].reduce(0) { $0 + UInt64($1) } == list.total)
      }
      _ = ck_short_positions(
        &list, bytes.start, count, 3, block.passages, block.frequencies, block.norms, bits, &gaps, &codes)
    }
  }
}
