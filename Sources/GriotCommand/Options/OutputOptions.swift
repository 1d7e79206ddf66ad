import ArgumentParser

extension ColorChoice: ExpressibleByArgument {}

/// `--color`, on every command that writes for people.
struct ColorOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Colours; auto: on a terminal, unless NO_COLOR is set.", valueName: "when"))
  var color: ColorChoice?
}

/// `--format text|json`, for commands that answer with one thing.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}

struct AnswerFormatOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Output: text for people, json for programs.", valueName: "format"))
  var format: AnswerFormat = .text
}

/// `--addresses`: e-mail addresses stay out of every output unless somebody asks for them.
struct AddressOptions: ParsableArguments {
  @Flag(name: .long, help: "Show the e-mail addresses of people.")
  var addresses = false
}
