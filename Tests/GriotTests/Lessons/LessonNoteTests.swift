import Testing

@testable import Griot

@Suite struct LessonNoteTests {
  @Test func anUntouchedTemplateRecordsNothing() {
    #expect(LessonNote(edited: LessonNote.template, author: nil, date: "2024-05-17") == nil)
    #expect(LessonNote(edited: "", author: nil, date: "2024-05-17") == nil)
  }

  @Test func whatWasWrittenIsKeptAndEmptySectionsAreNot() throws {
    let edited = LessonNote.template.replacing("# \n", with: "# Watch the chain\n", maxReplacements: 1)
      .replacing("## Lesson\n", with: "## Lesson\n\nNot only the leaf.\n")
    let note = try #require(LessonNote(edited: edited, author: "Ana", date: "2024-05-17"))
    #expect(note.title == "Watch the chain")
    #expect(note.text == "## Lesson\n\nNot only the leaf.")
    #expect(note.fileName == "2024-05-17-watch-the-chain")
    #expect(
      note.markdown
        == "---\ntitle: \"Watch the chain\"\nauthor: \"Ana\"\ndate: 2024-05-17\nkind: lesson\n---\n\n"
        + "## Lesson\n\nNot only the leaf.\n")
  }

  @Test func namesOfFilesAndTitles() {
    func name(_ text: String) -> String { LessonNote(text: text, date: "2024-05-17").fileName }
    #expect(name("../../etc/passwd") == "2024-05-17-etc-passwd")
    #expect(name("«!?»") == "2024-05-17")
    #expect(name("Zuerst die Dichtung prüfen. Dann fahren.") == "2024-05-17-zuerst-die-dichtung-prüfen")
    #expect(LessonNote(text: "- Eat an egg.\n- Sleep.", date: "2024-05-17").title == "Eat an egg")
    #expect(LessonNote.quoted("a \"b\" \\ c\nd") == "\"a \\\"b\\\" \\\\ c d\"")
  }
}
