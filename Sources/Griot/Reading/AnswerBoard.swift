/// Where reader threads put their answers and the one ordered consumer takes them: by job, in record order.
///
/// What is buffered is bounded. A reader whose file comes later waits when the board is full; the reader of the file
/// that is next in order may always go on, so nothing can wait in a circle.
final class AnswerBoard: Sendable {
  private struct Chunk {
    var answers: [Answer]
    var bytes: Int
  }

  private struct State {
    var chunks: [Int: [Chunk]] = [:]
    /// The job whose answers are handed out now.
    var head = 0
    /// The job that is given to a reader next.
    var next = 0
    var bytes = 0
    var headBytes = 0
    var failure: GriotError?
    var isClosed = false
  }

  private let monitor = Monitor(State())
  /// Bytes of answers that may wait.
  let capacity: Int
  /// How far readers may run ahead of the order, in files.
  static let window = 4096

  let jobCount: Int

  init(jobCount: Int, capacity: Int) {
    self.jobCount = jobCount
    self.capacity = capacity
  }

  /// The next job for a reader; `nil` if there is none left (or, without waiting, none within reach).
  func nextJob(waiting: Bool) -> Int? {
    let job: Int?? = monitor.wait { state in
      if state.isClosed || state.next >= self.jobCount { return .some(nil) }
      if state.next >= state.head + Self.window { return waiting ? nil : .some(nil) }
      state.next += 1
      return .some(state.next - 1)
    }
    return job ?? nil
  }

  /// Adds answers of a job.
  ///
  /// - Returns: `false` when nobody wants answers any more.
  func put(_ answers: [Answer], bytes: Int, job: Int) -> Bool {
    monitor.wait { state in
      if state.isClosed { return false }
      let mayPass =
        job == state.head
        ? state.headBytes == 0 || state.headBytes + bytes <= self.capacity / 2
        : state.bytes + bytes <= self.capacity
      guard mayPass else { return nil }
      state.chunks[job, default: []].append(Chunk(answers: answers, bytes: bytes))
      state.bytes += bytes
      if job == state.head { state.headBytes += bytes }
      return true
    }
  }

  /// A trouble that ends everything: no reader can be started.
  func fail(_ error: GriotError) {
    monitor.update { state in if state.failure == nil { state.failure = error } }
  }

  /// The next answers of the job at the head, or `nil` after so many seconds.
  func take(seconds: Double) throws(GriotError) -> [Answer]? {
    let result: Result<[Answer], GriotError>? = monitor.wait(seconds: seconds) { state in
      if let failure = state.failure { return .failure(failure) }
      guard var chunks = state.chunks[state.head], !chunks.isEmpty else { return nil }
      let chunk = chunks.removeFirst()
      state.chunks[state.head] = chunks
      state.bytes -= chunk.bytes
      state.headBytes -= chunk.bytes
      if case .end? = chunk.answers.last {
        state.chunks[state.head] = nil
        state.head += 1
        state.headBytes = (state.chunks[state.head] ?? []).reduce(0) { $0 + $1.bytes }
      }
      return .success(chunk.answers)
    }
    return try result?.get()
  }

  var isClosed: Bool { monitor.update { $0.isClosed } }

  /// Nobody will take answers any more: readers stop at their next one.
  func close() {
    monitor.update { $0.isClosed = true }
  }
}
