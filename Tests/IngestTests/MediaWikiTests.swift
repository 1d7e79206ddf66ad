import Documents
import Testing

@testable import Ingest

struct MediaWikiTests {
  private func dump(_ pages: String) -> String {
    """
    <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" xml:lang="en">
      <siteinfo><sitename>Levee Wiki</sitename><base>https://wiki.example.org/wiki/Main_Page</base>
      <namespaces><namespace key="0" case="first-letter" /><namespace key="4">Project</namespace></namespaces></siteinfo>
    \(pages)
    </mediawiki>
    """
  }

  private func page(_ title: String, _ text: String, ns: Int = 0, extra: String = "") -> String {
    """
    <page><title>\(title)</title><ns>\(ns)</ns><id>7</id>\(extra)
    <revision><id>1</id><timestamp>2019-05-01T10:00:00Z</timestamp><contributor><username>Jane</username><id>3</id></contributor><text>old</text></revision>
    <revision><id>2</id><parentid>1</parentid><timestamp>2020-05-01T10:00:00Z</timestamp><contributor><ip>10.0.0.1</ip></contributor><text>older</text></revision>
    <revision><id>3</id><parentid>2</parentid><timestamp>2021-05-01T10:00:00Z</timestamp><contributor><username>Joe</username></contributor><model>wikitext</model><text xml:space="preserve">\(text)</text></revision></page>
    """
  }

  private func read(_ text: String) -> FileRead { FileRead(dump(page("P", text)), path: "d.xml") }

