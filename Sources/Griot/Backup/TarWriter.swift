import Glibc
import SearchEngine

/// Writes an archive to a file descriptor, front to back.
final class TarWriter {
  private let descriptor: Int32
  /// For messages.
  private let path: String
  private let modified: Int64

  init(_ descriptor: Int32, path: String, modified: Int64) {
    self.descriptor = descriptor
    self.path = path
    self.modified = modified
  }

  /// Begins a member. It has to get exactly `size` bytes before the next one begins.
  func member(_ name: String, size: UInt64) throws(IndexError) -> any OutputFile {
    let header = TarHeader(name: name, count: size, modified: modified)
    try write(header.encoded())
    return Member(self, header)
  }

  /// The two empty blocks at the end.
  func finish() throws(IndexError) { try write([UInt8](repeating: 0, count: 2 * TarHeader.size)) }

  private func write(_ bytes: [UInt8]) throws(IndexError) {
    var failure: IndexError?
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { try write(buffer) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .io(path: path, operation: "write", errno: count < 0 ? errno : ENOSPC) }
      done += count
    }
  }

  private final class Member: OutputFile {
    private let archive: TarWriter
    private let header: TarHeader
    private var written: UInt64 = 0

    init(_ archive: TarWriter, _ header: TarHeader) {
      self.archive = archive
      self.header = header
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(IndexError) {
      written += UInt64(bytes.count)
      precondition(written <= header.count, "more bytes than the member was said to have")
      try archive.write(bytes)
    }

    /// The member is whole: fills up its last block.
    func synchronize() throws(IndexError) {
      precondition(written == header.count, "fewer bytes than the member was said to have")
      try archive.write([UInt8](repeating: 0, count: header.padding))
    }

    func close() {}
  }
}
