/// Counts how often two words stand near each other in a passage.
///
/// Source: Metzler, Croft, "A Markov random field model for term dependencies", 2005 (sequential dependence: neighbouring
/// query words, as ordered and as unordered windows).
enum Proximity {
  /// - Parameters:
  ///   - first, second: Distinct positions of the words, increasing.
  /// - Returns: How many positions of `first` have `second` right behind them or one word further, and how many have it
  ///   within `window` positions on either side. O(positions).
  static func windows(
    _ first: UnsafeBufferPointer<UInt32>, _ second: UnsafeBufferPointer<UInt32>, window: UInt32
  ) -> (ordered: UInt32, adjacent: UInt32, unordered: UInt32) {
    var ordered: UInt32 = 0
    var adjacent: UInt32 = 0
    var unordered: UInt32 = 0
    var low = 0
    for position in first {
      while low < second.count, second[low] &+ window < position { low += 1 }
      if low == second.count { break }
      guard second[low] <= position &+ window else { continue }
      unordered += 1
      var at = low
      var isOrdered = false
      while at < second.count, second[at] <= position &+ 2 {
        if second[at] == position &+ 1 { adjacent += 1 }
        if second[at] > position { isOrdered = true }
        at += 1
      }
      if isOrdered { ordered += 1 }
    }
    return (ordered, adjacent, unordered)
  }
}
