import Documents
import Testing

@testable import Ingest

struct SubtitleTests {
  private func read(_ text: String, _ path: String = "a.vtt") throws -> Document {
    let reading = FileRead(text, path: path)
    return try #require(reading.documents.first, "\(reading.skips) \(reading.error ?? "")")
  }

  @Test func voices() throws {
    let document = try read(
      """
      \u{FEFF}WEBVTT - Leaving interview\r
      Kind: captions\r
      Language: de\r
      \r
      NOTE Date: 2020-02-03\r
      \r
      STYLE\r
      ::cue { color: red }\r
      \r
      e4ee102b-9b3e-4f1a-abda-779d2e9f3deb/1-0\r
      00:05.761 --> 00:09.556 align:start position:10%\r
      <v.loud Carstensen, Meike>Good &amp; <i>early</i> morning.</v>\r
      \r
      2\r
      00:00:09.600 --> 00:00:10.000\r
      <v Carstensen, Meike>Second line\r
      of it.\r
      \r
      NOTE a remark\r
      \r
      00:00:14.000 --> 00:00:15.000\r
      <v Joe Blow>Hi.</v> <v Ann Lee>Hello, <00:00:14.500><c>all</c>.</v>\r
      \r
      00:00:20.000 --> 00:00:21.000\r
      <i></i>\r
      """)
    #expect(document.title == "Leaving interview")
    #expect(document.declaredLanguage == "de")
    #expect(document.date?.iso8601 == "2020-02-03")
    #expect(
      document.turns == [
        "Carstensen, Meike: Good & early morning. Second line of it.", "Joe Blow: Hi.", "Ann Lee: Hello, all.",
      ])
    #expect(document.blocks.map { $0.anchor ?? "" } == ["00:00:05", "00:00:14", "00:00:14"])
    #expect(document.blocks[0].time == TimeRange(start: 5761, end: 10000))
    #expect(document.kind == .transcript)
  }

  @Test func zoomLabels() throws {
    let document = try read(
      """
      WEBVTT

      1
      00:00:01.000 --> 00:00:02.000
      marco: hello

      2
      00:00:02.500 --> 00:00:03.000
      marco: again

      3
      00:00:03.500 --> 00:00:04.000
      FLCL (Nethermind): Hi: there

      4
      00:00:04.500 --> 00:00:05.000
      (music)

      5
      00:00:09.500 --> 00:00:12.000
      marco: later
      """)
    #expect(document.turns == ["marco: hello again", "FLCL (Nethermind): Hi: there", ": (music)", "marco: later"])
  }

  @Test func clocksAreNoSpeakers() throws {
    let document = try read(
      "WEBVTT\n\n00:01.000 --> 00:02.000\n10:30 Meeting: we start\n\n00:02.000 --> 00:03.000\n10:30 Meeting: it says\n\n"
        + "00:03.000 --> 00:04.000\nand https://x.org: too\n")
    #expect(document.people.isEmpty)
    #expect(document.turns == [": 10:30 Meeting: we start 10:30 Meeting: it says and https://x.org: too"])
  }

  @Test func subRip() throws {
    let document = try read(
      """
      1
      00:00:03,450 --> 00:00:04,410
      Bekah Weigel: Hey, I'm
      <i>Bekah</i>.

      2
      00:00:04.740 --> 00:00:05.370
      {\\an8}And I go on.
      00:00:08,000 --> 00:00:09,000
      Dan Ott: And I'm Dan.
      4
      00:00:09,500 --> 00:00:10,000

      Still Dan.

      5
      00:00:10,250 --> 00:00:11,000
      Bekah Weigel: Right.
      """, "a.srt")
    #expect(
      document.turns == [
        "Bekah Weigel: Hey, I'm Bekah. And I go on.", "Dan Ott: And I'm Dan. Still Dan.", "Bekah Weigel: Right.",
      ])
  }

  /// A timing line that is damaged still separates: the words below it are a cue's, not the file's head.
  @Test func damagedTimings() throws {
    let text = """
      WEBVTT

      00:00:01.000 --> 00:00:0x.000
      <v Ann>First words.

      00:00:05.000 -->
      <v Bob>Second words.

      0o:00:08.000 --> 00:00:09.000
      <v Ann>Third words.

      00:00:12.000 --> 00:00:14.000
      <v Bob>At 00:13 -> go on.
      00:13 --> as we said
      """
    let document = try read(text)
    #expect(
      document.turns == [
        "Ann: First words.", "Bob: Second words.", "Ann: Third words.", "Bob: At 00:13 -> go on. 00:13 --> as we said",
      ])
    #expect(document.blocks.map(\.anchor) == ["00:00:01", "00:00:05", "00:00:09", "00:00:12"])
  }

  @Test func broadcastCaptions() throws {
    let document = try read(
      "1\n00:00:01,000 --> 00:00:02,000\n>> JANE DOE: Good evening.\n\n2\n00:00:02,100 --> 00:00:03,000\nTo you.\n\n"
        + "3\n00:00:03,100 --> 00:00:04,000\n>> JOE BLOW: Thanks.\n\n4\n00:00:04,100 --> 00:00:05,000\n>> Who is that?\n",
      "a.srt")
    #expect(document.turns == ["JANE DOE: Good evening. To you.", "JOE BLOW: Thanks.", ": >> Who is that?"])
  }

  /// What YouTube serves: two lines a cue, the first of them said before, and short cues of padding between (R24).
  @Test func rollingCaptions() throws {
    let spoken = [
      "so today we talk", "about the harbour", "and what we learned", "from the flood of", "two thousand thirteen",
    ]
    var text = "WEBVTT\nKind: captions\n\n"
    for (i, line) in spoken.enumerated() {
      let start = 1 + i * 2
      text += "00:00:0\(start % 10).000 --> 00:00:0\((start + 1) % 10).990 align:start\n"
      text += "\(i == 0 ? " " : spoken[i - 1])\n\(line.replacing(" ", with: "<00:00:01.500><c> "))</c>\n\n"
      text += "00:00:0\((start + 1) % 10).990 --> 00:00:0\((start + 2) % 10).000 align:start\n\(line)\n \n\n"
    }
    let document = try read(text)
    #expect(document.turns == [": " + spoken.joined(separator: " ")])
  }

  @Test func repetitionIsNotRolling() throws {
    let text = (0..<6).map { "00:00:0\($0).000 --> 00:00:0\($0).900\n\($0 % 3 == 1 ? "Yeah." : "Word \($0).")\n" }
    let document = try read("WEBVTT\n\n" + text.joined(separator: "\n"))
    #expect(document.turns == [": Word 0. Yeah. Word 2. Word 3. Yeah. Word 5."])
  }

  @Test func turnsAreCutAtSentences() throws {
    var text = "WEBVTT\n\n"
    for i in 0..<60 {
      text += "\(Clock.anchor(UInt32(i) * 4000)).000 --> \(Clock.anchor(UInt32(i) * 4000 + 3000)).900\n"
      text += "Jane Doe: word number \(i) of a long speech\(i % 3 == 2 ? "." : "")\n\n"
    }
    let document = try read(text)
    #expect(document.blocks.count >= 4 && document.blocks.count <= 6)
    for block in document.blocks { #expect(document.text(block).hasSuffix(".")) }
    #expect(document.blocks.allSatisfy { $0.time!.end - $0.time!.start < 90_000 })
    #expect(document.texts(.cue).joined(separator: " ").split(separator: " ").count == 60 * 7)
  }

  @Test func noCuesIsAReason() {
    let reading = FileRead("WEBVTT\n\nNOTE nothing here\n", path: "a.vtt")
    #expect(reading.skips.map(\.reason) == ["no cues in this WebVTT file"])
    #expect(FileRead("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", path: "a.vtt").skips.count == 1)
  }

  @Test func anonymousLabelsAreNamed() throws {
    let document = try read(
      "WEBVTT\n\n00:01.000 --> 00:02.000\n<v SPEAKER_00>Hi.\n\n00:02.000 --> 00:03.000\n<v Jane Doe>Hello.\n")
    #expect(document.names(.speaker) == ["SPEAKER_00", "Jane Doe"])
    #expect(document.attributes.filter { $0.name == "anonymous-speaker" }.map(\.value) == ["SPEAKER_00"])
    for name in [
      "Speaker 1", "Unknown", "speaker_12", "S1", "Unidentified Speaker", "Speaker A", "Q", "Audience Member",
    ] {
      #expect(SpeakerName.isAnonymous(name), "\(name)")
    }
    for name in ["Sue", "Ann S. Peaker", "Guestrin", "Qi"] { #expect(!SpeakerName.isAnonymous(name), "\(name)") }
  }
}

struct SpeakerTextTests {
  static let labels: [(String, String?, String?, String)] = [
    ("JANE: Hello", "JANE", nil, "Hello"), ("Jane Doe: Hello", "Jane Doe", nil, "Hello"),
    ("**Jane Doe:** Hello", "Jane Doe", nil, "Hello"), ("**Jane Doe**: Hello", "Jane Doe", nil, "Hello"),
    ("[00:12:31] Jane: Hello", "Jane", "00:12:31", "Hello"), ("(12:31) Jane: Hello", "Jane", "00:12:31", "Hello"),
    ("00:12:31 Jane Doe: Hello", "Jane Doe", "00:12:31", "Hello"), ("00:12:31 Jane Doe", "Jane Doe", "00:12:31", ""),
    ("Jane Doe (00:12:31): Hello", "Jane Doe", "00:12:31", "Hello"), ("Jane Doe [12:31]", "Jane Doe", "00:12:31", ""),
    ("Jane Doe  12:31", "Jane Doe", "00:12:31", ""), ("Jane Doe: 00:12:31", "Jane Doe", "00:12:31", ""),
    (">> JANE: Hello", "JANE", nil, "Hello"), ("00:02:17\tjxs:\thello", "jxs", "00:02:17", "hello"),
    ("10:00:00 From Jane Doe to Everyone: hi", "Jane Doe", "10:00:00", "hi"),
    ("10:00:00 From  Jane Doe : hi", "Jane Doe", "10:00:00", "hi"), ("Speaker 1: Hello", "Speaker 1", nil, "Hello"),
    ("SPEAKER_00: Hello", "SPEAKER_00", nil, "Hello"), ("José Álvarez: Hola", "José Álvarez", nil, "Hola"),
    ("Ludwig van Beethoven: Ta", "Ludwig van Beethoven", nil, "Ta"), ("田中: はい", "田中", nil, "はい"),
    ("10:30 Meeting: begins", nil, nil, ""), ("Note: bring boots", nil, nil, ""), ("https://x.org", nil, nil, ""),
    ("std::vector: fast", nil, nil, ""), ("He said this: no", nil, nil, ""), ("Agenda:", nil, nil, ""),
    ("This is a sentence that goes on and on and then has a colon: yes", nil, nil, ""), ("", nil, nil, ""),
    (":", nil, nil, ""),
    ("Wait, what?: no", nil, nil, ""), ("12:31", nil, nil, ""), ("x = y: z", nil, nil, ""),
  ]

  @Test(arguments: labels) func shapes(_ value: (String, String?, String?, String)) {
    var text = value.0
    text.withUTF8 { line in
      let label = SpeakerLabel(line)
      #expect(label?.name == value.1, "\(value.0)")
      #expect(label?.time.map { Clock.anchor($0) } == value.2, "\(value.0)")
      if let label { #expect(WhiteSpace.collapse(line[label.words...]) == value.3) }
    }
  }

  @Test func turnsAndParticipants() throws {
    let reading = FileRead(
      """
      Retrospective: loss of the disk
      Present: Wiebke Petersen, Tomasz Wojcik (by phone) and Jan Petersen

      [recording starts late]

      TOMASZ: So the short version
      on two lines.

      A second paragraph.

      WIEBKE: Why?

      TOMASZ: Because.

      WIEBKE: Reason: none.
      """, path: "2016-02-25 deich1 retrospective.txt")
    #expect(reading.format == .speakerText)
    let document = try #require(reading.documents.first)
    #expect(document.title == "Deich1 retrospective")
    #expect(document.date?.iso8601 == "2016-02-25")
    #expect(
      document.turns == [
        "Tomasz Wojcik: So the short version\non two lines.", "Tomasz Wojcik: A second paragraph.",
        "Wiebke Petersen: Why?",
        "Tomasz Wojcik: Because.", "Wiebke Petersen: Reason: none.",
      ])
    #expect(document.texts(.paragraph).count == 2)
  }

  @Test func timedTurnsHaveRanges() throws {
    let reading = FileRead(
      "[00:00:03] FENJA: Eins.\n\n[00:00:21] JÖRG: Zwei.\n\n[00:00:37] FENJA: Drei.\n", path: "i.txt")
    let document = try #require(reading.documents.first)
    #expect(document.turns == ["FENJA: Eins.", "JÖRG: Zwei.", "FENJA: Drei."])
    #expect(
      document.blocks.map(\.time) == [
        TimeRange(start: 3000, end: 21000), TimeRange(start: 21000, end: 37000), TimeRange(start: 37000, end: 37000),
      ])
  }

  @Test func tableOfTurns() throws {
    let reading = FileRead(
      "timestamp,speaker,words,tags\n[0:05],DB:,\"Well, hello&#8212;you.\",\n,RA,Hi.,career\n", path: "glück.csv")
    let document = try #require(reading.documents.first)
    #expect(document.turns == ["DB: Well, hello—you.", "RA: Hi."])
    #expect(document.blocks[0].anchor == "00:00:05")
    #expect(document.title == "Glück")
  }
}
