import Glibc
import SearchEngine
import TestSupport
import Testing

@testable import Griot

@Suite struct DeterminismTests {
  static func fill(_ shop: Workshop) {
    shop.write("a.jsonl", Lines.random(400, words: 40, seed: 1, prefix: "a"))
    for i in 0..<30 { shop.write("texts/t\(i).txt", "text \(i): " + Lines.random(1, words: 30, seed: UInt64(i))) }
    shop.write("z.jsonl", Lines.random(300, words: 60, seed: 2, prefix: "z"))
  }

  static func run(
    _ shop: Workshop, _ memory: String, workers: Int, _ cancellation: Cancellation = Cancellation(),
    onEvent: @escaping (IngestEvent) -> Void = { _ in }
  ) throws -> IngestAccount {
    var options = shop.options()
    options.workers = workers
    return try IngestRun(
      memory: memory, options: options, batchBytes: 8 << 10, cancellation: cancellation, onEvent: onEvent
    ).run()
  }

  @Test func anyNumberOfWorkersGivesTheSameBytes() throws {
    let shop = Workshop()
    Self.fill(shop)
    var contents: [[String: [UInt8]]] = []
    for workers in [1, 2, 4] {
      let memory = shop.folder.path + "/memory\(workers)"
      let account = try Self.run(shop, memory, workers: workers)
      #expect(account.added == 730)
      contents.append(Workshop.content(of: memory))
    }
    #expect(contents[0].count > 3)
    #expect(Workshop.differences(contents[0], contents[1]) == [])
    #expect(Workshop.differences(contents[0], contents[2]) == [])
  }

  @Test func anIngestThatWasCutShortGoesOnWhereItStopped() throws {
    let shop = Workshop()
    Self.fill(shop)
    let undisturbed = shop.folder.path + "/undisturbed"
    let whole = try Self.run(shop, undisturbed, workers: 2)
    let expected = Workshop.content(of: undisturbed)
    for stop in [1, 2, 4] {
      let memory = shop.folder.path + "/stopped\(stop)"
      let cancellation = Cancellation()
      nonisolated(unsafe) var commits = 0
      do {
        _ = try Self.run(shop, memory, workers: 2, cancellation) { event in
          guard case .committed = event else { return }
          commits += 1
          if commits == stop { cancellation.cancel() }
        }
        Issue.record("it was not stopped")
      } catch let error as GriotError {
        #expect(error.kind == .cancelled)
      }
      let partly = try Memory(opening: memory)
      #expect(partly.reader.liveDocumentCount > 0 && partly.reader.liveDocumentCount < 730)
      let account = try Self.run(shop, memory, workers: 2)
      #expect(account.found == whole.found && account.unchanged > 0 && account.documents == 730)
      #expect(Workshop.differences(Workshop.content(of: memory), expected) == [], "stopped at commit \(stop)")
    }
  }
}
