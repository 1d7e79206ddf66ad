import Documents
import TestSupport
import Testing
import TextAnalysis

@testable import Griot

@Suite struct LessonFinderTests {
  /// A document of lines: `# heading`, `- item`, `a | b` rows of a table, `@n text` what speaker n says, else paragraphs.
  static func document(_ text: String, kind: DocumentKind = .document, title: String = "") -> Document {
    var document = Document(externalID: "x", kind: kind, title: title)
    var time: UInt32 = 0
    for line in text.split(separator: "\n") {
      if let heading = line.wholeMatch(of: #/(#+) (.*)/#) {
        document.append(Block(.heading, level: UInt8(heading.1.count)), heading.2.utf8)
      } else if line.hasPrefix("- ") {
        document.append(Block(.listItem, level: 1), line.dropFirst(2).utf8)
      } else if line.contains(" | ") {
        let cells = line.split(separator: "|").map { $0.trimmingPrefix(" ").reversed().drop { $0 == " " }.reversed() }
        document.append(Block(.tableRow), cells.map { String($0) }.joined(separator: "\t").utf8)
      } else if let cue = line.wholeMatch(of: #/@(\d) (.*)/#) {
        let speaker = Int(cue.1)!
        while document.people.count <= speaker {
          document.people.append(PersonMention(name: "S\(document.people.count)", role: .speaker))
        }
        document.append(Block(.cue, time: TimeRange(start: time, end: time + 900), speaker: speaker), cue.2.utf8)
        time += 1000
      } else {
        document.append(Block(.paragraph), String(line).replacing("⏎", with: "\n").utf8)
      }
    }
    return document
  }

  struct Found: Equatable, CustomStringConvertible {
    var text: String
    var type: LessonType
    var rule: LessonRule
    var description: String { "\(type.name) [\(rule.name)] \(text)" }
  }

  static func find(_ document: Document, _ language: Language = .english, above: Float = 0.5) -> [Found] {
    LessonFinder().lessons(in: document, language: language).filter { $0.confidence >= above }.map {
      Found(text: String(decoding: document.text[$0.range], as: UTF8.self), type: $0.type, rule: $0.rule)
    }
  }

