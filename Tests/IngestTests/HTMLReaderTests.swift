import Documents
import TestSupport
import Testing

@testable import Ingest

@Suite struct HTMLReaderTests {
  private func read(_ html: String) throws -> Document {
    let sink = try Reading.run(HTMLReader(), [UInt8](html.utf8), format: .html)
    #expect(sink.violations.isEmpty)
    return try sink.documents.first ?? { throw ReadError("\(sink.skippedRecords)") }()
  }

  @Test func blocks() throws {
    let document = try read(
      """
      <html><body><h2 id="links">The links</h2><p>One <b>bo</b>ld <i>word</i>,<br>next line.</p>
      <ul><li>first<ul><li>inner</li></ul></li><li><p>second</p></li></ul>
      <pre>  code
        more</pre><blockquote>said <em>somebody</em></blockquote>
      <table><caption>Gauges</caption><tr><th>Place</th><th>Level</th></tr><tr><td>Husum</td><td>3.1 m</td></tr></table>
      <dl><dt>term</dt><dd>meaning</dd></dl><div>left</div><div>right</div></body></html>
      """)
    #expect(
      document.outline == [
        "heading2:The links", "paragraph:One bold word,\nnext line.", "listItem1:first", "listItem2:inner",
        "listItem1:second", "code:  code\n  more", "quote1:said somebody", "caption:Gauges", "tableRow:Place\tLevel",
        "tableRow:Husum\t3.1 m", "paragraph:term", "paragraph:meaning", "paragraph:left", "paragraph:right",
      ])
    #expect(document.blocks[0].anchor == "links")
  }

  @Test func anchorsOfHeadings() throws {
    let document = try read(
      """
      <h2><span class="mw-headline" id="A">a</span></h2><p>text</p><a name="B"></a><h2>b</h2><p>text</p>
      <section id="C"><h2>c</h2><p>text</p></section><h2>d</h2><p>text</p>
      """)
    #expect(document.blocks.filter { $0.kind == .heading }.map(\.anchor) == ["A", "B", "C", nil])
  }

  @Test func whatIsNotShownIsGone() throws {
    let document = try read(
      """
      <p>seen</p><script>var hidden1 = "<p>hidden2</p>";</script><style>.hidden3{}</style><noscript>hidden4</noscript>
      <template><p>hidden5</p></template><div style="display: none">hidden6</div><p hidden>hidden7</p>
      <span aria-hidden="true">hidden8</span><div style="visibility:hidden">hidden9</div><!-- hidden10 -->
      <p style="font-size:0.9em; max-height: none">also seen</p>
      """)
    #expect(!document.string.contains("hidden"))
    #expect(document.string.contains("also seen"))
  }

  @Test func hiddenPreheadersOfMails() throws {
    let document = try Reading.message(
      """
      From: a@x.org
      Message-ID: <1@x>
      MIME-Version: 1.0
      Content-Type: text/html; charset=utf-8

      <div style="max-height:0;overflow:hidden">hidden1 &zwnj;&nbsp;&zwnj;</div><div style="mso-hide:all">hidden2</div>
      <div style="opacity:0">hidden3</div><div style="font-size:1px;color:#fff">hidden4</div>
      <div style="font-size:0px"><p style="font-size:13px">seen</p></div><p style="opacity:0.5">dim</p>
      <p>One more &#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;&shy;word</p>
      """)
    #expect(document.outline == ["paragraph:seen", "paragraph:dim", "paragraph:One more word"])
  }

  @Test func entities() throws {
    let document = try read(
      "<p>a&nbsp;&mdash;&#146;&#x2019;&NotEqualTilde;&hellip;&copy 2024 &amp;lt; &ltx AT&T ?a=1&copy=2 &zzz;</p>")
    #expect(document.string == "a —’’≂̸…© 2024 &lt; &ltx AT&T ?a=1&copy=2 &zzz;")
  }

  @Test func quotesAndSignaturesOfMailPrograms() throws {
    let document = try Reading.message(
      """
      From: a@x.org
      Message-ID: <1@x>
      Content-Type: text/html

      <div>my answer</div><div class="gmail_signature">Jane</div>
      <div class="gmail_quote"><div class="gmail_attr">On Monday B wrote:</div><blockquote>old <blockquote>older</blockquote></blockquote></div>
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .signature, .quote, .quote, .quote])
  }

  @Test func mainContentOfAGenericPage() throws {
    let words = (0..<6).map {
      "<p>Paragraph \($0) of the article says something about the tide gauge, the modem and the people.</p>"
    }
    let document = try read(
      """
      <html lang="en-GB"><head><title>The gauge that slept | Harbour Gazette</title>
      <meta property="article:published_time" content="2019-04-05T10:00:00Z"><meta name="author" content="Jane Doe">
      <link rel="canonical" href="https://example.org/gauge"></head><body>
      <nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
      <div class="cookie-banner">We use cookies. <button>OK</button></div>
      <main><article><h1>The gauge that slept</h1>\(words.joined())<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table></article></main>
      <aside class="related"><h3>Related</h3><a href="/x">Another story about something else</a></aside>
      <div id="comments"><p>First! What a wonderful long comment about nothing at all, really.</p></div>
      <footer>© Harbour Gazette</footer></body></html>
      """)
    let content = document.outline.filter { !$0.hasPrefix("template") }
    #expect(content.count == 8)
    #expect(content.last == "tableRow:1\t2")
    #expect(document.outline.contains { $0.hasPrefix("template") && $0.contains("Harbour Gazette") })
    #expect(document.title == "The gauge that slept")
    #expect(document.date?.iso8601 == "2019-04-05T10:00:00Z")
    #expect(document.people == [PersonMention(name: "Jane Doe", role: .author)])
    #expect(document.declaredLanguage == "en-GB")
    #expect(document.url == "https://example.org/gauge")
    #expect(document.kind == .document)
  }

  @Test func linkedData() throws {
    let document = try read(
      """
      <script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2020-02-03",
      "author":[{"@type":"Person","name":"Jane Doe"},{"@type":"Organization","name":"Harbour Gazette"}]}]}</script><p>text</p>
      """)
    #expect(document.date?.iso8601 == "2020-02-03")
    #expect(document.people.map(\.name) == ["Jane Doe"])
  }

  @Test func textWithoutStructureIsKept() throws {
    #expect(try read("just text").string == "just text")
    #expect(try read("<div>a<div>b<span>c</span></div>d</div>").string == "a\nbc\nd")
    #expect(try read("<td>cell").string == "cell")
  }

  @Test func pagesWithoutText() throws {
    for html in ["", "<html></html>", "<script>x</script>", "<p> &nbsp; </p>"] {
      let sink = try Reading.run(HTMLReader(), [UInt8](html.utf8), format: .html)
      #expect(sink.skippedRecords.count == 1, "\(html)")
    }
  }

  @Test func wikiRules() throws {
    let sphinx = try read(
      """
      <html><head><title>Alarm chain &#8212; Lotse 3.1 documentation</title></head><body><div class="sphinxsidebar">side</div>
      <div class="documentwrapper"><div class="bodywrapper"><div class="body" role="main"><section id="chain">
      <h1>Alarm chain<a class="headerlink" href="#chain">¶</a></h1><p>Five links.</p></section></div></div></div></body></html>
      """)
    #expect(sphinx.kind == .wiki)
    #expect(sphinx.title == "Alarm chain")
    #expect(sphinx.outline == ["template:side", "paragraph:Five links."])
    let dokuwiki = try read(
      """
      <html><body class="dokuwiki"><div class="page"><div id="dw__toc">Contents</div><h1 id="tide">Tide</h1><p>High water.</p></div>
      <div class="docInfo"><bdi>tide.txt</bdi> · Last modified: 2019/05/17 10:22 by <bdi>fenja</bdi></div></body></html>
      """)
    #expect(dokuwiki.kind == .wiki)
    #expect(dokuwiki.date?.iso8601 == "2019-05-17T10:22:00Z")
    #expect(dokuwiki.people.map(\.name).last == "fenja")
  }

  /// 100,000 open elements, tags cut anywhere, tables in tables: one record each, in bounded time.
  @Test func hostileMarkup() throws {
    for html in [
      String(repeating: "<div>", count: 100_000) + "deep", String(repeating: "<table><tr><td>", count: 30_000) + "deep",
      String(repeating: "<b><p>", count: 20_000) + "x", String(repeating: "<a href=x>", count: 50_000) + "x",
      "<p " + String(repeating: "a=b ", count: 100_000) + ">x", String(repeating: "<", count: 100_000),
      String(repeating: "&", count: 100_000), "<!--" + String(repeating: "-", count: 100_000),
      "<p>" + String(repeating: "&lt", count: 100_000), String(repeating: "<ul><li>", count: 20_000) + "x",
      "<script>" + String(repeating: "</scrip", count: 50_000),
    ] {
      let sink = try Reading.run(HTMLReader(), [UInt8](html.utf8), format: .html)
      #expect(sink.violations.isEmpty)
      #expect(sink.count == 1)
    }
  }

  @Test func randomMarkupNeverTraps() throws {
    let seed: UInt64 = 0x6874_6D6C
    var random = SplitMix64(seed: seed)
    let pieces = [
      "<div class='nav article'>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<p>", "</p>", "<li>", "<ul>",
      "</ul>",
      "<pre>", "</pre>", "<h1 id=a>", "</h1>", "<blockquote>", "<script type='application/ld+json'>", "</script>",
      "{\"a\":",
      "<a href=x>", "</a>", "text, with words and more words in a sentence. ", "&amp;", "&#0;", "&#x110000;", "\u{0}",
      "é",
      "<br>", "<meta charset=x>", "<title>", "</title>", "<body>", "</html>", "<span style='display:none'>", "<", ">",
      "\u{200C}",
    ]
    for round in 0..<400 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<80, using: &random) {
        if Int.random(in: 0..<8, using: &random) > 0 {
          bytes += [UInt8](pieces.randomElement(using: &random)!.utf8)
        } else {
          bytes += (0..<Int.random(in: 0..<12, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
      }
      let sink = try Reading.run(HTMLReader(), bytes, format: .html)
      #expect(sink.violations.isEmpty && sink.count == 1, "seed \(seed) round \(round): \(sink.violations)")
    }
  }
}
