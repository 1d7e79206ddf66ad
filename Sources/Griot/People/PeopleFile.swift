/// What people say about who is who: a file beside the memory, in the format of git's `.mailmap`.
///
/// ```
/// Jane Doe <jane@example.org> <jd@old.example>            another address
/// Jane Doe <jane@example.org> J. Doe <team@example.org>   this name under this address
/// Jane Doe <jane@example.org> Jane Miller <>              this name without an address
/// #griot split Jane Doe <jane@other.example>              stands alone, whatever the rules say
/// #griot apart Jan Petersen <a@x.example> | Jan Petersen <b@x.example>
/// #griot nobody Die Wache <watch@example.org>             a list, a program, a shared mailbox
/// #griot hide Jane Doe <jane@example.org>                 is shown nowhere
/// #griot about Jane Doe <jane@example.org> | unit=Field | title=Technician
/// ```
///
/// To git the lines that begin with `#` are comments. Precedence is git's: name and address, then address; a name alone
/// counts where no address is known.
struct PeopleFile: Sendable {
  /// A name and an address, either may be missing.
  struct Contact: Sendable, Equatable {
    var name: String
    var address: String

    var text: String { name.isEmpty ? "<\(address)>" : "\(name) <\(address)>" }
  }

  struct Entry: Sendable {
    var proper: Contact
    /// The mention it speaks of; `nil` for a line that only names a person.
    var mention: Contact?
    var line: Int
    /// What tells this person from others: the proper address, else the proper name.
    var identity: String
  }

  struct About: Sendable, Equatable {
    var contact: Contact
    var unit: String?
    var title: String?
  }

  enum Directive: Sendable, Equatable {
    case split(Contact)
    case apart(Contact, Contact)
    case nobody(Contact)
    case hide(Contact)
    case about(About)
  }

  private(set) var entries: [Entry] = []
  private(set) var directives: [Directive] = []
  /// Lines that mean nothing, with their numbers.
  private(set) var notes: [String] = []
  var bytes: [UInt8] = []

  private var byAddress: [MailAddress: [Int]] = [:]
  private var byName: [String: [Int]] = [:]
  private var splits: [Matcher] = []
  private var aparts: [(Matcher, Matcher)] = []
  private var nobodies: [Matcher] = []
  private(set) var hidden: [Matcher] = []
  private(set) var abouts: [(matcher: Matcher, about: About)] = []

  static let empty = PeopleFile([])

  /// Whether it says nothing.
  var isEmpty: Bool { entries.isEmpty && directives.isEmpty }

