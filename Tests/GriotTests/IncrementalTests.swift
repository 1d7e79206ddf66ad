import Glibc
import TestSupport
import Testing

@testable import Griot

@Suite struct IncrementalTests {
  @Test func onlyWhatChangedIsTouched() throws {
    let shop = Workshop()
    shop.write("a.jsonl", Lines.record("1", "alpha") + Lines.record("2", "beta") + Lines.record("3", "gamma"))
    shop.write("b.jsonl", Lines.record("9", "unrelated"))
    shop.age("a.jsonl", seconds: 100)
    try shop.ingest()
    let id = try shop.search("beta").hits[0].id
    shop.write("a.jsonl", Lines.record("0", "fresh") + Lines.record("1", "alpha") + Lines.record("2", "delta beta"))
    let account = try shop.ingest()
    #expect(account.added == 1 && account.updated == 1 && account.unchanged == 2 && account.removed == 1)
    #expect(account.documents == 4)
    #expect(try shop.search("gamma").hits.isEmpty)
    #expect(try shop.search("delta").hits.map(\.id) == [id], "an updated document keeps its id")
    #expect(try Memory(opening: shop.memory).check().problems == [])
  }

  @Test func aTouchedFileIsUnchanged() throws {
    let shop = Workshop()
    shop.write("a.jsonl", Lines.record("1", "alpha") + Lines.record("2", "beta"))
    try shop.ingest()
    shop.age("a.jsonl", seconds: 500)
    let account = try shop.ingest()
    #expect(account.unchanged == 2 && account.found == 2 && account.bytes == 0)
    // The new stamp is remembered: a third ingest does not open the file.
    let before = Workshop.content(of: shop.memory)
    try shop.ingest()
    #expect(Workshop.differences(Workshop.content(of: shop.memory), before) == [])
  }

  @Test func whatVanishedIsReportedAndPruned() throws {
    let shop = Workshop()
    shop.write("a.txt", "the tide gauge of Husum")
    shop.write("b.txt", "the tide gauge of Pellworm")
    try shop.ingest()
    unlink(shop.input + "/b.txt")
    var account = try shop.ingest()
    #expect(account.vanished == [shop.input + "/b.txt"] && account.removed == 0 && account.documents == 2)
    account = try shop.ingest { $0.prune = true }
    #expect(account.vanished == [shop.input + "/b.txt"] && account.removed == 1 && account.documents == 1)
    account = try shop.ingest()
    #expect(account.vanished == [] && account.found == 1)
    #expect(try Memory(opening: shop.memory).check().problems == [])
  }

  @Test func aMovedFileChangesItsLocationOnly() throws {
    let shop = Workshop()
    shop.write("old/a.txt", "the tide gauge of Husum")
    shop.write("b.txt", "something else altogether")
    try shop.ingest()
    let before = try shop.search("Husum").hits[0]
    mkdir(shop.input + "/new", 0o755)
    rename(shop.input + "/old/a.txt", shop.input + "/new/renamed.txt")
    let account = try shop.ingest()
    #expect(account.unchanged == 2 && account.added == 0 && account.vanished == [])
    let after = try shop.search("Husum").hits[0]
    #expect(after.id == before.id)
    #expect(before.location.hasSuffix("/in/old/a.txt") && after.location.hasSuffix("/in/new/renamed.txt"))
  }

  @Test func theSameRecordInTwoFilesIsOneDocument() throws {
    let shop = Workshop()
    let shared = Lines.record("m1", "the annual meeting is on Friday")
    shop.write("list.jsonl", shared + Lines.record("m2", "minutes"))
    shop.write("sent.jsonl", shared + Lines.record("m2", "minutes, corrected"))
    shop.age("list.jsonl", seconds: 50)
    let account = try shop.ingest()
    #expect(account.added == 3 && account.unchanged == 1 && account.duplicates == 1 && account.documents == 3)
    let id = try shop.search("annual").hits[0].id
    var view = try Memory(opening: shop.memory).document(id)
    #expect(view.locations.map { $0.split(separator: "/").last } == ["list.jsonl", "sent.jsonl"])
    #expect(try shop.search("minutes").hits.count == 2, "another content under the same name is a document of its own")
    #expect(try shop.ingest().unchanged == 4)

    // Gone from one file, it stays for the other; gone from both, it goes.
    shop.write("list.jsonl", Lines.record("m2", "minutes"))
    #expect(try shop.ingest().removed == 0)
    view = try Memory(opening: shop.memory).document(id)
    #expect(view.locations.map { $0.split(separator: "/").last } == ["sent.jsonl"])
    #expect(try shop.search("annual").hits[0].location.hasSuffix("sent.jsonl"))
    shop.age("sent.jsonl", seconds: 50)
    shop.write("sent.jsonl", Lines.record("m2", "minutes, corrected"))
    #expect(try shop.ingest().removed == 1)
    #expect(try shop.search("annual").hits.isEmpty)
    #expect(try Memory(opening: shop.memory).check().problems == [])
  }

  @Test func sourcesOfOneNameAreToldApart() throws {
    let shop = Workshop()
    shop.write("x/mail/a.jsonl", Lines.record("1", "first"))
    shop.write("y/mail/a.jsonl", Lines.record("1", "second"))
    try shop.ingest([shop.input + "/x/mail"])
    let account = try shop.ingest([shop.input + "/y/mail"])
    #expect(account.added == 1 && account.vanished == [])
    #expect(try Memory(opening: shop.memory).sources().map(\.name) == ["mail", "y/mail"])
    // A folder that moved stays the source that it was.
    rename(shop.input + "/x/mail", shop.input + "/mail")
    rmdir(shop.input + "/x")
    let moved = try shop.ingest([shop.input + "/mail"])
    #expect(moved.unchanged == 1 && moved.added == 0)
    #expect(try Memory(opening: shop.memory).sources().map(\.name) == ["mail", "y/mail"])
  }

  @Test func anotherKindReadsAgain() throws {
    let shop = Workshop()
    shop.write("a.txt", "lessons that we learned about glands")
    try shop.ingest()
    let account = try shop.ingest { $0.kind = "lesson" }
    #expect(account.updated == 1)
    #expect(try shop.search("glands kind:lesson").hits.count == 1)
    #expect(try shop.ingest { $0.kind = "lesson" }.unchanged == 1)
  }

  @Test func removing() throws {
    let shop = Workshop()
    shop.write("a.jsonl", Lines.record("1", "alpha secretword") + Lines.record("2", "beta"))
    try shop.ingest()
    #expect(try Maintenance.remove("1", memory: shop.memory, purge: false).documents == 1)
    #expect(try shop.search("alpha").hits.isEmpty)
    #expect(try shop.ingest().documents == 1, "what was removed does not come back by itself")
    let removal = try Maintenance.remove("in", memory: shop.memory, purge: true)
    #expect(removal.sources == ["in"] && removal.documents == 1)
    let secret = Array("secretword".utf8)
    for (name, bytes) in Workshop.content(of: shop.memory) {
      #expect(!bytes.indices.contains { bytes[$0...].starts(with: secret) }, "\(name) still holds it")
    }
    #expect(throws: GriotError.self) { try Maintenance.remove("in", memory: shop.memory, purge: false) }
    #expect(try shop.ingest().added == 2)
  }
}
