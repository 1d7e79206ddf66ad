import Glibc

/// Defaults of a user: `$XDG_CONFIG_HOME/griot/config.yaml`, else `~/.config/griot/config.yaml`.
///
/// ```yaml
/// memory: ~/notes/memory    # where --memory would point
/// color: auto               # auto, always, never
/// limit: 20                 # hits of a search
/// buffer: 512MB             # memory of an ingest
/// workers: 2                # reader processes of an ingest
/// author: Ana Pérez         # who records lessons
/// lessons: ~/notes/lessons  # where `griot learn` keeps them
/// query-log: ~/notes/queries.tsv  # queries are noted there for `griot gaps`; without this line, nowhere
/// ```
///
/// A small flat part of YAML, read by hand: a YAML parser would cost every start of `griot search` more than the
/// search. What is not understood is an error with its line, never silently ignored.
struct ConfigurationFile: Equatable {
  var memory: String?
  var color: ColorChoice?
  var limit: Int?
  var buffer: Int?
  var workers: Int?
  var author: String?
  var lessons: String?
  var queryLog: String?

  static let keys = ["author", "buffer", "color", "lessons", "limit", "memory", "query-log", "workers"]

  /// The user's file; defaults if there is none.
  static func load(_ environment: Environment) throws(CommandFailure) -> ConfigurationFile {
    guard let path = path(environment) else { return ConfigurationFile() }
    guard let bytes = try read(path) else { return ConfigurationFile() }
    return try ConfigurationFile(String(decoding: bytes, as: UTF8.self), path: path, home: environment.home)
  }

  static func path(_ environment: Environment) -> String? {
    if let base = environment.nonEmpty("XDG_CONFIG_HOME") { return base + "/griot/config.yaml" }
    return environment.home.map { $0 + "/.config/griot/config.yaml" }
  }

  init() {}

  /// - Parameter path: Named in errors.
  init(_ text: String, path: String, home: String?) throws(CommandFailure) {
    var seen: Set<String> = []
    var number = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      func fail(_ what: String) -> CommandFailure { CommandFailure(.usage, "\(path):\(number): \(what)") }
      let line = trim(Self.withoutComment(line))
      if line.isEmpty || line == "---" || line == "..." { continue }
      guard let colon = line.firstIndex(of: ":") else {
        throw fail("expected `key: value`, found `\(line)`")
      }
      let key = trim(line[..<colon])
      guard let value = Self.scalar(trim(line[line.index(after: colon)...])) else {
        throw fail("the value of `\(key)` is not a plain or quoted scalar on one line")
      }
      guard seen.insert(String(key)).inserted else { throw fail("`\(key)` is given twice") }
      if value.isEmpty || value == "~" || value == "null" { continue }
      switch key {
      case "memory": memory = Self.expandHome(value, home)
      case "color", "colour":
        guard let choice = ColorChoice(rawValue: value) else {
          throw fail("`\(key)` is `auto`, `always` or `never`, not `\(value)`")
        }
        color = choice
      case "author": author = value
      case "lessons": lessons = Self.expandHome(value, home)
      case "query-log": queryLog = Self.expandHome(value, home)
      case "limit": limit = try Self.number(value, key, fail)
      case "workers": workers = try Self.number(value, key, fail)
      case "buffer":
        guard let bytes = NumberFormat.parseBytes(value) else {
          throw fail("`buffer` is a size such as `256MB`, not `\(value)`")
        }
        buffer = bytes
      default:
        throw fail("unknown key `\(key)`; known are \(Self.keys.joined(separator: ", "))")
      }
    }
  }

  private static func number(
    _ value: String, _ key: Substring, _ fail: (String) -> CommandFailure
  ) throws(CommandFailure) -> Int {
    guard let n = Int(value), n > 0 else { throw fail("`\(key)` is a whole number above 0, not `\(value)`") }
    return n
  }

  /// A `#` opens a comment at the start of a line or after white space, outside quotes.
  private static func withoutComment(_ line: Substring) -> Substring {
    var quote: Character?
    var previous: Character = " "
    var justClosed = false
    for i in line.indices {
      let c = line[i]
      defer { previous = c }
      if let q = quote {
        guard c == q else { continue }
        quote = nil
        justClosed = true
        continue
      } else if c == "\"" || c == "'" {
        // Inside a word an apostrophe is a letter; right behind a closed quote it is a doubled one.
        if previous == " " || previous == "\t" || previous == ":" || (c == "'" && justClosed) { quote = c }
      } else if c == "#", previous == " " || previous == "\t" {
        return line[..<i]
      }
      justClosed = false
    }
    return line
  }

  /// Takes quotes off; `nil` for lists, mappings, anchors, block scalars and unbalanced quotes.
  private static func scalar(_ text: Substring) -> String? {
    guard let first = text.first else { return "" }
    if first == "\"" || first == "'" {
      guard text.count >= 2, text.last == first else { return nil }
      let inner = text.dropFirst().dropLast()
      // Escapes in double quotes would need the rest of YAML; single quotes double themselves.
      if first == "\"" { return inner.contains("\\") || inner.contains("\"") ? nil : String(inner) }
      return replacing("''", with: "'", in: inner)
    }
    return "[]{}&*!|>%@`".contains(first) ? nil : String(text)
  }

  private static func replacing(_ pair: String, with one: String, in text: Substring) -> String? {
    var out = ""
    var i = text.startIndex
    while i < text.endIndex {
      if text[i...].hasPrefix(pair) {
        out += one
        i = text.index(i, offsetBy: pair.count)
      } else if text[i] == "'" {
        return nil
      } else {
        out.append(text[i])
        i = text.index(after: i)
      }
    }
    return out
  }

  private static func expandHome(_ path: String, _ home: String?) -> String {
    guard let home, path == "~" || path.hasPrefix("~/") else { return path }
    return home + path.dropFirst()
  }

  /// The bytes of the file, `nil` if there is none.
  private static func read(_ path: String) throws(CommandFailure) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if code == ENOENT || code == ENOTDIR { return nil }
      throw CommandFailure(code == EACCES ? .denied : .inputOutput, "cannot read \(path): \(systemMessage(code))")
    }
    defer { close(descriptor) }
    // A file of defaults is small; whatever is larger is something else.
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let n = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress!, $0.count) }
    guard n >= 0 else { throw CommandFailure(.inputOutput, "cannot read \(path): \(systemMessage(errno))") }
    guard n < bytes.count else { throw CommandFailure(.usage, "\(path) is larger than 64 KiB: not a file of defaults") }
    bytes.removeLast(bytes.count - n)
    return bytes
  }
}

/// Without white space at the ends (space, tab, carriage return).
func trim(_ text: Substring) -> Substring {
  func isBlank(_ c: Character) -> Bool { c == " " || c == "\t" || c == "\r" || c == "\r\n" }
  guard let start = text.firstIndex(where: { !isBlank($0) }) else { return text[text.endIndex...] }
  let end = text.lastIndex { !isBlank($0) }!
  return text[start...end]
}
