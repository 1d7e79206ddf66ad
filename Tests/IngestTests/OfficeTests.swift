import Documents
import Testing

@testable import Ingest

struct OfficeTests {
  private static let core = """
    <cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:title>Pump report</dc:title><dc:creator>Jane Doe</dc:creator>
    <cp:lastModifiedBy>Joe Roe</cp:lastModifiedBy><dcterms:created>2018-05-01T10:00:00Z</dcterms:created>
    <dcterms:modified>2019-05-01T10:00:00Z</dcterms:modified><cp:keywords>pumps, rain</cp:keywords></cp:coreProperties>
    """

  private func read(_ members: [(name: String, text: String)], path: String) throws -> Document {
    let reading = FileRead(ArchiveBuilder.zip(members), path: path)
    #expect(reading.error == nil && reading.failures.isEmpty)
    let document = try #require(reading.documents.first)
    #expect(document.isSound)
    return document
  }

  private func shapes(_ document: Document) -> [String] {
    document.blocks.map { "\($0.kind)\($0.level > 0 ? " \($0.level)" : ""): \(document.text($0))" }
  }

  private static func word(_ body: String) -> [(name: String, text: String)] {
    [
      ("[Content_Types].xml", "<Types/>"),
      (
        "_rels/.rels",
        #"<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#
      ),
      ("docProps/core.xml", core),
      ("word/document.xml", "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>\(body)</w:body></w:document>"),
      (
        "word/styles.xml",
        """
        <w:styles><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
        <w:style w:styleId="V1"><w:name w:val="toc 1"/></w:style></w:styles>
        """
      ),
      (
        "word/footnotes.xml",
        """
        <w:footnotes><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>sep</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>
        """
      ),
      (
        "word/comments.xml",
        #"<w:comments><w:comment w:author="Ann"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment></w:comments>"#
      ),
    ]
  }

