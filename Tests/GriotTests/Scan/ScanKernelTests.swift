import CKernels
import TestSupport
import Testing

/// The kernels that look at whole documents against what their headers say, byte by byte.
@Suite struct ScanKernelTests {
  /// Texts of all lengths around the blocks of the kernels, in which runs are short or long and all bytes occur.
  private static func texts(_ seed: UInt64) -> [[UInt8]] {
    var random = SplitMix64(seed: seed)
    let pieces: [[UInt8]] = [
      " ", "\n", ".", "a", "Zebra", "0", "42", "!", "?", "'", "é", "ß", "。", "我", "ไทย", "…", "؟", "।", "word", "{",
      "@", "`",
      "[", "/", ":",
    ].map { Array($0.utf8) }
    return (0..<600).map { number in
      let count = number < 300 ? number : Int.random(in: 0..<2000, using: &random)
      let isRaw = Int.random(in: 0..<4, using: &random) == 0
      let longRuns = Bool.random(using: &random)
      var text: [UInt8] = []
      while text.count < count {
        if isRaw {
          text.append(UInt8.random(in: 0...255, using: &random))
        } else if longRuns, Int.random(in: 0..<10, using: &random) > 0 {
          text.append(UInt8.random(in: 0x41...0x5A, using: &random))
        } else {
          text += pieces.randomElement(using: &random)!
        }
      }
      return Array(text.prefix(count))
    }
  }

  private static func isRun(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }

  private struct Run: Equatable {
    var range: Range<Int>
    var hash: UInt64
    var flags: UInt32
  }

  private static func naiveRuns(_ text: [UInt8], from: Int) -> [Run] {
    var out: [Run] = []
    var start = from
    while start < text.count {
      guard isRun(text[start]) else {
        start += 1
        continue
      }
      let end = text[start...].firstIndex { !isRun($0) } ?? text.count
      let bytes = text[start..<end]
      var flags: UInt32 = 0
      if bytes.contains(where: { (0x30...0x39).contains($0) }) { flags |= UInt32(CTEXT_RUN_HAS_DIGITS) }
      if bytes.contains(where: { $0 >= 0x80 }) { flags = UInt32(CTEXT_RUN_HAS_NON_ASCII) }
      let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
        ($0 ^ UInt64((0x41...0x5A).contains($1) ? $1 + 0x20 : $1)) &* 0x100_0000_01B3
      }
      out.append(Run(range: start..<end, hash: bytes.contains { $0 >= 0x80 } ? 0 : hash, flags: flags))
      start = end
    }
    return out
  }

  private typealias Finder = (
    UnsafePointer<UInt8>?, Int, Int, UnsafeMutablePointer<ctext_run>?, Int, UnsafeMutablePointer<Int>?
  ) -> Int

  /// All runs, window by window.
  private static func runs(_ text: [UInt8], from: Int, capacity: Int, _ find: Finder) -> [Run] {
    var out: [Run] = []
    var window = [ctext_run](repeating: ctext_run(), count: capacity)
    var place = from
    while place < text.count {
      var next = 0
      let count = find(text, place, text.count, &window, capacity, &next)
      guard next > place, count <= capacity else {
        Issue.record("no way on from \(place) of \(text.count)")
        break
      }
      out += window[..<count].map { Run(range: Int($0.start)..<Int($0.end), hash: $0.hash, flags: $0.flags) }
      place = next
    }
    return out
  }

  @Test func runsAreThoseOfTheDefinition() {
    let seed = SplitMix64.testSeed
    for (number, text) in Self.texts(seed).enumerated() {
      let from = number % 3 == 0 ? 0 : min(text.count, number % 70)
      let expected = Self.naiveRuns(text, from: from)
      for capacity in [Int(CTEXT_LEAST_RUNS), 200, 4096] {
        #expect(Self.runs(text, from: from, capacity: capacity, ctext_runs) == expected, "seed \(seed), text \(number)")
        #expect(
          Self.runs(text, from: from, capacity: capacity, ctext_runs_portable) == expected,
          "seed \(seed), text \(number)")
      }
    }
  }

  @Test func weightsAreThoseOfTheDefinition() {
    let seed = SplitMix64.testSeed &+ 1
    for (number, text) in Self.texts(seed).enumerated() {
      var words = 0
      var twelfths = 0
      for (index, byte) in text.enumerated() {
        if byte > 0x20, index == 0 || text[index - 1] <= 0x20 { words += 1 }
        twelfths += byte >= 0xE3 ? 6 : byte == 0xE0 || byte == 0xE1 ? 3 : 0
        if index % 8 == 7, text[(index - 7)...index].allSatisfy({ $0 > 0x20 }) { twelfths += 4 }
      }
      #expect(ctext_word_weight(text, text.count) == words + twelfths / 12, "seed \(seed), text \(number)")
      #expect(ctext_word_weight_portable(text, text.count) == words + twelfths / 12, "seed \(seed), text \(number)")
    }
  }

  @Test func stopsAreFoundInOrder() {
    let seed = SplitMix64.testSeed &+ 2
    let stops: Set<UInt8> = [0x0A, 0x21, 0x2E, 0x3F, 0xE3, 0xEF]
    let breaks: Set<UInt8> = [0x0A, 0x21, 0x2E, 0x3F, 0x81, 0x82, 0x9F, 0xA4, 0xA6]
    for (number, text) in Self.texts(seed).enumerated() {
      var place = 0
      while place <= text.count {
        let stop = text[place...].firstIndex(where: stops.contains) ?? text.count
        #expect(ctext_next_stop(text, place, text.count) == stop, "seed \(seed), text \(number)")
        #expect(ctext_next_stop_portable(text, place, text.count) == stop, "seed \(seed), text \(number)")
        let soft = text[place...].firstIndex(where: breaks.contains) ?? text.count
        #expect(ctext_next_soft_break(text, place, text.count) == soft, "seed \(seed), text \(number)")
        #expect(ctext_next_soft_break_portable(text, place, text.count) == soft, "seed \(seed), text \(number)")
        place = min(stop, soft) + 1
      }
    }
    // Every byte by itself.
    for byte in UInt8.min...UInt8.max {
      let text = [UInt8](repeating: byte, count: 40)
      #expect(ctext_next_stop(text, 0, 40) == (stops.contains(byte) ? 0 : 40), "byte \(byte)")
      #expect(ctext_next_soft_break(text, 0, 40) == (breaks.contains(byte) ? 0 : 40), "byte \(byte)")
    }
  }
}
