import Glibc

/// The environment variables that a command looks at. A value, so that tests need not change the process's own.
struct Environment: Sendable {
  private let overrides: [String: String]?

  /// That of the process.
  static let process = Environment(overrides: nil)

  /// Only these variables.
  init(_ variables: [String: String]) { overrides = variables }

  private init(overrides: [String: String]?) { self.overrides = overrides }

  subscript(_ name: String) -> String? {
    if let overrides { return overrides[name] }
    return getenv(name).map { String(cString: $0) }
  }

  /// A variable that is set and not empty: an empty one means "not set" to most people and to the XDG base
  /// directory specification.
  func nonEmpty(_ name: String) -> String? { self[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// `$HOME`. Not the user database where it is missing: its modules cannot be had in a static program.
  var home: String? { nonEmpty("HOME") }
}
