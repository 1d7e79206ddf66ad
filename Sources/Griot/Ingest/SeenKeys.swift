import SearchEngine

/// Keys that occurred in this ingest with a part of their content's digest: 12 bytes an entry, so that ten million
/// records fit beside the writer's buffer.
///
/// 64 bits stand for a key. Should two keys ever share them, the later record is taken for a repetition of the name
/// with other content and gets a number: it is kept, under another id.
struct SeenKeys {
  private var keys: [UInt64]
  private var digests: [UInt32]
  private(set) var count = 0

  init() {
    keys = [UInt64](repeating: 0, count: 1024)
    digests = [UInt32](repeating: 0, count: 1024)
  }

  /// The digest's part that went with the key, `nil` if the key did not occur.
  func digest(_ key: DocumentKey) -> UInt32? {
    let slot = slot(of: Self.mark(key))
    return keys[slot] == 0 ? nil : digests[slot]
  }

  mutating func insert(_ key: DocumentKey, _ digest: UInt64) {
    if (count + 1) * 4 > keys.count * 3 { grow() }
    let mark = Self.mark(key)
    let slot = slot(of: mark)
    if keys[slot] == 0 { count += 1 }
    keys[slot] = mark
    digests[slot] = Self.part(digest)
  }

  static func part(_ digest: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: digest) }

  /// Keys are hashes: their first half is as good as any.
  private static func mark(_ key: DocumentKey) -> UInt64 { key.high == 0 ? 1 : key.high }

  private func slot(of mark: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: mark) & mask
    while keys[slot] != 0, keys[slot] != mark { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let (oldKeys, oldDigests) = (keys, digests)
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    digests = [UInt32](repeating: 0, count: oldKeys.count * 2)
    for (i, mark) in oldKeys.enumerated() where mark != 0 {
      let slot = slot(of: mark)
      keys[slot] = mark
      digests[slot] = oldDigests[i]
    }
  }
}
