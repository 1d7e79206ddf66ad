import Documents
import SearchEngine

/// Documents of one segment, and everything else that becomes true together with it.
struct IngestBatch: Sendable {
  var documents: [PendingDocument] = []
  var bytes = 0
  var deletions: [DocumentKey] = []
  /// Entries for the catalogue's log.
  var log: [UInt8] = []
  /// Live documents by language once the batch is in.
  var languages = LanguageCounts()

  var isEmpty: Bool { documents.isEmpty && deletions.isEmpty && log.isEmpty }
}

/// Builds segments on threads of its own. Batches are numbered; results are taken in that order.
final class SegmentPool: Sendable {
  private struct State {
    var waiting: [(index: Int, documents: [PendingDocument])] = []
    var done: [Int: Result<EncodedSegment, GriotError>] = [:]
    var isClosed = false
  }

  private let monitor = Monitor(State())
  private let memory: String
  private let configuration: IndexConfiguration
  /// Batches that may wait for a builder; more would only hold memory.
  private static let waitingLimit = 1

  init(memory: String, _ configuration: IndexConfiguration) {
    self.memory = memory
    self.configuration = configuration
  }

  func start(threads: Int) -> [WorkerThread] {
    (0..<threads).map { _ in WorkerThread { self.work() } }
  }

  /// Hands over a batch; waits while too many are waiting.
  func submit(_ index: Int, _ documents: [PendingDocument]) {
    monitor.wait { state -> Void? in
      guard state.waiting.count < Self.waitingLimit || state.isClosed else { return nil }
      state.waiting.append((index, documents))
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

  /// Lets the threads end when nothing waits any more, or at once.
  func close(dropping: Bool) {
    monitor.update { state in
      state.isClosed = true
      if dropping { state.waiting.removeAll() }
    }
  }

  private func work() {
    let indexing = DocumentIndexing()
    var builder = SegmentBuilder(configuration)
    while var job = next() {
      let result = Result { () throws(GriotError) in try build(&job.documents, indexing, &builder) }
      let index = job.index
      monitor.update { $0.done[index] = result }
    }
  }

  private func next() -> (index: Int, documents: [PendingDocument])? {
    let job: (index: Int, documents: [PendingDocument])?? = monitor.wait { state in
      if !state.waiting.isEmpty { return .some(state.waiting.removeFirst()) }
      return state.isClosed ? .some(nil) : nil
    }
    return job ?? nil
  }

  /// Lets go of the frames as they are indexed: with them go the readers' buffers.
  private func build(
    _ documents: inout [PendingDocument], _ indexing: DocumentIndexing, _ builder: inout SegmentBuilder
  ) throws(GriotError) -> EncodedSegment {
    let nothing = AnswerBuffer(capacity: 1)
    for index in documents.indices {
      let document: IndexDocument
      do { document = try indexing.indexDocument(documents[index]) } catch {
        throw GriotError(.io, "the reader sent a damaged document: \(error)")
      }
      documents[index].frame.buffer = nothing
      try engine(memory) { () throws(IndexError) in try builder.add(document) }
    }
    return try engine(memory) { () throws(IndexError) in try builder.finish() }
  }
}
