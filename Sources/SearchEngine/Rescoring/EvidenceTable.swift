/// What the words of a query show in the passages of the candidates: a row for each candidate, a column for each
/// distinct word.
struct EvidenceTable: ~Copyable {
  /// What a word shows in the best passage of a candidate.
  struct Cell: BitwiseCopyable {
    /// Its BM25 share; 0 where it does not occur.
    var share: Float = 0
    /// The BM25 share of the form that was typed.
    var formShare: Float = 0
    /// Where its distinct positions are kept, and how many there are.
    fileprivate var start: UInt32 = 0
    fileprivate(set) var count: UInt32 = 0
    /// Whether any passage of the document holds it.
    var isInDocument = false
  }

  /// What else is known of a candidate.
  struct Row: BitwiseCopyable {
    /// The sum of the words' shares in the best of the document's other passages.
    var otherPassage: Float = 0
    /// Length of the title in positions.
    var titleLength: UInt32 = 0
  }

  let wordCount: Int
  private let cells: UnsafeMutablePointer<Cell>
  private let rows: UnsafeMutablePointer<Row>
  private var arena: GrowingIntegers

  init(rows rowCount: Int, words: Int) {
    wordCount = words
    cells = .allocate(capacity: max(1, rowCount * words))
    cells.initialize(repeating: Cell(), count: rowCount * words)
    rows = .allocate(capacity: max(1, rowCount))
    rows.initialize(repeating: Row(), count: rowCount)
    arena = GrowingIntegers(capacity: 8 * rowCount * max(1, words))
  }

  deinit {
    cells.deallocate()
    rows.deallocate()
  }

  subscript(row: Int) -> Row {
    get { rows[row] }
    nonmutating set { rows[row] = newValue }
  }

  subscript(row: Int, word: Int) -> Cell {
    get { cells[row * wordCount + word] }
    nonmutating _modify { yield &cells[row * wordCount + word] }
  }

  /// The distinct positions of a word, increasing. Valid until the next ``add(_:_:row:word:)``.
  func positions(_ row: Int, _ word: Int) -> UnsafeBufferPointer<UInt32> {
    let cell = cells[row * wordCount + word]
    return UnsafeBufferPointer(start: arena.start + Int(cell.start), count: Int(cell.count))
  }

  /// Adds positions to those of a word: increasing, equal ones in a row.
  mutating func add(_ positions: UnsafePointer<UInt32>, _ count: Int, row: Int, word: Int) {
    let cell = cells + (row * wordCount + word)
    let known = Int(cell.pointee.count)
    let start = arena.count
    let out = arena.grow(by: known + count)
    if known > 0 {
      // Another stem of the same word: rare enough to be sorted.
      (out + count).update(from: arena.start + Int(cell.pointee.start), count: known)
      out.update(from: positions, count: count)
      var merged = UnsafeMutableBufferPointer(start: out, count: known + count)
      merged.sort()
    }
    let from = known > 0 ? UnsafePointer(out) : positions
    var kept = 0
    for index in 0..<(known + count) where kept == 0 || from[index] != out[kept - 1] {
      out[kept] = from[index]
      kept += 1
    }
    arena.removeLast(known + count - kept)
    cell.pointee.start = UInt32(truncatingIfNeeded: start)
    cell.pointee.count = UInt32(truncatingIfNeeded: kept)
  }
}
