import Glibc
import SearchEngine

/// Reads an archive from a file descriptor, front to back.
struct TarReader {
  private let descriptor: Int32
  /// For messages.
  private let path: String
  /// Bytes read so far.
  private var offset: UInt64 = 0

  init(_ descriptor: Int32, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// The next header; `nil` at the end of the archive.
  mutating func next() throws(GriotError) -> TarHeader? {
    let at = offset
    let block = try read(TarHeader.size)
    // Some writers end an archive without the empty blocks.
    if block.isEmpty && at > 0 || block.count == TarHeader.size && block.allSatisfy({ $0 == 0 }) { return nil }
    guard block.count == TarHeader.size, let header = TarHeader(block) else {
      throw damaged(at, at == 0 ? "this is no tar archive" : "no header of a tar archive is here")
    }
    return header
  }

  /// Gives the bytes of a member away, in pieces, and steps over what fills up its last block.
  mutating func content(
    of header: TarHeader, _ body: ([UInt8]) throws(GriotError) -> Void
  ) throws(GriotError) {
    var left = header.count
    while left > 0 {
      let piece = try read(Int(min(left, 1 << 20)))
      guard !piece.isEmpty else { throw damaged(offset, "the archive is cut short in \(header.name)") }
      try body(piece)
      left -= UInt64(piece.count)
    }
    guard try read(header.padding).count == header.padding else {
      throw damaged(offset, "the archive is cut short in \(header.name)")
    }
  }

  private func damaged(_ offset: UInt64, _ what: String) -> GriotError {
    GriotError(.corrupt, "\(path) is damaged at byte \(offset): \(what)")
  }

  /// Exactly so many bytes, fewer only at the end of the file.
  private mutating func read(_ count: Int) throws(GriotError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let n = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + done, count - done) }
      if n < 0, errno == EINTR { continue }
      guard n >= 0 else { throw GriotError(.io, "cannot read \(path): \(FileWalk.text(errno))") }
      if n == 0 { break }
      done += n
    }
    offset += UInt64(done)
    return Array(bytes.prefix(done))
  }
}
