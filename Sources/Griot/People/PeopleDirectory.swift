/// A directory of people from outside, as lines of the people file.
struct PeopleDirectory {
  struct Failure: Error { var what: String }

  /// One person of a directory.
  struct Card: Equatable {
    var name = ""
    var addresses: [String] = []
    var aliases: [String] = []
    var unit: String?
    var title: String?
  }

  private(set) var people = 0
  private(set) var lines: [String] = []

  /// - Parameter fileName: Decides where the content does not.
  /// - Throws: ``Failure`` for what is no directory.
  init(_ bytes: [UInt8], fileName: String) throws(Failure) {
    var text = String(decoding: bytes, as: UTF8.self)
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    text = text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    let name = fileName.lowercased()
    let start = text.prefix(2000).lowercased()
    if start.contains("begin:vcard") {
      add(VCards.read(text))
    } else if name.hasSuffix(".ldif") || start.hasPrefix("dn:")
      || start.hasPrefix("version: 1\n") && start.contains("\ndn:")
    {
      add(LDIF.read(text))
    } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      let list = PeopleYAML.read(text)
      add(list.cards)
      for (a, b) in list.distinct { lines.append("#griot apart \(a.text) | \(b.text)") }
      for nobody in list.nobodies { lines.append("#griot nobody \(nobody.text)") }
    } else if name.hasSuffix("mailmap") {
      lines = text.split(separator: "\n").map(String.init).filter { line in
        line.hasPrefix("#griot ") || line.first != "#" && PeopleFile.contact(line[...]) != nil
      }
      people = Set(PeopleFile(Array(text.utf8)).entries.map(\.identity)).count
    } else {
      add(try DirectoryCSV.read(text))
    }
    guard people > 0 else {
      throw Failure(what: "no people in it (vCard, LDIF, CSV, a .mailmap or people.yaml are read)")
    }
  }

  private mutating func add(_ cards: [Card]) {
    let cards = cards.filter { !$0.name.isEmpty }
    people = cards.count
    // A name or alias that two people have is nobody's by itself.
    var owners: [String: Set<Int>] = [:]
    for (index, card) in cards.enumerated() {
      for name in [card.name] + card.aliases { owners[PeopleFile.Matcher.key(name), default: []].insert(index) }
    }
    for card in cards {
      let name = Self.clean(card.name)
      let addresses = card.addresses.map(Self.clean).filter { MailAddress($0) != nil }
      let proper = PeopleFile.Contact(name: name, address: addresses.first ?? "").text
      lines.append(addresses.isEmpty ? "\(proper) \(proper)" : proper)
      for address in addresses.dropFirst() { lines.append("\(proper) <\(address)>") }
      for alias in [card.name] + card.aliases where owners[PeopleFile.Matcher.key(alias)]?.count == 1 {
        let line = "\(proper) \(Self.clean(alias)) <>"
        if !addresses.isEmpty || PeopleFile.Matcher.key(alias) != PeopleFile.Matcher.key(card.name) {
          lines.append(line)
        }
      }
      if card.unit != nil || card.title != nil {
        var about = "#griot about \(proper)"
        if let unit = card.unit { about += " | unit=" + Self.clean(unit) }
        if let title = card.title { about += " | title=" + Self.clean(title) }
        lines.append(about)
      }
    }
  }

  /// What would end a field of the people file.
  private static func clean(_ text: String) -> String {
    text.split { $0 == "<" || $0 == ">" || $0 == "|" || $0.isNewline || $0 == "\t" }.joined(separator: " ")
  }
}
