import Glibc

/// Starts the program that shows a path or an address.
struct Opener {
  private let environment: Environment

  init(_ environment: Environment) { self.environment = environment }

  /// - Throws: ``CommandFailure`` if there is no program, or none that succeeds; the message has the address.
  func open(_ address: String) throws(CommandFailure) {
    var commands: [[String]] = []
    // As xdg-open and Python's webbrowser read it: alternatives with colons between, `%s` for the address.
    for alternative in (environment.nonEmpty("BROWSER") ?? "").split(separator: ":") {
      var words = alternative.split(separator: " ").map(String.init)
      guard !words.isEmpty else { continue }
      if words.contains(where: { $0.contains("%s") }) {
        words = words.map { Self.replacing("%s", with: address, in: $0) }
      } else {
        words.append(address)
      }
      commands.append(words)
    }
    if commands.isEmpty { commands = [["xdg-open", address]] }
    var trouble = ""
    for command in commands {
      guard let problem = run(command) else { return }
      trouble = problem
    }
    throw CommandFailure(.inputOutput, "\(trouble). Set $BROWSER, or open it yourself: \(address)")
  }

  /// - Returns: What went wrong, `nil` if nothing did.
  private func run(_ command: [String]) -> String? {
    let words = command.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawnp(&process, command[0], nil, nil, words, environ)
    guard code == 0 else { return "cannot start \(command[0]): \(systemMessage(code))" }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { return "cannot wait for \(command[0]): \(systemMessage(errno))" }
    }
    guard status != 0 else { return nil }
    let ending =
      status & 0x7F == 0 ? "ends with status \((status >> 8) & 0xFF)" : "was killed by signal \(status & 0x7F)"
    return "\(command[0]) \(ending)"
  }

  private static func replacing(_ mark: String, with text: String, in word: String) -> String {
    var out = ""
    var rest = word[...]
    while let range = rest.firstRange(of: mark) {
      out += rest[..<range.lowerBound]
      out += text
      rest = rest[range.upperBound...]
    }
    return out + rest
  }
}
