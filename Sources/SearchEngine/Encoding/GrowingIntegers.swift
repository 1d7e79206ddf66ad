/// A growing buffer of 32-bit integers without bounds checks on the way in, for encoders' inner loops.
struct GrowingIntegers: ~Copyable {
  private(set) var start: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  private var capacity: Int

  /// Allocates nothing before the first integer where no capacity is asked for: cursors make many that stay empty.
  init(capacity: Int = 0) {
    self.capacity = capacity
    start = capacity > 0 ? .allocate(capacity: capacity) : Self.nothing
  }

  private static var nothing: UnsafeMutablePointer<UInt32> { UnsafeMutablePointer(bitPattern: 16)! }

  deinit { if capacity > 0 { start.deallocate() } }

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
    let old = capacity
    capacity = max(old * 2, count + more, 32)
    let grown = HugePages.allocate(UInt32.self, capacity: capacity)
    grown.update(from: start, count: count)
    if old > 0 { start.deallocate() }
    start = grown
  }
}