  @Test func word() throws {
    let body = """
      <w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>The flood</w:t></w:r></w:p>
      <w:p><w:pPr><w:pStyle w:val="V1"/></w:pPr><w:r><w:t>The flood 1</w:t></w:r></w:p>
      <w:p><w:r><w:t xml:space="preserve">First </w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>words</w:t></w:r></w:ins><w:r><w:tab/><w:t>here &amp; there.</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>
      <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>Item</w:t></w:r></w:p>
      <w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr><w:r><w:t>Based</w:t></w:r></w:p>
      <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Pump</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Litres</w:t></w:r></w:p></w:tc></w:tr>
      <w:tr><w:tc><w:p><w:r><w:t>A</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5</w:t></w:r></w:p><w:p><w:r><w:t>6</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
      <w:p><w:r><w:t>Out</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent><w:r><w:t>er.</w:t></w:r></w:p>
      """
    let document = try read(Self.word(body), path: "a/report.docx")
    #expect(
      shapes(document) == [
        "heading 1: The flood", "paragraph: First words here & there.", "listItem 2: Item", "heading 1: Based",
        "tableRow: Pump\tLitres", "tableRow: A\t5 6", "paragraph: Boxed", "paragraph: Outer.", "listItem 1: A note.",
        "quote 1: Ann: Really?",
      ])
    #expect(document.title == "Pump report")
    #expect(document.people.map(\.name) == ["Jane Doe", "Joe Roe"])
    #expect(document.people.map(\.role) == [.author, .editor])
    #expect(document.date?.iso8601 == "2019-05-01T10:00:00Z")
    #expect(document.attributes.map(\.value) == ["pumps", "rain"])
    #expect(document.blocks[0].anchor == "the-flood")
  }

  @Test func transcriptsInWord() throws {
    func turn(_ head: String, _ words: String) -> String {
      "<w:p><w:r><w:t>\(head)</w:t><w:br/><w:t>\(words)</w:t></w:r></w:p>"
    }
    let body =
      turn("Jane Doe   0:03", "Is the pump on?") + turn("Joe Roe   0:09", "It is.") + turn("Jane Doe   1:12", "Good.")
      + turn("Joe Roe   1:15", "Yes.")
    let document = try read(
      Self.word(body).filter { !$0.name.hasSuffix("notes.xml") && !$0.name.hasSuffix("comments.xml") }, path: "m.docx")
    #expect(document.turns == ["Jane Doe: Is the pump on?", "Joe Roe: It is.", "Jane Doe: Good.", "Joe Roe: Yes."])
    #expect(document.blocks[0].anchor == "00:00:03")
    #expect(document.kind == .transcript)
  }

  @Test func openDocument() throws {
    let content = """
      <office:document-content><office:body><office:text><text:tracked-changes><text:p>gone</text:p></text:tracked-changes>
      <text:h text:outline-level="2">Head</text:h><text:p>One<text:s text:c="3"/>two<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Note.</text:p></text:note-body></text:note> three.</text:p>
      <text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item></text:list></text:list-item></text:list>
      <table:table table:name="T"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell><table:table-cell><text:p>y</text:p></table:table-cell></table:table-row></table:table>
      </office:text></office:body></office:document-content>
      """
    let meta = """
      <office:document-meta><office:meta><dc:title>Wehr</dc:title><meta:initial-creator>Jane</meta:initial-creator><dc:creator>Joe</dc:creator><dc:date>2020-02-03T04:05:06</dc:date></office:meta></office:document-meta>
      """
    let document = try read(
      [("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", content), ("meta.xml", meta)],
      path: "x.odt")
    #expect(
      shapes(document) == [
        "heading 2: Head", "paragraph: One two three.", "listItem 1: a", "listItem 2: b", "tableRow: x\ty",
        "listItem 1: Note.",
      ])
    #expect(document.title == "Wehr")
    #expect(document.people == [PersonMention(name: "Jane", role: .author), PersonMention(name: "Joe", role: .editor)])
    let sheet = """
      <office:document-content><office:body><office:spreadsheet><table:table table:name="Flows"><table:table-row>
      <table:table-cell><text:p>Pump</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>5</text:p></table:table-cell>
      </table:table-row></table:table></office:spreadsheet></office:body></office:document-content>
      """
    let sheets = try read(
      [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", sheet)], path: "flows.ods")
    #expect(shapes(sheets) == ["heading 2: Flows", "tableRow: Pump\t\t5"])
    #expect(sheets.title == "Flows")
  }

  @Test func slides() throws {
    func shape(_ type: String, _ text: String) -> String {
      "<p:sp><p:nvSpPr><p:nvPr><p:ph type=\"\(type)\"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:pPr lvl=\"1\"/><a:r><a:t>\(text)</a:t></a:r></a:p></p:txBody></p:sp>"
    }
    func slide(_ body: String) -> String { "<p:sld><p:cSld><p:spTree>\(body)</p:spTree></p:cSld></p:sld>" }
    let table = """
      <p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r><a:t>y</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>
      """
    let document = try read(
      [
        ("[Content_Types].xml", "<Types/>"),
        (
          "ppt/presentation.xml",
          "<p:presentation><p:sldIdLst><p:sldId r:id=\"r2\"/><p:sldId r:id=\"r1\"/></p:sldIdLst></p:presentation>"
        ),
        (
          "ppt/_rels/presentation.xml.rels",
          "<Relationships><Relationship Id=\"r1\" Type=\"x/slide\" Target=\"slides/slide1.xml\"/><Relationship Id=\"r2\" Type=\"x/slide\" Target=\"slides/slide2.xml\"/></Relationships>"
        ),
        ("ppt/slides/slide1.xml", slide(shape("body", "Point") + shape("sldNum", "2") + table)),
        ("ppt/slides/slide2.xml", slide(shape("ctrTitle", "Pumps") + shape("subTitle", "A talk"))),
        (
          "ppt/slides/_rels/slide1.xml.rels",
          "<Relationships><Relationship Id=\"n\" Type=\"x/notesSlide\" Target=\"../notesSlides/n1.xml\"/></Relationships>"
        ),
        ("ppt/notesSlides/n1.xml", slide(shape("body", "Say this."))),
      ], path: "talk.pptx")
    #expect(
      shapes(document) == [
        "heading 2: Pumps", "paragraph: A talk", "heading 2: Slide 2", "listItem 2: Point", "tableRow: x\ty",
        "paragraph: Say this.",
      ])
    #expect(document.title == "Pumps")
    #expect(document.blocks[2].anchor == "slide-2")
  }

  @Test func workbook() throws {
    let sheet = """
      <worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>Litres</t></is></c></row>
      <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>43586</v></c><c r="C2"><f>1+1</f><v>2.5</v></c><c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#REF!</v></c></row>
      <row r="3"/><row r="4"><c r="A4" t="s"><v>99</v></c></row></sheetData></worksheet>
      """
    let document = try read(
      [
        ("[Content_Types].xml", "<Types/>"),
        (
          "xl/workbook.xml",
          "<workbook><sheets><sheet name=\"Flows &amp; more\" r:id=\"r1\"/><sheet name=\"Gone\" state=\"hidden\" r:id=\"r9\"/></sheets></workbook>"
        ),
        (
          "xl/_rels/workbook.xml.rels",
          "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
        ),
        ("xl/worksheets/sheet1.xml", sheet),
        (
          "xl/sharedStrings.xml",
          "<sst><si><t>Pump</t></si><si><r><t>A </t></r><r><t>big</t></r><rPh><t>no</t></rPh></si></sst>"
        ),
        ("xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"),
      ], path: "flows.xlsx")
    #expect(
      shapes(document) == [
        "heading 2: Flows & more", "tableRow: Pump\t\tLitres", "tableRow: A big\t2019-05-01\t2.5\tTRUE",
      ])
  }

  @Test func book() throws {
    let document = try read(
      [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"O/c.opf\"/></rootfiles></container>"),
        (
          "O/c.opf",
          """
          <package><metadata xmlns:dc="d"><dc:title>The Levee</dc:title><dc:creator opf:role="aut">Jane Doe</dc:creator><dc:language>en</dc:language><dc:date>1999</dc:date></metadata>
          <manifest><item id="b" href="two%20b.xhtml"/><item id="a" href="one.xhtml"/><item id="n" href="nav.xhtml" properties="nav"/><item id="x" href="missing.xhtml"/></manifest>
          <spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/><itemref idref="x"/></spine></package>
          """
        ),
        ("O/one.xhtml", "<html><body><h1 id=\"c1\">One</h1><p>First&#160;words.</p></body></html>"),
        ("O/two b.xhtml", "<html><head><title>t</title></head><body><p>Second.</p></body></html>"),
        ("O/nav.xhtml", "<html><body>Contents</body></html>"),
      ], path: "b.epub")
    #expect(shapes(document) == ["heading 1: One", "paragraph: First words.", "paragraph: Second."])
    #expect(document.title == "The Levee")
    #expect(document.declaredLanguage == "en")
    #expect(document.notes == ["1 chapters are missing"])
    #expect(document.blocks[0].anchor == "c1")
  }

  @Test func brokenFilesFail() {
    for path in ["a.docx", "a.xlsx", "a.pptx", "a.odt", "a.epub"] {
      for cut in [60, 300, 700] {
        let bytes = Array(ArchiveBuilder.zip(Self.word("<w:p><w:r><w:t>x</w:t></w:r></w:p>")).prefix(cut))
        let reading = FileRead(bytes, path: path)
        #expect(reading.isSound)
        #expect(
          reading.documents.count + reading.skips.count + reading.failures.count + (reading.error == nil ? 0 : 1) > 0)
      }
    }
  }
}

