import Documents
import Glibc

/// An open file, its stamp, and the digest of its bytes.
final class OpenFile: @unchecked Sendable {
  let descriptor: Int32
  let stamp: FileStamp

  /// - Throws: The reason as one line.
  init(_ path: [UInt8]) throws(OpenFailure) {
    let descriptor = (path + [0]).withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    }
    guard descriptor >= 0 else { throw OpenFailure(reason: "cannot open: \(FileWalk.text(errno))") }
    var info = stat()
    guard fstat(descriptor, &info) == 0, info.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw OpenFailure(reason: "no regular file any more")
    }
    self.descriptor = descriptor
    stamp = FileWalk.stamp(info)
  }

  deinit { close(descriptor) }

  struct OpenFailure: Error { var reason: String }

  /// Reads all of it. `nil` if it cannot be read to the end.
  func digest() -> Murmur128? {
    // One more than the file has, so that its end is seen at once; a multiple of the digest's blocks.
    let size = min(1 << 20, Int(clamping: stamp.size) + 32) & ~15
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
    defer { buffer.deallocate() }
    var state = Murmur128.zero
    var total = 0
    var filled = 0
    while true {
      let n = pread(descriptor, buffer.baseAddress! + filled, size - filled, off_t(total))
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else { return nil }
      total += n
      filled += n
      if n == 0 || filled == size {
        // Only the last piece may end inside a block.
        let blocks = filled / 16
        state.mix(UnsafeRawPointer(buffer.baseAddress!), blocks: blocks)
        if n == 0 {
          state.mixTail(UnsafeRawPointer(buffer.baseAddress!) + blocks * 16, filled & 15)
          return state.finished(count: total)
        }
        filled = 0
      }
    }
  }

  /// Whether it is still as it was when it was opened.
  func isUntouched() -> Bool {
    var info = stat()
    return fstat(descriptor, &info) == 0 && FileWalk.stamp(info) == stamp
  }
}
