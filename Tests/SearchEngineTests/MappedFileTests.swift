import TestSupport
import Testing

@testable import SearchEngine

struct MappedFileTests {
  /// A range of no bytes, too, has to lie within the content: a damaged dictionary named one far outside (found by
  /// fuzzing), and whoever had it verified made an address of it.
  @Test func nothingIsVerifiedOutsideOfTheContent() throws {
    let directory = TemporaryDirectory()
    let file = try FileSystemDirectory(directory.path).create("one.terms")
    let writer = ContentWriter(.terms)
    writer.append([UInt8](repeating: 7, count: 10_000))
    try writer.finish()
    try writer.seal(1, to: file)
    file.close()
    let mapped = try MappedFile(
      directory: directory.path, name: "one.terms", kind: .terms, segment: 1, expectedSize: writer.fileSize)
    try mapped.verify(0, mapped.count)
    try mapped.verify(mapped.count, 0)
    for (offset, length) in [
      (mapped.count + 1, 0), (1 << 63, 0), (.max, 0), (mapped.count, 1 << 12), (.max, 1), (1, .max),
    ]
      as [(UInt64, UInt64)]
    {
      #expect(throws: IndexError.self, "\(offset), \(length)") { try mapped.verify(offset, length) }
    }
  }
}
