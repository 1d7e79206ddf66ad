import Documents
import Testing

@testable import Ingest

struct InterviewTests {
  @Test func ohmsWithSynchronization() throws {
    let lines = ["The interview begins.", "", "DUARTE: One.", "more of it.", "", "BROCK: Two?", "", "DUARTE: Three."]
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record dt="2020-02-18" id="1">
      <date format="yyyy-mm-dd" value="2006-06-13"/><title>Interview with Ron Duarte</title>
      <interviewee>Duarte, Ronald</interviewee><interviewer>David Brock</interviewer><subject>Ranching</subject>
      <sync>1:|3(1)|6(2)</sync><media_url>https://x.org/a.mp3</media_url>
      <index><point><time>61</time><title>Childhood</title><partial_transcript>DUARTE: One</partial_transcript><synopsis>The farm.</synopsis><keywords>a;b;</keywords></point></index>
      <transcript>\(lines.joined(separator: "\n"))</transcript></record></ROOT>
      """
    let reading = FileRead(text, path: "oh.xml")
    #expect(reading.format == .ohms)
    let document = try #require(reading.documents.first)
    #expect(document.title == "Interview with Ron Duarte")
    #expect(document.kind == .transcript)
    #expect(document.date?.iso8601 == "2006-06-13")
    #expect(document.names(.speaker) == ["Ronald Duarte", "David Brock"])
    #expect(document.turns == ["Ronald Duarte: One.\nmore of it.", "David Brock: Two?", "Ronald Duarte: Three."])
    let cues = document.blocks.filter { $0.kind == .cue }
    #expect(cues.map(\.anchor) == ["00:01:00", "00:02:00", "00:02:00"])
    #expect(document.texts(.heading) == ["Childhood"])
    #expect(document.blocks.first { $0.kind == .heading }?.anchor == "00:01:01")
    #expect(document.texts(.paragraph).prefix(2) == ["The farm.", "a; b"])
    #expect(document.url == "https://x.org/a.mp3")
    #expect(document.isSound)
  }

  @Test func ohmsWithCaptions() throws {
    let text = """
      <ROOT xmlns="https://www.weareavp.com/nunncenter/ohms"><record><title>T</title><vtt_transcript><![CDATA[WEBVTT

      00:00:01.000 --> 00:00:03.000
      <v Jane>Hello</v>
      ]]></vtt_transcript></record></ROOT>
      """
    let document = try #require(FileRead(text, path: "oh.xml").documents.first)
    #expect(document.turns == ["Jane: Hello"])
    #expect(
      FileRead(
        "<ROOT xmlns='https://www.weareavp.com/nunncenter/ohms'><record><title>T</title></record></ROOT>", path: "e.xml"
      )
      .skips.count == 1)
  }

  @Test func realInterviews() throws {
    guard let folder = SharedData.path("native/transcripts/ohms-scihist") else { return }
    var interviews = 0
    for path in SharedData.files(below: folder, suffix: ".xml") {
      let reading = FileRead(SharedData.read(path), path: "oh.xml")
      #expect(reading.format == .ohms && reading.failures.isEmpty && reading.isSound, "\(path)")
      #expect(reading.documents.count + reading.skips.count == 1, "\(path)")
      interviews += reading.documents.count
    }
    #expect(interviews >= 7)
  }

  @Test func timedText() throws {
    let text = """
      <tt xml:lang="de" xmlns:ttm="m" xmlns:ttp="p" ttp:frameRate="25"><head><metadata><ttm:title>Sitzung</ttm:title><ttm:agent xml:id="a"><ttm:name>Jane Doe</ttm:name></ttm:agent></metadata></head>
      <body><div><p begin="00:00:01.500" end="00:00:03:05" ttm:agent="a">Hallo<br/>Welt.</p><p begin="4s" dur="500ms">Ende.</p></div></body></tt>
      """
    let reading = FileRead(text, path: "s.ttml")
    #expect(reading.format == .ttml)
    let document = try #require(reading.documents.first)
    #expect(document.turns == ["Jane Doe: Hallo Welt.", ": Ende."])
    #expect(document.blocks.map(\.time) == [TimeRange(start: 1500, end: 3200), TimeRange(start: 4000, end: 4500)])
    #expect(document.title == "Sitzung")
    #expect(document.declaredLanguage == "de")
    let tube = "<?xml version=\"1.0\"?><transcript><text start=\"0.5\" dur=\"2\">it&amp;#39;s on</text></transcript>"
    #expect(FileRead(tube, path: "t.xml").documents.first?.turns == [": it's on"])
  }

  @Test func tei() throws {
    let text = """
      <?xml version="1.0"?><!DOCTYPE TEI><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Letter on the levee</title><author><persName>Jane Doe</persName></author><editor>Joe Roe</editor></titleStmt>
      <publicationStmt><date when="1999">1999</date></publicationStmt></fileDesc><profileDesc><creation><date when="1953-02-01">1 Feb</date></creation><langUsage><language ident="en">English</language></langUsage></profileDesc></teiHeader>
      <text><body><div xml:id="d1"><head>The flood</head><p>First<lb/>line<note>A note.</note> of <choice><sic>teh</sic><corr>the</corr></choice> text.</p>
      <list><item>one</item></list><lg><l>Verse a</l><l>Verse b</l></lg><table><row><cell>x</cell><cell>y</cell></row></table>
      <sp who="#j"><speaker>JANE.</speaker><p>Words.</p></sp></div></body></text></TEI>
      """
    let reading = FileRead(text, path: "l.xml")
    #expect(reading.format == .tei)
    let document = try #require(reading.documents.first)
    #expect(
      document.paragraphs == [
        "The flood", "First line of the text.", "one", "Verse a\nVerse b", "x\ty", "Words.", "A note.",
      ])
    #expect(document.turns == ["JANE: Words."])
    #expect(document.date?.iso8601 == "1953-02-01")
    #expect(document.names(.author) == ["Jane Doe"] && document.names(.editor) == ["Joe Roe"])
    #expect(document.blocks[0].anchor == "d1")
    #expect(document.declaredLanguage == "en")
    let speech = """
      <TEI><teiHeader><particDesc><listPerson><person xml:id="P1"><persName>Ann Lee</persName></person></listPerson></particDesc></teiHeader>
      <text><timeline><when xml:id="T1" absolute="00:00:05"/></timeline><body><u who="#P1" start="#T1">Hello <pause/>there.</u></body></text></TEI>
      """
    let spoken = try #require(FileRead(speech, path: "s.xml").documents.first)
    #expect(spoken.turns == ["Ann Lee: Hello there."])
    #expect(spoken.blocks[0].anchor == "00:00:05")
    #expect(spoken.kind == .transcript)
    let corpus =
      "<teiCorpus><TEI><text><body><p>a</p></body></text></TEI><TEI><text><body><p>b</p></body></text></TEI></teiCorpus>"
    #expect(FileRead(corpus, path: "c.xml").documents.map(\.paragraphs) == [["a"], ["b"]])
  }
}
