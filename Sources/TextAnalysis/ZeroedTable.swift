import Glibc

/// Tables of the Basic Multilingual Plane that are filled as texts need them.
enum ZeroedTable {
  /// 65,536 zeros that touch no memory until they are read: most processes meet few scripts. To be freed with `free`.
  static func make<Entry: FixedWidthInteger & BitwiseCopyable>(_: Entry.Type) -> UnsafeMutablePointer<Entry> {
    guard let memory = calloc(0x10000, MemoryLayout<Entry>.stride) else { fatalError("out of memory for a table") }
    return memory.bindMemory(to: Entry.self, capacity: 0x10000)
  }
}
