import TestSupport
import Testing

@testable import SearchEngine

/// Sorting by radix is sorting: the same order as the library's, and equal keys stay in theirs.
@Suite struct KeySortTests {
  @Test(arguments: [0, 1, 2, 3, 255, 256, 257, 5000])
  func itSortsStably(count: Int) {
    for seed in 0..<20 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      // Keys that share bytes, as words do: digits are left out where all agree, and few values meet often.
      let mask: UInt64 = [.max, 0xFF, 0xFF00_0000_0000_0000, 0x0300_0000_0070_0001, 0][Int(seed % 5)]
      let keys = (0..<count).map { KeySort.Key(key: random.next() & mask, place: $0) }
      var sorted = keys
      KeySort.sort(&sorted)
      // The library's sort is stable only by accident: places decide.
      let expected = keys.sorted { $0.key != $1.key ? $0.key < $1.key : $0.place < $1.place }
      #expect(sorted.map(\.key) == expected.map(\.key), "seed \(seed)")
      #expect(sorted.map(\.place) == expected.map(\.place), "seed \(seed)")
    }
  }
}
