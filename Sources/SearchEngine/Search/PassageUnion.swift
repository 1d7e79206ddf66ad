/// Adds up frequencies by passage: in an array over all passages where many are expected, else by sorting.
struct PassageUnion: ~Copyable {
  private let passageCount: Int
  /// A frequency for each passage.
  private let dense: UnsafeMutablePointer<UInt32>?
  private var pairs: [UInt64] = []

  init(passageCount: Int, expected: UInt64) {
    self.passageCount = passageCount
    if expected > UInt64(passageCount / 16) {
      dense = .allocate(capacity: passageCount)
      dense!.initialize(repeating: 0, count: passageCount)
    } else {
      dense = nil
    }
  }

  deinit { dense?.deallocate() }

  @inline(__always)
  mutating func add(_ passage: PassageID, _ frequency: UInt32) {
    if let dense {
      precondition(Int(passage) < passageCount)
      dense[Int(passage)] &+= frequency
    } else {
      pairs.append(UInt64(passage) << 32 | UInt64(frequency))
    }
  }

  consuming func list() -> PassageList {
    if let dense { return Self.list(dense, passageCount) }
    var list = PassageList()
    pairs.sort()
    for pair in pairs {
      let passage = PassageID(pair >> 32)
      if passage == list.passages.last {
        list.frequencies[list.frequencies.count - 1] &+= UInt32(truncatingIfNeeded: pair)
      } else {
        list.passages.append(passage)
        list.frequencies.append(UInt32(truncatingIfNeeded: pair))
      }
    }
    return list
  }

  private static func list(_ dense: UnsafeMutablePointer<UInt32>, _ passageCount: Int) -> PassageList {
    var count = 0
    for passage in 0..<passageCount { count += dense[passage] > 0 ? 1 : 0 }
    var list = PassageList()
    // No branch depends on what is found; the place behind the last is written and not kept.
    list.passages = Array(unsafeUninitializedCapacity: count + 1) { passages, kept in
      for passage in 0..<passageCount {
        passages[kept] = PassageID(passage)
        kept += dense[passage] > 0 ? 1 : 0
      }
    }
    list.frequencies = Array(unsafeUninitializedCapacity: count + 1) { frequencies, kept in
      for passage in 0..<passageCount {
        frequencies[kept] = dense[passage]
        kept += dense[passage] > 0 ? 1 : 0
      }
    }
    return list
  }
}
