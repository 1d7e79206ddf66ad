/// Reads the command line of `griot search` without ArgumentParser.
///
/// A search is the command that people and programs start over and over, and ArgumentParser looks at every option
/// through reflection: 20 million instructions, three quarters of a whole search. So what is well formed is read here,
/// and everything else (help, abbreviations, mistakes) is left to ArgumentParser, whose declarations in
/// ``SearchCommand`` stay the one description of the options. A test holds both readings against each other.
extension SearchArguments {
  /// - Parameter arguments: What stands behind `search`.
  /// - Returns: `nil` if this is a case for ArgumentParser.
  init?(reading arguments: some Sequence<String>) {
    self.init()
    var given = arguments.makeIterator()
    while let argument = given.next() {
      guard argument.utf8.starts(with: "--".utf8) else {
        // `-h` is a question, a lone `-` a mistake; `-word` excludes a word.
        if argument.utf8.first == UInt8(ascii: "-"), argument.utf8.count <= 2 { return nil }
        query.append(argument)
        continue
      }
      var name = argument[...]
      var value: String?
      if let equals = argument.firstIndex(of: "=") {
        name = argument[..<equals]
        value = String(argument[argument.index(after: equals)...])
      }
      if Self.flags.contains(name) {
        guard value == nil else { return nil }
        switch name {
        case "--facets": facets = true
        case "--no-fold": noFold = true
        case "--explain": explain = true
        case "--no-expand": noExpand = true
        default: addresses = true
        }
        continue
      }
      guard Self.valueOptions.contains(name) else { return nil }
      if value == nil {
        // A value that looks like an option is a forgotten value to ArgumentParser.
        guard let next = given.next(), next.utf8.first != UInt8(ascii: "-") else { return nil }
        value = next
      }
      // `--kind= wiki` is `--kind wiki` to ArgumentParser.
      guard let value, !value.isEmpty || argument.utf8.count == name.utf8.count, set(name, value) else { return nil }
    }
  }

  /// - Returns: Whether the option takes this value.
  private mutating func set(_ name: Substring, _ value: String) -> Bool {
    switch name {
    case "--memory": memory = value
    case "--kind": kinds.append(value)
    case "--source": sources.append(value)
    case "--author": authors.append(value)
    case "--speaker": speakers.append(value)
    case "--person": persons.append(value)
    case "--lang": languages.append(value)
    case "--after": after = value
    case "--before": before = value
    case "--batch": batch = value
    case "--recency": recency = value
    case "--limit":
      guard let number = Int(value) else { return false }
      limit = number
    case "--offset":
      guard let number = Int(value) else { return false }
      offset = number
    case "--sort": return Self.set(&sort, value)
    case "--rank": return Self.set(&rank, value)
    case "--format": return Self.set(&format, value)
    case "--syntax":
      guard let choice = Syntax(rawValue: value) else { return false }
      syntax = choice
    case "--color":
      guard let choice = ColorChoice(rawValue: value) else { return false }
      color = choice
    default: return false
    }
    return true
  }

  private static let valueOptions: [Substring] = [
    "--memory", "--kind", "--source", "--author", "--speaker", "--person", "--lang", "--after", "--before", "--limit",
    "--offset", "--sort", "--rank", "--format", "--batch", "--syntax", "--color", "--recency",
  ]
  private static let flags: [Substring] = ["--addresses", "--facets", "--no-fold", "--explain", "--no-expand"]

  /// All options but those about the program itself.
  static var optionNames: [String] { (valueOptions + flags).map(String.init) }

  private static func set<Choice: RawRepresentable<String>>(_ target: inout Choice, _ value: String) -> Bool {
    guard let choice = Choice(rawValue: value) else { return false }
    target = choice
    return true
  }
}
