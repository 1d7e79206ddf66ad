/// The lengths of the passages of a segment in one byte each, by Lucene's code (`SmallFloat.intToByte4`).
public struct FieldNorms: Sendable {
  /// One byte a passage.
  public var bytes: UnsafePointer<UInt8> { fatalError("declared, not yet written") }

  /// The length that a norm's byte stands for: exact up to 39, then with four significant bits.
  public static func decode(_ norm: UInt8) -> UInt32 { fatalError("declared, not yet written") }
  /// The greatest byte whose length is not above `length`.
  public static func encode(_ length: UInt32) -> UInt8 { fatalError("declared, not yet written") }
}
