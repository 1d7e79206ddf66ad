/// The greatest share of each list in each of some windows of passages, and the first block of the list that reaches into
/// it. Only the skip data of these windows is read.
struct WindowBounds: ~Copyable {
  private let listCount: Int
  private let first: Int
  private let windows: Int
  private let bounds: UnsafeMutablePointer<Score>
  private let blocks: UnsafeMutablePointer<UInt32>
  private let sorted: UnsafeMutablePointer<Int>
  /// The sum over all lists, from the first window on.
  let totals: UnsafeMutablePointer<Score>

  init(_ lists: UnsafeMutablePointer<BlockList>, _ listCount: Int, _ range: Range<Int>, shift: UInt32) {
    self.listCount = listCount
    first = range.lowerBound
    windows = range.count
    bounds = .allocate(capacity: windows * listCount)
    bounds.initialize(repeating: 0, count: windows * listCount)
    blocks = .allocate(capacity: windows * listCount)
    totals = .allocate(capacity: windows)
    totals.initialize(repeating: 0, count: windows)
    sorted = .allocate(capacity: listCount)
    for list in 0..<listCount { sorted[list] = list }
    for list in 0..<listCount { fill(list, &lists[list], shift) }
  }

  deinit {
    bounds.deallocate()
    blocks.deallocate()
    totals.deallocate()
    sorted.deallocate()
  }

  private func fill(_ number: Int, _ list: inout BlockList, _ shift: UInt32) {
    if windows == 0 { return }
    let start = list.find(PassageID(first) << shift, from: 0)
    let own = bounds + number * windows
    let ownBlocks = blocks + number * windows
    ownBlocks[0] = UInt32(start)
    var window = 0
    var block = start
    while block < list.blockCount {
      let end = list.open(from: block)
      let lasts = list.allLasts
      let blockBounds = list.allBounds
      while block < end {
        let bound = blockBounds[block]
        let lastWindow = min(Int(lasts[block] >> shift) - first, windows - 1)
        // `window` is where the block before ended: both share it, unless that one ended at the window's end.
        own[window] = max(own[window], bound)
        while window < lastWindow {
          window += 1
          own[window] = bound
          ownBlocks[window] = UInt32(block)
        }
        block += 1
      }
      // The next block begins behind the windows.
      if Int(lasts[block - 1] >> shift) - first >= windows { break }
    }
    while window + 1 < windows {
      window += 1
      ownBlocks[window] = UInt32(list.blockCount)
    }
    for window in 0..<windows { totals[window] &+= own[window] }
  }

  @inline(__always)
  func bound(_ list: Int, _ window: Int) -> Score { bounds[list &* windows &+ window &- first] }

  @inline(__always)
  func firstBlock(_ list: Int, _ window: Int) -> Int { Int(blocks[list &* windows &+ window &- first]) }

  /// The sum of the bounds of all lists.
  @inline(__always)
  func total(_ window: Int) -> Score { totals[window &- first] }

  /// The lists by rising bound in the window. Valid until the next call; lists hardly change places between windows.
  func order(_ window: Int) -> UnsafePointer<Int> {
    for index in 1..<max(1, listCount) {
      let list = sorted[index]
      let own = bound(list, window)
      var place = index
      while place > 0, bound(sorted[place - 1], window) > own {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = list
    }
    return UnsafePointer(sorted)
  }
}
