import Documents
import SearchEngine

/// Builds segments on threads of its own. Batches are numbered; segments are taken in that order.
///
/// A batch comes in pieces. What is done for each document alone (passages, lessons, columns) is done piece by piece on
/// all threads, while the rest of the batch is still being read; prepared pieces go into their segment in order, by one
/// thread at a time. So the bytes of a segment do not depend on threads.
final class SegmentPool: Sendable {
  private typealias Prepared = Result<[IndexDocument], GriotError>

  /// A segment on its way.
  private final class Building {
    var builder: SegmentBuilder
    /// Prepared pieces that nobody has put in.
    var ready: [Int: Prepared] = [:]
    /// The piece that comes next.
    var next = 0
    /// How many there are, once that is known.
    var pieces: Int?
    var submitted = 0
    /// A thread is putting pieces in: it alone may touch `builder` and `failure`.
    var isBusy = false
    var failure: GriotError?

    init(_ configuration: IndexConfiguration) { builder = SegmentBuilder(configuration) }

    var canAdvance: Bool { !isBusy && (ready[next] != nil || pieces == next) }

    /// For the next batch; the builder keeps its tables.
    func reset() { (ready, next, pieces, submitted, failure) = ([:], 0, nil, 0, nil) }
  }

  private struct State {
    var waiting: [(batch: Int, piece: Int, documents: [PendingDocument])] = []
    var building: [Int: Building] = [:]
    var idle: [Building] = []
    /// Pieces that came and are in no segment yet.
    var inFlight = 0
    var done: [Int: Result<EncodedSegment, GriotError>] = [:]
    var isClosed = false
    /// No batch will come behind those that are here.
    var isComplete = false
    var threads = 1
  }

  private enum Work {
    case prepare(batch: Int, piece: Int, [PendingDocument])
    case advance(Int, Building)
  }

  private let monitor = Monitor(State())
  private let memory: String
  private let configuration: IndexConfiguration
  /// Pieces for each thread that may be on their way; more would only hold memory.
  private static let piecesPerThread = 3

  init(memory: String, _ configuration: IndexConfiguration) {
    self.memory = memory
    self.configuration = configuration
  }

  func start(threads: Int) -> [WorkerThread] {
    monitor.update { $0.threads = threads }
    return (0..<threads).map { _ in WorkerThread { self.work() } }
  }

  /// Hands over the next documents of a batch; waits while too many are on their way.
  ///
  /// - Parameter isWhole: No more of them will come.
  func submit(_ index: Int, _ documents: [PendingDocument], isWhole: Bool) {
    let configuration = configuration
    monitor.wait { state -> Void? in
      guard state.inFlight < Self.piecesPerThread * state.threads || state.isClosed else { return nil }
      let building = state.building[index] ?? state.idle.popLast() ?? Building(configuration)
      state.building[index] = building
      if !documents.isEmpty {
        state.waiting.append((index, building.submitted, documents))
        building.submitted += 1
        state.inFlight += 1
      }
      if isWhole { building.pieces = building.submitted }
      return ()
    }
  }

  /// The segment of a batch; `nil` if it is not ready and the caller does not wait.
  func take(_ index: Int, waiting: Bool) throws(GriotError) -> EncodedSegment? {
    let result: Result<EncodedSegment, GriotError>? = monitor.wait { state in
      if let result = state.done.removeValue(forKey: index) { return .some(result) }
      return waiting ? nil : .some(nil)
    }
    return try result?.get()
  }

  /// Says that nothing more will be submitted.
  func complete() { monitor.update { $0.isComplete = true } }

  /// Lets the threads end when nothing waits any more, or at once.
  func close(dropping: Bool) {
    monitor.update { state in
      state.isClosed = true
      if dropping {
        state.waiting.removeAll()
        state.building.removeAll()
      }
    }
  }

  private func work() {
    let indexing = DocumentIndexing()
    while let work = next() {
      switch work {
      case .prepare(let batch, let piece, var documents):
        let prepared = Result { () throws(GriotError) in try prepare(&documents, indexing) }
        monitor.update { $0.building[batch]?.ready[piece] = prepared }
      case .advance(let batch, let building): advance(batch, building)
      }
    }
  }

  /// Segments first: what they take in is held no longer.
  private func next() -> Work? {
    let work: Work?? = monitor.wait { state in
      if let (batch, building) = state.building.filter({ $0.value.canAdvance }).min(by: { $0.key < $1.key }) {
        building.isBusy = true
        return .some(.advance(batch, building))
      }
      if !state.waiting.isEmpty {
        let first = state.waiting.removeFirst()
        return .some(.prepare(batch: first.batch, piece: first.piece, first.documents))
      }
      return state.isClosed ? .some(nil) : nil
    }
    return work ?? nil
  }

  /// Lets go of the frames as they are decoded: with them go the readers' buffers.
  private func prepare(
    _ documents: inout [PendingDocument], _ indexing: DocumentIndexing
  ) throws(GriotError) -> [IndexDocument] {
    let nothing = AnswerBuffer(capacity: 1)
    var out: [IndexDocument] = []
    out.reserveCapacity(documents.count)
    for index in documents.indices {
      do { out.append(try indexing.indexDocument(documents[index])) } catch {
        throw GriotError(.io, "the reader sent a damaged document: \(error)")
      }
      documents[index].frame.buffer = nothing
    }
    return out
  }

  /// Puts in what is ready, and ends the segment if that was all.
  private func advance(_ batch: Int, _ building: Building) {
    while true {
      let step: (piece: Prepared?, isWhole: Bool, isLast: Bool) = monitor.update { state in
        let piece = building.ready.removeValue(forKey: building.next)
        let isWhole = building.pieces == building.next
        // Other threads have nothing to do, and nothing will come that they could do.
        let isLast = state.isComplete && state.building.count == 1 && state.threads > 1
        if piece != nil {
          building.next += 1
          state.inFlight -= 1
        } else if !isWhole {
          building.isBusy = false
        }
        return (piece, isWhole, isLast)
      }
      switch step {
      case (let piece?, _, _): add(piece, building)
      case (nil, false, _): return
      case (nil, true, let isLast):
        let result = Result { () throws(GriotError) in
          if let failure = building.failure { throw failure }
          return try engine(memory) { () throws(IndexError) in try building.builder.finish(isShared: isLast) }
        }
        return monitor.update { state in
          state.done[batch] = result
          state.building[batch] = nil
          building.isBusy = false
          guard case .success = result else { return }
          building.reset()
          state.idle.append(building)
        }
      }
    }
  }

  private func add(_ piece: Prepared, _ building: Building) {
    guard building.failure == nil else { return }
    do {
      // By index: an element of a loop is a copy of a dozen arrays.
      let documents = try piece.get()
      try engine(memory) { () throws(IndexError) in
        for index in documents.indices { try building.builder.add(documents[index]) }
      }
    } catch { building.failure = error }
  }
}
