import Glibc
import SearchEngine
import TestSupport
import Testing

/// `kill -9` at random moments of real ingests. After each of them the memory holds what was acknowledged and is
/// sound; the same command given again goes on, and ends with the bytes of an ingest that nobody disturbed.
///
/// `GRIOT_KILLS` says how many (500 take some minutes), `GRIOT_SEED` which.
@Suite struct KillTests {
  /// Lines that make several commits: with the smallest buffer a batch is 1 MiB, a commit four batches.
  private static func lines(_ count: Int, words: Int, seed: UInt64, prefix: String) -> String {
    var random = SplitMix64(seed: seed)
    var out = ""
    for i in 0..<count {
      out += "{\"id\":\"\(prefix)\(i)\",\"title\":\"document \(i)\",\"date\":\"2024-01-02\",\"text\":\""
      for _ in 0..<words { out += "w\(Int.random(in: 0..<3000, using: &random))x " }
      out += "\"}\n"
    }
    return out
  }

  private let griot: Griot
  private let arguments = [
    "ingest", "in", "--buffer", "1MB", "--progress", "json", "--format", "json", "--memory",
  ]

  init() throws {
    griot = try Griot()
    try griot.folder.write("in/a.jsonl", Self.lines(4000, words: 150, seed: 1, prefix: "a"))
    for i in 0..<40 { try griot.folder.write("in/b/\(i).txt", "note \(i) about gauge number \(i) and its tide") }
    try griot.folder.write("in/c.jsonl", Self.lines(5000, words: 200, seed: 2, prefix: "c"))
    // Again in another file: documents that two files hold.
    try griot.folder.write("in/d.jsonl", Self.lines(300, words: 150, seed: 1, prefix: "a"))
  }

  /// The next version of what is ingested: one file changed in part, one gone, one new.
  private func change() throws {
    var lines = Self.lines(4000, words: 150, seed: 1, prefix: "a").split(separator: "\n").map(String.init)
    for i in stride(from: 0, to: lines.count, by: 2) {
      lines[i] = lines[i].replacing("document \(i)\"", with: "changed \(i)\"")
    }
    try griot.folder.write("in/a.jsonl", lines.dropLast(100).joined(separator: "\n") + "\n")
    unlink(griot.folder["in/b/7.txt"])
    try griot.folder.write("in/e.jsonl", Self.lines(2500, words: 200, seed: 3, prefix: "e"))
  }

