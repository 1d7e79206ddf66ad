internal import Synchronization

/// A value that is made at its first use and kept; a failure is not kept, the next use tries again.
final class Lazy<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)
  private let make: @Sendable () throws(IndexError) -> Value

  init(_ make: @escaping @Sendable () throws(IndexError) -> Value) { self.make = make }

  func get() throws(IndexError) -> Value {
    try value.withLock { (value) throws(IndexError) -> Value in
      if let value { return value }
      let made = try make()
      value = made
      return made
    }
  }
}
