import SearchEngine

/// Keeps the pages of mapped index files from piling up while merges read them: a thread that looks fifty times a second.
final class MemoryWarden {
  private let isOver = Monitor(false)
  private let thread: WorkerThread

  /// - Parameter limit: Bytes of mapped files that may stay.
  init(limit: Int) {
    MappedPages.beginWatching()
    let isOver = isOver
    thread = WorkerThread {
      while isOver.wait(seconds: 0.02, { $0 ? true : nil }) != true { MappedPages.release(above: limit) }
    }
  }

  deinit {
    isOver.update { $0 = true }
    thread.join()
    MappedPages.endWatching()
  }
}
