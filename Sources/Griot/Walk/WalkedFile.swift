import Documents

/// Something that a walk met: a file to read, or a guest that is not read, and why.
struct WalkedFile: Sendable, Equatable {
  enum Verdict: Sendable, Equatable {
    case read
    /// Not read on purpose: hidden, excluded, a pipe, a link to elsewhere.
    case skip(String)
    /// The operating system refused.
    case fail(String)
  }

  /// Relative to the root, without a leading slash; bytes, since file names need not be UTF-8.
  var path: [UInt8]
  var verdict: Verdict
  /// Folders appear only with a verdict other than `read`, and do not count as files.
  var isFolder = false
  var stamp: FileStamp

  var name: String { String(decoding: path, as: UTF8.self) }
}
