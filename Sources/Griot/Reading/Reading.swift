/// Reader threads at work on a list of files.
final class Reading {
  let board: AnswerBoard
  private let options: IngestOptions
  private let jobs = Monitor<[FileJob]?>(nil)
  private var threads: [WorkerThread] = []

  init(_ options: IngestOptions) {
    self.options = options
    board = AnswerBoard(capacity: max(8 << 20, options.bufferBytes / 16))
  }

  private var workers: Int { max(1, options.workers ?? WorkerThread.cores) }

  /// Starts the processes while nobody knows yet what they will read: their libraries are loaded by the time that the
  /// files have been looked for. Does nothing where no path is a folder: one file needs one reader.
  func prepare() {
    let isWorthIt = options.paths.contains { path in
      FileWalk.status(path, follow: true).map { FileWalk.isFolder($0) } ?? false
    }
    if isWorthIt { start(workers, early: true) }
  }

  func begin(_ jobs: [FileJob]) {
    board.begin(jobs.count)
    self.jobs.update { $0 = jobs }
    if threads.isEmpty { start(min(workers, jobs.count), early: false) }
  }

  private func start(_ count: Int, early: Bool) {
    let configuration = ReaderLoop.Configuration(
      reader: options.reader,
      limits: ReaderChild.Limits(
        memory: options.readerMemoryLimit, cpuSeconds: max(1, Int(options.recordTimeLimit.rounded(.up)))),
      recordTimeLimit: options.recordTimeLimit)
    let (board, jobs) = (board, jobs)
    threads = (0..<count).map { _ in
      WorkerThread {
        let loop = ReaderLoop(configuration, board)
        if early { loop.prepare() }
        loop.run(jobs.wait { $0 })
      }
    }
  }

  /// Ends the threads and their processes, whether or not they are done.
  func stop() {
    board.close()
    jobs.update { $0 = $0 ?? [] }
    for thread in threads { thread.join() }
    threads = []
  }
}
