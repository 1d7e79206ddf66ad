import Glibc
import TestSupport
import Testing

/// `griot ingest`, from files to account.
@Suite struct IngestCommandTests {
  @Test func theAccountOfEachRun() throws {
    var griot = try Griot()
    for (name, text) in SmallMemory.files { try griot.folder.write(name, text) }
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let first = try griot("ingest", "in")
    #expect(first.status == 0)
    #expect(first.errors == "")
    #expect(
      SmallMemory.steady(first.output, griot) == """
        source  files  added  updated  unchanged  skipped  failed
        in          3      4        –          –        –       –

        Read 3 files, 4 records: 4 added
        1.1 kB in TIME
        memory now holds 4 documents in 4 passages

        """)

    let second = try griot("ingest", "in", "--format", "json")
    #expect(second.status == 0)
    #expect(
      SmallMemory.steady(second.output, griot) == """
        {"version":1,"files":3,"found":4,"added":0,"updated":0,"unchanged":4,"duplicates":0,"removed":0,"skipped":[],\
        "failed":[],"documents":4,"passages":4,"bytes":0,"seconds":0}

        """)

    try griot.folder.write("in/wiki/rollback.md", "# Rolling back\n\nStop the workers.\n")
    unlink(griot.folder["in/talks/valves.vtt"])
    let third = try griot("ingest", "in", "--dry-run")
    #expect(third.output.contains("1 file of an earlier ingest gone (--prune removes their documents):"))
    #expect(third.output.contains("in/talks/valves.vtt"))
    let fourth = try JSONValue(parsing: try griot("ingest", "in", "--prune", "--format", "json").output)
    #expect(fourth["updated"]?.int == 1)
    #expect(fourth["unchanged"]?.int == 2)
    #expect(fourth["removed"]?.int == 1)
    #expect(fourth["documents"]?.int == 3)
    #expect(try griot("search", "turbine").status == 1)
  }

  @Test func aDryRunMakesNothing() throws {
    let griot = try Griot()
    try griot.folder.write("in/a.md", "# A\n\nText of a page.\n")
    let result = try griot("ingest", "in", "--dry-run", "--memory", "m")
    #expect(result.status == 0)
    #expect(result.output.contains("Would read 1 file"))
    #expect(result.output.contains(" would grow by about "))
    #expect(try griot("search", "page", "--memory", "m").status == 3)
  }

  @Test func badInputCostsOnlyItself() throws {
    var griot = try Griot()
    try BadInput.write(into: griot.folder)
    // Unoptimised readers take their time over 50 MB, more so on a loaded machine.
    griot.runner.timeLimit = 600
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let result = try griot("ingest", "in", "--format", "json", "--progress", "json")
    #expect(result.status == 5)
    let account = try JSONValue(parsing: result.output)
    func number(_ key: String) -> Int { account[key]?.int ?? -1 }
    func problems(_ key: String) -> [String] {
      account[key]!.array.map { $0["path"]!.string! + ": " + $0["reason"]!.string! }
    }
    #expect(number("files") == 7)
    #expect(
      number("found") == number("added") + number("updated") + number("unchanged") + problems("skipped").count
        + problems("failed").count)
    #expect(number("added") == 4)
    #expect(
      problems("skipped").sorted() == [
        "in/empty.md: empty file", "in/page.html: binary file (ELF executable)",
        "in/talk.vtt:0: no cues in this WebVTT file",
      ])
    #expect(problems("failed") == ["in/long.txt:0: line 1 is 50000000 bytes long, the limit is 16777216"])
    for line in try JSONValue.lines(result.errors) { #expect(line["event"] != nil) }
    #expect(try griot("search", "rollback").status == 0)
    #expect(try griot("search", "stuck").status == 0)
    // A second run finds nothing new, and does not forget what failed.
    let again = try JSONValue(parsing: try griot("ingest", "in", "--format", "json").output)
    #expect(again["added"]?.int == 0)
    #expect(again["found"]?.int == number("found"))
  }

  @Test func standardInput() throws {
    var griot = try Griot()
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let page = Array("# Rollback\n\nStop the workers.\n".utf8)
    let first = try JSONValue(parsing: try griot("ingest", "-", "--format", "json", input: page).output)
    #expect(first["added"]?.int == 1)
    let second = try JSONValue(parsing: try griot("ingest", "-", "--format", "json", input: page).output)
    #expect(second["added"]?.int == 0)
    #expect(second["documents"]?.int == 1)
    let empty = try JSONValue(
      parsing: try griot("ingest", "-", "--format", "json", "--source", "none", input: []).output)
    #expect(empty["skipped"]?[0] == .object([("path", .string("-")), ("reason", .string("empty file"))]))
    #expect(try griot("sources", "--format", "json").output.contains("\"name\":\"standard-input\""))
  }

  @Test func sourcesHaveNames() throws {
    let griot = try Griot()
    try griot.folder.write("a/x.md", "# X\n\nOne.\n")
    try griot.folder.write("b/y.md", "# Y\n\nTwo.\n")
    #expect(try griot("ingest", "a", "b", "--memory", "m").status == 0)
    #expect(try griot("ingest", "b", "--source", "second", "--memory", "m").status == 0)
    let names = try JSONValue(parsing: try griot("sources", "--memory", "m", "--format", "json").output)
    #expect(names["sources"]!.array.map { $0["name"]?.string } == ["a", "b", "second"])
  }

  @Test func aPathThatIsNotThere() throws {
    let result = try Griot()("ingest", "nowhere", "--memory", "m")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors == "griot: cannot take in nowhere: No such file or directory\n")
  }

  @Test func aFolderThatMustNotBeRead() throws {
    var griot = try Griot()
    try griot.folder.write("in/open/a.md", "# A\n\nOne page.\n")
    try griot.folder.write("in/shut/b.md", "# B\n\nAnother.\n")
    guard try griot.becomeUnprivileged() else { return }
    chmod(griot.folder["in/shut"], 0)
    defer { chmod(griot.folder["in/shut"], 0o755) }
    let result = try griot("ingest", "in", "--memory", "m", "--format", "json")
    #expect(result.status == 5)
    let account = try JSONValue(parsing: result.output)
    #expect(
      account["failed"]
        == .array([.object([("path", .string("in/shut")), ("reason", .string("cannot list: Permission denied"))])]))
    #expect(account["added"]?.int == 1)
  }

  @Test func aMemoryThatMustNotBeWritten() throws {
    var griot = try Griot()
    try griot.folder.write("in/a.md", "# A\n\nOne page.\n")
    mkdir(griot.folder["shut"], 0o755)
    guard try griot.becomeUnprivileged() else { return }
    chmod(griot.folder["shut"], 0o555)
    let result = try griot("ingest", "in", "--memory", "shut/m")
    #expect(result.status == 7)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("griot: "))
    #expect(result.errors.contains("shut"))
    #expect(result.errors.contains("Permission denied"))
  }

  @Test func aSecondWriter() throws {
    let griot = try SmallMemory.griot()
    let lock = open(griot.folder["memory/lock"], O_RDWR | O_CLOEXEC)
    #expect(lock >= 0 && flock(lock, LOCK_EX | LOCK_NB) == 0)
    defer { close(lock) }
    for arguments in [["ingest", "in"], ["remove", "in"], ["merge"], ["reindex"]] {
      let result = try griot.runner.run(arguments)
      #expect(result.status == 4, "\(arguments)")
      #expect(result.output == "")
      #expect(result.errors.hasPrefix("griot: the memory ") && result.errors.contains("is being written by"))
    }
    // Readers are not kept waiting.
    #expect(try griot("search", "valve").status == 0)
  }
}

extension Griot {
  /// Permissions do not bind root: run as nobody, in a folder that belongs to nobody.
  ///
  /// - Returns: Whether that was possible; otherwise says so.
  mutating func becomeUnprivileged() throws -> Bool {
    guard geteuid() == 0 else { return true }
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"]
    var probe = runner
    probe.executable = "setpriv"
    let owner = ProcessRunner(executable: "chown", directory: folder.path, environment: ["PATH": "/usr/bin:/bin"])
    guard try owner.run(["-R", "65534:65534", folder.path]).status == 0,
      try probe.run(nobody + [runner.executable, "--version"]).status == 0
    else {
      print("SKIPPED: the tests run as root and cannot run griot as nobody; permissions are not tested")
      return false
    }
    prefix = nobody + [runner.executable]
    runner.executable = "setpriv"
    return true
  }
}