  /// Documents that the last `committed` line of an ingest acknowledged.
  private func acknowledged() throws -> Int {
    let text = String(decoding: try ProcessFolder.read(griot.folder["err"]), as: UTF8.self)
    // The last line may be half written.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    for line in lines.reversed() where line.contains("\"committed\"") {
      return try JSONValue(parsing: String(line))["documents"]?.int ?? 0
    }
    return 0
  }

  private func documents(_ memory: String) throws -> Int {
    let result = try griot("status", "--format", "json", "--memory", memory)
    if result.status == 3 { return 0 }
    #expect(result.status == 0, "\(result.errors)")
    return try JSONValue(parsing: result.output)["documents"]!.int!
  }

  private func undisturbed(_ memory: String, _ options: [String]) throws -> (bytes: [String: [UInt8]], seconds: Double)
  {
    let start = Self.now()
    let result = try griot.runner.run(arguments + [memory] + options)
    #expect(result.status == 0, "\(result.errors.suffix(300))")
    return (try MemoryFiles.contents(griot.folder[memory]), Self.now() - start)
  }

  @Test func anyMoment() throws {
    let kills = getenv("GRIOT_KILLS").flatMap { Int(String(cString: $0)) } ?? 12
    let seed = getenv("GRIOT_SEED").flatMap { UInt64(String(cString: $0)) } ?? UInt64(getpid())
    print("KillTests: GRIOT_SEED=\(seed), \(kills) kills")
    var random = SplitMix64(seed: seed)
    var expected: [[String: [UInt8]]] = []
    var seconds: [Double] = []
    let (first, time) = try undisturbed("calm", [])
    expected.append(first)
    seconds.append(time)

    var done = 0
    var survived = 0
    /// Memories of the first version that were killed on their way and are complete now, the calm one first.
    var memories = ["calm"]
    func run(_ memory: String, phase: Int, _ options: [String]) throws {
      let before = try documents(memory)
      while true {
        let process = try griot.runner.start(
          arguments + [memory, "--workers", "\(Int.random(in: 1...3, using: &random))"] + options,
          output: griot.folder["out"], errors: griot.folder["err"])
        if done < kills {
          usleep(UInt32(Double.random(in: 0...seconds[phase], using: &random) * 1e6))
          process.kill()
        }
        let status = process.wait()
        if status == 0 { return survived += 1 }
        let errors = String(decoding: try ProcessFolder.read(griot.folder["err"]), as: UTF8.self)
        #expect(status == 137, "seed \(seed), kill \(done): \(errors.suffix(300))")
        done += 1
        let held = try documents(memory)
        if phase == 0 { #expect(held >= (try acknowledged()), "seed \(seed), kill \(done): lost what was committed") }
        if phase == 1 { #expect(held >= before - 101, "seed \(seed), kill \(done): lost what was there before") }
        if held > 0 {
          let check = try griot("check", "--memory", memory)
          #expect(check.status == 0, "seed \(seed), kill \(done): \(check.output)")
        }
      }
    }
    // Two thirds of the kills while a memory is made, the others while one is brought up to date.
    while done < kills * 2 / 3 || memories.count == 1 {
      let memory = "memory\(memories.count)"
      try run(memory, phase: 0, [])
      let found = try MemoryFiles.contents(griot.folder[memory])
      #expect(MemoryFiles.differences(found, expected[0]) == [], "seed \(seed), kill \(done), \(memory)")
      memories.append(memory)
    }
    try change()
    let (second, again) = try undisturbed("calm", ["--prune"])
    expected.append(second)
    seconds.append(again)
    var index = 1
    while index < memories.count, done < kills || index == 1 {
      try run(memories[index], phase: 1, ["--prune"])
      let found = try MemoryFiles.contents(griot.folder[memories[index]])
      #expect(MemoryFiles.differences(found, expected[1]) == [], "seed \(seed), kill \(done), \(memories[index])")
      index += 1
    }
    print("KillTests: \(done) kills, \(survived) ingests came to their end, \(memories.count - 1) memories")
    #expect(done > 0)
  }

  private static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

/// A disk that fills up in the middle of an ingest.
@Suite struct FullDiskTests {
  @Test func theOldCommitStaysAndRoomIsGivenBack() throws {
    let griot = try SmallMemory.griot()
    let disk = griot.folder["disk"]
    mkdir(disk, 0o755)
    guard mount("tmpfs", disk, "tmpfs", 0, "size=3m") == 0 else {
      print("SKIPPED: only root can mount a small disk (errno \(errno)): a full disk is not tested")
      return
    }
    defer { umount2(disk, Int32(MNT_DETACH)) }
    let memory = disk + "/memory"
    #expect(try griot("ingest", "in", "--memory", memory).status == 0)
    let before = try MemoryFiles.contents(memory)
    let used = Self.used(disk)
    var random = SplitMix64(seed: 9)
    var lines = ""
    for i in 0..<12_000 {
      lines += "{\"id\":\"x\(i)\",\"text\":\""
      for _ in 0..<60 { lines += "\(random.next() % 1_000_000_007) " }
      lines += "\"}\n"
    }
    try griot.folder.write("big.jsonl", lines)
    let full = try griot("ingest", "big.jsonl", "--memory", memory, "--buffer", "1MB")
    #expect(full.status == 74)
    #expect(full.errors.hasPrefix("griot: cannot write \(memory)/segments/"))
    #expect(full.errors.hasSuffix(": No space left on device\n"), "\(full.errors)")
    #expect(MemoryFiles.differences(before, try MemoryFiles.contents(memory)) == [])
    #expect(Self.used(disk) <= used + 8192, "room was not given back")
    #expect(try griot("search", "valve", "--memory", memory).status == 0)
    #expect(try griot("check", "--memory", memory).status == 0)
    // The way out that is left on a full disk still works.
    #expect(try griot("remove", "in", "--purge", "--memory", memory).status == 0)
    // A copy that does not fit leaves nothing.
    #expect(try griot("ingest", "big.jsonl", "--memory", "large").status == 0)
    for target in ["copy", "copy.tar"] {
      let copy = try griot("backup", disk + "/" + target, "--memory", "large")
      #expect(copy.status == 74, "\(copy.errors)")
      #expect(copy.errors.hasSuffix(": No space left on device\n"), "\(copy.errors)")
      #expect(access(disk + "/" + target, F_OK) != 0 && access(disk + "/copy.tar.partial", F_OK) != 0)
    }
  }

  private static func used(_ path: String) -> Int {
    var status = statvfs()
    statvfs(path, &status)
    return Int(status.f_blocks - status.f_bfree) * Int(status.f_frsize)
  }
}
