import TestSupport

/// Writes manual pages (man(7) macros) from what `griot --experimental-dump-help` says, so that no option is ever
/// described twice. `griot.1` also carries the topics of `griot help`.
struct ManualPage {
  private var lines: [String] = []

  /// - Parameter name: `griot` or `griot-search`.
  private init(name: String, abstract: String, version: String) {
    lines.append(".\\\" Made from the command's definition: GRIOT_RECORD=1 swift test --filter ManualTests")
    lines.append(".TH \(name.uppercased()) 1 \"\" \"\(version)\" \"Griot\"")
    section("NAME")
    lines.append(Self.escape(name) + " \\- " + Self.escape(Self.asName(abstract)))
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  // MARK: The pages

  static func command(_ command: JSONValue, version: String) -> ManualPage {
    let name = command["commandName"]!.string!
    var page = ManualPage(name: "griot-" + name, abstract: command["abstract"]!.string!, version: version)
    page.synopsis("griot " + name, command["arguments"]!.array)
    page.description(command)
    page.options(command["arguments"]!.array)
    for inner in command["subcommands"]?.array ?? [] where inner["commandName"]?.string != "help" {
      page.subcommand(inner, of: name)
    }
    page.section("SEE ALSO")
    page.lines.append(".BR griot (1)")
    return page
  }

  /// - Parameter topics: Texts of `griot help TOPIC`: headings in column 1, everything else indented.
  static func overview(_ root: JSONValue, commands: [JSONValue], topics: [String], version: String) -> ManualPage {
    var page = ManualPage(name: "griot", abstract: root["abstract"]!.string!, version: version)
    page.section("SYNOPSIS")
    page.lines.append(".B griot")
    page.lines.append("\\fIcommand\\fR [\\fIoptions\\fR] [\\fIarguments\\fR]")
    page.description(root)
    page.section("COMMANDS")
    for command in commands {
      page.lines.append(".TP")
      page.lines.append(".BR griot\\-\(escape(command["commandName"]!.string!)) (1)")
      page.lines.append(escape(command["abstract"]!.string!))
    }
    page.options(root["arguments"]!.array)
    for topic in topics { page.preformatted(topic) }
    page.section("SEE ALSO")
    let names = commands.map { ".BR griot\\-\(escape($0["commandName"]!.string!)) (1)" }
    page.lines += names.dropLast().map { $0 + "," } + names.suffix(1)
    return page
  }

  // MARK: Sections

  private mutating func section(_ title: String) { lines.append(".SH \(Self.escape(title.uppercased()))") }

  private mutating func synopsis(_ name: String, _ arguments: [JSONValue]) {
    section("SYNOPSIS")
    lines.append(".B " + Self.escape(name))
    var words = ["[\\fIoptions\\fR]"]
    for argument in arguments where argument["kind"]?.string == "positional" {
      let value = "\\fI\(Self.escape(argument["valueName"]!.string!))\\fR"
      let repeated = argument["isRepeating"] == .bool(true) ? value + " ..." : value
      words.append(argument["isOptional"] == .bool(true) ? "[\(repeated)]" : repeated)
    }
    lines.append(words.joined(separator: " "))
  }

  private mutating func description(_ command: JSONValue) {
    section("DESCRIPTION")
    lines.append(Self.escape(command["abstract"]!.string!))
    guard let discussion = command["discussion"]?.string else { return }
    for paragraph in Self.paragraphs(discussion) {
      lines.append(".PP")
      if paragraph.hasPrefix(" ") {
        literal(paragraph.split(separator: "\n").map(String.init))
      } else {
        lines += paragraph.split(separator: "\n").map { Self.escape(String($0)) }
      }
    }
  }

  private mutating func options(_ arguments: [JSONValue]) {
    var sections: [(title: String, arguments: [JSONValue])] = []
    for argument in arguments where argument["shouldDisplay"] != .bool(false) {
      if argument["kind"]?.string == "positional" { continue }
      let title = argument["sectionTitle"]?.string?.uppercased() ?? "OPTIONS"
      if let i = sections.firstIndex(where: { $0.title == title }) {
        sections[i].arguments.append(argument)
      } else {
        sections.append((title, [argument]))
      }
    }
    // What has no section of its own comes last, as in `--help`.
    if let i = sections.firstIndex(where: { $0.title == "OPTIONS" }) { sections.append(sections.remove(at: i)) }
    let positional = arguments.filter { $0["kind"]?.string == "positional" }
    if !positional.isEmpty { sections.insert(("ARGUMENTS", positional), at: 0) }
    for (title, arguments) in sections where !arguments.isEmpty {
      section(title)
      for argument in arguments { option(argument) }
    }
  }

  /// A command below a command, such as `griot people merge`: what it does, its arguments and own options.
  private mutating func subcommand(_ command: JSONValue, of parent: String) {
    let name = "griot \(parent) \(command["commandName"]!.string!)"
    section(name)
    let arguments = command["arguments"]!.array
    lines.append(".B " + Self.escape(name))
    for argument in arguments where argument["kind"]?.string == "positional" {
      lines.append("\\fI\(Self.escape(argument["valueName"]!.string!))\\fR")
    }
    lines.append(".PP")
    lines.append(Self.escape(command["abstract"]!.string!))
    for paragraph in Self.paragraphs(command["discussion"]?.string ?? "") {
      lines.append(".PP")
      lines.append(Self.escape(paragraph))
    }
    for argument in arguments
    where argument["shouldDisplay"] != .bool(false) && argument["sectionTitle"]?.string == nil { option(argument) }
  }

  private mutating func option(_ argument: JSONValue) {
    lines.append(".TP")
    let value = argument["valueName"]?.string.map { "\\fI\(Self.escape($0))\\fR" } ?? ""
    let names = (argument["names"]?.array ?? []).map {
      ($0["kind"]?.string == "short" ? "-" : "--") + $0["name"]!.string!
    }
    let head = names.map { "\\fB\(Self.escape($0))\\fR" }.joined(separator: ", ")
    lines.append(argument["kind"]?.string == "flag" ? head : head.isEmpty ? value : head + " " + value)
    var text = argument["abstract"]?.string ?? ""
    if let values = argument["allValues"]?.array.compactMap(\.string), !values.isEmpty {
      text += " One of " + values.joined(separator: ", ") + "."
    }
    if let fallback = argument["defaultValue"]?.string { text += " Default: " + fallback + "." }
    lines.append(Self.escape(text))
  }

  /// Text that is laid out already; lines in column 1 are headings.
  private mutating func preformatted(_ text: String) {
    var block: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if line.isEmpty || line.hasPrefix(" ") {
        block.append(line)
      } else {
        literal(block)
        block = []
        section(line)
      }
    }
    literal(block)
  }

  private mutating func literal(_ block: [String]) {
    var block = block[...]
    while block.first?.isEmpty == true { block.removeFirst() }
    while block.last?.isEmpty == true { block.removeLast() }
    guard !block.isEmpty else { return }
    // Two blanks less: the section is indented anyway.
    lines += [".nf"] + block.map { Self.escape($0.hasPrefix("  ") ? String($0.dropFirst(2)) : $0) } + [".fi"]
  }

  // MARK: Text

  private static func paragraphs(_ text: String) -> [String] {
    var paragraphs: [[Substring]] = [[]]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty { paragraphs.append([]) } else { paragraphs[paragraphs.count - 1].append(line) }
    }
    return paragraphs.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
  }

  /// The line under NAME starts small and has no full stop.
  private static func asName(_ abstract: String) -> String {
    let text = abstract.hasSuffix(".") ? String(abstract.dropLast()) : abstract
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  /// Backslashes, hyphens that are minus signs, and lines that would be requests.
  static func escape(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "\\": out += "\\e"
      case "-": out += "\\-"
      case "'" where out.isEmpty, "." where out.isEmpty: out += "\\&" + String(character)
      default: out.append(character)
      }
    }
    return out
  }
}
