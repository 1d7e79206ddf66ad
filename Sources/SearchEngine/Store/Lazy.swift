internal import Synchronization

/// A value that is made at its first use and kept; a failure is not kept, the next use tries again.
final class Lazy<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let make: @Sendable () throws(IndexError) -> Value

  init(_ make: @escaping @Sendable () throws(IndexError) -> Value) { self.make = make }

  func get() throws(IndexError) -> Value {
    let result: Result<Value, IndexError> = value.withLock { value in
      if let value { return .success(value) }
      do throws(IndexError) {
        let made = try make()
        value = made
        return .success(made)
      } catch {
        return .failure(error)
      }
    }
    return try result.get()
  }
}
