/// A growing buffer of 32-bit integers without bounds checks on the way in, for encoders' inner loops.
struct GrowingIntegers: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int = 1024) {
    self.capacity = capacity
    start = .allocate(capacity: capacity)
  }

  deinit { start.deallocate() }

  mutating func removeAll() { count = 0 }

  mutating func removeLast(_ number: Int) {
    precondition(number <= count)
    count -= number
  }

  /// Appends room for `more` integers, not yet initialised, and answers its start.
  @inline(__always)
  mutating func grow(by more: Int) -> UnsafeMutablePointer<UInt32> {
    if count + more > capacity { makeRoom(more) }
    defer { count += more }
    return start + count
  }

  @inline(__always)
  mutating func append(_ value: UInt32) { grow(by: 1).pointee = value }

  @inline(never)
  private mutating func makeRoom(_ more: Int) {
    capacity = max(capacity * 2, count + more)
    let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    grown.update(from: start, count: count)
    start.deallocate()
    start = grown
  }
}