struct PDFTests {
  /// A file of one page with two sizes of type; its table of places is wrong, as in many real ones.
  private static func pdf(_ content: String) -> [UInt8] {
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
      "<< /Title (Levee handbook) /Author (Jane Doe) /CreationDate (D:20190501100000Z) >>",
    ]
    var out = "%PDF-1.4\n"
    var places: [Int] = []
    for (i, object) in objects.enumerated() {
      places.append(out.utf8.count)
      out += "\(i + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = out.utf8.count
    out += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places { out += String(repeating: "0", count: 10 - String(place).count) + "\(place) 00000 n \n" }
    out += "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R /Info 6 0 R >>\nstartxref\n\(start)\n%%EOF\n"
    return Array(out.utf8)
  }

  @Test func linesBecomeParagraphs() throws {
    let content = """
      BT /F1 24 Tf 50 700 Td (The flood) Tj ET
      BT /F1 11 Tf 50 660 Td (The pump failed on Tues-) Tj 0 -13 Td (day, and nobody saw the warning.) Tj ET
      BT /F1 11 Tf 50 600 Td (A second paragraph stands here.) Tj ET
      """
    let reading = FileRead(Self.pdf(content), path: "handbook.pdf")
    let document = try #require(reading.documents.first)
    #expect(document.title == "Levee handbook")
    #expect(document.people == [PersonMention(name: "Jane Doe", role: .author)])
    #expect(document.date?.iso8601 == "2019-05-01T10:00:00Z")
    #expect(document.texts(.heading) == ["The flood"])
    #expect(
      document.texts(.paragraph) == [
        "The pump failed on Tuesday, and nobody saw the warning.", "A second paragraph stands here.",
      ])
    #expect(document.blocks[0].anchor == "page=1")
    #expect(document.isSound)
  }

  @Test func brokenFilesCostOneRecord() {
    let whole = Self.pdf("BT /F1 11 Tf 50 660 Td (Words.) Tj ET")
    for cut in stride(from: 10, to: whole.count, by: 90) {
      let reading = FileRead(Array(whole.prefix(cut)), path: "x.pdf")
      #expect(reading.isSound)
      #expect(reading.documents.count + reading.skips.count + reading.failures.count == 1, "\(cut)")
    }
    #expect(FileRead(Self.pdf(""), path: "x.pdf").skips.first?.reason == "no text in this PDF: 1 pages of pictures")
  }
}
