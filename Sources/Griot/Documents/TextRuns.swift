internal import CKernels

/// The runs of letters and digits of one text with their hashes: what the signature and the lessons of a document both
/// look at, found once for both. One per thread; nothing is allocated for a document.
///
/// A window of runs is held, so that memory is bounded whatever the text is; most texts are one window.
final class TextRuns {
  /// A longest run of ASCII letters, ASCII digits and bytes above 0x7F, its ends as offsets in the text.
  typealias Run = ctext_run

  private(set) var text = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Of ``count`` runs; behind them one stands that begins nowhere.
  let runs: UnsafeMutablePointer<Run>
  private(set) var count = 0
  /// What the window covers: all runs that begin in it are there.
  private(set) var window = 0..<0
  private let capacity: Int
  /// Where the last search ended.
  private var last = 0

  /// - Parameter capacity: Runs of a window, at least 128.
  init(capacity: Int = 4096) {
    precondition(capacity >= Int(CTEXT_LEAST_RUNS), "a window of runs is not so small")
    self.capacity = capacity
    runs = .allocate(capacity: capacity + 1)
    runs[0] = Self.none
  }

  deinit { runs.deallocate() }

  private static var none: Run { Run(hash: 0, start: .max, end: .max, flags: UInt32(CTEXT_RUN_HAS_NON_ASCII)) }

  /// Calls `body` while this is about `text`.
  func of<R>(_ text: [UInt8], _ body: () -> R) -> R {
    text.withUnsafeBytes { bytes in
      begin(bytes)
      defer { begin(UnsafeRawBufferPointer(start: nil, count: 0)) }
      return body()
    }
  }

  /// Looks at another text, which has to stay where it is until the next one.
  func begin(_ text: UnsafeRawBufferPointer) {
    self.text = text
    count = 0
    window = 0..<0
    last = 0
    runs[0] = Self.none
  }

  /// The first run that ends behind `place`: an index in ``runs``, and ``count`` where there is none in the window.
  ///
  /// - Parameter end: So far the window shall reach, if its size allows. A run that `place` lies in may begin there.
  func seek(_ place: Int, to end: Int) -> Int {
    if place < window.lowerBound || end > window.upperBound { fill(from: place) }
    var index = last
    if index > 0, Int(runs[index - 1].end) > place {
      // Back: by halves.
      var low = 0
      while low < index {
        let middle = (low + index) / 2
        if Int(runs[middle].end) > place { index = middle } else { low = middle + 1 }
      }
    } else {
      while index < count, Int(runs[index].end) <= place { index += 1 }
    }
    last = index
    return index
  }

  /// Says that all runs before an index are done with: the next search begins there.
  @inline(__always)
  func leave(at index: Int) { last = index }

  /// The next window. Offsets have 32 bits: behind 4 GiB no runs are found.
  private func fill(from place: Int) {
    last = 0
    count = 0
    let end = min(text.count, Int(UInt32.max) - 1)
    guard let base = text.baseAddress, place < end else {
      window = place..<text.count
      runs[0] = Self.none
      return
    }
    var next = 0
    count = ctext_runs(base.assumingMemoryBound(to: UInt8.self), place, end, runs, capacity, &next)
    window = place..<(next == end ? text.count : next)
    runs[count] = Self.none
  }
}
