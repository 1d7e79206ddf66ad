internal import Synchronization

/// The highest threshold that any of several threads has reached, each of which looks for the best of a part.
///
/// A thread's threshold is that of so many documents of its own part; there are at least as many in the whole, so what
/// is below it is among the best nowhere.
final class SharedThreshold: Sendable {
  private let value = Atomic<Score>(.min)

  /// Gives the threshold of a list to the others, and theirs to the list.
  @inline(__always)
  func exchange(_ best: inout TopHits) {
    // A stale one prunes less and does no harm: no order with other memory is needed.
    let known = value.load(ordering: .relaxed)
    if best.threshold > known {
      value.max(best.threshold, ordering: .relaxed)
    } else {
      best.raise(to: known)
    }
  }
}
