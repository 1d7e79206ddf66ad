internal import Synchronization

/// The first damage that code met which cannot throw where it stands (cursors, arrays read element by element). Shared
/// by a segment and its files; whoever ran a query asks once at its end (`SegmentReader.checkDamage()`).
final class DamageLog: Sendable {
  private let first = Mutex<IndexError?>(nil)
  private let isSet = Atomic<Bool>(false)

  /// Keeps the error, if it is the first.
  func report(_ error: IndexError) {
    first.withLock { if $0 == nil { $0 = error } }
    isSet.store(true, ordering: .relaxed)
  }

  /// Throws what was reported.
  @inline(__always)
  func check() throws(IndexError) {
    if isSet.load(ordering: .relaxed) { try throwFirst() }
  }

  private func throwFirst() throws(IndexError) {
    if let error = first.withLock({ $0 }) { throw error }
  }
}
