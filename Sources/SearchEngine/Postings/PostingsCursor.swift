/// A competitive pair: no posting of the block (or list) beats all of these pairs for any k1 >= 0 and 0 <= b <= 1.
/// The bound of a block is the greatest score over its pairs. `frequency` may be rounded up.
public struct Impact: Equatable, Sendable, BitwiseCopyable {
  public var frequency: UInt32
  /// The passage's length as the norm's byte (`FieldNorms.decode(_:)`).
  public var norm: UInt8
}

/// Walks the passages of one stem in increasing order, a block of up to 128 at a time.
///
/// Errors: a cursor does not throw. Where it meets damage it records the error in its segment, and ends (`passage`
/// is `.noMore`); whoever ran the query calls `SegmentReader.checkDamage()` once at its end, which throws.
///
/// Lifetime: a cursor holds plain pointers into the segment's mappings. The segment has to outlive it.
public struct PostingsCursor: ~Copyable {
  /// The current passage; `.noMore` behind the last one. A fresh cursor stands on its first passage.
  public var passage: PassageID { fatalError("declared, not yet written") }
  /// The frequency in the current passage. Frequencies of a block are decoded at the first question.
  public var frequency: UInt32 { mutating get { fatalError("declared, not yet written") } }
  /// The number of passages in the list.
  public var count: UInt32 { fatalError("declared, not yet written") }

  /// Goes to the next passage and answers it.
  public mutating func advance() -> PassageID { fatalError("declared, not yet written") }
  /// Goes to the first passage that is not below `target`, and answers it. Never goes back.
  public mutating func advance(to target: PassageID) -> PassageID { fatalError("declared, not yet written") }

  // MARK: Blocks. The whole block as arrays, for scorers that work block at a time.

  /// The passages of the current block, decoded; `blockCount` of them, increasing.
  public var blockPassages: UnsafePointer<UInt32> { fatalError("declared, not yet written") }
  /// The frequencies of the current block, decoded at the first question.
  public var blockFrequencies: UnsafePointer<UInt32> { mutating get { fatalError("declared, not yet written") } }
  public var blockCount: Int { fatalError("declared, not yet written") }
  /// The index of the current passage in its block.
  public var blockIndex: Int { fatalError("declared, not yet written") }
  /// Decodes the next block and stands on its first passage.
  public mutating func advanceBlock() -> PassageID { fatalError("declared, not yet written") }

  // MARK: Bounds, without decoding. The shallow position runs ahead of the real one.

  /// Moves the shallow position to the block that would hold `target`, and answers the last passage of that block
  /// (`.noMore` behind the end). Touches only skip data.
  public mutating func shallowAdvance(to target: PassageID) -> PassageID { fatalError("declared, not yet written") }
  /// The competitive pairs of the block at the shallow position, copied into `impacts` (room for 8); answers how many.
  public func shallowImpacts(_ impacts: UnsafeMutablePointer<Impact>) -> Int { fatalError("declared, not yet written") }
  /// The competitive pairs of the whole list (room for 8).
  public func listImpacts(_ impacts: UnsafeMutablePointer<Impact>) -> Int { fatalError("declared, not yet written") }
}

/// Reads the positions (and form codes) of the passage a `PostingsCursor` of the same term stands on.
public struct PositionsCursor: ~Copyable {
  /// Reads the positions of the passage `postings` stands on, increasing (equal ones in a row where a word has a
  /// weight), into `positions`. Answers how many: the frequency; 0 after damage.
  public mutating func read(_ postings: inout PostingsCursor) -> Int { fatalError("declared, not yet written") }
  /// Reads the form codes beside the positions of the same passage into `codes`. With one form they are all 0.
  public mutating func readCodes(_ postings: inout PostingsCursor) -> Int { fatalError("declared, not yet written") }
  public var positions: UnsafePointer<UInt32> { fatalError("declared, not yet written") }
  public var codes: UnsafePointer<UInt32> { fatalError("declared, not yet written") }
}
