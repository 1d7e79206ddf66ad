import Documents
import Glibc
import TestSupport
import Testing

/// `griot-reader` as its parent sees it: requests in, answers out, death without warning.
struct ReaderProcessTests {
  private let folder: ProcessFolder
  init() throws { folder = try ProcessFolder() }

  private func runner(_ environment: [String: String] = [:]) -> ProcessRunner {
    ProcessRunner(executable: ProcessRunner.product("griot-reader"), directory: folder.path, environment: environment)
  }

  private func encoded(_ messages: [PipeMessage]) -> [UInt8] {
    var out: [UInt8] = []
    for message in messages { message.encode(into: &out) }
    return out
  }

  private func answers(_ bytes: [UInt8]) throws -> [PipeMessage] {
    var out: [PipeMessage] = []
    var start = 0
    while start < bytes.count {
      let found = try bytes.withUnsafeBytes { try PipeMessage.decode(UnsafeRawBufferPointer(rebasing: $0[start...])) }
      guard let (message, count) = found else { break }
      out.append(message)
      start += count
    }
    return out
  }

  private func request(_ name: String, _ change: (inout ReadRequest) -> Void = { _ in }) -> ReadRequest {
    var request = ReadRequest(path: folder[name], relativePath: name)
    change(&request)
    return request
  }

  private func lines(_ count: Int) -> String {
    (0..<count).map { "{\"id\":\"\($0)\",\"text\":\"text \($0)\"}\n" }.joined()
  }

  private func documents(_ answers: [PipeMessage]) throws -> [Document] {
    try answers.compactMap {
      if case .document(let frame) = $0 { try DocumentFrame.decode(frame) } else { nil }
    }
  }

  private func summaries(_ answers: [PipeMessage]) -> [FileSummary] {
    answers.compactMap { if case .fileEnd(let summary) = $0 { summary } else { nil } }
  }

  @Test func answersRequestAfterRequest() throws {
    try folder.write("a.jsonl", lines(3))
    try folder.write("b.md", "# Title\n\nBody\n")
    try folder.write("c.html", Array("\u{89}PNG".unicodeScalars.map { UInt8($0.value) }) + Array("\r\n\u{1A}\n".utf8))
    try folder.write("d.md", "")
    let requests: [PipeMessage] = [
      .read(
        request("a.jsonl") {
          $0.kind = "dump"; $0.language = "de"
        }), .read(request("b.md")), .read(request("c.html")),
      .read(request("d.md")), .read(request("missing")), .quit,
    ]
    let result = try runner().run([], input: encoded(requests))
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    let answers = try answers(result.standardOutput)
    #expect(answers.first == .hello(version: PipeMessage.protocolVersion))
    let documents = try documents(answers)
    #expect(documents.map(\.externalID) == ["0", "1", "2", "b.md"])
    #expect(documents[0].kind.rawValue == "dump")
    #expect(documents[0].declaredLanguage == "de")
    #expect(documents[3].title == "Title")
    let summaries = summaries(answers)
    #expect(summaries.map(\.format) == ["jsonl", "markdown", "binary", "empty", "unreadable"])
    #expect(summaries.map(\.records) == [3, 1, 0, 0, 0])
    #expect(summaries[2].skipped == "binary file (PNG image)")
    #expect(summaries[3].skipped == "empty file")
    #expect(summaries[4].failed?.contains("No such file") == true)
    #expect(summaries[4].content == nil)
  }

