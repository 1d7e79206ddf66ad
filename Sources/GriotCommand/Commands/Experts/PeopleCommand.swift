import ArgumentParser
import Glibc
import Griot

/// `griot people`.
struct PeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: "Look after who is who: list people, see why spellings are one person, merge, split, hide, import.",
    discussion: """
      Griot finds by rules which names and addresses are one person. What you say here overrules the rules; it is \
      kept in the file people.mailmap of the memory, in the format of git's .mailmap, which can be edited by hand and \
      survives a reindex.
      """,
    subcommands: [
      PeopleListCommand.self, PeopleWhyCommand.self, PeopleMergeCommand.self, PeopleSplitCommand.self,
      PeopleHideCommand.self, PeopleImportCommand.self,
    ])
}

struct PeopleListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the people of the memory, those with the most documents first.")

  @Argument(help: ArgumentHelp("Only people of a like name.", valueName: "name"))
  var name: [String] = []

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var addresses: AddressOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let people: [PersonRecord]
    do {
      let memory = try context.open()
      people = try name.isEmpty ? People.list(memory) : People.find(name.joined(separator: " "), memory)
    } catch let error as GriotError {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json:
      JSONWriter.line(out) { json in
        json.field("version", 1)
        json.array("people") { list in
          for person in people {
            list.object {
              $0.field("name", person.name)
              $0.field("aliases", person.aliases)
              $0.field("emails", addresses.addresses ? person.addresses : [])
              $0.field("documents", person.documents)
              $0.field("unit", person.unit)
              $0.field("title", person.title)
            }
          }
        }
      }
    case .text:
      for person in people {
        var line = "\(person.name)  \(NumberFormat.count(person.documents, "document"))"
        if !person.aliases.isEmpty { line += "; also " + person.aliases.joined(separator: ", ") }
        if addresses.addresses, !person.addresses.isEmpty { line += "; " + person.addresses.joined(separator: ", ") }
        out.line(Neutralize.line(line))
      }
    }
    try out.finish()
    if people.isEmpty { throw SilentExit(status: .noMatch) }
  }
}

struct PeopleWhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Show the spellings of a person and the rule that joined each.")

  @Argument(help: ArgumentHelp("Words of a name, or an e-mail address.", valueName: "name"))
  var name: [String]

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var addresses: AddressOptions

  func run() throws {
    let context = try CommandContext(memory: memory.memory)
    let account: People.Account
    do { account = try People.why(name.joined(separator: " "), context.open()) } catch let error as GriotError {
      throw context.failure(error)
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json:
      JSONWriter.line(out) { json in
        json.field("version", 1)
        json.field("name", account.person.name)
        json.array("spellings") { list in
          for spelling in account.spellings {
            list.object {
              $0.field("name", spelling.name)
              $0.field("email", addresses.addresses ? spelling.address : nil)
              $0.field("documents", spelling.documents)
              $0.field("reason", spelling.reason)
            }
          }
        }
      }
    case .text:
      out.line(Neutralize.line(account.person.name))
      for spelling in account.spellings {
        var line = "  " + (spelling.name.isEmpty ? "(no name)" : spelling.name)
        if let address = spelling.address { line += addresses.addresses ? " <\(address)>" : " <…>" }
        line += ", " + NumberFormat.count(spelling.documents, "document")
        if let reason = spelling.reason { line += ": " + reason }
        out.line(Neutralize.line(line))
      }
    }
    try out.finish()
  }
}

/// What an edit has done, in one line or one object.
enum PeopleEdit {
  static func run(_ memory: MemoryOptions, _ format: AnswerFormat, _ body: (String) throws(GriotError) -> String) throws
  {
    let context = try CommandContext(memory: memory.memory)
    let done: String
    do { done = try body(context.location.path) } catch { throw context.failure(error) }
    let out = OutputBuffer.standardOutput()
    switch format {
    case .json:
      JSONWriter.line(out) {
        $0.field("version", 1)
        $0.field("done", done)
      }
    case .text: out.line(Neutralize.line(done))
    }
    try out.finish()
  }
}

struct PeopleMergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Say that several people are one, called by the first name given.",
    discussion: "Each argument is one name or address: quote names of several words. 'griot people split' undoes it.")

  @Argument(help: ArgumentHelp("Names or e-mail addresses, two or more.", valueName: "name"))
  var names: [String]

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func validate() throws {
    if names.count < 2 { throw ValidationError("a merge needs two people; quote names of several words") }
  }

  func run() throws {
    try PeopleEdit.run(memory, format.format) { (path) throws(GriotError) in
      "Merged into \(try People.merge(names, memory: path).name)."
    }
  }
}

struct PeopleSplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Say that a name or an address is another person's.",
    discussion: "Undoes a merge, by the rules or by hand; 'griot people merge' undoes it.")

  @Argument(help: ArgumentHelp("The person.", valueName: "name")) var name: String
  @Argument(help: ArgumentHelp("The spelling or e-mail address that is not theirs.", valueName: "spelling"))
  var spelling: String

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    try PeopleEdit.run(memory, format.format) { (path) throws(GriotError) in
      let person = try People.split(name, spelling, memory: path)
      return "No longer \(person.name): \(spelling.contains("@") ? "that address" : spelling)."
    }
  }
}

struct PeopleHideCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hide", abstract: "Show a person nowhere: no hit, facet, filter, list or profile names them.",
    discussion: "The text of documents stays as it is.")

  @Argument(help: ArgumentHelp("Words of a name, or an e-mail address.", valueName: "name"))
  var name: [String]

  @Flag(name: .long, help: "Show the person again.")
  var undo = false

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    try PeopleEdit.run(memory, format.format) { (path) throws(GriotError) in
      let shown = try People.hide(name.joined(separator: " "), undo: undo, memory: path)
      return undo ? "\(shown) is shown again." : "Hidden. To undo: griot people hide --undo NAME"
    }
  }
}

struct PeopleImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in a directory of people: vCard, LDIF, CSV, .mailmap or people.yaml.",
    discussion: "Names, addresses, units and titles are kept in the memory's people file; what is there already stays.")

  @Argument(help: ArgumentHelp("A file.", valueName: "file"), completion: .file())
  var file: String

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions

  func run() throws {
    try PeopleEdit.run(memory, format.format) { (path) throws(GriotError) in
      let result = try People.importDirectory(path: file, memory: path)
      return "\(NumberFormat.count(result.people, "person", "people")); "
        + "\(NumberFormat.count(result.added, "new line", "new lines")) in the people file."
    }
  }
}
