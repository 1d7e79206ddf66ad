internal import CKernels
internal import Glibc

/// The valid bytes of a side file, mapped and verified. The file may grow behind them while it is mapped.
final class MappedSideFile: @unchecked Sendable {
  /// nil for an empty file, which cannot be mapped.
  let base: UnsafeRawPointer?
  let count: Int

  init(directory: String, _ file: Manifest.SideFile) throws(IndexError) {
    let path = directory + "/" + file.fileName
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw .vanished(file: file.fileName) }
      throw .io(path: path, operation: "open", errno: errno)
    }
    defer { _ = Glibc.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .io(path: path, operation: "stat", errno: errno) }
    guard UInt64(status.st_size) >= file.length else {
      throw .corrupt(
        file: file.fileName, offset: UInt64(status.st_size), what: "the file is shorter than the manifest says")
    }
    let size = Int(file.length)
    var start: UnsafeMutableRawPointer?
    if size > 0 {
      guard let address = mmap(nil, size, PROT_READ, MAP_SHARED, descriptor, 0), address != MAP_FAILED else {
        throw .io(path: path, operation: "map", errno: errno)
      }
      start = address
    }
    guard ck_crc32c(0, start, size) == file.sum else {
      if let start { munmap(start, size) }
      throw .corrupt(file: file.fileName, offset: 0, what: "the file does not have its checksum")
    }
    base = start.map { UnsafeRawPointer($0) }
    count = size
  }

  deinit {
    if let base { munmap(UnsafeMutableRawPointer(mutating: base), count) }
  }
}
