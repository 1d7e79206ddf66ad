import Glibc

/// Where the memory of a command is (design: `--memory`, `$GRIOT_MEMORY`, `Index/memory` below the working
/// directory if it exists, the user's file of defaults, `~/.local/share/griot`).
///
/// The folder of a project stands before the user's defaults, as everywhere: the nearer setting wins.
struct MemoryLocation: Equatable {
  enum Origin: Equatable { case option, environment, workingDirectory, configuration, standard }

  var path: String
  var origin: Origin

  static func resolve(
    option: String?, environment: Environment, configuration: ConfigurationFile,
    isDirectory: (String) -> Bool = Self.isDirectory
  ) throws(CommandFailure) -> MemoryLocation {
    if let option {
      guard !option.isEmpty else { throw CommandFailure(.usage, "--memory needs the path of a directory") }
      return MemoryLocation(path: option, origin: .option)
    }
    if let path = environment.nonEmpty("GRIOT_MEMORY") { return MemoryLocation(path: path, origin: .environment) }
    if isDirectory("Index/memory") { return MemoryLocation(path: "Index/memory", origin: .workingDirectory) }
    if let path = configuration.memory { return MemoryLocation(path: path, origin: .configuration) }
    if let base = environment.nonEmpty("XDG_DATA_HOME") {
      return MemoryLocation(path: base + "/griot", origin: .standard)
    }
    guard let home = environment.home else {
      throw CommandFailure(
        .usage, "HOME is not set, so there is no place for the memory. Say where it is with --memory DIR")
    }
    return MemoryLocation(path: home + "/.local/share/griot", origin: .standard)
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
