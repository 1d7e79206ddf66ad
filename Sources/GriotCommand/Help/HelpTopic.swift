/// What `griot help` explains beside the commands.
enum HelpTopic: String, CaseIterable {
  case query, formats, config
  case exitCodes = "exit-codes"

  static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }

  var abstract: String {
    switch self {
    case .query: "the query language, and what becomes of stop words"
    case .formats: "what can be ingested, and what output looks like"
    case .config: "the file of defaults, environment variables, the memory's place"
    case .exitCodes: "what the exit status means"
    }
  }

  var text: String {
    switch self {
    case .query: QueryHelp.text
    case .formats: FormatsHelp.text
    case .config: ConfigurationHelp.text
    case .exitCodes: ExitStatusHelp.text
    }
  }
}
