internal import Synchronization

extension FileSystemDirectory {
  /// On several threads: each file waits for the disk, and journals make many of them durable at once.
  public func synchronize(files names: [String]) throws(IndexError) {
    let work = Synchronizing(self, names)
    let others = (0..<min(7, names.count / 2)).map { _ in SideThread { work.run() } }
    work.run()
    for thread in others { thread.join() }
    if let failure = work.failure { throw failure }
  }
}

/// Files that wait to be made durable.
private final class Synchronizing: Sendable {
  private let directory: FileSystemDirectory
  private let names: [String]
  private let next = Atomic<Int>(0)
  private let failures = Mutex<[Int: IndexError]>([:])

  init(_ directory: FileSystemDirectory, _ names: [String]) {
    self.directory = directory
    self.names = names
  }

  func run() {
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < names.count else { return }
      do throws(IndexError) {
        try directory.synchronize(file: names[index])
      } catch {
        failures.withLock { $0[index] = error }
      }
    }
  }

  /// That of the first file in order.
  var failure: IndexError? { failures.withLock { all in all.keys.min().flatMap { all[$0] } } }
}
