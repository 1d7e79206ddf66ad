/// What can go wrong with a memory on disk. The cases say who has to act: the disk (`corrupt`), the user
/// (`missing`, `locked`, format cases), the machine (`io`), or the caller (`invalid`).
public enum IndexError: Error, Equatable, Sendable {
  /// Bytes of the index are not what was written. `offset` is the place in `file` (relative to the memory's
  /// directory) of the structure that does not fit.
  case corrupt(file: String, offset: UInt64, what: String)
  /// A newer Griot wrote this; it is not touched.
  case formatTooNew(file: String, found: UInt32, supported: UInt32)
  /// An older Griot wrote this, and this version cannot read it any more.
  case formatTooOld(file: String, found: UInt32, supported: UInt32)
  /// There is no memory at this path.
  case missing(path: String)
  /// Another process writes to this memory; `holder` is what it wrote into the lock: process id, host,
  /// purpose and since when.
  case locked(path: String, holder: String)
  /// The operating system refused. `errno` is its number.
  case io(path: String, operation: String, errno: Int32)
  /// A file that the manifest names is gone: a writer merged it away. Open the memory again.
  case vanished(file: String)
  /// The input breaks a limit of the format (a passage of more than 2^26 positions, an unknown column).
  case invalid(String)
}
