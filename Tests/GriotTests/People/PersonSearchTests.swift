import Testing

@testable import Griot

@Suite struct PersonSearchTests {
  private let persons = PersonList(
    ["Ingrid Sørensen", "Christian Bäcker", "Jörg Hansen", "Ingrid Vogt"].map { PersonRecord(name: $0) })

  private func found(_ name: String) -> [String] {
    PersonSearch(persons).matches(name).map { persons[$0.person].name }
  }

  @Test(arguments: [
    ("sorensen ingrid", "Ingrid Sørensen"), ("Ingird Sorensen", "Ingrid Sørensen"),
    ("sorensen ingird", "Ingrid Sørensen"),
    ("Kristian Baecker", "Christian Bäcker"), ("hansen", "Jörg Hansen"), ("J. Hansen", "Jörg Hansen"),
    ("jorg hansne", "Jörg Hansen"),
  ])
  func slipsOfTheFingers(_ typed: String, _ meant: String) { #expect(found(typed).first == meant) }

  @Test func othersAreNotMeant() {
    #expect(found("Bernd Sørensen") == [])
    #expect(found("ingdir sorensen") == [])
  }
}
