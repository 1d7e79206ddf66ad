import Glibc
import TestSupport
import Testing

/// The manual pages in `man/` are those that the definitions give. After a change:
/// `GRIOT_RECORD=1 swift test --filter ManualTests`, and commit what changed.
@Suite struct ManualTests {
  /// Folder of the package: three levels up from this file.
  static let package = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(4)
    .joined(separator: "/")

  /// File names and contents of all pages.
  private func pages() throws -> [String: String] {
    let griot = try Griot()
    let dump = try griot("--experimental-dump-help")
    #expect(dump.status == 0)
    let root = try JSONValue(parsing: dump.output)["command"]!
    let version = String(try griot("--version").output.dropLast())
    // ArgumentParser adds a `help` of its own behind ours.
    var commands: [JSONValue] = []
    for command in root["subcommands"]!.array
    where !commands.contains(where: { $0["commandName"] == command["commandName"] }) { commands.append(command) }
    let topics = try ["query", "formats", "config", "exit-codes"].map { try griot("help", $0).output }
    var pages = [
      "griot.1": ManualPage.overview(root, commands: commands, topics: topics, version: version).text
    ]
    for command in commands {
      pages["griot-\(command["commandName"]!.string!).1"] = ManualPage.command(command, version: version).text
    }
    return pages
  }

  @Test func pagesMatchTheDefinitions() throws {
    let folder = Self.package + "/man"
    let pages = try pages()
    if getenv("GRIOT_RECORD") != nil {
      mkdir(folder, 0o755)
      for name in try names(folder) where pages[name] == nil { unlink(folder + "/" + name) }
      for (name, text) in pages { try ProcessFolder.write(folder + "/" + name, Array(text.utf8)) }
    }
    #expect(try names(folder) == pages.keys.sorted())
    for (name, text) in pages {
      let committed = (try? ProcessFolder.read(folder + "/" + name)).map { String(decoding: $0, as: UTF8.self) }
      #expect(
        committed == text, "man/\(name) is out of date: GRIOT_RECORD=1 swift test --filter ManualTests")
    }
  }

  @Test func groffHasNoComplaints() throws {
    guard access("/usr/bin/groff", X_OK) == 0 else {
      print("SKIPPED: groff is not installed; the manual pages are not formatted")
      return
    }
    let folder = try ProcessFolder()
    for (name, text) in try pages() {
      let file = try folder.write(name, text)
      let runner = ProcessRunner(
        executable: "groff", directory: folder.path, environment: ["PATH": "/usr/bin:/bin"])
      let result = try runner.run(["-man", "-ww", "-Tutf8", "-k", file])
      #expect(result.errors == "", "\(name)")
      #expect(result.output.contains("Griot"), "\(name)")
    }
  }

  private func names(_ folder: String) throws -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".1") { names.append(name) }
    }
    return names.sorted()
  }
}

@Suite struct CompletionTests {
  @Test(arguments: ["bash", "zsh", "fish"])
  func scripts(_ shell: String) throws {
    let griot = try Griot()
    let result = try griot("--generate-completion-script", shell)
    #expect(result.status == 0)
    #expect(result.errors == "")
    for word in ["search", "ingest", "memory", "relevance", "trec"] {
      #expect(result.output.contains(word), "\(word)")
    }
    let path = "/usr/bin/" + shell
    guard access(path, X_OK) == 0 else {
      print("SKIPPED: \(shell) is not installed; its completion script is not parsed")
      return
    }
    let file = try griot.folder.write("script", result.output)
    let check = ProcessRunner(executable: path, directory: griot.folder.path, environment: ["PATH": "/usr/bin:/bin"])
    let parsed = try check.run(shell == "fish" ? ["--no-execute", file] : ["-n", file])
    #expect(parsed.status == 0)
    #expect(parsed.errors == "")
  }
}
