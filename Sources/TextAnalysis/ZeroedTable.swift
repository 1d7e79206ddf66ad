import Glibc

/// Tables of the Basic Multilingual Plane that are filled as texts need them.
enum ZeroedTable {
  private static let count = 0x10000

  /// 65,536 zeros that touch no memory until they are read: most processes meet few scripts. Mapped, as `calloc` writes
  /// its zeros where it takes the memory from the heap: 70 pages in every search. To be given back with `unmake`.
  static func make<Entry: FixedWidthInteger & BitwiseCopyable>(_: Entry.Type) -> UnsafeMutablePointer<Entry> {
    let size = count * MemoryLayout<Entry>.stride
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      memory != MAP_FAILED
    else { fatalError("out of memory for a table") }
    return memory.bindMemory(to: Entry.self, capacity: count)
  }

  static func unmake<Entry: FixedWidthInteger & BitwiseCopyable>(_ table: UnsafeMutablePointer<Entry>) {
    munmap(table, count * MemoryLayout<Entry>.stride)
  }
}
