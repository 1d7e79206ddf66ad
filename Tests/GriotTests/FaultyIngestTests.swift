import Glibc
import SearchEngine
import TestSupport
import Testing

@testable import Griot

/// An ingest whose disk fails at a step: every creation, write, synchronization, renaming and removal in turn.
@Suite struct FaultyIngestTests {
  private static func ingest(
    _ shop: Workshop, _ memory: String, workers: Int = 2, _ directory: FaultyDirectory? = nil
  ) throws(GriotError) {
    var options = shop.options()
    options.workers = workers
    options.prune = true
    _ = try IngestRun(
      memory: memory, options: options, batchBytes: 3 << 10, directory: directory, cancellation: Cancellation(),
      onEvent: { _ in }
    ).run()
  }

  /// First what is new, then what changed: the second ingest updates, removes and merges.
  private static func fill(_ shop: Workshop, changed: Bool) {
    shop.write("a.jsonl", Lines.random(changed ? 60 : 80, words: 30, seed: 1, prefix: "a"))
    for i in 0..<6 { shop.write("texts/t\(i).txt", "text \(i): " + Lines.random(1, words: 20, seed: UInt64(i))) }
    shop.write("z.jsonl", Lines.random(60, words: 40, seed: changed ? 7 : 2, prefix: "z"))
    if changed { unlink(shop.input + "/texts/t3.txt") }
  }

  /// The last commit opens and is sound, and the next ingest ends with the bytes of an undisturbed one. With every
  /// step in turn if `GRIOT_LONG_TESTS` is set, otherwise with every eleventh.
  @Test(arguments: [false, true]) func anyStepCanFail(changed: Bool) throws {
    let shop = Workshop()
    Self.fill(shop, changed: false)
    let start = shop.folder.path + "/start"
    let calm = shop.folder.path + "/calm"
    if changed {
      try Self.ingest(shop, start)
      _ = try copy(start, calm)
      Self.fill(shop, changed: true)
    }
    let before = changed ? try Memory(opening: start).reader.generation : 0
    let counter = FaultyDirectory(calm)
    try Self.ingest(shop, calm, counter)
    let expected = try MemoryFiles.contents(calm)
    let stride = getenv("GRIOT_LONG_TESTS") == nil ? 11 : 1
    var generations: Set<UInt64> = []
    for step in Swift.stride(from: 0, to: counter.stepCount, by: stride) {
      let memory = shop.folder.path + "/step"
      unlink(memory)
      if changed { try copy(start, memory) }
      let workers = [1, 2, 4][step % 3]
      do {
        try Self.ingest(shop, memory, workers: workers, FaultyDirectory(memory, failingAt: step))
      } catch {
        #expect(error.kind == .io && error.message.contains("fault"), "step \(step): \(error)")
      }
      if Memory.exists(at: memory) {
        let left = try Memory(opening: memory)
        generations.insert(left.reader.generation)
        #expect(try left.check().problems == [], "step \(step)")
        #expect(left.reader.generation >= before)
      } else {
        #expect(!changed, "step \(step): the memory is gone")
      }
      try Self.ingest(shop, memory, workers: workers)
      #expect(
        MemoryFiles.differences(try MemoryFiles.contents(memory), expected) == [],
        "step \(step) of \(counter.stepCount), \(workers) workers")
      try remove(memory)
    }
    #expect(generations.count > 2, "\(generations)")
  }

  private func copy(_ from: String, _ to: String) throws {
    let report = try Maintenance.backup(memory: from, to: .directory(to))
    #expect(report.files > 3)
  }

  private func remove(_ memory: String) throws {
    let directory = FileSystemDirectory(memory)
    for name in try MemoryFiles.contents(memory).keys + ["lock"] { try directory.remove(name) }
    for folder in ["/segments", "/side", ""] { rmdir(memory + folder) }
  }
}
