import Glibc

/// Shows a long text a screen at a time, beginning at a line of it.
struct Pager {
  /// As the shell reads it.
  let command: String

  /// `$PAGER`, else `less`. nil where nothing is to be paged: no terminal, a dumb one, `PAGER` empty or `cat`.
  init?(_ terminal: Terminal, environment: Environment) {
    guard terminal.isInteractive, environment["TERM"] != "dumb" else { return nil }
    let pager = environment["PAGER"] ?? "less -R"
    let isBlank = pager.allSatisfy(\.isWhitespace)
    if isBlank || Self.name(pager) == "cat" { return nil }
    command = pager
  }

  /// The program's own name, without folder and options.
  private static func name(_ command: String) -> Substring {
    let word = command.split(whereSeparator: \.isWhitespace).first ?? ""
    return word.split(separator: "/").last ?? word
  }

  /// The command that begins at a line, from 1; only programs are told that are known to understand it.
  func beginning(at line: Int) -> String {
    guard line > 1, ["less", "more", "most"].contains(Self.name(command)) else { return command }
    return command + " +\(line)"
  }

  /// Runs the pager on a text, and waits for its end.
  ///
  /// - Returns: false if it could not be started; nothing has been shown then.
  func show(_ text: [UInt8], line: Int) -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    // Colours pass through; whoever has options of their own keeps them.
    setenv("LESS", "R", 0)
    let shell = ["sh", "-c", beginning(at: line)] as [String]
    let words = shell.map { strdup($0) }
    defer { for word in words { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, "/bin/sh", &actions, nil, words + [nil], environ)
    close(ends[0])
    guard code == 0 else {
      close(ends[1])
      return false
    }
    // An interrupt is the pager's business while it runs; one that is left early closes the pipe.
    let interrupt = signal(SIGINT, SIG_IGN)
    let broken = signal(SIGPIPE, SIG_IGN)
    let out = OutputBuffer(descriptor: ends[1])
    out.write(text)
    out.flush()
    close(ends[1])
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    signal(SIGINT, interrupt)
    signal(SIGPIPE, broken)
    // The shell's answer where there is no such program.
    return status >> 8 & 0xFF != 127
  }
}
