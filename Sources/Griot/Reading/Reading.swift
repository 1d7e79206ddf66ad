/// Reader threads at work on a list of files.
final class Reading {
  let board: AnswerBoard
  private let threads: [WorkerThread]

  init(jobs: [FileJob], _ options: IngestOptions) {
    let workers = max(1, options.workers ?? WorkerThread.cores)
    board = AnswerBoard(jobCount: jobs.count, capacity: max(8 << 20, options.bufferBytes / 16))
    let configuration = ReaderLoop.Configuration(
      reader: options.reader,
      limits: ReaderChild.Limits(
        memory: options.readerMemoryLimit, cpuSeconds: max(1, Int(options.recordTimeLimit.rounded(.up)))),
      recordTimeLimit: options.recordTimeLimit)
    let board = board
    threads = (0..<min(workers, jobs.count)).map { _ in
      WorkerThread { ReaderLoop(configuration, jobs, board).run() }
    }
  }

  /// Ends the threads and their processes, whether or not they are done.
  func stop() {
    board.close()
    for thread in threads { thread.join() }
  }
}
