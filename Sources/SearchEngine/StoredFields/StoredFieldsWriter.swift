internal import CZstd

/// Writes the frames stored with documents in compressed blocks (FORMAT.md, "Stored fields").
final class StoredFieldsWriter {
  /// A block ends with the document with which it reaches so many bytes. A page of results decompresses a block for
  /// each hit and some behind it: half the size halves that, and costs a twentieth of the stored text's size (.329 of
  /// it instead of .314).
  static let blockSize = 32 << 10
  static let level: Int32 = 3

  private let compressor: OpaquePointer
  private let writer: ContentWriter
  private let start: UInt64
  private var lengths: [UInt8] = []
  private var frames: [UInt8] = []
  private var documentCount: Int64 = 0
  private var firsts: [Int64] = []
  private var offsets: [Int64] = []
  private var isEmpty = true
  /// Processor time of the compression, in nanoseconds.
  private(set) var time: UInt64 = 0

  init(_ writer: ContentWriter) {
    self.writer = writer
    compressor = czstd_compressor_open(Self.level)
    writer.begin(SectionID("SBLK"))
    start = writer.offset
  }

  deinit { czstd_compressor_close(compressor) }

  /// Adds the next document's frame.
  func add(_ frame: UnsafeRawBufferPointer) {
    if lengths.isEmpty { firsts.append(documentCount) }
    if !frame.isEmpty { isEmpty = false }
    lengths.append(varint: UInt64(frame.count))
    frames.append(contentsOf: frame)
    documentCount += 1
    // Empty frames make blocks too, of many documents.
    if frames.count + lengths.count >= Self.blockSize { flush() }
  }

  /// Adds a block of another segment as it is; it holds `count` documents.
  func add(block: UnsafeRawBufferPointer, documents count: Int) {
    flush()
    isEmpty = false
    firsts.append(documentCount)
    offsets.append(Int64(writer.offset - start))
    writer.append(block)
    documentCount += Int64(count)
  }

  /// A block: bytes when decompressed (u32), bytes of the lengths (u32), then lengths and frames, compressed together.
  private func flush() {
    guard !lengths.isEmpty else { return }
    offsets.append(Int64(writer.offset - start))
    let clock = BuildTimes.now()
    defer { time += BuildTimes.now() - clock }
    let raw = lengths + frames
    writer.append(UInt32(raw.count))
    writer.append(UInt32(lengths.count))
    let room = writer.reserve(czstd_bound(raw.count))
    let size = raw.withUnsafeBytes {
      czstd_compress(compressor, room, czstd_bound($0.count), $0.baseAddress, $0.count)
    }
    precondition(size > 0, "zstd refused a block within its bound")
    writer.advance(size)
    lengths.removeAll(keepingCapacity: true)
    frames.removeAll(keepingCapacity: true)
  }

  /// Ends the section of blocks and writes their index. Where nothing was stored at all, there are no blocks.
  func finish() {
    if !isEmpty { flush() }
    if isEmpty {
      firsts = []
      offsets = []
    }
    let end = Int64(writer.offset - start)
    writer.end()
    writer.begin(SectionID("SIDX"))
    PackedIntegers.write(firsts + [documentCount], to: writer)
    PackedIntegers.write(offsets + [end], to: writer)
    writer.end()
  }
}
