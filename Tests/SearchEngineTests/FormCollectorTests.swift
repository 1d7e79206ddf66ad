import TestSupport
import Testing

@testable import SearchEngine

/// Forms that are kept in sorted runs are written as if all had been sorted at once.
struct FormCollectorTests {
  @Test(arguments: [1, 2, 7, 1000])
  func runsGiveTheSameBytesAsOneList(runLength: Int) {
    var random = SplitMix64(seed: UInt64(runLength))
    var stems: [[UInt8]: [[UInt8]]] = [:]
    for _ in 0..<400 {
      let stem = word(upTo: 20, &random)
      var forms: Set<[UInt8]> = []
      // Forms of several stems, the stem itself, and forms that share nothing with it.
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        forms.insert(Bool.random(using: &random) ? stem + word(upTo: 3, &random) : word(upTo: 40, &random))
      }
      stems[stem] = Array(forms).sorted { $0.lexicographicallyPrecedes($1) }
    }
    let expected = written(stems, runLength: .max)
    #expect(written(stems, runLength: runLength) == expected)
    #expect(expected.count > 1000)
  }

  @Test func nothingIsWrittenAsNothing() {
    #expect(written([:], runLength: 1) == written([:], runLength: .max))
  }

  private func word(upTo count: Int, _ random: inout SplitMix64) -> [UInt8] {
    (0..<Int.random(in: 1...count, using: &random)).map { _ in
      UInt8(ascii: "a") + UInt8.random(in: 0...2, using: &random)
    }
  }

  private func written(_ stems: [[UInt8]: [[UInt8]]], runLength: Int) -> [UInt8] {
    var collector = FormCollector(runLength: runLength)
    var total: UInt64 = 0
    for (stem, forms) in stems.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      for (code, form) in forms.enumerated() {
        stem.withUnsafeBytes { stem in
          form.withUnsafeBytes { collector.add($0, stem: stem, code: UInt32(code)) }
        }
        total += 1
      }
    }
    let writer = ContentWriter(.terms)
    #expect(collector.write(to: writer) == total)
    return [UInt8](UnsafeBufferPointer(start: writer.buffer, count: Int(writer.offset)))
  }
}
