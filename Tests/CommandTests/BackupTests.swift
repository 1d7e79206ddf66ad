import Glibc
import TestSupport
import Testing

/// `griot backup` and `griot restore` on the built program.
@Suite struct BackupTests {
  /// What a memory says: everything in it, and the answer to a query.
  private func answers(_ griot: Griot, _ memory: String) throws -> [String] {
    let search = try JSONValue(parsing: try griot("search", "valve", "--format", "json", "--memory", memory).output)
    let hits = search["hits"]!.array.map { "\($0["id"]!.string!) \($0["score"]!)" }
    return [try griot("export", "--memory", memory).output, hits.joined(separator: "\n")]
  }

  @Test(arguments: ["copy", "copy.tar"]) func comesBackAsItWas(_ target: String) throws {
    let griot = try SmallMemory.griot()
    let expected = try answers(griot, "memory")
    let backup = try griot("backup", target)
    #expect(backup.status == 0, "\(backup.errors)")
    #expect(backup.output.hasPrefix("Backed up 4 documents: "))
    #expect(try griot("remove", "in", "--purge").status == 0)
    let restored = try griot("restore", target, "--memory", "again", "--format", "json")
    #expect(restored.status == 0, "\(restored.errors)")
    let json = try JSONValue(parsing: restored.output)
    #expect(json.keys == ["version", "memory", "documents", "files", "bytes", "generation"])
    #expect(json["documents"]?.int == 4)
    #expect(try answers(griot, "again") == expected)
    // Ingesting the same files again finds everything unchanged.
    let ingest = try griot("ingest", "in", "--memory", "again", "--format", "json")
    #expect(try JSONValue(parsing: ingest.output)["unchanged"]?.int == 4)
  }

  @Test func theBytesAreThose() throws {
    let griot = try SmallMemory.griot()
    let expected = try MemoryFiles.contents(griot.folder["memory"])
    #expect(try griot("backup", "copy").status == 0)
    #expect(try griot("backup", "copy.tar").status == 0)
    #expect(try griot("restore", "copy.tar", "--memory", "again").status == 0)
    for name in ["copy", "again"] {
      #expect(MemoryFiles.differences(expected, try MemoryFiles.contents(griot.folder[name])) == [], "\(name)")
    }
    // The archive is one that tar reads, and reads what tar writes.
    let tar = ProcessRunner(executable: "tar", directory: griot.folder.path, environment: ["PATH": "/usr/bin:/bin"])
    let listed = try tar.run(["-tf", "copy.tar"])
    #expect(listed.status == 0 && listed.errors == "")
    #expect(Set(listed.output.split(separator: "\n").map(String.init)) == Set(expected.keys))
    #expect(try tar.run(["-C", "copy", "-cf", "own.tar", "."]).status == 0)
    #expect(try griot("restore", "own.tar", "--memory", "third").status == 0)
    #expect(MemoryFiles.differences(expected, try MemoryFiles.contents(griot.folder["third"])) == [])
  }

  @Test func throughAPipe() throws {
    let griot = try SmallMemory.griot()
    let archive = try griot("backup", "-")
    #expect(archive.status == 0)
    #expect(archive.errors.hasPrefix("Backed up 4 documents"))
    let result = try griot("restore", "-", "--memory", "again", input: archive.standardOutput)
    #expect(result.status == 0, "\(result.errors)")
    #expect(try griot("check", "--memory", "again").status == 0)
  }

