/// A page of memory that a reader process shares with its parent: which record it is at work on.
///
/// Answers travel in batches, so a crash loses what was not sent yet. This page survives: the parent reads the
/// offset of the record that killed the reader, starts another reader behind what it already received, and puts
/// that one record into quarantine. It also tells a hang from slow work: `ticks` grows with every record.
///
/// The layout is two 64-bit numbers, written and read with plain aligned stores and loads of the machine
/// (atomic on every 64-bit platform); a torn pair costs at worst one wrongly blamed record.
public struct ReaderProgress: @unchecked Sendable {
  public static let byteCount = 4096
  private let base: UnsafeMutableRawPointer

  /// - Parameter base: A shared mapping of at least ``byteCount`` bytes that outlives this value.
  public init(_ base: UnsafeMutableRawPointer) { self.base = base }

  /// Called by the reader before it starts on a record.
  public func begin(recordAt offset: UInt64) {
    base.storeBytes(of: offset, as: UInt64.self)
    base.storeBytes(of: ticks &+ 1, toByteOffset: 8, as: UInt64.self)
  }

  /// Byte offset of the record at work.
  public var recordOffset: UInt64 { base.load(as: UInt64.self) }
  /// How many records were begun.
  public var ticks: UInt64 { base.load(fromByteOffset: 8, as: UInt64.self) }
}
