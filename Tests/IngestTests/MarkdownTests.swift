import Documents
import Testing

@testable import Ingest

struct MarkdownTests {
  private func read(_ text: String, _ path: String = "notes.md") throws -> Document {
    let reading = FileRead(text, path: path)
    #expect(reading.format == .markdown)
    return try #require(reading.documents.first, "\(reading.skips) \(reading.error ?? "")")
  }

  @Test func yamlFrontMatter() throws {
    let document = try read(
      """
      ---
      title: "The Title: with a colon"
      date: 2019-05-01T10:00:00+02:00
      authors:
        - Jane Doe <jane@example.org>
        - name: Joe Blow
          email: joe@example.org
      editor: Ann Lee
      tags: [one, "two three"]
      lang: de
      permalink: /2019/title/
      layout: newsletter
      issue: 12
      ---
      Hello *world*.
      """)
    #expect(document.title == "The Title: with a colon")
    #expect(document.date?.iso8601 == "2019-05-01T08:00:00Z")
    #expect(
      document.people == [
        PersonMention(name: "Jane Doe", address: "jane@example.org", role: .author),
        PersonMention(name: "Joe Blow", address: "joe@example.org", role: .author),
        PersonMention(name: "Ann Lee", role: .editor),
      ])
    #expect(document.kind == .newsletter)
    #expect(document.declaredLanguage == "de")
    #expect(document.url == "/2019/title/")
    #expect(
      document.attributes == [
        Attribute("tag", "one"), Attribute("tag", "two three"), Attribute("layout", "newsletter"),
        Attribute("issue", "12"),
      ])
    #expect(document.paragraphs == ["Hello world."])
  }

  @Test func tomlFrontMatter() throws {
    let document = try read(
      """
      +++
      # Hugo
      title = "Über \\"alles\\""
      date = 2020-03-04T05:06:07Z
      authors = ["Jane Doe", 'Joe Blow']
      tags = [
        "a", # first
        "b",
      ]
      draft = false
      [params]
      kind = "lesson"
      summary = '''A long
      summary'''
      +++
      Body
      """)
    #expect(document.title == "Über \"alles\"")
    #expect(document.date?.iso8601 == "2020-03-04T05:06:07Z")
    #expect(document.names(.author) == ["Jane Doe", "Joe Blow"])
    #expect(document.attributes.filter { $0.name == "tag" }.map(\.value) == ["a", "b"])
    #expect(document.kind == .lesson)
    #expect(document.paragraphs == ["A long summary", "Body"])
  }

  @Test func headerLines() throws {
    let document = try read(
      "Title: This Week in Rust 478\nNumber: 478\nDate: 2023-01-18\nCategory: This Week in Rust\n\nHello\n",
      "content/2023-01-18-this-week-in-rust.md")
    #expect(document.title == "This Week in Rust 478")
    #expect(document.date?.iso8601 == "2023-01-18")
    #expect(document.attribute("number") == "478")
    #expect(document.kind == .newsletter)
    #expect(document.paragraphs == ["Hello"])
    // Prose that begins with a label keeps its first paragraph.
    #expect(
      try read("Note: bring boots.\nAlso a hat.\n\nText").paragraphs == ["Note: bring boots.\nAlso a hat.", "Text"])
  }

  @Test func brokenYAMLIsReadLineByLine() throws {
    let document = try read("---\ntitle: a: b: c\nauthor: Jane Doe\ntags:\n- x\n- y\nbad: [unclosed\n---\nText\n")
    #expect(document.title == "a: b: c")
    #expect(document.names(.author) == ["Jane Doe"])
    #expect(document.attributes.filter { $0.name == "tag" }.map(\.value) == ["x", "y"])
    #expect(document.notes.first?.contains("not valid YAML") == true)
    #expect(document.paragraphs == ["Text"])
  }

  @Test func aliasBombIsHarmless() throws {
    var yaml = "---\na: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for (name, before) in zip(["b", "c", "d", "e", "f", "g", "h"], ["a", "b", "c", "d", "e", "f", "g"]) {
      yaml += "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 10).joined(separator: ",") + "]\n"
    }
    #expect(try read(yaml + "title: T\n---\nText\n").paragraphs == ["Text"])
  }

  @Test func unclosedFrontMatterIsText() throws {
    #expect(try read("---\ntitle: x\n\nText\n").texts(.paragraph).last == "Text")
  }

  @Test func blocks() throws {
    let document = try read(
      """
      # Main *title*

      A para with [a link](http://x), `code` and an ![image](y.png).

      - one
        - two
      1. three

      > quoted
      > > twice

      ```swift
        let x = 1
      ```

      | a | b |
      |---|---|
      | c | d \\| e |

      ![A picture alone](z.png)

      <div>Some <b>HTML</b> &amp; more<script>evil()</script></div>

      - [x] done

      Text with a note.[^1]

      [^1]: The note.
      """)
    #expect(document.title == "Main title")
    func kinds(_ kind: BlockKind) -> [String] {
      document.blocks.filter { $0.kind == kind }.map { "\($0.level) " + document.text($0) }
    }
    #expect(kinds(.heading) == ["1 Main title"])
    #expect(kinds(.paragraph).prefix(1) == ["0 A para with a link, code and an image."])
    #expect(kinds(.listItem) == ["1 one", "2 two", "1 three", "1 done"])
    #expect(kinds(.quote) == ["1 quoted", "2 twice"])
    #expect(kinds(.code) == ["0   let x = 1"])
    #expect(kinds(.tableRow) == ["0 a\tb", "0 c\td | e"])
    #expect(kinds(.caption) == ["0 A picture alone"])
    #expect(kinds(.paragraph).contains("0 Some HTML & more"))
    #expect(kinds(.paragraph).contains("0 The note."))
  }

  @Test func anchorsAreGitHubs() throws {
    let document = try read(
      "# Straße & Co.\n\n## Setup\n\nx\n\n## Setup\n\n## Setup {#custom .c}\n\n## C++ / C#: `a_b`\n\n## Setup-1\n")
    #expect(
      document.blocks.filter { $0.kind == .heading }.map { $0.anchor ?? "" } == [
        "straße--co", "setup", "setup-1", "custom", "c--c-a_b", "setup-1-1",
      ])
    #expect(document.texts(.heading)[3] == "Setup")
  }

  @Test func titleFallsBack() throws {
    #expect(try read("Just text.", "2020-02-03-my-first-post.md").title == "My first post")
    #expect(try read("Just text.", "2020-02-03-my-first-post.md").date?.iso8601 == "2020-02-03")
    #expect(try read("Intro\n\n# The real one\n").title == "The real one")
  }

  @Test func titleOfOpaqueNames() throws {
    #expect(try read("Intro\n\n## Two\n", "04f5afd8-09fc-4314-9c60-7f942faca125.md").title == "Two")
    #expect(try read("Some words.", "04f5afd8-09fc-4314-9c60-7f942faca125.md").title == "Some words.")
    let long = String(repeating: "word ", count: 40)
    #expect(try read(long, "0042.md").title == String(repeating: "word ", count: 16).dropLast() + "…")
    #expect(try read("---\ntitle: Only this\n---\n").title == "Only this")
    #expect(FileRead("---\ndate: 2020-01-01\n---\n", path: "a.md").skips.count == 1)
  }

  @Test func kinds() throws {
    #expect(try read("x", "newsletter/2020-01.md").kind == .newsletter)
    #expect(try read("x", "lotse.wiki/Home.md").kind == .wiki)
    #expect(try read("x", "postmortems/2015 disk.md").kind == .lesson)
    #expect(try read("# Post-mortem: the disk\n\nx", "a.md").kind == .lesson)
    #expect(try read("# D\n\n## What went well\n\nx\n\n## What went wrong\n\ny", "a.md").kind == .lesson)
    #expect(try read("---\nkind: recipe\n---\nx", "newsletter/a.md").kind.rawValue == "recipe")
    #expect(try read("---\nlayout: page\n---\nx", "a.md").kind == .document)
    #expect(try read("---\ntitle: T\ntranscript_by: Bryan\nspeakers: [Jane Doe]\n---\nx", "a.md").kind == .transcript)
  }

  @Test func meetingNotesHaveTurns() throws {
    let document = try read(
      """
      # 26 October 2021

      | Name | Abbreviation | Organization |
      |------|--------------|--------------|
      | Frank Tang | FYT | Google |

      ## Topic

      Presenter: Jordan Harband (JHD)

      FYT: First words.

      JHD: An answer.

      With a second paragraph.

      FYT: More.

      **JHD:** Bold.

      Jane Doe (JD): Named.

      JD – : Dashed.

      USA: Unresolved.

      USA: Again.
      """, "meetings/2021-10/oct-26.md")
    #expect(document.kind == .transcript)
    #expect(document.date?.iso8601 == "2021-10-26")
    #expect(
      document.turns == [
        "Frank Tang: First words.", "Jordan Harband: An answer.", "Jordan Harband: With a second paragraph.",
        "Frank Tang: More.", "Jordan Harband: Bold.", "Jane Doe: Named.", "Jane Doe: Dashed.", "USA: Unresolved.",
        "USA: Again.",
      ])
    #expect(document.texts(.paragraph) == ["Presenter: Jordan Harband (JHD)"])
  }

  @Test func timesBelowLabels() throws {
    let document = try read(
      "Jane Doe: 00:00:01\n\nHello there.\n\nJoe Blow: 00:01:05\n\nHi.\n\nJane Doe: 00:02:00\n\nBye.\n")
    #expect(document.turns == ["Jane Doe: Hello there.", "Joe Blow: Hi.", "Jane Doe: Bye."])
    #expect(document.blocks.map { $0.anchor ?? "" } == ["00:00:01", "00:01:05", "00:02:00"])
  }
}
