import Glibc
import TestSupport
import Testing

/// Several processes at one memory.
@Suite struct WriterTests {
  /// A reader process that never answers, so that an ingest holds the lock for as long as a test wants.
  private func stuck(_ griot: Griot) throws -> ProcessRunner {
    let script = try griot.folder.write("stuck-reader", "#!/bin/sh\nexec sleep 900\n")
    chmod(script, 0o755)
    var runner = griot.runner
    runner.environment["GRIOT_READER"] = script
    return runner
  }

  @Test func theSecondWriterIsToldWhoHasIt() throws {
    let griot = try SmallMemory.griot()
    try griot.folder.write("more/a.txt", "more text")
    let first = try stuck(griot).start(
      ["ingest", "more"], output: griot.folder["out"], errors: griot.folder["err"])
    defer { first.kill() }
    // Were the others to begin at once, one of them could have the lock, and the first would be told so and end.
    let holder = Array("process \(first.pid) ".utf8)
    for _ in 0..<5000 {
      if try ProcessFolder.read(griot.folder["memory/lock"]).starts(with: holder) { break }
      usleep(20_000)
    }
    for command in [["ingest", "in"], ["remove", "in"], ["merge"], ["reindex"]] {
      let result = try griot.runner.run(command)
      #expect(result.status == 4, "\(command): \(result.errors)")
      let pattern =
        #/griot: the memory memory is being written by process ([0-9]+) on .+ \(griot ingest\) since [-0-9]+T[:0-9]+Z\n/#
      let match = try #require(try pattern.wholeMatch(in: result.errors), "\(result.errors)")
      #expect(match.output.1 == "\(first.pid)")
    }
    // Readers do not mind, nor does a copy.
    #expect(try griot("search", "valve").status == 0)
    #expect(try griot("backup", "copy").status == 0)
    // The kernel gives the lock back with the process.
    first.kill()
    #expect(first.wait() == 137)
    #expect(try griot("ingest", "more").status == 0)
    #expect(try griot("check").status == 0)
  }

  /// Every commit writes all documents with the same word in them. Whatever a reader is told, it is of one commit; and
  /// it is told something, never "try again".
  @Test func readersSeeOneSnapshot() throws {
    var griot = try Griot()
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let documents = 40
    func write(_ round: Int) throws {
      var lines = ""
      for i in 0..<documents {
        lines += "{\"id\":\"d\(i)\",\"title\":\"t\",\"text\":\"gauge round number \(round) of the tide\"}\n"
      }
      try griot.folder.write("new.jsonl", lines)
      rename(griot.folder["new.jsonl"], griot.folder["in.jsonl"])
    }
    try write(0)
    #expect(try griot("ingest", "in.jsonl").status == 0)
    // The writer: rounds of ingest and merge in one shell process beside the readers.
    let stop = griot.folder["stop"]
    let script = try griot.folder.write(
      "write.sh",
      """
      #!/bin/sh
      i=1
      while [ ! -e stop ] && [ $i -lt 400 ]; do
        sed "s/round number [0-9]*/round number $i/" in.jsonl > next.jsonl && mv next.jsonl in.jsonl
        '\(griot.runner.executable)' ingest in.jsonl > /dev/null || { echo "ingest: $?" >&2; exit 1; }
        [ $((i % 3)) != 0 ] || '\(griot.runner.executable)' merge || { echo "merge: $?" >&2; exit 1; }
        i=$((i + 1))
      done
      echo $i

      """)
    chmod(script, 0o755)
    var shell = griot.runner
    shell.executable = script
    let writer = try shell.start([], output: griot.folder["out"], errors: griot.folder["err"])
    var rounds: Set<Substring> = []
    for i in 0..<60 {
      let export = try griot("export")
      #expect(export.status == 0, "\(export.errors)")
      let numbers = export.output.matches(of: #/round number ([0-9]+) /#).map(\.output.1)
      #expect(numbers.count == documents, "export \(i)")
      #expect(Set(numbers).count == 1, "export \(i) mixes commits: \(Set(numbers))")
      rounds.formUnion(numbers)
      let search = try griot("search", "gauge", "--format", "json", "--limit", "100")
      #expect(search.status == 0, "\(search.errors)")
      let json = try JSONValue(parsing: search.output)
      #expect(json["total"]?["value"]?.int == documents)
      let texts = Set(json["hits"]!.array.compactMap { $0["snippet"]?["text"]?.string })
      #expect(texts.count == 1, "search \(i) mixes commits: \(texts)")
      if i % 10 == 0 {
        let check = try griot("check")
        #expect(check.status == 0, "\(check.output)\(check.errors)")
        #expect(try griot("backup", "copy\(i)").status == 0)
        #expect(try griot("check", "--memory", "copy\(i)").status == 0)
      }
    }
    try ProcessFolder.write(stop, [])
    let status = writer.wait()
    let errors = String(decoding: try ProcessFolder.read(griot.folder["err"]), as: UTF8.self)
    #expect(status == 0, "\(errors)")
    #expect(rounds.count > 3, "the writer wrote too little while the readers read: \(rounds)")
  }
}
