/// What the manifest says about a segment: all of its numbers, so that opening it reads no file.
struct SegmentRecord: Equatable, Sendable {
  var id: SegmentID
  var documentCount: UInt32
  var deletedCount: UInt32
  var passageCount: UInt32
  /// The sum of the passages' lengths.
  var totalLength: UInt64
  /// The place of the first document in the order of ingest.
  var firstSequence: UInt64
  var weights: FieldWeights
  /// 0 where all documents are live, else the generation of the file of live documents.
  var liveGeneration: UInt64
  /// The sizes of the files in the order of `FileKind.ofSegment`, and of the file of live documents (0 for none).
  var fileSizes: [UInt64]

  /// Bytes of all files.
  var size: UInt64 { fileSizes.reduce(0, +) }

  func name(_ kind: FileKind) -> String { kind.name(id, generation: liveGeneration) }

  var fileNames: [String] {
    FileKind.ofSegment.map { name($0) } + (liveGeneration > 0 ? [name(.live)] : [])
  }
}
