import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@Suite struct HighlighterTests {
  private func query(_ text: String) throws -> Query {
    try QueryAnalyzer(.init(languages: [.english])).query(text).query
  }

  private func highlighted(_ query: String, _ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    return Highlighter(try self.query(query), languages: [.english]).highlights(in: bytes)
      .map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test func wordsByStem() throws {
    #expect(
      try highlighted("pump failing", "Pumps failed; the pump fails. Pumping?") == [
        "Pumps", "failed", "pump", "fails", "Pumping",
      ])
    #expect(try highlighted("\"pump\"", "Pumps and a pump") == ["pump"])
    #expect(try highlighted("pump -valve", "pump valve") == ["pump"])
  }

  @Test func phrasesAreOneRange() throws {
    #expect(try highlighted("\"water pump\"", "Water, the water pump. Pump water") == ["water pump"])
    #expect(try highlighted("\"pump water\"~3", "the water in a pump; water").contains("pump"))
    // Nothing of the phrase stands here: its words count each.
    #expect(try highlighted("\"water pump\"", "the pump of water") == ["pump", "water"])
  }

  @Test func patternsAndNothing() throws {
    #expect(try highlighted("pum*", "pumps, pumice, plum") == ["pumps", "pumice"])
    #expect(try highlighted("zebra", "no such animal") == [])
    #expect(try highlighted("", "anything") == [])
    #expect(try highlighted("x", "") == [])
  }

  /// Highlighters that share what is known of passages and terms find what each finds alone, in any order.
  @Test func sharedPassagesChangeNothing() throws {
    let seed = UInt64.random(in: .min ... .max)
    var random = SplitMix64(seed: seed)
    let words = "pump pumps pumping water waters valve valves Ventil café naïve 12 x the of".split(separator: " ")
    let texts = (0..<40).map { _ in
      Array(
        (0..<Int.random(in: 0...30, using: &random)).map { _ in words.randomElement(using: &random)! }
          .joined(separator: " ").utf8)
    }
    let queries = try ["pump", "water valve", "\"water pump\"", "va*", "\"pumps\"", "café 12", "\"the water\"~2"].map(
      query)
    // Hardly any room: what is remembered is forgotten again and again.
    for room in [1 << 20, 200] {
      let passages = PassageAnalyzer(remembering: room)
      let shared = queries.map { Highlighter($0, languages: [.english], passages: passages) }
      for _ in 0..<400 {
        let query = Int.random(in: queries.indices, using: &random)
        let text = texts.randomElement(using: &random)!
        let alone = Highlighter(queries[query], languages: [.english])
        #expect(shared[query].highlights(in: text) == alone.highlights(in: text), "seed \(seed)")
      }
    }
  }

  @Test func snippetTakesTheSentenceThatAnswers() throws {
    let filler = "Nothing of interest is said in this sentence at all, whatever one may hope for. "
    let text =
      String(repeating: filler, count: 4) + "A pump. " + String(repeating: filler, count: 4)
      + "Here the water pump failed again. " + String(repeating: filler, count: 4)
    let snippet = Highlighter(try query("water pump failing"), languages: [.english]).snippet(Array(text.utf8))
    #expect(snippet.text.hasPrefix("Here the water pump failed again."))
    #expect(snippet.text.utf8.count <= 240)
    let utf8 = Array(snippet.text.utf8)
    #expect(snippet.highlights.map { String(decoding: utf8[$0], as: UTF8.self) } == ["water", "pump", "failed"])
  }

  /// Offsets say the same text in snippet and passage, windows keep to characters, and any bytes are fine.
  @Test func offsetsHoldOnAnyText() throws {
    let pieces = [
      "pump", "Pumpen", "wäter", "wa\u{308}ter", "東京都", "😀", "👨‍👩‍👧", "foo_bar", ". ", "! ", "\n", " ", " ", "  ", "é",
      "\u{301}", "x",
    ]
    let highlighter = Highlighter(try query("pump water foo_bar \"東京\" x*"), languages: [.english])
    for seed in 0..<400 {
      var random = SplitMix64(seed: UInt64(seed))
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...120, using: &random) {
        bytes += Array(pieces.randomElement(using: &random)!.utf8)
        if seed % 4 == 0, Int.random(in: 0...9, using: &random) == 0 {
          bytes.append(UInt8.random(in: 0...255, using: &random))
        }
      }
      let size = Int.random(in: 1...200, using: &random)
      let snippet = highlighter.snippet(bytes, bytes: size)
      #expect(snippet.range.lowerBound >= 0 && snippet.range.upperBound <= bytes.count, "seed \(seed)")
      #expect(snippet.range.count <= max(16, size), "seed \(seed)")
      let text = Array(snippet.text.utf8)
      for (inText, inPassage) in zip(snippet.highlights, snippet.highlightsInPassage) {
        #expect(
          String(decoding: text[inText], as: UTF8.self) == String(decoding: bytes[inPassage], as: UTF8.self),
          "seed \(seed)")
      }
      if seed % 4 != 0 { #expect(text == Array(bytes[snippet.range]), "seed \(seed)") }
    }
  }
}