  /// Reads the file. Anything parses: what is not understood is left alone, with a note.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var number = 0
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      var line = line[...]
      while let last = line.last, last == " " || last == "\t" || last == "\r" || last == "\r\n" { line.removeLast() }
      while let first = line.first, first == " " || first == "\t" { line.removeFirst() }
      if line.hasPrefix("#griot ") {
        if let directive = Self.directive(line.dropFirst(7)) {
          add(directive)
        } else {
          notes.append("line \(number) is not understood: \(line)")
        }
      } else if !line.isEmpty, line.first != "#" {
        add(line, number)
      }
    }
  }

  // MARK: Reading

  private mutating func add(_ line: Substring, _ number: Int) {
    guard let (proper, rest) = Self.contact(line), !(proper.name.isEmpty && proper.address.isEmpty) else {
      notes.append("line \(number) is not understood: \(line)")
      return
    }
    var entry = Entry(proper: proper, mention: nil, line: number, identity: "")
    entry.identity = MailAddress(proper.address)?.text ?? Matcher.key(proper.name)
    if let (mention, _) = Self.contact(rest) {
      entry.mention = mention
    } else if !proper.address.isEmpty {
      entry.mention = Contact(name: "", address: proper.address)
    }
    let index = entries.count
    entries.append(entry)
    if let address = MailAddress(proper.address) { byAddress[address, default: []].append(index) }
    guard let mention = entry.mention else { return }
    if let address = MailAddress(mention.address) {
      if byAddress[address]?.last != index { byAddress[address, default: []].append(index) }
    } else if !mention.name.isEmpty {
      byName[Matcher.key(mention.name), default: []].append(index)
    }
  }

  /// `Name <address>` at the beginning, and what follows.
  static func contact(_ text: Substring) -> (Contact, Substring)? {
    guard let open = text.firstIndex(of: "<"), let close = text[open...].firstIndex(of: ">") else { return nil }
    var name = text[..<open]
    while let last = name.last, last == " " || last == "\t" { name.removeLast() }
    while let first = name.first, first == " " || first == "\t" { name.removeFirst() }
    let address = text[text.index(after: open)..<close].filter { $0 != " " }
    return (Contact(name: String(name), address: String(address)), text[text.index(after: close)...])
  }

  private static func directive(_ text: Substring) -> Directive? {
    guard let space = text.firstIndex(of: " ") else { return nil }
    let rest = text[text.index(after: space)...]
    guard let (contact, tail) = contact(rest) else { return nil }
    switch text[..<space] {
    case "split": return .split(contact)
    case "nobody": return .nobody(contact)
    case "hide": return .hide(contact)
    case "apart":
      guard let (other, _) = Self.contact(tail.drop { $0 == " " || $0 == "|" }) else { return nil }
      return .apart(contact, other)
    case "about":
      var about = About(contact: contact)
      for field in tail.split(separator: "|") {
        let field = field.drop { $0 == " " }
        guard let equals = field.firstIndex(of: "=") else { continue }
        var value = String(field[field.index(after: equals)...])
        while value.hasSuffix(" ") { value.removeLast() }
        if field[..<equals] == "unit" { about.unit = value }
        if field[..<equals] == "title" { about.title = value }
      }
      return .about(about)
    default: return nil
    }
  }

  private mutating func add(_ directive: Directive) {
    directives.append(directive)
    switch directive {
    case .split(let contact): splits.append(Matcher(contact))
    case .apart(let a, let b): aparts.append((Matcher(a), Matcher(b)))
    case .nobody(let contact): nobodies.append(Matcher(contact))
    case .hide(let contact): hidden.append(Matcher(contact))
    case .about(let about): abouts.append((Matcher(about.contact), about))
    }
  }

  // MARK: Questions

  /// What it says about a mention.
  func entry(_ raw: String, _ name: PersonName?, _ address: MailAddress?) -> Entry? {
    if let address, let found = byAddress[address] {
      let key = Matcher.key(raw)
      let named = found.last { index in
        guard let mention = entries[index].mention else { return false }
        return !mention.name.isEmpty && Matcher.key(mention.name) == key && MailAddress(mention.address) == address
      }
      if let index = named { return entries[index] }
      return found.last { index in
        // The line's own address, or one that the line gives to the person whatever the name.
        guard let mention = entries[index].mention else { return true }
        return mention.name.isEmpty || MailAddress(entries[index].proper.address) == address
      }.map { entries[$0] }
    }
    guard address == nil, let found = byName[Matcher.key(raw)] else { return nil }
    // A name that the file gives to two people is nobody's.
    guard Set(found.map { entries[$0].identity }).count == 1 else { return nil }
    return entries[found[0]]
  }

  func names(_ raw: String, _ address: MailAddress?) -> Bool { entry(raw, nil, address) != nil }

  func nobody(_ raw: String, _ address: MailAddress?) -> String? {
    nobodies.contains { $0.matches(raw, address) } ? "the people file" : nil
  }

  func isSplit(_ raw: String, _ name: PersonName?, _ address: MailAddress?) -> Bool {
    splits.contains { $0.matches(raw, address) }
  }

  func apartSides(_ raw: String, _ name: PersonName?, _ address: MailAddress?) -> [(pair: Int, side: Int)] {
    var out: [(pair: Int, side: Int)] = []
    for (index, pair) in aparts.enumerated() {
      if pair.0.matches(raw, address) {
        out.append((index, 0))
      } else if pair.1.matches(raw, address) {
        out.append((index, 1))
      }
    }
    return out
  }

  /// Finds the mentions that a contact of the file speaks of.
  struct Matcher: Sendable {
    private let address: MailAddress?
    private let key: String

    init(_ contact: Contact) {
      address = MailAddress(contact.address)
      key = Self.key(contact.name)
    }

    /// By the address where one is given, else by the name.
    func matches(_ raw: String, _ other: MailAddress?) -> Bool {
      if let address { return other == address }
      return !key.isEmpty && Self.key(raw) == key
    }

    /// Names of the file are compared without case and runs of white space.
    static func key(_ name: String) -> String { name.lowercased().split(separator: " ").joined(separator: " ") }
  }
}
