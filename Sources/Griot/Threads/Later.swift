/// What a thread of its own finds out while its maker does something else.
final class Later<Value: Sendable, Failure: Error>: @unchecked Sendable {
  private let box = Monitor<Result<Value, Failure>?>(nil)
  private let thread: WorkerThread?

  /// - Parameter isWanted: Otherwise nothing is done.
  init(_ isWanted: Bool = true, _ work: @escaping @Sendable () throws(Failure) -> Value) {
    let box = box
    thread =
      isWanted
      ? WorkerThread {
        let result = Result { () throws(Failure) in try work() }
        box.update { $0 = result }
      } : nil
  }

  deinit { thread?.join() }

  /// Waits for it; `nil` if it was not wanted.
  func value() throws(Failure) -> Value? {
    guard thread != nil else { return nil }
    return try box.wait { $0 }.get()
  }
}