  @Test func headingsSayWhatStandsUnderThem() {
    let document = Self.document(
      """
      # The night of the flood
      ## What happened
      The modem stopped at ten past nine and nobody saw it.
      ## What went well
      - The batteries had been changed in October.
      ## What went wrong
      - One road for the warning, and it was closed.
      ## Root cause
      The script gave up after three attempts.
      ## 4. Recommendations:
      ### Roads
      - A second road that does not use the mobile network.
      ## Thanks
      To everybody who was there on that night.
      """)
    #expect(
      Self.find(document) == [
        Found(text: "The batteries had been changed in October.", type: .worked, rule: .heading),
        Found(text: "One road for the warning, and it was closed.", type: .failed, rule: .heading),
        Found(text: "The script gave up after three attempts.", type: .cause, rule: .heading),
        Found(text: "A second road that does not use the mobile network.", type: .recommendation, rule: .heading),
      ])
  }

  /// Nothing names it, neither folder nor title: who names a cause and what is done about it tells what was learned.
  @Test func anIncidentIsRecognizedByItsSentences() {
    let advice = "Certificates must be renewed automatically, and expiry should be monitored by two people."
    func confidence(_ lines: [String]) -> Float {
      let document = Self.document((lines + [advice]).joined(separator: "\n"), title: "March 3")
      let spans = LessonFinder().lessons(in: document, language: .english)
      let found = spans.first { String(decoding: document.text[$0.range], as: UTF8.self) == advice }
      return found?.confidence ?? 0
    }
    let cause = "The root cause was a certificate that had expired during the night."
    let remedy = "Remediation involved renewing the certificate and restarting the gateway."
    let chat = "On that day we met at the lake, and there was cake for everybody."
    let believed = confidence([cause, remedy])
    #expect(believed > 0.3)
    #expect(believed > 1.5 * confidence([chat, chat]))
    // A cause alone is told in many a mail; and what stands in a long text stands there by chance.
    #expect(confidence([cause, chat]) == confidence([chat, chat]))
    #expect(confidence([cause, remedy] + Array(repeating: chat, count: 40)) == confidence([chat, chat]))
  }

  @Test(arguments: [
    ("Was gut war", "Was schiefging", "Ursache", "Maßnahmen", Language.german),
    ("Ce qui a marché", "Ce qui n'a pas marché", "Cause racine", "Recommandations", .french),
    ("Qué salió bien", "Qué salió mal", "Causa raíz", "Recomendaciones", .spanish),
    ("Τι πήγε καλά", "Τι πήγε στραβά", "Αιτίες", "Συστάσεις", .greek),
    ("うまくいったこと", "失敗談", "根本原因", "再発防止策", Language(code: "ja")),
    ("Wat ging goed", "Wat ging mis", "Oorzaken", "Aanbevelingen", .dutch),
  ])
  func headingsOfSeveralLanguages(_ good: String, _ bad: String, _ why: String, _ advice: String, _ language: Language)
  {
    let text = "αβγδ εζηθ 123 x y z ümläut"
    let document = Self.document(
      "## \(good)\n- \(text)\n## \(bad)\n- \(text)\n## \(why)\n- \(text)\n## \(advice)\n- \(text)")
    #expect(Self.find(document, language).map(\.type) == [.worked, .failed, .cause, .recommendation])
  }

  @Test func labelsInsideAParagraphAndOnLinesOfTheirOwn() {
    let inside = Self.document(
      "Driving event: four stations came back with a wrong clock. Lesson: rejects must look like rejects. "
        + "Recommendation: cut the tabs off.")
    #expect(
      Self.find(inside) == [
        Found(text: "rejects must look like rejects.", type: .recommendation, rule: .label),
        Found(text: "cut the tabs off.", type: .recommendation, rule: .label),
      ])
    let french = Self.document("Leçon : un seul métal par mouillage. Cause : des manilles mélangées.")
    #expect(Self.find(french, .french).map(\.type) == [.recommendation, .cause])
    let lines = Self.document(
      "WHAT WENT WELL⏎- buffers, no data was lost⏎- the question was asked in minute two⏎WHO WAS THERE⏎- all of the watch"
    )
    #expect(
      Self.find(lines) == [
        Found(text: "buffers, no data was lost", type: .worked, rule: .label),
        Found(text: "the question was asked in minute two", type: .worked, rule: .label),
      ])
  }

  @Test func tablesOfARetrospective() {
    let document = Self.document(
      "## Retrospective\nWent well | Went badly\nPairing on the rules | The release took four hours\nShort meetings | Nobody read the notes"
    )
    #expect(
      Self.find(document) == [
        Found(text: "Pairing on the rules", type: .worked, rule: .table),
        Found(text: "The release took four hours", type: .failed, rule: .table),
        Found(text: "Short meetings", type: .worked, rule: .table),
        Found(text: "Nobody read the notes", type: .failed, rule: .table),
      ])
  }

  @Test func whoSaysThatTheyLearnedIsHeardInARecordingAcrossCues() {
    let document = Self.document(
      """
      @0 Welcome everybody to the call.
      @1 So in hindsight we should have
      @1 tested the backup before the move.
      @0 Thank you. The next point is lunch.
      """)
    let found = Self.find(document, above: 0.3)
    #expect(found.count == 1)
    #expect(found.first?.text == "So in hindsight we should have\ntested the backup before the move.")
    #expect(found.first?.rule == .hindsight)
  }

  /// One sentence among greetings, wherever it stands: who says of themselves that they learned is believed.
  @Test func whoSaysThatTheyLearnedIsBelievedInAMailOfOneSentence() {
    func lessons(_ sentence: String) -> [String] {
      Self.find(Self.document("Hello all,\n\(sentence)\nBest,\nAnn", kind: .message)).map(\.text)
    }
    for sentence in [
      "We learned that the pump must be primed.", "In hindsight we should have primed the pump.",
      "I learned that nobody reads the log.", "We should have tested the restore.",
    ] {
      #expect(lessons(sentence) == [sentence])
    }
    for sentence in [
      "I learned Swift at school.", "We learned that the meeting is on Tuesday.", "Machine learning is fun.",
    ] {
      #expect(lessons(sentence) == [])
    }
  }

  @Test func namesThatSayLittleCountOnlyBesideOthers() {
    let manual = Self.document(
      "## Problems\n- The printer is sometimes slow to wake up.\n## Notes\n- Paper is in the cellar.")
    #expect(Self.find(manual) == [])
    let review = Self.document(
      "## Problems\n- The printer is sometimes slow to wake up.\n## Lessons learned\n- Buy paper early.")
    #expect(Self.find(review).map(\.type) == [.failed, .recommendation])
  }

  @Test func whatHappenedIsNoLessonAndQuotesAreNot() {
    var document = Self.document("## What happened\nAt 21:12 the threshold was crossed and the queue was filled.")
    document.append(Block(.quote, level: 1), "Lesson: never deploy on a Friday.".utf8)
    #expect(Self.find(document) == [])
  }

  @Test func aRecordOfOneLessonIsOneAsAWhole() {
    let document = Self.document("Weigh the pack before you go out.", kind: .lesson)
    #expect(
      Self.find(document) == [Found(text: "Weigh the pack before you go out.", type: .recommendation, rule: .document)])
  }

  @Test func spansLieInTheTextAndDoNotOverlap() {
    var random = SplitMix64(seed: 11)
    let words = [
      "lesson:", "We", "learned", "that", "\n\n", ".", "•", "- ", "should", "é", "。", "because", "1.", "[x]", "\t",
    ]
    for round in 0..<300 {
      var document = Document(externalID: "\(round)", kind: round % 3 == 0 ? .lesson : .document, title: "retro")
      for _ in 0..<Int.random(in: 1...9, using: &random) {
        let text = (0..<Int.random(in: 1...60, using: &random)).map { _ in words.randomElement(using: &random)! }
        let kind = BlockKind.allCases.randomElement(using: &random)!
        document.append(Block(kind, level: 2), text.joined(separator: " ").utf8)
      }
      let spans = LessonFinder().lessons(in: document, language: .english)
      var end = 0
      for span in spans {
        #expect(span.range.lowerBound >= end && span.range.upperBound <= document.text.count && !span.range.isEmpty)
        end = span.range.upperBound
      }
      let coded = LessonColumn.encode(spans)
      #expect(throws: Never.self) {
        let decoded = try LessonColumn.decode(coded, textBytes: document.text.count)
        #expect(decoded == spans)
      }
    }
  }
}
