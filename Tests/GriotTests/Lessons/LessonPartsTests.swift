import Documents
import TestSupport
import Testing
import TextAnalysis

@testable import Griot

@Suite struct LessonPartsTests {
  @Test func spansAreCodedInFewBytes() throws {
    let spans = [
      LessonSpan(range: 3..<40, type: .cause, rule: .heading, confidence: 0.9),
      LessonSpan(range: 41..<200, type: .failed, rule: .hindsight, confidence: 0.1),
    ]
    let bytes = LessonColumn.encode(spans)
    #expect(bytes == [3, 37, 0x80, 1, 230, 1, 1, 159, 1, 67, 26])
    #expect(try LessonColumn.decode(bytes, textBytes: 200) == spans)
    #expect(throws: FrameError.self) { try LessonColumn.decode(bytes, textBytes: 199) }
    #expect(LessonColumn.types(spans) == ["cause"])
    #expect(LessonColumn.types([spans[1]]) == [LessonColumn.weak])
    #expect(LessonColumn.types([]) == [])
  }

  @Test func damagedSpansAreNamedAndNeverTrap() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<5000 {
      let bytes = (0..<Int.random(in: 1...24, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      let spans = try? LessonColumn.decode(bytes, textBytes: 1000)
      for span in spans ?? [] { #expect(span.range.upperBound <= 1000) }
    }
  }

  @Test(arguments: [
    ("It broke. Nobody saw it!", ["It broke.", "Nobody saw it!"]),
    ("See e.g. the valve, i.e. No. 3. Then go.", ["See e.g. the valve, i.e. No. 3.", "Then go."]),
    ("1. Watch the chain. 2. Read it out.", ["1. Watch the chain.", "2. Read it out."]),
    ("He said “never.” Then he left.", ["He said “never.”", "Then he left."]),
    ("zuerst prüfen, z.B. die Dichtung. Dann fahren", ["zuerst prüfen, z.B. die Dichtung.", "Dann fahren"]),
    ("直せばよい。次は早く。", ["直せばよい。", "次は早く。"]),
    ("one line\ngoes on\n- a point\n\nnew", ["one line\ngoes on", "- a point", "new"]),
    ("version 2.4.0 was late. v3 was not", ["version 2.4.0 was late. v3 was not"]),
  ])
  func sentences(_ text: String, _ expected: [String]) {
    var found: [String] = []
    let bytes = Array(text.utf8)
    bytes.withUnsafeBytes { raw in
      SentenceRanges.forEach(raw, 0..<raw.count) {
        found.append(String(decoding: UnsafeRawBufferPointer(rebasing: raw[$0]), as: UTF8.self))
      }
    }
    #expect(found == expected)
  }

  @Test func sentencesCoverEverythingButBlanks() {
    var random = SplitMix64(seed: 3)
    let pieces = [".", " ", "\n", "a", "B", "é", "“", "?", "1", "-", "。", "xyz", "etc"]
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 0...900, using: &random)).map { _ in pieces.randomElement(using: &random)! }
        .joined()
      let bytes = Array(text.utf8)
      var rest = bytes.filter { $0 > 0x20 }.count
      var end = 0
      bytes.withUnsafeBytes { raw in
        SentenceRanges.forEach(raw, 0..<raw.count) { range in
          #expect(range.lowerBound >= end && range.upperBound <= raw.count && !range.isEmpty)
          #expect(range.count <= SentenceRanges.longest + 4)
          end = range.upperBound
          rest -= raw[range].filter { $0 > 0x20 }.count
        }
      }
      #expect(rest == 0, "\(text)")
    }
  }

  @Test(arguments: [
    ("## 3.1 Lessons learned from the move", SectionRole.lesson), ("✅ What went well?", .worked),
    ("WHAT DIDN'T GO WELL", .failed), ("What didn’t go well:", .failed), ("Root Cause(s) [edit]", .cause),
    ("Ursachenanalyse[Bearbeiten]", .cause), ("Ce qu'on en retient", .lesson), ("5 Whys", .cause),
    ("Τι μάθαμε", .lesson), ("教訓", .lesson), ("Próximos pasos", .recommendation), ("Timeline (UTC)", .event),
  ])
  func namesOfSections(_ name: String, _ role: SectionRole) {
    let found = SectionNames.standard.role(heading: name.utf8, isLesson: true)
    if name == "Timeline (UTC)" || name == "Root Cause(s) [edit]" {
      // A longer name than the table's, found inside: of one short word it is not.
      #expect(found == (name.hasPrefix("Root") ? .cause : nil))
    } else {
      #expect(found == role)
    }
  }

  @Test func storiesScoreBelowAdvice() {
    var model = LessonModel(.english)
    let advice = model.judge("Ensure that procedures are reviewed before every test.")
    let story = model.judge("On March 3, 1998, the technician was taken to the hospital at 9:05 a.m.")
    #expect(advice.score > 1 && story.score < -1)
    #expect(advice.type == .recommendation && advice.rule == .imperative)
    #expect(model.judge("We should have asked first.").type == .failed)
    #expect(model.judge("It failed because the valve stuck.").type == .cause)
  }

  @Test func everyLanguageKnowsItsOwnWords() {
    for (language, text) in [
      (Language.german, "Man sollte immer zuerst die Dichtung prüfen."),
      (.french, "Il faut toujours vérifier le joint."),
      (.spanish, "Siempre hay que revisar la junta."),
    ] {
      var model = LessonModel(language)
      #expect(model.judge(text).type == .recommendation, "\(text)")
      #expect(model.judge(text).rule != .wording, "\(text)")
    }
  }

  @Test func weightsAreOfFeaturesThatExist() {
    #expect(LessonWeights.features.count == LessonFeature.allCases.count)
    #expect(LessonWeights.features.allSatisfy { $0.isFinite && abs($0) < 5 })
    let words = LessonWeights.words.split(whereSeparator: \.isWhitespace)
    #expect(words.count > 200 && words.count.isMultiple(of: 2))
    #expect(stride(from: 1, to: words.count, by: 2).allSatisfy { Float(words[$0]) != nil })
  }

  @Test func nearlyTheSameIsFolded() {
    func stems(_ text: String) -> Set<[UInt8]> { Set(text.split(separator: " ").map { Array($0.utf8) }) }
    var folding = LessonFolding<[UInt8]>()
    #expect(folding.group(stems("certificate expire nobody watch date"), orOpen: 0) == nil)
    #expect(folding.group(stems("pump valve clean"), orOpen: 1) == nil)
    #expect(folding.group(stems("certificate expire again nobody watch date"), orOpen: 2) == 0)
    #expect(folding.group(stems("valve clean"), orOpen: 2) == 1)
    #expect(folding.group(stems("date"), orOpen: 2) == nil)
    #expect(folding.group([], orOpen: 3) == nil)
  }
}
