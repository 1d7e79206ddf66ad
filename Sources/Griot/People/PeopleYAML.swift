/// A list of people in YAML, as people keep it by hand: `people` (name, emails, aliases, unit, title), `distinct`
/// (pairs of ids that look alike), `bots`, `lists`, `mailboxes`.
///
/// The part of YAML that such lists use, read by hand: a YAML parser in `griot` would cost every search its start.
enum PeopleYAML {
  struct List {
    var cards: [PeopleDirectory.Card] = []
    var distinct: [(PeopleFile.Contact, PeopleFile.Contact)] = []
    var nobodies: [PeopleFile.Contact] = []
  }

  indirect enum Value: Equatable {
    case text(String)
    case list([Value])
    case map([String: Value])

    var text: String? {
      if case .text(let text) = self, text != "null", text != "~", !text.isEmpty { return text }
      return nil
    }
    var texts: [String] {
      switch self {
      case .text: text.map { [$0] } ?? []
      case .list(let values): values.compactMap(\.text)
      case .map: []
      }
    }
  }

  /// Whether a file is such a list: named `people.yaml`, with people who have names.
  static func isPeopleFile(_ path: [UInt8], _ absolute: [UInt8]) -> Bool {
    let name = path.isEmpty ? absolute[...] : path[...]
    let last = name.suffix(from: (name.lastIndex(of: 0x2F).map { $0 + 1 }) ?? name.startIndex)
    guard last.elementsEqual("people.yaml".utf8) || last.elementsEqual("people.yml".utf8),
      let bytes = try? FileBytes.read(bytes: absolute)
    else { return false }
    return read(String(decoding: bytes, as: UTF8.self)).cards.contains { !$0.name.isEmpty }
  }

  static func read(_ text: String) -> List {
    var list = List()
    var ids: [String: PeopleFile.Contact] = [:]
    for (section, value) in items(text) {
      switch (section, value) {
      case ("people", .map(let map)):
        var card = PeopleDirectory.Card()
        card.name = map["name"]?.text ?? ""
        card.addresses = (map["emails"] ?? map["email"])?.texts ?? []
        card.aliases = map["aliases"]?.texts ?? []
        card.unit = map["unit"]?.text
        card.title = map["title"]?.text
        list.cards.append(card)
        if let id = map["id"]?.text { ids[id] = .init(name: card.name, address: card.addresses.first ?? "") }
      case ("distinct", .list(let pair)):
        let people = pair.compactMap { $0.text.flatMap { ids[$0] } }
        for i in people.indices { for other in people[(i + 1)...] { list.distinct.append((people[i], other)) } }
      case ("bots", .map(let map)), ("lists", .map(let map)), ("mailboxes", .map(let map)):
        let name = map["name"]?.text ?? ""
        let addresses = (map["emails"] ?? map["email"])?.texts ?? []
        for address in addresses { list.nobodies.append(.init(name: name, address: address)) }
        if !name.isEmpty { list.nobodies.append(.init(name: name, address: "")) }
      default: break
      }
    }
    return list
  }

  /// The entries of the lists under top-level keys, in their order.
  static func items(_ text: String) -> [(section: String, value: Value)] {
    var out: [(section: String, value: Value)] = []
    var section = ""
    var open: [String: Value]?
    var lastKey: String?
    func close() {
      if let map = open { out.append((section, .map(map))) }
      open = nil
      lastKey = nil
    }
    for raw in text.split(whereSeparator: \.isNewline) {
      let line = withoutComment(raw)
      let body = line.drop { $0 == " " }
      guard !body.isEmpty, body != "---", body != "..." else { continue }
      let indentation = line.count - body.count
      if indentation == 0, body.first != "-", let (key, value) = pair(body) {
        close()
        section = key
        if value.isEmpty { continue }
      } else if body.hasPrefix("- "), lastKey == nil || indentation <= 2 || open == nil {
        close()
        let rest = body.dropFirst(2).drop { $0 == " " }
        if rest.first == "{" || rest.first == "[" {
          out.append((section, flow(rest)))
        } else if let (key, value) = pair(rest) {
          open = [key: flow(value[...])]
          lastKey = value.isEmpty ? key : nil
        } else {
          out.append((section, flow(rest)))
        }
      } else if body.hasPrefix("- "), let key = lastKey, open != nil {
        // A block list below a key.
        var values: [Value] = []
        if case .list(let known)? = open?[key] { values = known }
        open?[key] = .list(values + [flow(body.dropFirst(2).drop { $0 == " " })])
      } else if let (key, value) = pair(body), open != nil {
        open?[key] = flow(value[...])
        lastKey = value.isEmpty ? key : nil
      }
    }
    close()
    return out
  }

  private static func pair(_ text: Substring) -> (key: String, value: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let behind = text[text.index(after: colon)...]
    guard behind.isEmpty || behind.first == " " else { return nil }
    return (unquoted(text[..<colon]), String(behind.drop { $0 == " " }))
  }

  /// A comment begins with `#` at the start or behind a space, outside of quotes.
  private static func withoutComment(_ line: Substring) -> Substring {
    var quote: Character?
    var previous: Character = " "
    var index = line.startIndex
    var end = line.endIndex
    while index != line.endIndex {
      let character = line[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'", " [{,:".contains(previous) {
        quote = character
      } else if character == "#", previous == " " {
        end = index
        break
      }
      previous = character
      index = line.index(after: index)
    }
    var out = line[..<end]
    while out.last == " " || out.last == "\t" { out.removeLast() }
    return out
  }

  // MARK: Flow values

  private static func flow(_ text: Substring) -> Value {
    var rest = text
    return value(&rest, isNested: false, depth: 0)
  }

  private static func value(_ rest: inout Substring, isNested: Bool, depth: Int) -> Value {
    rest = rest.drop { $0 == " " }
    guard depth < 8 else { return .text("") }
    switch rest.first {
    case "[":
      rest.removeFirst()
      var out: [Value] = []
      while let next = rest.drop(while: { $0 == " " || $0 == "," }).first {
        rest = rest.drop { $0 == " " || $0 == "," }
        if next == "]" {
          rest.removeFirst()
          break
        }
        let before = rest.count
        out.append(value(&rest, isNested: true, depth: depth + 1))
        if rest.count == before { break }
      }
      return .list(out)
    case "{":
      rest.removeFirst()
      var out: [String: Value] = [:]
      while let next = rest.drop(while: { $0 == " " || $0 == "," }).first {
        rest = rest.drop { $0 == " " || $0 == "," }
        if next == "}" {
          rest.removeFirst()
          break
        }
        guard let colon = rest.firstIndex(of: ":") else { break }
        let key = unquoted(rest[..<colon])
        rest = rest[rest.index(after: colon)...]
        out[key] = value(&rest, isNested: true, depth: depth + 1)
      }
      return .map(out)
    case "\"", "'":
      let quote = rest.removeFirst()
      let inside = rest.prefix { $0 != quote }
      rest = rest[inside.endIndex...].dropFirst()
      return .text(String(inside))
    default:
      let plain = isNested ? rest.prefix { !",]}".contains($0) } : rest
      rest = rest[plain.endIndex...]
      return .text(unquoted(plain))
    }
  }

  private static func unquoted(_ text: Substring) -> String {
    var text = text.drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    if let first = text.first, first == "\"" || first == "'", text.last == first, text.count >= 2 {
      text = text.dropFirst().dropLast()
    }
    return String(text)
  }
}
