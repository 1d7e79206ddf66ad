import Synchronization

/// A flag that stops a long operation at its next safe point. ``cancel()`` may be called from a signal handler.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)
  public init() {}
  public func cancel() { flag.store(true, ordering: .relaxed) }
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }
}
