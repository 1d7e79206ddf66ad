/// A passage inside one segment: 0 ..< `SegmentReader.passageCount`, in the order of ingest. Postings and norms
/// are keyed by it. Valid only together with its segment.
public typealias PassageID = UInt32

/// A document inside one segment: 0 ..< `SegmentReader.documentCount`, in the order of ingest. Live bits, columns
/// and stored frames are keyed by it. Valid only together with its segment.
public typealias DocumentOrdinal = UInt32

extension UInt32 {
  /// What a cursor answers behind its last passage (or document): greater than every valid id.
  public static var noMore: UInt32 { .max }
}

/// The number of a segment, given once and never used again in the same memory.
public typealias SegmentID = UInt64

/// The unique and stable id of a document in a memory: 16 bytes, as a rule a hash. Ordered as bytes.
public struct DocumentKey: Hashable, Comparable, Sendable, BitwiseCopyable {
  /// The first eight bytes, big-endian.
  public var high: UInt64
  /// The last eight bytes, big-endian.
  public var low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  public static func < (a: DocumentKey, b: DocumentKey) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }
}
