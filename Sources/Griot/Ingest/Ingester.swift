/// Takes sources into a memory: walk, read (in worker processes), split, index, commit, account.
///
/// The memory is created if there is none. The same input gives the same bytes for any number of workers.
public struct Ingester: Sendable {
  public let memory: String
  public let options: IngestOptions

  /// - Parameter memory: Path of the memory's directory.
  public init(memory: String, options: IngestOptions) {
    self.memory = memory
    self.options = options
  }

  /// Runs to the end, or to the checkpoint after a cancellation.
  ///
  /// - Parameter onEvent: Called from the thread that called `run`.
  /// - Throws: ``GriotError`` of kind `usage` (a path that does not exist), `locked`, `memoryIncompatible`,
  ///   `corrupt`, `denied`, `io`, `cancelled`. Trouble with single files is in the account.
  public func run(
    cancellation: Cancellation = Cancellation(), onEvent: (IngestEvent) -> Void = { _ in }
  ) throws(GriotError) -> IngestAccount {
    let result = withoutActuallyEscaping(onEvent) { onEvent in
      Result { () throws(GriotError) in
        try IngestRun(memory: memory, options: options, cancellation: cancellation, onEvent: onEvent).run()
      }
    }
    return try result.get()
  }
}
