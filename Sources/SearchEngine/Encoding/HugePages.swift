import Glibc

/// Memory for tables of many megabytes that are met at random places: with pages of 4 KiB nearly every meeting also
/// misses the translation buffer. The kernel is asked for huge pages; where it has none to give nothing changes.
enum HugePages {
  private static let page = 2 << 20

  /// Uninitialised memory, to be freed with `deallocate()`. Small requests are ordinary ones.
  static func allocate<T: BitwiseCopyable>(_ type: T.Type, capacity: Int) -> UnsafeMutablePointer<T> {
    let bytes = capacity * MemoryLayout<T>.stride
    var memory: UnsafeMutableRawPointer?
    guard bytes >= 2 * page, posix_memalign(&memory, page, bytes) == 0, let memory else {
      return .allocate(capacity: capacity)
    }
    _ = madvise(memory, bytes, MADV_HUGEPAGE)
    return memory.bindMemory(to: type, capacity: capacity)
  }
}
