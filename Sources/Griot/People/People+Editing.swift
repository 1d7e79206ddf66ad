import SearchEngine

extension People {
  /// Says in the people file that several people are one: the first one, under whose name all are known from now on.
  /// Undone by ``split(_:_:memory:)``.
  public static func merge(_ names: [String], memory path: String) throws(GriotError) -> PersonRecord {
    try edit(path) { (memory, editor) throws(GriotError) in
      var people: [PersonRecord] = []
      for name in names { people.append(try one(name, memory)) }
      guard people.count >= 2, Set(people.map(\.name) + people.flatMap(\.addresses)).count > 1 else {
        throw GriotError(.usage, "a merge needs two people")
      }
      editor.merge(people)
      return people[0]
    }
  }

  /// Says in the people file that a spelling (a name or an address) is not this person.
  public static func split(_ name: String, _ spelling: String, memory path: String) throws(GriotError) -> PersonRecord {
    try edit(path) { (memory, editor) throws(GriotError) in
      let account = try why(name, memory)
      let wanted = account.spellings.filter { known in
        spelling.contains("@")
          ? known.address?.lowercased() == spelling.lowercased()
          : PeopleFile.Matcher.key(known.name) == PeopleFile.Matcher.key(spelling)
      }
      guard !wanted.isEmpty else {
        throw GriotError(
          .notFound, "\(spelling) is no spelling or address of \(account.person.name); see: griot people why")
      }
      guard wanted.count < account.spellings.count else {
        throw GriotError(.usage, "\(spelling) is all there is of \(account.person.name)")
      }
      editor.split(wanted.map { .init(name: $0.name, address: $0.address ?? "") })
      return account.person
    }
  }

  /// Shows a person nowhere, or (undoing) everywhere again.
  public static func hide(_ name: String, undo: Bool, memory path: String) throws(GriotError) -> String {
    try edit(path) { (memory, editor) throws(GriotError) in
      if undo {
        guard let shown = editor.unhide(name) else {
          throw GriotError(.notFound, "nobody called \(name) is hidden in \(path)")
        }
        return shown
      }
      let person = try one(name, memory)
      let others = try memory.people().persons.filter { $0 != person }
      let homonyms = Set(others.flatMap { [$0.name] + $0.aliases }.map(PeopleFile.Matcher.key))
      editor.hide(person, leaving: homonyms)
      return person.name
    }
  }

  /// Takes in a directory: vCard, LDIF, CSV, a `.mailmap`, or a people file in YAML.
  /// - Returns: People in it, and lines that are new in the people file.
  public static func importDirectory(
    _ bytes: [UInt8], name: String, memory path: String
  ) throws(GriotError) -> (people: Int, added: Int) {
    let directory: PeopleDirectory
    do { directory = try PeopleDirectory(bytes, fileName: name) } catch {
      throw GriotError(.usage, "\(name): \(error.what)")
    }
    return try edit(path) { (memory, editor) throws(GriotError) in
      (directory.people, editor.add(directory.lines))
    }
  }

  /// - Parameter file: Path of the directory.
  public static func importDirectory(
    path file: String, memory path: String
  ) throws(GriotError) -> (people: Int, added: Int) {
    guard let bytes = try FileBytes.read(file) else { throw GriotError(.usage, "there is no file \(file)") }
    return try importDirectory(bytes, name: file, memory: path)
  }

  /// Changes the people file under the writer's lock, and brings the table up to date.
  private static func edit<R>(
    _ path: String, _ body: (Memory, inout PeopleFileEditor) throws(GriotError) -> R
  ) throws(GriotError) -> R {
    let writer = try Maintenance.open(path)
    defer { writer.close() }
    let memory = try Memory(opening: path)
    let file = Memory.peopleFilePath(path)
    let before = try FileBytes.read(file) ?? []
    var editor = PeopleFileEditor(before)
    let result = try body(memory, &editor)
    let after = editor.bytes
    if after != before { try FileBytes.replace(file, after) }
    try Memory.refreshPeople(path, writer)
    return result
  }
}

