import Glibc
import TestSupport
import Testing

@testable import Griot

@Suite struct AccountTests {
  /// A folder with every kind of odd guest.
  static func oddFolder(_ shop: Workshop) {
    shop.write(
      "a.jsonl", Lines.record("1", "tide gauge") + Lines.record("2", "staff gauge") + Lines.record("3", "drift"))
    shop.write("sub/notes.txt", "The harbour master of Pellworm calls at noon and asks for the curve.\n")
    shop.write("empty.txt", "")
    shop.write("picture.bin", String(repeating: "\u{0}\u{1}\u{2}", count: 300))
    shop.write(".hidden.txt", "not for you")
    shop.write(".git/config", "nor this")
    shop.write("sub/skip.log", "excluded")
    shop.write(".griotignore", "# comment\n*.log\n")
    mkfifo(shop.input + "/pipe", 0o644)
    symlink("sub/notes.txt", shop.input + "/twin.txt")
    symlink("nowhere", shop.input + "/dangling")
    symlink("loop", shop.input + "/loop")
    symlink("sub", shop.input + "/folder")
    shop.write("outside.txt", "x")
    rename(shop.input + "/outside.txt", shop.folder.path + "/outside.txt")
    symlink("../outside.txt", shop.input + "/outside.txt")
  }

  @Test func everyFileCounts() throws {
    let shop = Workshop()
    Self.oddFolder(shop)
    let account = try shop.ingest()
    #expect(
      account.found == account.added + account.updated + account.unchanged + account.skipped.count
        + account.failed.count)
    // Folders do not count; links, pipes and hidden files do.
    #expect(account.files == 14)
    #expect(account.added == 5, "three lines, the notes, and what the link leads to")
    #expect(account.failed == [])
    let reasons = Dictionary(
      uniqueKeysWithValues: account.skipped.map { ($0.path.dropFirst(shop.input.count + 1), $0.reason) })
    #expect(reasons["pipe"] == "named pipe")
    #expect(reasons[".hidden.txt"] == "hidden file")
    #expect(reasons[".git/config"] == "in a hidden folder")
    #expect(reasons["sub/skip.log"] == "excluded by .griotignore")
    #expect(reasons["twin.txt"] == "link to sub/notes.txt, which is taken in")
    #expect(reasons["loop"] == "link that leads back to itself")
    #expect(reasons["dangling"]?.hasPrefix("link to nothing") == true)
    #expect(reasons["folder"]?.hasPrefix("link to a folder") == true)
    #expect(reasons["empty.txt"] != nil && reasons["picture.bin"] != nil)
    #expect(account.skipped.count == 11)
    #expect(account.documents == 5 && account.passages == 5)

    let again = try shop.ingest()
    #expect(again.unchanged == again.found && again.found == account.found)
    #expect(again.skipped == [] && again.added == 0 && again.documents == 5)
  }

  @Test func aMissingPathIsAnErrorAndAMissingMemoryToo() {
    let shop = Workshop()
    #expect(throws: GriotError.self) { try shop.ingest([shop.input + "/nothing"]) }
    do { _ = try Memory(opening: shop.folder.path + "/none") } catch { #expect(error.kind == .memoryMissing) }
    #expect(!Memory.exists(at: shop.folder.path + "/none"))
  }

  @Test func anUnreadableFileFails() throws {
    guard geteuid() != 0 else { return }  // root may read everything
    let shop = Workshop()
    shop.write("a.txt", "some text for everybody")
    shop.write("b.txt", "some text for nobody")
    shop.write("closed/c.txt", "some text")
    chmod(shop.input + "/b.txt", 0)
    chmod(shop.input + "/closed", 0)
    defer { chmod(shop.input + "/closed", 0o755) }
    let account = try shop.ingest()
    #expect(account.added == 1 && account.failed.count == 2)
    #expect(account.failed.allSatisfy { $0.reason.contains("Permission denied") })
  }

  @Test func aRehearsalChangesNothing() throws {
    let shop = Workshop()
    shop.write("a.jsonl", Lines.record("1", "one") + Lines.record("2", "two"))
    let rehearsal = try shop.ingest { $0.dryRun = true }
    #expect(rehearsal.added == 2 && rehearsal.documents == 0)
    #expect(!Memory.exists(at: shop.memory))
    try shop.ingest()
    shop.write("b.jsonl", Lines.record("3", "three"))
    let before = Workshop.content(of: shop.memory)
    let second = try shop.ingest { $0.dryRun = true }
    #expect(second.added == 1 && second.unchanged == 2 && second.documents == 2)
    #expect(Workshop.differences(Workshop.content(of: shop.memory), before) == [])
  }

  @Test func twoWritersAreRefused() throws {
    let shop = Workshop()
    shop.write("a.txt", "some text")
    try shop.ingest()
    let run = try IngestRun(
      memory: shop.memory, options: shop.options(), cancellation: Cancellation(), onEvent: { _ in })
    do {
      try shop.ingest()
      Issue.record("a second writer got in")
    } catch let error as GriotError {
      #expect(error.kind == .locked && error.message.contains("\(getpid())"))
    }
    _ = try run.run()
  }

  @Test func theMemoryItselfIsLeftOut() throws {
    let shop = Workshop()
    shop.write("a.txt", "some text")
    let inside = shop.input + "/memory"
    var options = shop.options()
    for _ in 0..<2 {
      let account = try Ingester(memory: inside, options: options).run()
      #expect(account.documents == 1 && account.failed == [])
      options.workers = 1
    }
  }
}
