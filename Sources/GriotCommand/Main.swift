import ArgumentParser
import Glibc

/// Arguments in, exit status out. Everything between is a command in `Commands/`.
@main struct Main {
  static func main() {
    // A reader of our output that went away is told by EPIPE (OutputBuffer); a worker that died must not take us along.
    signal(SIGPIPE, SIG_IGN)
    // Read here, as the library's array is made through types that are made at run time.
    exit(
      run((1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0].map { String(cString: $0) } })
        .rawValue)
  }

  static func run(_ arguments: [String]) -> ExitStatus {
    do {
      var attempts = 1
      while true {
        do {
          try perform(arguments)
          return .success
        } catch let failure as CommandFailure where failure.isStale && attempts < 50 {
          // A writer merged files away before they were opened: the next snapshot has the merged ones.
          attempts += 1
        }
      }
    } catch let ending as SilentExit {
      return ending.status
    } catch let failure as CommandFailure {
      complain(failure.message)
      return failure.status
    } catch {
      return finish(error)
    }
  }

  private static func perform(_ arguments: [String]) throws {
    if arguments.first == "search", let search = SearchArguments(reading: arguments.dropFirst()) {
      try SearchRun(search).run()
    } else {
      var command = try parse(arguments)
      try command.run()
    }
  }

  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let name = arguments.first, !name.hasPrefix("-"), !CommandNames.all.contains(name) {
      throw CommandFailure(.usage, CommandNames.unknown(name))
    }
    return try RootCommand.parseAsRoot(arguments)
  }

  /// What ArgumentParser throws: requests for help and the version, which are answers, and complaints.
  private static func finish(_ error: any Error) -> ExitStatus {
    if RootCommand.exitCode(for: error).isSuccess {
      let out = OutputBuffer.standardOutput()
      let text = RootCommand.fullMessage(for: error, columns: HelpCommand.columns())
      out.write(text.hasSuffix("\n") ? text : text + "\n")
      out.flush()
      return .success
    }
    complain(usageMessage(error))
    return .usage
  }

  /// `Error: … / Usage: … / See 'griot search --help'…` of ArgumentParser, in the voice of the other errors.
  static func usageMessage(_ error: any Error) -> String {
    let full = RootCommand.fullMessage(for: error, columns: 1000)
    return full.hasPrefix("Error: ") ? String(full.dropFirst("Error: ".count)) : full
  }

  static func complain(_ message: String) {
    let err = OutputBuffer.standardError()
    err.line("griot: " + Neutralize.lines(message))
    err.flush()
  }
}
