import Documents
import Testing

@testable import Ingest

struct WikiExportTests {
  @Test func twikiTopic() throws {
    let text = """
      %META:TOPICINFO{author="Main.RogerHyam" date="1179603929" format="1.1" version="1.3"}%
      %META:TOPICPARENT{name="WebHome"}%
      ---+!! <nop>%TOPIC%
      %TOC%
      Some *bold* and =code= words, [[WebHome][the start]] and [[http://x.org]], 2*3=6, snake_case.
      Second line &amp; %RED%red%ENDCOLOR% <b>tag</b>.

      ---++ Editorial Note
         * one
            1. two
      | *Pump* | *Litres* |
      | A | 5 |
      <verbatim>
      let x = [[1]]
      </verbatim>
      -- Main.JaneDoe - 12 May 2006
      %META:FIELD{name="Status" title="Status" value="open%0anow"}%
      %META:TOPICMOVED{by="x" date="1" from="Web.OldName" to="Web.RoadMap"}%
      """
    let reading = FileRead(text, path: "TAG/RoadMap.txt")
    #expect(reading.format == .twiki)
    let document = try #require(reading.documents.first)
    #expect(document.title == "RoadMap")
    #expect(document.kind == .wiki)
    #expect(document.date?.iso8601 == "2007-05-19T19:45:29Z")
    #expect(
      document.people == [
        PersonMention(name: "Roger Hyam", role: .editor), PersonMention(name: "Jane Doe", role: .author),
      ])
    #expect(
      document.paragraphs == [
        "RoadMap",
        "Some bold and code words, the start and http://x.org, 2*3=6, snake_case. Second line & red tag.",
        "Editorial Note", "one", "two", "Pump\tLitres", "A\t5", "let x = [[1]]", "-- Main.JaneDoe - 12 May 2006",
        "Status\topen now",
      ])
    #expect(document.blocks[2].anchor == "Editorial_Note")
    #expect(document.blocks.map(\.level) == [1, 0, 2, 1, 2, 0, 0, 0, 0, 0])
    #expect(document.attribute("breadcrumb") == "WebHome")
    #expect(document.attribute("alias") == "OldName")
    #expect(document.attribute("web") == "TAG")
    #expect(document.isSound)
  }

  @Test func realTopics() throws {
    guard let folder = SharedData.path("native/wiki/tdwg-twiki/twiki/data") else { return }
    var documents = 0
    var authored = 0
    for path in SharedData.files(below: folder, suffix: ".txt") {
      let name = path.split(separator: "/").suffix(2).joined(separator: "/")
      let reading = FileRead(SharedData.read(path), path: name)
      #expect(reading.isSound && reading.failures.isEmpty, "\(path)")
      documents += reading.documents.count
      authored += reading.documents.filter { !$0.people.isEmpty }.count
    }
    #expect(documents >= 1100)
    #expect(authored >= 400)
  }

  @Test func confluenceEntities() throws {
    func property(_ name: String, _ value: String) -> String {
      "<property name=\"\(name)\"><![CDATA[\(value)]]></property>"
    }
    func reference(_ name: String, _ id: String) -> String {
      "<property name=\"\(name)\" class=\"X\"><id name=\"id\">\(id)</id></property>"
    }
    func object(_ type: String, _ id: String, _ body: String) -> String {
      "<object class=\"\(type)\" package=\"p\"><id name=\"id\">\(id)</id>\(body)</object>\n"
    }
    let page =
      "<h1>Pumps</h1><p>See <ac:link><ri:page ri:content-title=\"Levee\" /></ac:link> now.</p><ac:structured-macro ac:name=\"code\"><ac:parameter ac:name=\"language\">swift</ac:parameter><ac:plain-text-body>"
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <hibernate-generic datetime="2019-01-01">
      \(object("BodyContent", "90", "<property name=\"body\"><![CDATA[\(page)<![CDATA[let x = 1 < 2\nprint(x)]]]]><![CDATA[></ac:plain-text-body></ac:structured-macro>]]></property>" + reference("content", "1") + "<property name=\"bodyType\">2</property>"))
      \(object("Page", "1", property("title", "The pumps") + reference("space", "5") + reference("parent", "2") + property("contentStatus", "current") + reference("creator", "u1") + reference("lastModifier", "u2") + "<property name=\"lastModificationDate\">2019-05-01 10:00:00.000</property><property name=\"version\">3</property>"))
      \(object("Page", "2", property("title", "Home") + property("contentStatus", "current")))
      \(object("Page", "3", property("title", "The pumps") + reference("originalVersion", "1")))
      \(object("Page", "4", property("title", "Draft") + property("contentStatus", "draft")))
      \(object("Space", "5", property("name", "Works") + property("key", "W")))
      \(object("ConfluenceUserImpl", "u1", property("name", "jdoe") + property("lowerName", "jdoe")))
      \(object("InternalUser", "77", property("name", "jdoe") + property("lowerName", "jdoe") + property("displayName", "Jane Doe") + property("emailAddress", "jane@x.org")))
      \(object("Comment", "8", reference("containerContent", "1") + reference("creator", "u1")))
      \(object("BodyContent", "91", property("body", "<p>Well said.</p>") + reference("content", "8")))
      \(object("BodyContent", "92", property("body", "h2. Old\n* item\nSee [label|http://x.org] *now*") + reference("content", "2") + "<property name=\"bodyType\">0</property>"))
      \(object("Label", "60", property("name", "pumps")))\(object("Labelling", "61", reference("label", "60") + reference("content", "1")))
      </hibernate-generic>
      """
    let reading = FileRead(text, path: "entities.xml")
    #expect(reading.format == .confluenceXML)
    #expect(reading.documents.map(\.title) == ["The pumps", "Home"])
    let pumps = try #require(reading.documents.first)
    #expect(
      pumps.paragraphs == ["Pumps", "See Levee now.", "let x = 1 < 2\nprint(x)", "Comments", "Jane Doe", "Well said."])
    #expect(pumps.texts(.code) == ["let x = 1 < 2\nprint(x)"])
    #expect(pumps.people.first == PersonMention(name: "Jane Doe", address: "jane@x.org", role: .author))
    #expect(pumps.people.contains(PersonMention(name: "u2", role: .editor)))
    #expect(pumps.date?.iso8601 == "2019-05-01T10:00:00Z")
    #expect(pumps.attribute("space") == "Works")
    #expect(pumps.attribute("breadcrumb") == "Home")
    #expect(pumps.attribute("tag") == "pumps")
    #expect(reading.documents[1].paragraphs == ["Old", "item", "See label now"])
  }

  @Test func pagesOfMailingListArchives() throws {
    let pipermail = """
      <HTML><HEAD><TITLE> [Levee] Pumps</TITLE></HEAD><BODY><H1>[Levee] Pumps</H1>
      <B>Jane Doe</B> <A HREF="mailto:levee%40x.org?Subject=Re%3A%20Pumps&In-Reply-To=%3C1%40x.org%3E" TITLE="x">jane at x.org</A><BR>
      <I>Tue Jul  1 10:52:37 2003</I><P><UL><LI>Previous message: other</UL><HR><!--beginarticle-->
      <PRE>Joe wrote:
      &gt;<i> Is it on?
      </I>
      Yes, it is.
      -- 
      Jane</PRE><!--endarticle--><HR><A HREF="thread.html">More</A></BODY></HTML>
      """
    let document = try #require(FileRead(pipermail, path: "2003-July/000123.html").documents.first)
    #expect(document.kind == .message)
    #expect(document.title == "[Levee] Pumps")
    #expect(document.people == [PersonMention(name: "Jane Doe", address: "jane@x.org", role: .author)])
    #expect(document.date?.iso8601.hasPrefix("2003-07-01") == true)
    #expect(document.attribute("in-reply-to") == "1@x.org")
    #expect(document.texts(.paragraph).contains("Yes, it is."))
    #expect(document.texts(.quote).contains { $0.contains("Is it on?") })
    let hypermail = """
      <html><head><title>x</title></head><body><!-- received="Tue Jul 1 2003" --><!-- isosent="20030701105237" -->
      <!-- name="Joe Roe" --><!-- email="joe@x.org" --><!-- subject="Re: Pumps" --><!-- id="2@x.org" --><!-- inreplyto="1@x.org" -->
      <h1>Re: Pumps</h1><!-- body="start" --><p>Words &amp; more.</p><!-- body="end" --><p>nav</p></body></html>
      """
    let second = try #require(FileRead(hypermail, path: "0001.html").documents.first)
    #expect(second.externalID == "2@x.org")
    #expect(second.people == [PersonMention(name: "Joe Roe", address: "joe@x.org", role: .author)])
    #expect(second.paragraphs == ["Words & more."])
    #expect(second.date?.iso8601 == "2003-07-01T10:52:37Z")
    let mhonarc = """
      <!-- MHonArc v2.6.8 --><!--X-Subject: Pumps --><!--X-From-R13: Wnar Qbr &#60;wnar@k.bet> --><!--X-Date: Tue, 1 Jul 2003 10:52:37 +0200 -->
      <!--X-Message-Id: 3@x.org --><!--X-Head-End--><html><body><h1>Pumps</h1><!--X-Body-of-Message--><pre>Some words.</pre><!--X-Body-of-Message-End--></body></html>
      """
    let third = try #require(FileRead(mhonarc, path: "msg1.html").documents.first)
    #expect(third.people == [PersonMention(name: "Jane Doe", address: "jane@x.org", role: .author)])
    #expect(third.date?.iso8601 == "2003-07-01T08:52:37Z")
    #expect(third.paragraphs == ["Some words."])
  }
}
