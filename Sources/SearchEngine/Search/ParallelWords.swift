internal import Glibc
internal import Synchronization

/// Any of several words, searched in parts by several threads: each takes the next part that nobody has, a segment or a
/// range of windows of a large one, and keeps a list of its own; a threshold is shared. The hits are those of one thread,
/// bit for bit: what a threshold leaves out is behind as many others, wherever they were found.
///
/// Only for queries with long lists: a thread costs as much as some tens of thousands of postings.
struct ParallelWords {
  private struct Part {
    var segment: Int
    var windows: Range<Int>?
  }

  private let plan: QueryPlan
  private let shape: PlanShape
  private let words: [PlanShape.Word]
  private let workers: Int
  private var parts: [Part] = []

  /// Postings of all lists from which on it is worth the while: about a millisecond of one thread, where another one takes
  /// a tenth of that to start.
  private static let leastPostings: UInt64 = 500_000
  /// Windows of a part, at least.
  private static let leastWindows = 16
  private static let mostWorkers = 4
  private static let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  /// - Parameter isForced: Whatever it costs, in parts as small as can be: for tests.
  /// - Returns: nil where one thread does as well, or the query is of another kind.
  init?(_ plan: QueryPlan, _ options: SearchOptions, _ firstSegment: Int, isForced: Bool) {
    guard let shape = plan.shape, case .words(let words) = shape.core, words.count > 1 || isForced,
      !words.contains(where: \.isRequired), shape.filters.isEmpty, shape.excluded.isEmpty, options.limit > 0,
      !options.countsExactly, options.facets.isEmpty
    else { return nil }
    if !isForced {
      guard options.threads ?? .max > 1, Self.postings(words, plan) >= Self.leastPostings, Self.cores > 1 else {
        return nil
      }
    }
    self.plan = plan
    self.shape = shape
    self.words = words
    workers = isForced ? 3 : min(Self.cores, options.threads ?? Self.mostWorkers)
    for (index, segment) in plan.reader.segments.enumerated() where index >= firstSegment {
      let windows = WordScorer.windows(segment)
      let pieces = max(1, min(workers, isForced ? windows : windows / Self.leastWindows))
      if pieces == 1 {
        parts.append(Part(segment: index, windows: nil))
        continue
      }
      for piece in 0..<pieces {
        parts.append(Part(segment: index, windows: windows * piece / pieces..<windows * (piece + 1) / pieces))
      }
    }
    if parts.count < 2 { return nil }
  }

  private static func postings(_ words: [PlanShape.Word], _ plan: QueryPlan) -> UInt64 {
    var postings: UInt64 = 0
    for word in words {
      guard case .word(let slots, _) = plan.leaves[word.leaf].content else { continue }
      for slot in slots { postings += plan.slots[slot].passageFrequency }
    }
    return postings
  }

  /// What the threads share, and each one's own.
  private final class Work {
    let next = Atomic<Int>(0)
    let threshold = SharedThreshold()
  }

  private final class Worker {
    var best: TopHits
    /// What was found of documents that reach from one part into the next.
    var crossing: [TopHits.Entry] = []
    var failure: IndexError?
    init(limit: Int) { best = TopHits(limit: limit) }
  }

  /// Offers every document that can be among the best.
  func run(_ best: inout TopHits) throws(IndexError) {
    let work = Work()
    let all = (0..<min(workers, parts.count)).map { _ in Worker(limit: best.limit) }
    let threads = all.dropFirst().map { worker in SideThread { run(work, worker) } }
    run(work, all[0])
    for thread in threads { thread.join() }
    for worker in all { if let failure = worker.failure { throw failure } }
    merge(all, into: &best)
  }

  private func run(_ work: Work, _ worker: Worker) {
    do throws(IndexError) {
      while true {
        let number = work.next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < parts.count else { return }
        let segment = plan.reader.segments[parts[number].segment]
        let context = try SegmentContext(parts[number].segment, segment)
        switch try context.lists(words, plan) {
        case .nothing: break
        // A shape of words has lists.
        case .general: break
        case .lists(let set):
          let allowed = try context.allowed(shape, plan)
          var scorer = WordScorer(set, context, allowed, windows: parts[number].windows, threshold: work.threshold)
          scorer.run(&worker.best)
          worker.crossing += scorer.crossing
        }
        try segment.checkDamage()
      }
    } catch { worker.failure = error }
  }

  private func merge(_ workers: [Worker], into best: inout TopHits) {
    // A document of several parts counts with its best passage, the first of equal ones.
    var whole: [TopHits.Entry] = []
    for worker in workers {
      for entry in worker.best.entries { best.offer(entry) }
      for entry in worker.crossing {
        guard
          let known = whole.firstIndex(where: { $0.segment == entry.segment && $0.document == entry.document })
        else {
          whole.append(entry)
          continue
        }
        let isBetter = (entry.score, whole[known].passage) > (whole[known].score, entry.passage)
        if isBetter { whole[known] = entry }
      }
    }
    for entry in whole { best.offer(entry) }
  }
}
