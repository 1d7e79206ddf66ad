/// The documents of a segment that are not deleted: one bit each, in a file of its own a generation.
struct LiveDocuments: @unchecked Sendable {
  let file: MappedFile
  /// Bit 0 of word 0 is document 0. The section stands on a multiple of eight bytes.
  let words: UnsafePointer<UInt64>
  let count: UInt32

  init(directory: String, _ record: SegmentRecord) throws(IndexError) {
    file = try MappedFile(
      directory: directory, name: record.name(.live), kind: .live, segment: record.id,
      expectedSize: record.fileSizes.count > FileKind.ofSegment.count ? record.fileSizes[FileKind.ofSegment.count] : nil
    )
    count = record.documentCount
    let wordCount = (Int(count) + 63) / 64
    guard let bytes = try file.bytes("BITS"), bytes.count == wordCount * 8,
      let base = bytes.baseAddress, Int(bitPattern: base) % 8 == 0
    else { throw file.corrupt(0, "the bits of live documents are missing or too few") }
    words = UnsafePointer(base.assumingMemoryBound(to: UInt64.self))
    var live = 0
    for i in 0..<wordCount { live += words[i].nonzeroBitCount }
    guard live == Int(record.documentCount) - Int(record.deletedCount) else {
      throw file.corrupt(0, "\(live) documents are live, the manifest says otherwise")
    }
  }

  @inline(__always)
  func isLive(_ document: DocumentOrdinal) -> Bool {
    document < count && words[Int(document >> 6)] & (1 &<< UInt64(document & 63)) != 0
  }

  /// The content of a file with these bits.
  static func content(_ words: [UInt64]) throws(IndexError) -> ContentWriter {
    let writer = ContentWriter(.live)
    writer.begin(SectionID("BITS"))
    for word in words { writer.append(word) }
    writer.end()
    try writer.finish()
    return writer
  }
}
