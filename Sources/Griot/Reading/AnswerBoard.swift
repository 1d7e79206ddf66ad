/// Where reader threads put their answers and the one ordered consumer takes them: by job, in record order.
///
/// What is buffered is bounded. A reader whose file comes later waits when the board is full; the reader of the file
/// that is next in order may always go on, so nothing can wait in a circle.
final class AnswerBoard: Sendable {
  /// Answers of one job that came together; the last one may be its end.
  struct Chunk {
    var job: Int
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
    /// How many there are; nobody asks before that is known.
    var jobs = 0

    /// Takes the next chunk of the job at the head, which moves on with the job's end.
    mutating func pop() -> Chunk? {
      guard let index = chunks.index(forKey: head), !chunks.values[index].isEmpty else { return nil }
      let chunk = chunks.values[index].removeFirst()
      bytes -= chunk.bytes
      headBytes -= chunk.bytes
      if case .end? = chunk.answers.last {
        chunks[head] = nil
        head += 1
        headBytes = (chunks[head] ?? []).reduce(0) { $0 + $1.bytes }
      }
      return chunk
    }
  }

  private let monitor = Monitor(State())
  /// Bytes of answers that may wait.
  let capacity: Int
  /// How far readers may run ahead of the order, in files.
  static let window = 4096

  init(capacity: Int) { self.capacity = capacity }

  func begin(_ jobs: Int) { monitor.update { $0.jobs = jobs } }

  /// The next job for a reader; `nil` if there is none left (or, without waiting, none within reach).
  func nextJob(waiting: Bool) -> Int? {
    let job: Int?? = monitor.wait { state in
      if state.isClosed || state.next >= state.jobs { return .some(nil) }
      if state.next >= state.head + Self.window { return waiting ? nil : .some(nil) }
      state.next += 1
      return .some(state.next - 1)
    }
    return job ?? nil
  }

  /// Adds answers of one reader: for each job in the order of the jobs.
  ///
  /// - Returns: `false` when nobody wants answers any more.
  func put(_ chunks: [Chunk]) -> Bool {
    guard let first = chunks.first else { return !isClosed }
    let bytes = chunks.reduce(0) { $0 + $1.bytes }
    return monitor.wait { state in
      if state.isClosed { return false }
      let mayPass =
        first.job == state.head
        ? state.headBytes == 0 || state.headBytes + bytes <= self.capacity / 2
        : state.bytes + bytes <= self.capacity
      guard mayPass else { return nil }
      for chunk in chunks {
        state.chunks[chunk.job, default: []].append(chunk)
        if chunk.job == state.head { state.headBytes += chunk.bytes }
      }
      state.bytes += bytes
      return true
    }
  }

  func put(_ answers: [Answer], bytes: Int, job: Int) -> Bool {
    put([Chunk(job: job, answers: answers, bytes: bytes)])
  }

  /// A trouble that ends everything: no reader can be started.
  func fail(_ error: GriotError) {
    monitor.update { state in if state.failure == nil { state.failure = error } }
  }

  /// The next answers of the job at the head and, where they are there, of the jobs behind it; `nil` if there are none
  /// after so many seconds.
  func take(seconds: Double, jobs: Int = 1) throws(GriotError) -> [Answer]? {
    let result: Result<[Answer], GriotError>? = monitor.wait(seconds: seconds) { state in
      if let failure = state.failure { return .failure(failure) }
      var answers: [Answer] = []
      let last = state.head + jobs
      while state.head < last, let chunk = state.pop() { answers += chunk.answers }
      return answers.isEmpty ? nil : .success(answers)
    }
    return try result?.get()
  }

  var isClosed: Bool { monitor.update { $0.isClosed } }

  /// Nobody will take answers any more: readers stop at their next one.
  func close() {
    monitor.update { $0.isClosed = true }
  }
}
