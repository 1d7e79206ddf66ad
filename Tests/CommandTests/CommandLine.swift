import Glibc
import TestSupport
import Testing

/// The built `griot` in a folder of its own, as a stranger would run it.
struct Griot {
  let folder: ProcessFolder
  var runner: ProcessRunner
  /// Arguments before those of griot, where the runner starts something that starts griot.
  var prefix: [String] = []

  init() throws {
    folder = try ProcessFolder()
    let path = ProcessRunner.product("griot")
    guard access(path, X_OK) == 0 else {
      throw MissingProduct(description: "griot is not built beside the tests: swift build --product griot")
    }
    runner = ProcessRunner(
      executable: path, directory: folder.path, environment: ["HOME": folder.path, "PATH": "/usr/bin:/bin"])
  }

  func callAsFunction(_ arguments: String..., input: [UInt8] = []) throws -> ProcessResult {
    let result = try runner.run(prefix + arguments, input: input)
    #expect(!result.timedOut, "griot \(arguments.joined(separator: " ")) does not end")
    #expect(result.status < 128 || result.status == 130, "killed by signal \(result.status - 128): \(result.errors)")
    return result
  }

  /// A file of the folder, as text.
  func read(_ name: String) throws -> String {
    String(decoding: try ProcessFolder.read(folder.path + "/" + name), as: UTF8.self)
  }

  struct MissingProduct: Error, CustomStringConvertible { var description: String }
}
