import Documents
import Glibc

/// The bytes of one file or archive member, as windows.
///
/// A mapped file gives everything from the asked offset on; a decompressed stream gives at least what was asked for
/// and forgets what lies before. A reader that only moves forward works on both.
protocol ByteSource: AnyObject {
  /// Length in bytes; `nil` while a stream has not told.
  var byteCount: UInt64? { get }

  /// The bytes from `offset` on: at least `minimum`, fewer only at the end of the source (then `reachesEnd` is set).
  ///
  /// The pointer is valid until the next call. Ask with `minimum` doubled to see more of a record whose end did not
  /// show; never past ``ReadLimits/recordBytes``.
  func window(from offset: UInt64, atLeast minimum: Int) throws -> ByteWindow

  /// Any offset may be asked for at any time.
  var canGoBack: Bool { get }

  /// The same bytes from their beginning, for a reader that must look twice; `nil` if they cannot be had again.
  func again() throws -> (any ByteSource)?
}

/// A stretch of a ``ByteSource``.
struct ByteWindow {
  var bytes: UnsafeRawBufferPointer
  /// No bytes follow this window.
  var reachesEnd: Bool
}

extension ByteSource {
  var canGoBack: Bool { true }
  func again() throws -> (any ByteSource)? { canGoBack ? self : nil }

  /// All bytes, for formats where the file is one record.
  ///
  /// - Throws: ``ReadError`` if there are more than `limit`.
  func whole(limit: Int) throws -> UnsafeRawBufferPointer {
    if let byteCount, byteCount > UInt64(limit) { throw ReadError.tooLarge(byteCount, limit: limit) }
    var minimum = min(1 << 20, limit + 1)
    while true {
      let window = try window(from: 0, atLeast: minimum)
      if window.bytes.count > limit { throw ReadError.tooLarge(UInt64(window.bytes.count), limit: limit) }
      if window.reachesEnd { return window.bytes }
      minimum = min(minimum * 2, limit + 1)
    }
  }
}

extension ReadError {
  static func tooLarge(_ byteCount: UInt64, limit: Int) -> ReadError {
    ReadError("record of \(byteCount) bytes or more, the limit is \(limit)")
  }
}

/// A file mapped read-only: nothing is copied, the kernel pages it in and out. Small files are read instead, which
/// costs less than a mapping.
///
/// If another process cuts the file short under the mapping, reading the lost pages is a SIGBUS: one more way for a
/// record to kill the reader process, which the parent survives.
final class MappedFile: ByteSource {
  private let base: UnsafeRawPointer?
  private let count: Int
  /// Pages before this offset were given back.
  private var dropped = 0
  private static let dropStride = 16 << 20
  private static let smallBytes = 256 << 10
  private let isMapped: Bool
  /// Of a file that was read: its stamp in front of the first byte and whether it was the same behind the last one.
  private let reading: (stamp: FileStamp, isSettled: Bool)?

  /// - Throws: ``ReadError`` if the path is no regular file or cannot be opened and mapped.
  convenience init(path: String) throws { try self.init(path: Array(path.utf8)) }

  /// - Parameter path: As the file system has it, without a terminating zero.
  init(path: [UInt8]) throws {
    // O_NONBLOCK: opening a FIFO must not wait for a writer.
    let descriptor = (path + [0]).withUnsafeBytes {
      open($0.assumingMemoryBound(to: CChar.self).baseAddress!, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw ReadError.system("cannot open", errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw ReadError.system("cannot stat", errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ReadError("not a regular file") }
    let size = Int(status.st_size)
    isMapped = size > Self.smallBytes
    guard size > 0 else {
      base = nil
      count = 0
      reading = (FileStamp(status), true)
      return
    }
    guard isMapped else {
      let copy = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
      base = UnsafeRawPointer(copy)
      var filled = 0
      while filled < size {
        let n = Glibc.read(descriptor, copy + filled, size - filled)
        if n < 0, errno == EINTR { continue }
        if n < 0 {
          copy.deallocate()
          throw ReadError.system("cannot read", errno)
        }
        // Cut short meanwhile.
        if n == 0 { break }
        filled += n
      }
      count = filled
      var after = stat()
      let isSettled = filled == size && fstat(descriptor, &after) == 0 && FileStamp(after) == FileStamp(status)
      reading = (FileStamp(status), isSettled)
      return
    }
    guard let pointer = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), pointer != MAP_FAILED else {
      throw ReadError.system("cannot map", errno)
    }
    madvise(pointer, size, MADV_SEQUENTIAL)
    base = UnsafeRawPointer(pointer)
    count = size
    reading = nil
  }

  deinit {
    guard let base else { return }
    if isMapped { munmap(UnsafeMutableRawPointer(mutating: base), count) } else { base.deallocate() }
  }

  var byteCount: UInt64? { UInt64(count) }
  /// What was read, where the file was small enough. O(bytes).
  var content: FileContent? {
    reading.map { FileContent(stamp: $0.stamp, digest: Murmur128.hash(bytes), isSettled: $0.isSettled) }
  }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  func window(from offset: UInt64, atLeast minimum: Int) -> ByteWindow {
    let offset = Int(min(offset, UInt64(count)))
    giveBack(upTo: offset)
    return ByteWindow(bytes: UnsafeRawBufferPointer(rebasing: bytes[offset...]), reachesEnd: true)
  }

  /// Takes pages that were read out of the process's memory, so that a mailbox of many gigabytes does not look like
  /// that much memory. They stay in the page cache, and come back if somebody looks again.
  private func giveBack(upTo offset: Int) {
    guard isMapped, let base, offset - dropped >= Self.dropStride else { return }
    let end = offset / Self.dropStride * Self.dropStride
    madvise(UnsafeMutableRawPointer(mutating: base + dropped), end - dropped, MADV_DONTNEED)
    dropped = end
  }
}

extension ReadError {
  static func system(_ what: String, _ code: Int32) -> ReadError {
    ReadError("\(what): \(String(cString: strerror(code)))")
  }
}

/// Bytes in memory: standard input that was spooled, small archive members, tests.
final class MemorySource: ByteSource {
  private let storage: UnsafeMutableRawBufferPointer

  init(_ bytes: some Collection<UInt8>) {
    storage = .allocate(byteCount: bytes.count, alignment: 16)
    storage.copyBytes(from: bytes)
  }

  deinit { storage.deallocate() }

  var byteCount: UInt64? { UInt64(storage.count) }

  func window(from offset: UInt64, atLeast minimum: Int) -> ByteWindow {
    let offset = Int(min(offset, UInt64(storage.count)))
    return ByteWindow(bytes: UnsafeRawBufferPointer(rebasing: storage[offset...]), reachesEnd: true)
  }
}
