import Documents
import Testing

@testable import Ingest

struct PeopleParserTests {
  static let cases: [(String, [String])] = [
    ("Jane Doe", ["Jane Doe|"]), ("José Álvarez", ["José Álvarez|"]), ("Conan O'Brien", ["Conan O'Brien|"]),
    ("— Jane Doe —", ["Jane Doe|"]), ("山田太郎", ["山田太郎|"]), ("Andy Anders", ["Andy Anders|"]),
    ("Jane Doe <jane@Example.ORG>", ["Jane Doe|jane@example.org"]),
    ("jane@example.org", ["|jane@example.org"]), ("jane@example.org (Jane Doe)", ["Jane Doe|jane@example.org"]),
    ("Jane Doe (jane@example.org)", ["Jane Doe|jane@example.org"]), ("Doe, Jane", ["Doe, Jane|"]),
    ("Jane Doe, Joe Blow", ["Jane Doe|", "Joe Blow|"]), ("Jane Doe and Joe Blow", ["Jane Doe|", "Joe Blow|"]),
    ("Doe, Jane; Blow, Joe", ["Doe, Jane|", "Blow, Joe|"]),
    ("Jane Doe, Joe Blow, and Ann Lee", ["Jane Doe|", "Joe Blow|", "Ann Lee|"]),
    ("Jane Doe <j@a.org>, Joe <k@b.org>", ["Jane Doe|j@a.org", "Joe|k@b.org"]),
    ("  \"Jane   Doe\" ", ["Jane Doe|"]), ("", []), ("---", []), ("mailto:jane@example.org", ["|jane@example.org"]),
    ("jane at example dot org", ["jane at example dot org|"]), ("Jane Doe <none>", ["Jane Doe <none>|"]),
  ]

  @Test(arguments: cases) func bylines(_ value: (String, [String])) {
    let people = PeopleParser.parse(value.0, role: .author).map { "\($0.name)|\($0.address ?? "")" }
    #expect(people == value.1, "\(value.0)")
  }
}
