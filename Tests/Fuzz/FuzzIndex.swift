import Glibc
import TestSupport

@testable import SearchEngine

/// A small memory in a folder of its own: every structure of the format, lists longer than a block, deleted documents.
final class FuzzIndex: Sendable {
  static let shared = FuzzIndex()

  let folder: TemporaryDirectory
  let manifest: Manifest
  let manifestBytes: [UInt8]
  let reader: IndexReader

  var path: String { folder.path }

  private init() {
    // In memory, where there is such a place: a file is written for every input.
    if access("/dev/shm", W_OK) == 0 { setenv("TMPDIR", "/dev/shm", 0) }
    folder = TemporaryDirectory()
    do {
      var configuration = IndexConfiguration(schema: RandomCorpus.schema)
      configuration.mergePolicy = MergePolicy(factor: 1000)
      let writer = try IndexWriter(folder.path, configuration)
      var random = SplitMix64(seed: 20)
      for (count, passages, first) in [(150, 1, UInt64(0)), (20, 3, 150)] {
        var documents = RandomCorpus(
          .init(
            documents: count, passages: passages, words: 8, vocabulary: 30, hasTitles: true, hasHeadings: true,
            continuing: 0.3), random: &random, firstKey: first
        ).documents
        for i in documents.indices { documents[i].stored = Array("frame \(i) of \(count)".utf8) }
        var builder = SegmentBuilder(configuration)
        for document in documents { try builder.add(document) }
        try writer.append(try builder.finish())
      }
      _ = try writer.delete([DocumentKey(high: 7, low: 3), DocumentKey(high: 7, low: 151)])
      try writer.appendSideFile("catalogue", Array("one\n".utf8))
      writer.setAttribute("colour", Array("blue".utf8))
      try writer.commit()
      writer.close()
      manifestBytes = try FileSystemDirectory(folder.path).read(Manifest.fileName)!
      manifest = try Manifest(manifestBytes)
      reader = try IndexReader.openPinned(folder.path)
    } catch {
      fatalError("no index to begin with: \(error)")
    }
  }
}