  @Test func nothingIsOverwritten() throws {
    let griot = try SmallMemory.griot()
    let before = try MemoryFiles.contents(griot.folder["memory"])
    #expect(try griot("backup", "copy").status == 0)
    #expect(try griot("backup", "copy.tar").status == 0)
    let folder = try griot("backup", "copy")
    #expect(folder.status == 2)
    #expect(folder.errors.contains("copy holds a memory already"))
    let file = try griot("backup", "copy.tar")
    #expect(file.status == 2)
    #expect(file.errors == "griot: copy.tar exists, and nothing is overwritten: name another file\n")
    let own = try griot("backup", "in")
    #expect(own.status == 2)
    // The memory itself, by default.
    let restore = try griot("restore", "copy.tar")
    #expect(restore.status == 2)
    #expect(restore.errors.contains("memory holds a memory already, and nothing is overwritten"))
    #expect(MemoryFiles.differences(before, try MemoryFiles.contents(griot.folder["memory"])) == [])
    try griot.folder.write("full/notes.txt", "mine")
    #expect(try griot("restore", "copy.tar", "--memory", "full").status == 2)
    #expect(try ProcessFolder.read(griot.folder["full/notes.txt"]) == Array("mine".utf8))
  }

  /// Any byte wrong, any length: refused with exit 6 (or 2 where it is no archive at all), and nothing left behind.
  @Test func damageIsNoMemory() throws {
    let griot = try SmallMemory.griot()
    #expect(try griot("backup", "copy.tar").status == 0)
    let bytes = try ProcessFolder.read(griot.folder["copy.tar"])
    var random = SplitMix64(seed: 5)
    var refused = 0
    for round in 0..<40 {
      var wrong = bytes
      if round % 2 == 0 {
        wrong = Array(wrong[..<Int.random(in: 0..<wrong.count - 1536, using: &random)])
      } else {
        wrong[Int.random(in: 0..<wrong.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      }
      try griot.folder.write("wrong.tar", wrong)
      let result = try griot("restore", "wrong.tar", "--memory", "again")
      if result.status == 0 {
        // In the headers there are bytes that say nothing (and the zeros that fill a block).
        #expect(round % 2 == 1)
        #expect(try griot("check", "--memory", "again").status == 0)
        #expect(try griot("export", "--memory", "again").output == griot("export").output)
        _ = try ProcessRunner(executable: "rm", directory: griot.folder.path, environment: ["PATH": "/usr/bin:/bin"])
          .run(["-r", "again"])
      } else {
        refused += 1
        #expect(result.status == 6, "round \(round): \(result.errors)")
        #expect(access(griot.folder["again"], F_OK) != 0, "round \(round): something was left")
      }
    }
    #expect(refused >= 20)
  }

  @Test func aDamagedMemoryIsNotBackedUp() throws {
    let griot = try SmallMemory.griot()
    let names = try MemoryFiles.contents(griot.folder["memory"]).keys.filter { $0.hasSuffix(".store") }
    let path = griot.folder["memory/" + names.first!]
    var bytes = try ProcessFolder.read(path)
    bytes[40] ^= 1
    try ProcessFolder.write(path, bytes)
    for target in ["copy", "copy.tar"] {
      let result = try griot("backup", target)
      #expect(result.status == 6, "\(result.errors)")
      #expect(access(griot.folder[target], F_OK) != 0)
      #expect(access(griot.folder[target + ".partial"], F_OK) != 0)
    }
  }

  @Test func notABackup() throws {
    let griot = try SmallMemory.griot()
    #expect(try griot("restore", "nowhere", "--memory", "again").status == 2)
    #expect(try griot("restore", "nowhere.tar", "--memory", "again").status == 2)
    #expect(try griot("restore", "in", "--memory", "again").status == 2)
    #expect(try griot("restore", "in/wiki/rollback.md", "--memory", "again").status == 6)
    #expect(try griot("restore", "-", "--memory", "again").status == 6)
    let tar = ProcessRunner(executable: "tar", directory: griot.folder.path, environment: ["PATH": "/usr/bin:/bin"])
    // Members that would be written outside, or beside.
    #expect(
      try tar.run(["--transform", "s,^in/wiki,segments/../..,", "-Pcf", "evil.tar", "in/wiki/rollback.md"]).status == 0)
    let evil = try griot("restore", "evil.tar", "--memory", "again")
    #expect(evil.status == 6)
    #expect(evil.errors.contains("is no backup of a memory"))
    #expect(access(griot.folder["again"], F_OK) != 0)
    #expect(access(griot.folder["rollback.md"], F_OK) != 0)
  }
}