  /// Small files are read once, by the reader: what identifies their bytes comes with their end.
  @Test func tellsDigestAndStampOfSmallFiles() throws {
    let text = [UInt8]("# Title\n\nBody\n".utf8)
    let large = [UInt8]((String(repeating: "word ", count: 60_000) + "\n").utf8)
    try folder.write("small.md", text)
    try folder.write("large.txt", large)
    let requests: [PipeMessage] = [.read(request("small.md")), .read(request("large.txt")), .quit]
    let summaries = summaries(try answers(try runner().run([], input: encoded(requests)).standardOutput))
    var info = stat()
    try #require(stat(folder.path + "/small.md", &info) == 0)
    #expect(
      summaries.first?.content
        == FileContent(stamp: FileStamp(info), digest: Murmur128.hash(text), isSettled: true))
    #expect(summaries.last?.content == nil, "files that are mapped are digested by the parent")
  }

  @Test func resumesAndKeepsQuarantine() throws {
    let text = lines(10)
    try folder.write("a.jsonl", text)
    let offsets = text.utf8.indices.filter { $0 == text.startIndex || text.utf8[text.utf8.index(before: $0)] == 0x0A }
      .map { UInt64(text.utf8.distance(from: text.startIndex, to: $0)) }
    let read = request("a.jsonl") {
      $0.startOffset = offsets[4]
      $0.quarantine = [offsets[6], offsets[2]]
    }
    let answers = try answers(try runner().run([], input: encoded([.read(read)])).standardOutput)
    #expect(try documents(answers).map(\.externalID) == ["4", "5", "7", "8", "9"])
    let failed = answers.compactMap { if case .recordFailed(let problem) = $0 { problem.record.offset } else { nil } }
    #expect(failed == [offsets[6]])
    #expect(summaries(answers).first?.records == 6)
  }

  /// Answers beyond the size of a batch arrive whole and in order, and the end of the input ends the process.
  @Test func manyBatches() throws {
    let body = String(repeating: "word ", count: 200)
    try folder.write("a.jsonl", (0..<3000).map { "{\"id\":\"\($0)\",\"text\":\"\(body)\"}\n" }.joined())
    let result = try runner().run([], input: encoded([.read(request("a.jsonl"))]))
    #expect(result.status == 0)
    #expect(try documents(try answers(result.standardOutput)).map(\.externalID) == (0..<3000).map(String.init))
  }

  /// Whoever takes a parser over can read, and nothing else: the fault tries to write, to connect and to start programs.
  @Test func aReaderHasGivenUpItsRights() throws {
    try folder.write("a.jsonl", lines(3))
    let result = try runner(["GRIOT_READER_FAULT": "rights@0@a.jsonl"]).run(
      [], input: encoded([.read(request("a.jsonl"))]))
    #expect(result.status == 0, "\(result.errors)")
    #expect(try documents(answers(result.standardOutput)).count == 3)
    #expect(access(folder["a.jsonl"], F_OK) == 0)
  }

  @Test func aCrashLeavesItsRecordOnThePage() throws {
    let text = lines(10)
    try folder.write("a.jsonl", text)
    let bad = UInt64(Array(text.utf8).firstIndex(of: 0x0A)! + 1)
    // A file stands in for the parent's memfd; the descriptor is inherited because it is not close-on-exec.
    let page = open(folder["page"], O_RDWR | O_CREAT, 0o600)
    defer { close(page) }
    #expect(page >= 0 && ftruncate(page, off_t(ReaderProgress.byteCount)) == 0)
    for (kind, status) in [("crash", 128 + SIGABRT), ("swell", 128 + SIGTRAP)] {
      if Sanitizer.isOn, kind == "swell" { continue }
      var runner = runner(["GRIOT_READER_FAULT": "\(kind)@\(bad)@a.jsonl"])
      runner.timeLimit = 60
      // A sanitizer's shadow is address space, too.
      let limits = Sanitizer.isOn ? [] : ["--address-space", "\(4 << 30)"]
      let arguments = ["--progress-fd", "\(page)"] + limits
      let result = try runner.run(arguments, input: encoded([.read(request("a.jsonl"))]))
      #expect(!result.timedOut)
      #if DEBUG || FAULT_INJECTION
        // What memory shortage raises depends on who asks for it first: any death by a signal will do there.
        #expect(
          kind == "crash" ? result.status == status : result.status > 128, "\(kind): \(result.status) \(result.errors)")
        let answers = try answers(result.standardOutput)
        #expect(answers == [.hello(version: PipeMessage.protocolVersion)])
        let base = mmap(nil, ReaderProgress.byteCount, PROT_READ, MAP_SHARED, page, 0)!
        #expect(ReaderProgress(base).recordOffset == bad)
        #expect(ReaderProgress(base).ticks >= 2)
        munmap(base, ReaderProgress.byteCount)
      #endif
    }
  }

  @Test func aHangUsesUpItsSeconds() throws {
    try folder.write("a.jsonl", lines(2))
    var runner = runner(["GRIOT_READER_FAULT": "spin@0@a.jsonl"])
    runner.timeLimit = 60
    let result = try runner.run(["--cpu-seconds", "1"], input: encoded([.read(request("a.jsonl"))]))
    #if DEBUG || FAULT_INJECTION
      #expect(result.status == 128 + SIGXCPU)
    #endif
    #expect(!result.timedOut)
  }

  @Test func longRecordsFailWithAReason() throws {
    try folder.write("a.md", "# T\n\n" + String(repeating: "word ", count: 1000))
    let result = try runner().run(["--record-bytes", "1000"], input: encoded([.read(request("a.md"))]))
    let answers = try answers(result.standardOutput)
    #expect(
      answers.contains {
        if case .recordFailed(let problem) = $0 { problem.reason.contains("limit is 1000") } else { false }
      })
  }

  @Test func garbageIsRefused() throws {
    let result = try runner().run([], input: Array(repeating: 0xEE, count: 64))
    #expect(result.status == 1)
    #expect(result.errors.hasPrefix("griot-reader: damaged document frame"))
    #expect(try runner().run(["--nonsense"]).status == 2)
    #expect(try runner().run(["--version"]).errors.contains("protocol \(PipeMessage.protocolVersion)"))
  }
}
