/// vCard 2.1 to 4.0 (RFC 6350): FN, N, EMAIL, NICKNAME, ORG, TITLE.
enum VCards {
  static func read(_ text: String) -> [PeopleDirectory.Card] {
    var out: [PeopleDirectory.Card] = []
    var card: PeopleDirectory.Card?
    for line in ContentLines.unfolded(text) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      var name = line[..<colon].uppercased()[...]
      let value = unescape(line[line.index(after: colon)...])
      if let semicolon = name.firstIndex(of: ";") { name = name[..<semicolon] }
      if let dot = name.firstIndex(of: ".") { name = name[name.index(after: dot)...] }
      switch name {
      case "BEGIN": card = PeopleDirectory.Card()
      case "END":
        if let card { out.append(card) }
        card = nil
      case "FN": card?.name = value
      case "N" where card?.name.isEmpty == true:
        let parts = value.split(separator: ";", omittingEmptySubsequences: false)
        if parts.count >= 2 { card?.name = [parts[1], parts[0]].filter { !$0.isEmpty }.joined(separator: " ") }
      case "EMAIL": card?.addresses.append(value.hasPrefix("mailto:") ? String(value.dropFirst(7)) : value)
      case "NICKNAME": card?.aliases += value.split(separator: ",").map(String.init)
      case "ORG": card?.unit = value.split(separator: ";").last.map(String.init)
      case "TITLE": card?.title = value
      default: break
      }
    }
    return out
  }

  private static func unescape(_ text: Substring) -> String {
    var out = ""
    var isEscaped = false
    for character in text {
      if isEscaped {
        out.append(character == "n" || character == "N" ? " " : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        out.append(character)
      }
    }
    return out
  }
}

/// LDIF (RFC 2849): cn, displayName, mail, ou, title of entries of people.
enum LDIF {
  static func read(_ text: String) -> [PeopleDirectory.Card] {
    var out: [PeopleDirectory.Card] = []
    var card = PeopleDirectory.Card()
    var (given, family) = ("", "")
    func close() {
      if card.name.isEmpty { card.name = [given, family].filter { !$0.isEmpty }.joined(separator: " ") }
      if !card.addresses.isEmpty { out.append(card) }
      card = PeopleDirectory.Card()
      (given, family) = ("", "")
    }
    for line in ContentLines.unfolded(text) {
      if line.isEmpty {
        close()
        continue
      }
      guard line.first != "#", let colon = line.firstIndex(of: ":") else { continue }
      var value = line[line.index(after: colon)...]
      let isBase64 = value.first == ":"
      if isBase64 { value.removeFirst() }
      while value.first == " " { value.removeFirst() }
      let decoded = isBase64 ? String(decoding: Base64.decode(value), as: UTF8.self) : String(value)
      let attribute = line[..<colon].lowercased().prefix { $0 != ";" }
      switch attribute {
      case "displayname":
        if !card.name.isEmpty, card.name != decoded { card.aliases.append(card.name) }
        card.name = decoded
      case "cn":
        if card.name.isEmpty { card.name = decoded } else if card.name != decoded { card.aliases.append(decoded) }
      case "givenname": given = decoded
      case "sn": family = decoded
      case "mail", "mailalternateaddress", "rfc822mailbox": card.addresses.append(decoded)
      case "ou", "departmentnumber", "department": card.unit = decoded
      case "title": card.title = decoded
      default: break
      }
    }
    close()
    return out
  }
}

/// CSV with a line of headings: name (or first and last name), e-mail, aliases, unit, title, in several languages.
enum DirectoryCSV {
  static func read(_ text: String) throws(PeopleDirectory.Failure) -> [PeopleDirectory.Card] {
    var rows = rows(text)
    guard !rows.isEmpty else { return [] }
    let heads = rows.removeFirst().map { $0.lowercased().filter { $0.isLetter } }
    func column(_ names: String...) -> Int? { heads.firstIndex { names.contains($0) } }
    let name = column("name", "fullname", "displayname", "nom", "nombre", "person")
    let first = column("firstname", "givenname", "vorname", "prenom", "prénom")
    let last = column("lastname", "surname", "familyname", "nachname", "nomdefamille")
    let mails = heads.indices.filter { heads[$0].contains("mail") }
    let unit = column(
      "unit", "department", "dept", "abteilung", "service", "team", "organization", "organisation", "ou")
    let title = column("title", "jobtitle", "role", "position", "titel", "funktion", "poste")
    let alias = column("aliases", "alias", "nickname", "othernames")
    guard name != nil || first != nil && last != nil else {
      throw PeopleDirectory.Failure(what: "the first line names no column “name” (or “first name” and “last name”)")
    }
    return rows.map { row in
      func value(_ index: Int?) -> String { index.flatMap { row.indices.contains($0) ? row[$0] : nil } ?? "" }
      var card = PeopleDirectory.Card()
      card.name = value(name)
      if card.name.isEmpty { card.name = [value(first), value(last)].filter { !$0.isEmpty }.joined(separator: " ") }
      for mail in mails { card.addresses += list(value(mail)) }
      card.aliases = list(value(alias))
      card.unit = value(unit).isEmpty ? nil : value(unit)
      card.title = value(title).isEmpty ? nil : value(title)
      return card
    }
  }

  private static func list(_ text: String) -> [String] {
    text.split { $0 == ";" || $0 == "|" || $0 == "," && text.contains("@") }.map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }.filter { !$0.isEmpty }
  }

  /// RFC 4180; the separator is the most frequent of comma, semicolon and tab in the first line.
  private static func rows(_ text: String) -> [[String]] {
    let head = text.prefix { !$0.isNewline }
    let separator = [Character(","), ";", "\t"].max { a, b in
      head.lazy.filter { $0 == a }.count < head.lazy.filter { $0 == b }.count
    }!
    var rows: [[String]] = []
    var row: [String] = []
    var field = ""
    var isQuoted = false
    var previous: Character?
    for character in text {
      if isQuoted {
        if character == "\"" { isQuoted = false } else { field.append(character) }
      } else if character == "\"" {
        // A doubled quote inside quotes is one.
        if previous == "\"", !field.isEmpty { field.append("\"") }
        isQuoted = true
      } else if character == separator {
        row.append(field)
        field = ""
      } else if character.isNewline {
        row.append(field)
        if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
        row = []
        field = ""
      } else {
        field.append(character)
      }
      previous = character
    }
    row.append(field)
    if row.contains(where: { !$0.isEmpty }) { rows.append(row) }
    return rows
  }
}

/// Lines of vCard and LDIF: one that begins with white space goes on with the line before.
enum ContentLines {
  static func unfolded(_ text: String) -> [String] {
    var out: [String] = []
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      if let first = line.first, first == " " || first == "\t", !out.isEmpty {
        out[out.count - 1] += line.dropFirst()
      } else {
        out.append(String(line))
      }
    }
    return out
  }
}

/// RFC 4648; characters that are none of it are passed over.
enum Base64 {
  static func decode(_ text: some StringProtocol) -> [UInt8] {
    var out: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in text.utf8 {
      let value: UInt32
      switch byte {
      case 0x41...0x5A: value = UInt32(byte - 0x41)
      case 0x61...0x7A: value = UInt32(byte - 0x61 + 26)
      case 0x30...0x39: value = UInt32(byte - 0x30 + 52)
      case 0x2B: value = 62
      case 0x2F: value = 63
      default: continue
      }
      bits = bits << 6 | value
      count += 6
      if count >= 8 {
        count -= 8
        out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return out
  }
}