/// Adds and removes lines of a people file; all others stay as they are.
struct PeopleFileEditor {
  typealias Contact = PeopleFile.Contact
  private var lines: [String]

  init(_ bytes: [UInt8]) {
    lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
      String.init)
    if lines.last == "" { lines.removeLast() }
  }

  var bytes: [UInt8] { lines.isEmpty ? [] : Array((lines.joined(separator: "\n") + "\n").utf8) }

  /// - Returns: How many were not there.
  mutating func add(_ new: [String]) -> Int {
    var known = Set(lines)
    var count = 0
    for line in new where known.insert(line).inserted {
      lines.append(line)
      count += 1
    }
    return count
  }

  mutating func merge(_ people: [PersonRecord]) {
    let first = people[0]
    let proper = Contact(name: first.name, address: first.addresses.first ?? "")
    // Its own name has to lead to it, too.
    var new: [String] = first.addresses.isEmpty ? ["\(proper.text) \(proper.text)"] : []
    for person in people.dropFirst() {
      removeDirective("split") { contact in Self.concerns(contact, person) || Self.concerns(contact, first) }
      for address in person.addresses { new.append("\(proper.text) <\(address)>") }
      for name in [person.name] + person.aliases where name != first.name || person.addresses.isEmpty {
        new.append("\(proper.text) \(name) <>")
      }
    }
    for address in first.addresses.dropFirst() { new.append("\(proper.text) <\(address)>") }
    _ = add(new)
  }

  mutating func split(_ spellings: [Contact]) {
    for spelling in spellings {
      lines.removeAll { line in
        guard !line.hasPrefix("#"), let (_, rest) = PeopleFile.contact(line[...]),
          let (mention, _) = PeopleFile.contact(rest)
        else { return false }
        if !spelling.address.isEmpty { return mention.address.lowercased() == spelling.address.lowercased() }
        return mention.address.isEmpty && PeopleFile.Matcher.key(mention.name) == PeopleFile.Matcher.key(spelling.name)
      }
    }
    _ = add(spellings.map { "#griot split " + $0.text })
  }

  mutating func hide(_ person: PersonRecord, leaving homonyms: Set<String>) {
    var new = person.addresses.map { "#griot hide \(person.name) <\($0)>" }
    for name in [person.name] + person.aliases where !homonyms.contains(PeopleFile.Matcher.key(name)) || new.isEmpty {
      new.append("#griot hide \(name) <>")
    }
    _ = add(new)
  }

  /// - Returns: The name under which somebody was hidden.
  mutating func unhide(_ name: String) -> String? {
    var found: String?
    var addresses: Set<String> = []
    let key = PeopleFile.Matcher.key(name)
    for line in lines {
      guard let contact = Self.contact(of: line, "hide") else { continue }
      if PeopleFile.Matcher.key(contact.name) == key || contact.address.lowercased() == name.lowercased() {
        found = found ?? contact.name
        if !contact.address.isEmpty { addresses.insert(contact.address) }
      }
    }
    guard let found else { return nil }
    let names = PeopleFile.Matcher.key(found)
    removeDirective("hide") { contact in
      PeopleFile.Matcher.key(contact.name) == names || PeopleFile.Matcher.key(contact.name) == key
        || addresses.contains(contact.address)
    }
    return found
  }

  private static func concerns(_ contact: Contact, _ person: PersonRecord) -> Bool {
    if !contact.address.isEmpty { return person.addresses.contains { $0.lowercased() == contact.address.lowercased() } }
    return ([person.name] + person.aliases).contains {
      PeopleFile.Matcher.key($0) == PeopleFile.Matcher.key(contact.name)
    }
  }

  private static func contact(of line: String, _ directive: String) -> Contact? {
    let prefix = "#griot \(directive) "
    guard line.hasPrefix(prefix) else { return nil }
    return PeopleFile.contact(line.dropFirst(prefix.count))?.0
  }

  private mutating func removeDirective(_ directive: String, _ isMeant: (Contact) -> Bool) {
    lines.removeAll { line in Self.contact(of: line, directive).map(isMeant) ?? false }
  }
}
