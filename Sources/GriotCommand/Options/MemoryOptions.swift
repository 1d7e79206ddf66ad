import ArgumentParser
import Griot

/// `--memory DIR`, on every command.
struct MemoryOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The memory: a directory. Default: $GRIOT_MEMORY, else Index/memory if it exists, else ~/.local/share/griot.",
      valueName: "dir"), completion: .directory)
  var memory: String?
}

/// What a command knows about where it runs: environment, the user's defaults, the memory's place.
struct CommandContext {
  var environment: Environment
  var configuration: ConfigurationFile
  var location: MemoryLocation

  init(memory: String?, environment: Environment = .process) throws(CommandFailure) {
    self.environment = environment
    configuration = try ConfigurationFile.load(environment)
    location = try MemoryLocation.resolve(option: memory, environment: environment, configuration: configuration)
  }

  /// The memory, opened for reading.
  ///
  /// - Parameter pinned: For commands that print before they have read everything.
  func open(pinned: Bool = false) throws(CommandFailure) -> Memory {
    do {
      return try Memory(opening: location.path, pinned: pinned)
    } catch {
      throw failure(error)
    }
  }

  /// A library error, with the way out where only the command line knows it.
  func failure(_ error: GriotError) -> CommandFailure {
    guard error.kind == .memoryMissing else { return CommandFailure(error) }
    return CommandFailure(
      .memoryUnavailable,
      "no memory at \(location.path). Create one with: griot ingest PATH --memory \(ShellWord.quote(location.path))")
  }

  /// - Parameter color: `--color` of the command line; `nil` for the user's default.
  func terminal(_ descriptor: Int32, color: ColorChoice?) -> Terminal {
    Terminal.detect(descriptor, color: color ?? configuration.color ?? .auto, environment: environment)
  }
}

/// Words of a command line that people copy from a message.
enum ShellWord {
  static func quote(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._/~+,:@%=".utf8.contains(byte)
    }
    if isPlain && !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
