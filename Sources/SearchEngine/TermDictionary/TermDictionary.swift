/// The sorted dictionary of the stems of one segment. Obtained from `SegmentReader.terms`.
public struct TermDictionary: Sendable {
  /// The number of distinct stems.
  public var count: UInt64 { fatalError("declared, not yet written") }

  /// The entry of a stem, or nil where the segment does not hold it.
  /// - Complexity: O(log n) comparisons, one block of terms decoded.
  public func lookup(_ stem: [UInt8]) throws(IndexError) -> TermInfo? { fatalError("declared, not yet written") }

  /// The forms of a stem, by code.
  public func forms(of term: TermInfo, stem: [UInt8]) throws(IndexError) -> [TermForm] {
    fatalError("declared, not yet written")
  }

  /// All stems from the first one that is not below `start`, in byte order.
  public func iterator(from start: [UInt8] = []) -> TermIterator { fatalError("declared, not yet written") }
}

/// Walks the stems of a segment in byte order.
public struct TermIterator {
  /// The current stem. Valid after `next()` answered true.
  public var term: [UInt8] { fatalError("declared, not yet written") }
  public var info: TermInfo { fatalError("declared, not yet written") }
  /// Goes to the next stem; false behind the last.
  public mutating func next() throws(IndexError) -> Bool { fatalError("declared, not yet written") }
}

/// The sorted dictionary of the exact forms of one segment. Prefix, wildcard, fuzzy and regular expressions and
/// "did you mean" run on it. Obtained from `SegmentReader.forms`.
public struct FormDictionary: Sendable {
  /// The stems that a form stands for, with code and frequencies; empty where the segment does not hold the form.
  public func lookup(_ form: [UInt8]) throws(IndexError) -> [FormEntry] { fatalError("declared, not yet written") }

  /// All forms from the first one that is not below `start`, in byte order.
  public func iterator(from start: [UInt8] = []) -> FormIterator { fatalError("declared, not yet written") }
}

/// Walks the forms of a segment in byte order; `seek` jumps forward, so that an automaton can skip dead ranges.
public struct FormIterator {
  /// The current form. Valid after `next()` or `seek(_:)` answered true.
  public var form: [UInt8] { fatalError("declared, not yet written") }
  /// The entries of the current form (one, but for forms that two languages stem differently).
  /// A few lookups dearer than `form`: ask it only of forms that match.
  public func entries() throws(IndexError) -> [FormEntry] { fatalError("declared, not yet written") }
  public mutating func next() throws(IndexError) -> Bool { fatalError("declared, not yet written") }
  /// Goes to the first form that is not below `target`. Forward only.
  public mutating func seek(_ target: [UInt8]) throws(IndexError) -> Bool { fatalError("declared, not yet written") }
}
