public import Glibc

/// What tells, without opening it, that a file is still the one that was read.
public struct FileStamp: Sendable, Equatable, BitwiseCopyable {
  public var size: UInt64
  /// Nanoseconds since 1970 of the last modification.
  public var modified: Int64
  public var device: UInt64
  public var inode: UInt64

  public init(size: UInt64 = 0, modified: Int64 = 0, device: UInt64 = 0, inode: UInt64 = 0) {
    self.size = size
    self.modified = modified
    self.device = device
    self.inode = inode
  }

  public init(_ info: stat) {
    self.init(
      size: UInt64(clamping: info.st_size),
      modified: Int64(info.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(info.st_mtim.tv_nsec),
      device: UInt64(info.st_dev), inode: UInt64(info.st_ino))
  }
}

/// What a reader knows of a file that it had in memory as a whole: the parent need not open it for that.
public struct FileContent: Sendable, Equatable {
  /// As it was when it was opened.
  public var stamp: FileStamp
  /// Of the bytes that were read.
  public var digest: Murmur128
  /// It was as long and as old behind the last byte as it was in front of the first.
  public var isSettled: Bool

  public init(stamp: FileStamp, digest: Murmur128, isSettled: Bool) {
    self.stamp = stamp
    self.digest = digest
    self.isSettled = isSettled
  }
}
