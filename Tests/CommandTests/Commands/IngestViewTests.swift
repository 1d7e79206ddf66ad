import Griot
import TestSupport
import Testing

@testable import GriotCommand

@Suite struct IngestViewTests {
  static var account: IngestAccount {
    var account = IngestAccount()
    account.files = 1280
    account.added = 1190
    account.unchanged = 81
    account.duplicates = 12
    account.skipped = (1...7).map { IngestAccount.Problem(path: "mail/\($0).eml", reason: "empty file") }
    account.skipped.append(IngestAccount.Problem(path: "logo.png", reason: "no reader for PNG images"))
    account.failed = [IngestAccount.Problem(path: "x\u{1B}.html", reason: "not text: NUL bytes")]
    account.documents = 1271
    account.passages = 5320
    account.bytes = 14_200_000
    account.seconds = 2
    var source = IngestAccount.Source(name: "mail")
    source.files = 1280
    source.added = 1190
    source.unchanged = 81
    source.skipped = 8
    source.failed = 1
    account.sources = [source]
    return account
  }

  private func view(_ terminal: Terminal) -> String {
    let out = OutputBuffer()
    IngestView(TerminalWriter(out, terminal), memory: "Index/memory", isDryRun: false).write(Self.account)
    return out.text
  }

  @Test func onATerminalReasonsHaveExamples() {
    var terminal = Terminal.plain
    terminal.isInteractive = true
    #expect(
      view(terminal) == """
        source  files  added  updated  unchanged  skipped  failed
        mail    1,280  1,190        –         81        8       1

        Skipped: 8
          7 × empty file
              mail/1.eml
              mail/2.eml
              mail/3.eml
              mail/4.eml
              mail/5.eml
              … and 2 more
          1 × no reader for PNG images
              logo.png
          A pipe or a file gets them all, and so does --format json.

        Failed: 1
          1 × not text: NUL bytes
              x␛.html

        Read 1,280 files, 1,280 records: 1,190 added, 81 unchanged, 8 skipped, 1 failed
        12 of them nearly equal another and are grouped with it
        14 MB in 2.0 s (7.1 MB/s)
        Index/memory now holds 1,271 documents in 5,320 passages

        """)
  }

  @Test func aFileGetsThemAll() {
    let text = view(.plain)
    for problem in Self.account.skipped { #expect(text.contains(problem.path)) }
    #expect(!text.contains("more"))
  }

  @Test func jsonHasTheKeysOfTheDesign() throws {
    let out = OutputBuffer()
    IngestJSON.write(Self.account, to: out)
    let json = try JSONValue(parsing: out.text)
    #expect(
      json.keys == [
        "version", "files", "found", "added", "updated", "unchanged", "duplicates", "removed", "skipped", "failed",
        "documents", "passages", "bytes", "seconds",
      ])
    #expect(json["found"]?.int == 1280)
    #expect(json["skipped"]?.array.count == 8)
    #expect(
      json["failed"]?[0] == .object([("path", .string("x\u{1B}.html")), ("reason", .string("not text: NUL bytes"))]))
  }

  // MARK: Progress

  private static var progress: IngestProgress {
    var progress = IngestProgress()
    progress.bytesDone = 1_200_000_000
    progress.bytesTotal = 2_800_000_000
    progress.documents = 210_331
    progress.currentFile = "archive/mail/2019.mbox"
    progress.seconds = 31
    return progress
  }

  @Test func barOfAWideWindow() {
    #expect(
      ProgressBar.text(Self.progress, rate: 38e6, columns: 119)
        == "██████████▎·············  42 %  1.2 GB of 2.8 GB  210,331 documents  38 MB/s  42 s left  archive/mail/2019.mbox"
    )
  }

  @Test func barOfANarrowWindow() {
    #expect(
      ProgressBar.text(Self.progress, rate: 38e6, columns: 79)
        == "████▎·····  42 %  1.2 GB of 2.8 GB  210,331 docs  38 MB/s  42 s left  …019.mbox")
  }

  @Test(arguments: 10...140)
  func barFits(_ columns: Int) {
    var progress = Self.progress
    for share in [0, 1, 0.5, 1.2] {
      progress.bytesDone = UInt64(Double(progress.bytesTotal) * share)
      let text = ProgressBar.text(progress, rate: 38e6, columns: columns)
      #expect(CharacterWidth.of(text) <= columns, "\(text)")
    }
    progress.bytesTotal = 0
    #expect(CharacterWidth.of(ProgressBar.text(progress, rate: 0, columns: columns)) <= columns)
  }

  @Test func drawsAtMostTenTimesASecondAndCleansUp() {
    var terminal = Terminal.plain
    terminal.columns = 100
    let out = OutputBuffer()
    let clock = Clock()
    let bar = ProgressBar(terminal, out: out, now: { clock.time })
    for _ in 0..<1000 {
      bar.handle(.progress(Self.progress))
      clock.time += 0.003
    }
    bar.end()
    let draws = out.text.filter { $0 == "\r" }.count - 1
    #expect((29...31).contains(draws))
    #expect(out.text.hasSuffix("\r\u{1B}[K"))
    bar.end()
    #expect(out.text.filter { $0 == "\r" }.count - 1 == draws)
  }

  @Test func linesAreObjects() throws {
    let out = OutputBuffer()
    let lines = ProgressLines(out)
    lines.handle(.walked(files: 3, bytes: 10))
    lines.handle(.progress(Self.progress))
    lines.handle(.committed(documents: 2))
    lines.handle(.skipped(IngestAccount.Problem(path: "a", reason: "b")))
    lines.handle(.failed(IngestAccount.Problem(path: "c", reason: "d")))
    let values = try JSONValue.lines(out.text)
    #expect(values.map { $0["event"]?.string } == ["walked", "progress", "committed", "skipped", "failed"])
    #expect(values[1]["file"]?.string == "archive/mail/2019.mbox")
  }

  private final class Clock { var time = 0.0 }
}
