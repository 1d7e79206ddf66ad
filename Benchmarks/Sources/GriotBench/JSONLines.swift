import CSimdJSON
import Glibc

/// A file of JSON Lines, mapped.
final class JSONLines: Sendable {
  private nonisolated(unsafe) let base: UnsafeRawPointer  // read-only mapping, lives as long as this object
  let byteCount: Int

  init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw BenchError("cannot open \(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_size > 0 else { throw BenchError("\(path) is empty") }
    let mapped = mmap(nil, Int(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard let mapped, mapped != MAP_FAILED else { throw BenchError("cannot map \(path)") }
    byteCount = Int(status.st_size)
    base = UnsafeRawPointer(mapped)
    madvise(mapped, byteCount, MADV_SEQUENTIAL)
  }

  deinit { munmap(UnsafeMutableRawPointer(mutating: base), byteCount) }

  /// Cuts the file at line ends into pieces of about `bytes`, whatever the number of threads.
  func pieces(of bytes: Int) -> [Range<Int>] {
    var out: [Range<Int>] = []
    var start = 0
    while start < byteCount {
      var end = min(start + bytes, byteCount)
      if end < byteCount, let feed = memchr(base + end, 0x0A, byteCount - end) {
        end = UnsafeRawPointer(feed) - base + 1
      } else {
        end = byteCount
      }
      out.append(start..<end)
      start = end
    }
    return out
  }

  /// Says that a piece is done with: its pages count as memory of this process no longer.
  func release(_ piece: Range<Int>) {
    let page = 4096
    let start = piece.lowerBound / page * page
    madvise(UnsafeMutableRawPointer(mutating: base) + start, piece.upperBound - start, MADV_DONTNEED)
  }

  /// Calls `body` with id, title and text of each line of a piece. The bytes are valid during the call.
  func forEachDocument(
    in piece: Range<Int>, parser: OpaquePointer,
    _ body: (_ id: UnsafeRawBufferPointer, _ title: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer) throws ->
      Void
  ) throws {
    var at = piece.lowerBound
    while at < piece.upperBound {
      let feed = memchr(base + at, 0x0A, piece.upperBound - at)
      let end = feed.map { UnsafeRawPointer($0) - base } ?? piece.upperBound
      defer { at = end + 1 }
      if end == at { continue }
      var nodes: UnsafePointer<csimdjson_node>?
      var count = 0
      let line = (base + at).assumingMemoryBound(to: CChar.self)
      if let message = csimdjson_parse(parser, line, end - at, byteCount - at, 1 << 16, &nodes, &count) {
        throw BenchError("byte \(at): \(String(cString: message))")
      }
      guard let nodes, count > 0 else { continue }
      var id = UnsafeRawBufferPointer(start: nil, count: 0)
      var title = id
      var text = id
      var i = 1
      while i < count {
        let node = nodes[i]
        let key = UnsafeRawBufferPointer(start: node.key, count: Int(node.key_length))
        if Int(node.type) == Int(CSIMDJSON_STRING) {
          let value = UnsafeRawBufferPointer(start: node.text, count: Int(node.text_length))
          if key.elementsEqual("id".utf8) || key.elementsEqual("_id".utf8) { id = value }
          if key.elementsEqual("title".utf8) { title = value }
          if key.elementsEqual("text".utf8) || key.elementsEqual("body".utf8) { text = value }
        }
        i = Int(node.end)
      }
      try body(id, title, text)
    }
  }
}
