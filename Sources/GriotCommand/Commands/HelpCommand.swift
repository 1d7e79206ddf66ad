import ArgumentParser
import Glibc

/// `griot help [TOPIC|COMMAND]`.
struct HelpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "help",
    abstract: "Explain a command or a topic: \(HelpTopic.names).")

  @Argument(
    help: ArgumentHelp("A command, or one of the topics \(HelpTopic.names).", valueName: "topic"),
    completion: .list(HelpTopic.allCases.map(\.rawValue)))
  var topic: String?

  @OptionGroup(title: "Memory") var memory: MemoryOptions

  func run() throws {
    let out = OutputBuffer.standardOutput()
    if let topic, let text = HelpTopic(rawValue: topic)?.text {
      out.write(text)
    } else if let topic {
      let command = RootCommand.configuration.groupedSubcommands.lazy.flatMap(\.subcommands)
        .first { $0._commandName == topic }
      guard let command else {
        throw CommandFailure(
          .usage, "no command or topic '\(topic)'. Topics are \(HelpTopic.names); 'griot help' lists the commands")
      }
      out.line(RootCommand.helpMessage(for: command, columns: Self.columns()))
    } else {
      out.line(RootCommand.helpMessage(columns: Self.columns()))
      out.line()
      out.line("TOPICS (griot help TOPIC):")
      for topic in HelpTopic.allCases {
        out.line("  " + topic.rawValue + String(repeating: " ", count: 14 - topic.rawValue.utf8.count) + topic.abstract)
      }
    }
    try out.finish()
  }

  /// Lines of help fill the window, but no more than reads well.
  static func columns() -> Int {
    min(100, Terminal.detect(STDOUT_FILENO, color: .never, environment: .process).columns)
  }
}