  @Test func pages() throws {
    let redirect = page("Old pump", "#REDIRECT [[Pump]]", extra: "<redirect title=\"Pump\" />")
    let text = dump(redirect + "\n" + page("Pump", "Words.") + page("Project:A &amp; B", "More.", ns: 4))
    let reading = FileRead(text, path: "d.xml")
    #expect(reading.format == .mediawikiXML)
    #expect(reading.documents.map(\.title) == ["Pump", "Project:A & B"])
    #expect(reading.skips.map(\.reason) == ["redirect: kept as an alias of its target"])
    let pump = reading.documents[0]
    #expect(pump.attribute("alias") == "Old pump")
    #expect(pump.externalID == "Pump")
    #expect(pump.url == "https://wiki.example.org/wiki/Pump")
    #expect(pump.date?.iso8601 == "2021-05-01T10:00:00Z")
    #expect(pump.kind == .wiki)
    #expect(
      pump.people == [PersonMention(name: "Jane", role: .author), PersonMention(name: "Joe", role: .editor)])
    #expect(reading.documents[1].attribute("namespace") == "Project")
    #expect(reading.documents[1].url == "https://wiki.example.org/wiki/Project:A_%26_B")
    let bytes = Array(text.utf8)
    for document in reading.documents {
      #expect(bytes[Int(document.record.offset)...].starts(with: "<page>".utf8))
      #expect(bytes[..<Int(document.record.offset + document.record.length)].suffix(7).elementsEqual("</page>".utf8))
    }
    // The same out of a stream: the redirects are then pages that cannot be known beforehand.
    let streamed = FileRead(Array(text.utf8), path: "d.xml", windows: 50)
    #expect(streamed.documents.map(\.title) == ["Pump", "Project:A & B"])
  }

  @Test func inlineMarkup() throws {
    let reading = read(
      "'''Bold''' and ''it'' [[Pump|the pump]]s, [[Pump]], [[Help:X (a)|]] [https://x.org label] [https://y.org] A&amp;nbsp;B x&amp;lt;y &lt;!-- gone --&gt;&lt;nowiki&gt;[[kept]]&lt;/nowiki&gt; don't __NOTOC__ &lt;b&gt;b&lt;/b&gt; a &lt; b [[de:Pumpe]][[Category:Pumps|x]]"
    )
    let document = try #require(reading.documents.first)
    #expect(
      document.paragraphs == ["Bold and it the pumps, Pump, X label https://y.org A\u{A0}B x<y [[kept]] don't b a < b"])
    #expect(document.attributes.filter { $0.name == "tag" }.map(\.value) == ["Pumps"])
  }

  @Test func templatesKeepWhatTheySay() throws {
    let reading = read(
      """
      {{Infobox pump
      | name = Big [[pump]]
      | image = Pump.jpg
      | flow = {{convert|500|l|gal}} per {{nowrap|1 s}}
      }}
      It moves {{formatnum:5000}} litres{{citation needed|date=May 2019}} in {{lang|de|Zürich}}, {{unknown|one|two=2}} {{#if:x|yes|no}}.
      Since {{start date|1950|1|2}}. {{{1|default}}} {{unclosed
      """)
    let document = try #require(reading.documents.first)
    #expect(document.texts(.tableRow) == ["name\tBig pump", "flow\t500 l per 1 s"])
    #expect(
      document.texts(.paragraph) == [
        "It moves 5000 litres in Zürich, one 2 yes no. Since 1950-1-2. default {{unclosed"
      ])
    #expect(document.notes == ["1 wikitext brackets without their end"])
  }

  @Test func blocks() throws {
    let reading = read(
      """
      == Head {{nowrap|one}} ==
      * a
      ** b &lt;ref name="x"&gt;{{cite web|url=https://z.org|title=The title|last=Doe}}&lt;/ref&gt;
      # c
      : indented
      [[File:P.jpg|thumb|200px|A ''caption'']]
      Text
      on two lines.
      ----
      {| class="wikitable"
      |+ Flows
      ! Pump !! style="x" | Litres
      |-
      | [[P|A]] || 5
      |-
      | B
      | 6
      more
      |}
      == Head {{nowrap|one}} ==
       code line
         more
      &lt;syntaxhighlight lang="swift"&gt;
      let x = [[1]]
      &lt;/syntaxhighlight&gt;
      == References ==
      &lt;references /&gt;
      """)
    let document = try #require(reading.documents.first)
    let shapes = document.blocks.map { "\($0.kind) \($0.level) \($0.anchor ?? "") \(document.text($0))" }
    #expect(
      shapes == [
        "heading 2 Head_one Head one", "listItem 1  a", "listItem 2  b", "listItem 1  c", "listItem 1  indented",
        "caption 0  A caption", "paragraph 0  Text on two lines.", "caption 0  Flows", "tableRow 0  Pump\tLitres",
        "tableRow 0  A\t5", "tableRow 0  B\t6 more", "heading 2 Head_one_2 Head one", "code 0  code line\n  more",
        "code 0  let x = [[1]]", "heading 2 References References", "listItem 1  Doe. The title",
      ])
  }

  @Test func damageCostsOnePage() throws {
    var limits = ReadLimits()
    limits.recordBytes = 4000
    let long = page("Long", String(repeating: "x", count: 6000))
    let text = dump(
      page("A", "one") + long + page("B", "unclosed [[ {{ &lt;ref&gt; {| and <b>&bogus;") + page("C", "three"))
    let reading = FileRead(Array(text.utf8), path: "d.xml", limits: limits)
    #expect(reading.documents.map(\.title) == ["A", "B", "C"])
    #expect(reading.failures.count == 1)
    let cut = FileRead(Array(text.utf8.prefix(text.utf8.count - 40)), path: "d.xml")
    #expect(cut.documents.last?.title == "C")
    #expect(cut.documents.last?.paragraphs == ["thr"])
    #expect(cut.documents.last?.notes.contains("the dump ends inside this page") == true)
    #expect(reading.isSound)
  }

  @Test func depthIsBounded() throws {
    for piece in [
      "{{", "[[", "{{{", "&lt;ref&gt;", "{|\n", "[[a|", "{{a|", "&lt;gallery&gt;", "'''''", "=", "\n* [[File:x|",
    ] {
      let reading = read(String(repeating: piece, count: 30_000))
      #expect(reading.documents.count + reading.failures.count == 1, "\(piece)")
      #expect(reading.isSound, "\(piece)")
    }
  }

  @Test func realDumps() throws {
    guard let folder = SharedData.path("native/wiki/mediawiki-xml") else { return }
    var pages = 0
    var leftOver = 0
    for path in SharedData.files(below: folder, suffix: ".bz2") {
      let reading = FileRead(SharedData.read(path), path: "wiki/dump.xml.bz2")
      #expect(reading.failures.isEmpty && reading.error == nil)
      #expect(reading.isSound)
      pages += reading.documents.count + reading.skips.count
      // The syntax is gone.
      for document in reading.documents where document.notes.isEmpty {
        let text = String(decoding: document.text, as: UTF8.self)
        if text.contains("{{") || text.contains("'''") { leftOver += 1 }
      }
    }
    #expect(pages == 214)
    // Formulas in TeX, one page on wiki syntax.
    #expect(leftOver <= 4)
  }
}
