/// Walks the passages that a leaf of the query matches, with their frequencies. The general executor is built on it;
/// the frequent shapes of queries have loops of their own over `PostingsCursor`.
///
/// One thread walks, and nothing that is called while a field changes comes back: exclusivity needs no check at run time
/// (a tenth of the time of a query that goes document by document).
class PassageStream {
  /// The current passage; `.noMore` behind the last.
  @exclusivity(unchecked) final var passage: PassageID = 0
  /// About how many passages will be visited.
  final let cost: UInt64

  init(cost: UInt64) { self.cost = cost }

  /// Goes to the first matching passage that is not below `target`, and answers it.
  func advance(to target: PassageID) -> PassageID { fatalError("abstract") }
  /// The leaf's frequency in the current passage.
  func frequency() -> UInt32 { fatalError("abstract") }
}

/// The passages of one term, any form, anywhere.
final class TermStream: PassageStream {
  @exclusivity(unchecked) private var cursor: PostingsCursor

  init(_ cursor: consuming PostingsCursor) {
    let count = UInt64(cursor.count)
    self.cursor = cursor
    super.init(cost: count)
    passage = self.cursor.passage
  }

  override func advance(to target: PassageID) -> PassageID {
    if passage < target { passage = cursor.advance(to: target) }
    return passage
  }

  override func frequency() -> UInt32 { cursor.frequency }
}

/// The passages of one term where it stands in a wanted form, or in the title; positions are read to see.
final class PositionedStream: PassageStream {
  @exclusivity(unchecked) private var reader: PositionedTerm
  private let table: PassageTable
  private let scope: QueryScope
  @exclusivity(unchecked) private var count: UInt32 = 0

  init(_ reader: consuming PositionedTerm, table: PassageTable, scope: QueryScope) {
    let cost = UInt64(reader.postings.count)
    self.reader = reader
    self.table = table
    self.scope = scope
    super.init(cost: cost)
    settle()
  }

  override func advance(to target: PassageID) -> PassageID {
    if passage < target {
      _ = reader.postings.advance(to: target)
      settle()
    }
    return passage
  }

  override func frequency() -> UInt32 { count }

  /// Goes on to the first passage that has a wanted position.
  private func settle() {
    while reader.postings.passage != .noMore {
      let end = scope == .title ? table.titleEnd(reader.postings.passage) : .max
      count = reader.count(below: end)
      if count > 0 { break }
      _ = reader.postings.advance()
    }
    passage = reader.postings.passage
  }
}

/// The passages of a list in memory.
final class ListStream: PassageStream {
  private let list: PassageList
  @exclusivity(unchecked) private var index = 0

  init(_ list: PassageList) {
    self.list = list
    super.init(cost: UInt64(list.passages.count))
    passage = list.passages.first ?? .noMore
  }

  override func advance(to target: PassageID) -> PassageID {
    guard passage < target else { return passage }
    // Gallop, then halve: targets are usually near.
    let passages = list.passages
    var step = 1
    var low = index
    while low + step < passages.count, passages[low + step] < target {
      low += step
      step <<= 1
    }
    var high = min(low + step, passages.count)
    while low + 1 < high {
      let middle = (low + high) >> 1
      if passages[middle] < target { low = middle } else { high = middle }
    }
    index = high
    passage = high < passages.count ? passages[high] : .noMore
    return passage
  }

  override func frequency() -> UInt32 { list.frequencies[index] }
}

/// Passages with frequencies, in memory: what a pattern stands for in one segment.
struct PassageList: Sendable {
  /// Increasing.
  var passages: [PassageID] = []
  /// At least 1 each.
  var frequencies: [UInt32] = []
}
