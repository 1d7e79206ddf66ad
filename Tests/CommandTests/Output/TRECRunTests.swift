import TestSupport
import Testing

@testable import GriotCommand

@Suite struct TRECRunTests {
  private func run(_ documents: [(String, Float)]) -> [String] {
    let out = OutputBuffer()
    var run = TRECRun(out, qid: "q 1")
    for (id, score) in documents { run.write(id, score) }
    return out.text.split(separator: "\n").map(String.init)
  }

  @Test func linesHaveSixFields() {
    #expect(
      run([("doc/1", 12.5), ("a b\tc\u{A0}d%20", 1), ("", 0.25)]) == [
        "q%201 Q0 doc/1 1 12.500000000 griot",
        "q%201 Q0 a%20b%09c%C2%A0d%20 2 1.000000000 griot",
        "q%201 Q0 _ 3 0.250000000 griot",
      ])
  }

  @Test func scoresFallStrictlyWhateverComes() {
    let seed: UInt64 = 42
    var random = SplitMix64(seed: seed)
    var scores: [Float] = (0..<500).map { _ in Float.random(in: 0...20, using: &random) }.sorted(by: >)
    scores += Array(repeating: scores.last!, count: 300)
    scores += [.nan, 0, 0, 0, -1, -1, .infinity]
    let printed = run(scores.map { ("d", $0) }).map { $0.split(separator: " ")[4] }
    for (a, b) in zip(printed, printed.dropFirst()) {
      #expect(Double(a)! > Double(b)!, "seed \(seed)")
    }
    // The old trec_eval reads 32 bits: where scores are of a size that BM25 gives, they stay apart there too.
    for (a, b) in zip(printed.prefix(800), printed.prefix(800).dropFirst()) { #expect(Float(a)! > Float(b)!) }
  }
}
