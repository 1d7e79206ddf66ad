import ArgumentParser
import Documents
import Glibc
import Griot

/// `griot person`.
struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person",
    abstract: "Show what the memory has of a person: topics, documents, years, collaborators.",
    discussion: """
      The name may be misspelt, incomplete, without its accents or in another order; an e-mail address names exactly \
      one person. Who is meant if several fit: the nearest name, then who has more documents; the others are listed.

      Exit status: 0 if somebody was found, 1 if nobody is called so.
      """)

  @Argument(help: ArgumentHelp("Words of a name, or an e-mail address.", valueName: "name"))
  var name: [String]

  @Option(name: .long, help: ArgumentHelp("Documents to list. Default: 10.", valueName: "n"))
  var limit = 10

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    let wanted = name.joined(separator: " ")
    guard !wanted.allSatisfy(\.isWhitespace) else { throw CommandFailure(.usage, "the name is empty") }
    guard limit >= 0 else { throw CommandFailure(.usage, "--limit is a whole number from 0, not \(limit)") }
    let context = try CommandContext(memory: memory.memory)
    let profile: PersonProfile?
    let others: [PersonRecord]
    do {
      let finder = try ExpertFinder(SearchService(context.open()))
      profile = try finder.profile(wanted, limit: limit)
      others = Array(finder.people(named: wanted).dropFirst().prefix(9))
    } catch let error as GriotError {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: PersonJSON.write(profile, wanted, others, to: out, addresses: addresses.addresses)
    case .text:
      let terminal = TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))
      PersonView(terminal: terminal, addresses: addresses.addresses).write(profile, wanted, others)
    }
    try out.finish()
    if profile == nil { throw SilentExit(status: .noMatch) }
  }
}

/// The answer of `griot person` for programs.
enum PersonJSON {
  static func write(
    _ profile: PersonProfile?, _ query: String, _ others: [PersonRecord], to out: OutputBuffer, addresses: Bool
  ) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("query", query)
      if let profile {
        json.object("person") { members(of: profile, addresses: addresses, in: &$0) }
      } else {
        json.null("person")
      }
      json.field("others", others.map(\.name))
    }
  }

  private static func members(of profile: PersonProfile, addresses: Bool, in json: inout JSONWriter) {
    json.field("name", profile.person.name)
    json.field("aliases", profile.person.aliases)
    json.field("emails", addresses ? profile.person.addresses : [])
    json.field("unit", profile.person.unit)
    json.field("title", profile.person.title)
    json.field("documents", profile.person.documents)
    json.field("first", profile.first?.iso8601)
    json.field("last", profile.last?.iso8601)
    json.array("roles") { array in
      for role in profile.roles {
        array.object {
          $0.field("role", role.role.description)
          $0.field("documents", role.documents)
        }
      }
    }
    json.array("years") { array in
      for year in profile.years {
        array.object {
          $0.field("year", year.year)
          $0.field("documents", year.documents)
        }
      }
    }
    json.array("topics") { array in
      for topic in profile.topics {
        array.object {
          $0.field("word", topic.word)
          $0.field("documents", topic.documents)
        }
      }
    }
    json.array("collaborators") { array in
      for other in profile.collaborators {
        array.object {
          $0.field("name", other.name)
          $0.field("documents", other.documents)
        }
      }
    }
    json.array("items") { array in
      for item in profile.documents {
        array.object {
          $0.field("id", item.id)
          $0.field("kind", item.kind)
          $0.field("title", item.title)
          $0.field("date", item.date?.iso8601)
          $0.field("role", item.role.description)
          $0.field("source", item.source)
        }
      }
    }
  }
}

/// The answer of `griot person` for people.
struct PersonView {
  let terminal: TerminalWriter
  let addresses: Bool

  func write(_ profile: PersonProfile?, _ query: String, _ others: [PersonRecord]) {
    guard let profile else {
      terminal.line("Nobody called “\(query)” is known in the memory.", .detail)
      return
    }
    let person = profile.person
    terminal.write(person.name, .title)
    let about = [person.title, person.unit].compactMap { $0 }.joined(separator: ", ")
    terminal.line(about.isEmpty ? "" : "  " + about, .kind)
    field("also", person.aliases.joined(separator: ", "))
    if addresses { field("mail", person.addresses.joined(separator: ", ")) }
    let roles = profile.roles.map { "\($0.role) of \(NumberFormat.count($0.documents, "document"))" }
    field("was", roles.joined(separator: ", "))
    if let first = profile.first?.iso8601, let last = profile.last?.iso8601 {
      field("active", first == last ? first : "\(first) to \(last)")
    }
    field("topics", profile.topics.map(\.word).joined(separator: ", "))
    field("with", profile.collaborators.map { "\($0.name) (\($0.documents))" }.joined(separator: ", "))
    field("years", profile.years.map { "\($0.year): \($0.documents)" }.joined(separator: ", "))
    if !profile.documents.isEmpty { terminal.newline() }
    for item in profile.documents {
      let head = "\(item.date.map { String($0.iso8601.prefix(10)) } ?? "undated   ")  "
      let tail = "  \(item.role)  \(item.id.prefix(8))"
      terminal.write(head, .detail)
      terminal.write(
        TerminalWriter.truncate(
          item.title.isEmpty ? "(no title)" : item.title,
          to: max(10, terminal.terminal.columns - head.count - tail.count)))
      terminal.line(tail, .detail)
    }
    if !others.isEmpty {
      terminal.newline()
      terminal.line("Others of a like name: " + others.map(\.name).joined(separator: ", "), .detail)
    }
  }

  private func field(_ name: String, _ value: String) {
    guard !value.isEmpty else { return }
    terminal.write(name + String(repeating: " ", count: max(1, 8 - name.count)), .detail)
    terminal.line(TerminalWriter.truncate(value, to: max(20, terminal.terminal.columns - 8)))
  }
}
