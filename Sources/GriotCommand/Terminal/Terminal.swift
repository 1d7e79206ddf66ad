import Glibc

/// What the far end of a file descriptor can show. Looked at once, when a command starts to write.
struct Terminal: Equatable {
  var isInteractive: Bool
  /// Cells of a line. 80 where nobody says otherwise.
  var columns: Int
  /// Lines of the window; `nil` if it is none.
  var rows: Int?
  var usesColor: Bool
  var usesHyperlinks: Bool

  /// A pipe or a file: no colour, no links, 80 columns.
  static let plain = Terminal(isInteractive: false, columns: 80, rows: nil, usesColor: false, usesHyperlinks: false)

  /// - Parameter color: `auto` is "on a terminal that is not `dumb`, unless `NO_COLOR` is set and not empty"
  ///   (https://no-color.org).
  static func detect(
    _ descriptor: Int32, color: ColorChoice, environment: Environment
  ) -> Terminal {
    let isInteractive = isatty(descriptor) == 1
    var terminal = plain
    terminal.isInteractive = isInteractive
    if isInteractive {
      var size = winsize()
      if ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 {
        if size.ws_col > 0 { terminal.columns = Int(size.ws_col) }
        if size.ws_row > 0 { terminal.rows = Int(size.ws_row) }
      }
    }
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), columns > 0 { terminal.columns = columns }
    // Narrower than this nothing can be laid out; wider lines than this are hard to read, titles may use them.
    terminal.columns = min(max(terminal.columns, 20), 10_000)

    let isDumb = environment["TERM"] == "dumb"
    switch color {
    case .always: terminal.usesColor = true
    case .never: terminal.usesColor = false
    case .auto: terminal.usesColor = isInteractive && !isDumb && (environment["NO_COLOR"] ?? "").isEmpty
    }
    terminal.usesHyperlinks =
      color != .never && Self.supportsHyperlinks(environment, isInteractive: isInteractive && !isDumb)
    return terminal
  }

  /// OSC 8 cannot be asked for, and old terminals print it as rubbish: only those that are known to have it.
  /// `FORCE_HYPERLINK` (0 or 1) overrules, as in other tools.
  static func supportsHyperlinks(_ environment: Environment, isInteractive: Bool) -> Bool {
    if let force = environment["FORCE_HYPERLINK"] { return force != "0" }
    guard isInteractive else { return false }
    if let vte = environment["VTE_VERSION"].flatMap({ Int($0) }) { return vte >= 5000 }
    if environment["KITTY_WINDOW_ID"] != nil || environment["WT_SESSION"] != nil { return true }
    if let konsole = environment["KONSOLE_VERSION"].flatMap({ Int($0) }) { return konsole >= 201_200 }
    switch environment["TERM_PROGRAM"] {
    case "iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio": return true
    case "tmux":
      // Passes links on since 3.4.
      let version = (environment["TERM_PROGRAM_VERSION"] ?? "").split(separator: ".")
      let major = version.first.flatMap { Int($0) } ?? 0
      let minor = version.dropFirst().first.flatMap { Int($0.prefix { $0.isNumber }) } ?? 0
      return (major, minor) >= (3, 4)
    default: break
    }
    switch environment["TERM"] {
    case "xterm-kitty", "alacritty", "foot", "foot-extra", "contour", "xterm-ghostty": return true
    default: return false
    }
  }
}
