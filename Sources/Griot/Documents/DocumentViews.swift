import Documents
import TextAnalysis

/// Makes presentable what is stored.
struct DocumentViews: Sendable {
  let splitter = PassageSplitter()
  let people: VisiblePeople

  init(_ people: VisiblePeople = VisiblePeople()) { self.people = people }

  func view(
    _ document: Document, id: String, source: String, language: Language, locations: [String]
  ) -> DocumentView {
    let passages = splitter.passages(of: document).map { passage in
      DocumentView.Passage(
        anchor: passage.anchor, heading: passage.continues ? nil : passage.heading(in: document.text),
        text: String(decoding: document.text[passage.range], as: UTF8.self),
        people: people.visible(passage.speakers.map { document.people[$0] }), range: passage.range,
        continues: passage.continues)
    }
    let shownPeople = people.visible(document.people)
    var document = document
    // Blocks point into the list, so that its places stay; who is not shown has no name in it.
    document.people = document.people.map { mention in
      let shown = people.person(mention)
      return PersonMention(name: shown?.name ?? "", address: shown?.address, role: mention.role)
    }
    return DocumentView(
      id: id, source: source, locations: locations, language: language == .other ? nil : language.code,
      people: shownPeople, passages: passages, document: document)
  }

  /// Where a document lies: its file, the member of an archive behind `!`, the record's offset if it is not the first.
  static func location(_ file: String, _ document: Document) -> String {
    var out = file
    if !document.member.isEmpty { out += "!" + document.member }
    return out
  }
}
