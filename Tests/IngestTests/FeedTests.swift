import Documents
import Testing

@testable import Ingest

struct FeedTests {
  @Test func rss() throws {
    let text = """
      \u{FEFF}  <?xml version="1.0" encoding="utf-8"?>
      <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
      <channel><title>Levee &amp; Pump</title><link>https://l.org/</link><language>en-GB</language>
      <item><title>Issue 7 &lt;b&gt;pumps&lt;/b&gt; AT&T</title><link>https://l.org/7</link><guid isPermaLink="false">tag:7</guid>
      <pubDate>Wed, 01 May 2019 10:00:00 +0200</pubDate><dc:creator>Jane Doe</dc:creator>
      <category>pumps</category><category>rain</category>
      <description>A teaser.</description>
      <content:encoded><![CDATA[<h2 id="a">The flood</h2><p>First&nbsp;paragraph.</p><p style="display:none">hidden</p>]]></content:encoded></item>
      <item><description>Only&amp;nbsp;words.
      </description><author>j@x.org (Joe Roe)</author></item>
      <item><link>https://l.org/9</link></item>
      </channel></rss>
      """
    let reading = FileRead(text, path: "feed.xml")
    #expect(reading.format == .feed)
    #expect(reading.documents.count == 2)
    #expect(reading.skips.count == 1)
    let first = try #require(reading.documents.first)
    #expect(first.title == "Issue 7 pumps AT&T")
    #expect(first.externalID == "tag:7")
    #expect(first.url == "https://l.org/7")
    #expect(first.date?.iso8601 == "2019-05-01T08:00:00Z")
    #expect(first.people == [PersonMention(name: "Jane Doe", role: .author)])
    #expect(first.kind == .newsletter)
    #expect(first.declaredLanguage == "en-GB")
    #expect(first.paragraphs == ["The flood", "First paragraph."])
    #expect(first.blocks[0].anchor == "a")
    #expect(first.attributes.filter { $0.name == "tag" }.map(\.value) == ["pumps", "rain"])
    #expect(first.attribute("feed") == "Levee & Pump")
    let second = reading.documents[1]
    #expect(second.paragraphs == ["Only words."])
    #expect(second.people == [PersonMention(name: "Joe Roe", address: "j@x.org", role: .author)])
    let bytes = Array(text.utf8)
    for document in reading.documents {
      #expect(bytes[Int(document.record.offset)...].starts(with: "<item>".utf8))
      #expect(document.isSound)
    }
  }

  @Test func atom() throws {
    let text = """
      <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="text">Rundbrief</title>
      <entry><title type="html">Das &amp;lt;Wehr&amp;gt;</title><id>urn:1</id><updated>2021-03-04T05:06:07Z</updated>
      <published>2021-03-01T00:00:00+01:00</published><author><name>Ä. Öhm</name><email>a@x.org</email></author>
      <link rel="self" href="https://x.org/self"/><link href="https://x.org/1"/>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ein <em>Absatz</em>.</p><ul><li>Punkt</li></ul></div></content>
      <summary>kurz</summary></entry>
      <entry><title>Zwei</title><content type="text">a &lt; b

      c</content></entry></feed>
      """
    let reading = FileRead(text, path: "a.atom")
    #expect(reading.documents.map(\.title) == ["Das <Wehr>", "Zwei"])
    let first = reading.documents[0]
    #expect(first.paragraphs == ["Ein Absatz.", "Punkt"])
    #expect(first.people == [PersonMention(name: "Ä. Öhm", address: "a@x.org", role: .author)])
    #expect(first.url == "https://x.org/1")
    #expect(first.date?.iso8601 == "2021-02-28T23:00:00Z")
    #expect(first.declaredLanguage == "de")
    #expect(reading.documents[1].paragraphs == ["a < b", "c"])
  }

  /// Entities are never expanded: the laughs stay as they are written.
  @Test func billionLaughs() throws {
    var text = "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [\n<!ENTITY l0 \"ha\">\n"
    for i in 1..<30 { text += "<!ENTITY l\(i) \"" + String(repeating: "&l\(i - 1);", count: 10) + "\">\n" }
    text +=
      "]>\n<rss><channel><item><title>x &l29;</title><description>&l29; &file;</description></item></channel></rss>"
    let reading = FileRead(text, path: "f.xml")
    #expect(reading.documents.count == 1)
    #expect(try #require(reading.documents.first).text.count < 100)
  }

  @Test func realFeeds() throws {
    guard let folder = SharedData.path("native/newsletters/feeds/tests") else { return }
    var items = 0
    var read = 0
    for path in SharedData.files(below: folder, suffix: ".xml") {
      let reading = FileRead(SharedData.read(path), path: "feeds/" + (path.split(separator: "/").last ?? ""))
      #expect(reading.isSound, "\(path)")
      let outcomes = reading.documents.count + reading.skips.count + reading.failures.count
      #expect(outcomes > 0 || reading.error != nil || reading.skipReason != nil, "\(path)")
      items += outcomes
      read += reading.documents.count
    }
    #expect(items >= 390)
    #expect(read >= 150)
  }
}
