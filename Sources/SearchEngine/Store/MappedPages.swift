internal import Glibc
internal import Synchronization

/// The pages of mapped index files that this process holds. They are the system's to take back, but count as the
/// process's memory until it does; whoever writes for hours gives them back itself.
public enum MappedPages {
  /// Sizes by address. Empty where nobody watches: a search does not pay for it.
  private static let mappings = Mutex<[UInt: Int]>([:])
  private static let watchers = Atomic<Int>(0)

  /// Files that are mapped from now on can be given back, until as many ``endWatching()``.
  public static func beginWatching() { watchers.add(1, ordering: .relaxed) }
  public static func endWatching() { watchers.subtract(1, ordering: .relaxed) }

  /// - Returns: Whether the mapping has to be ended with ``remove(_:)``.
  static func add(_ address: UnsafeRawPointer, _ size: Int) -> Bool {
    guard watchers.load(ordering: .relaxed) > 0 else { return false }
    mappings.withLock { $0[UInt(bitPattern: address)] = size }
    return true
  }

  /// Before the mapping goes away.
  static func remove(_ address: UnsafeRawPointer) { mappings.withLock { $0[UInt(bitPattern: address)] = nil } }

  /// Gives all pages back if the process has more than so many bytes of files in its memory. Safe at any time: whoever
  /// reads on finds the same bytes, from the system's cache.
  public static func release(above limit: Int) {
    guard resident > limit else { return }
    mappings.withLock { mappings in
      for (address, size) in mappings { madvise(UnsafeMutableRawPointer(bitPattern: address), size, MADV_DONTNEED) }
    }
  }

  /// Bytes of files, mapped and in memory; 0 where the system does not tell.
  static var resident: Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { _ = Glibc.close(descriptor) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return 0 }
      // Pages: size, resident, shared, …
      let fields = buffer[..<count].split(separator: 0x20)
      guard fields.count > 2, let pages = Int(String(decoding: fields[2], as: UTF8.self)) else { return 0 }
      return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
  }
}
