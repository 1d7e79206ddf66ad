import ArgumentParser

/// The tree of commands. A command exists when the library can do its work: one file each in `Commands/`.
struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "griot",
    abstract: "The memory of an organization: what do we know, what did we learn, who can help?",
    discussion: """
      Take in what people wrote and told, then ask:

        griot ingest ~/newsletters ~/wiki-export ~/recordings
        griot search 'rollback after failed deploy'

      The memory is a directory: --memory DIR, else $GRIOT_MEMORY, else Index/memory below the working directory \
      if it exists, else ~/.local/share/griot.
      """,
    version: Version.text,
    groupedSubcommands: [
      CommandGroup(
        name: "Ask",
        subcommands: [
          SearchCommand.self, ExpertsCommand.self, PersonCommand.self, RelatedCommand.self, ShowCommand.self,
        ]),
      CommandGroup(name: "Take in", subcommands: [IngestCommand.self, ExtractCommand.self]),
      CommandGroup(
        name: "Look after the memory",
        subcommands: [
          StatusCommand.self, SourcesCommand.self, PeopleCommand.self, RemoveCommand.self, CheckCommand.self,
          MergeCommand.self,
          ReindexCommand.self, ExportCommand.self,
        ]),
      CommandGroup(name: "Learn more", subcommands: [HelpCommand.self]),
    ])
}

/// Names of the commands, for a message about one that does not exist.
enum CommandNames {
  static var all: [String] {
    RootCommand.configuration.groupedSubcommands.flatMap(\.subcommands).map { $0._commandName }
  }

  static func unknown(_ name: String) -> String {
    let nearest = Similarity.nearest(name, in: all).map { " Did you mean '\($0)'?" } ?? ""
    return "there is no command '\(name)'.\(nearest)\nSee 'griot --help' for the commands."
  }
}

enum Version {
  static let text = "griot 0.1.0"
}
