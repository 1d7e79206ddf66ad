/// A segment in memory, complete but for its number, which it gets when the writer appends it.
public struct EncodedSegment: @unchecked Sendable {
  /// In the order of `FileKind.ofSegment`. Finished, and not changed any more.
  let contents: [ContentWriter]
  let keys: [DocumentKey]
  public let documentCount: UInt32
  public let passageCount: UInt32
  let totalLength: UInt64
  let weights: FieldWeights

  /// Bytes that the segment takes on disk.
  public var byteCount: UInt64 { contents.reduce(0) { $0 + $1.fileSize } }

  /// The documents whose key comes again later in the same batch.
  func replaced() -> [DocumentOrdinal] {
    var newest: [DocumentKey: DocumentOrdinal] = [:]
    var replaced: [DocumentOrdinal] = []
    for (i, key) in keys.enumerated() {
      if let before = newest.updateValue(DocumentOrdinal(i), forKey: key) { replaced.append(before) }
    }
    return replaced.sorted()
  }
}
