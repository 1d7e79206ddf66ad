import Griot

/// `griot ingest --watch`: an ingest, and another one whenever something below the paths has changed.
struct IngestWatch {
  let paths: [String]
  let memory: String

  /// Seconds without a change before an ingest starts, and the longest that changes may put it off.
  private static let quiet = 0.5, most = 10.0
  /// Seconds between looks where the kernel does not tell of every folder.
  private static let patience = 30.0
  /// Seconds until a locked memory is tried again.
  private static let retry = 1.0

  /// Runs until it is interrupted; an interruption while nothing is read is the orderly end.
  ///
  /// - Parameters:
  ///   - ingest: One ingest.
  ///   - show: Shows the account of the first ingest and of each that changed something.
  func run(_ ingest: () throws -> IngestAccount, show: (IngestAccount) throws -> Void) throws {
    let cancellation = Interrupt.catch()
    // Watched before the first ingest: what changes meanwhile is the first change.
    let watch = try FolderWatch(paths: paths, avoiding: memory)
    var account = try ingest()
    try show(account)
    var isPending = false
    while !cancellation.isCancelled {
      // A memory that somebody else was writing to is tried again soon.
      let patience = isPending ? Self.retry : watch.isComplete ? .infinity : Self.patience
      let isChanged = watch.wait(quiet: Self.quiet, most: Self.most, patience: patience, cancellation)
      if cancellation.isCancelled { return }
      guard isChanged || isPending || !watch.isComplete else { continue }
      do {
        let last = account.failed
        account = try ingest()
        isPending = false
        if account.added + account.updated + account.removed > 0 || account.failed != last { try show(account) }
      } catch let failure as CommandFailure where failure.status == .locked {
        isPending = true
      }
    }
  }
}
