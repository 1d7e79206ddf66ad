import CKernels
import Glibc

@testable import SearchEngine

/// The files of a segment, one at a time: its content is the input, its checksums are made to fit, and then everything
/// that a reader can ask is asked.
///
/// An input is a content without its table of sections, which is put behind it as it was, so that the parts are
/// found; where the last byte is odd, the input brings a table of its own (and its place, four bytes).
struct SegmentTarget {
  private let kind: FileKind
  private let record: SegmentRecord
  private let original: [UInt8]
  private let tableOffset: Int
  private let path: String

  /// Every kind of file, of the segment with one passage a document and of the one with several.
  static var all: [FuzzTarget] {
    FileKind.allCases.flatMap { kind in
      FuzzIndex.shared.manifest.segments.map { record in
        let target = SegmentTarget(kind, record)
        return FuzzTarget(name: "\(kind.fileExtension)-\(record.id)", seeds: target.seeds, run: target.run)
      }
    }
  }

  init(_ kind: FileKind, _ record: SegmentRecord) {
    self.kind = kind
    self.record = record
    path = FuzzIndex.shared.path + "/" + record.name(kind)
    let file = try! FileSystemDirectory(FuzzIndex.shared.path).read(record.name(kind))!
    let trailer = file.count - FileLayout.trailerSize
    let (content, table) = file.withUnsafeBytes {
      (
        Int($0.loadUnaligned(fromByteOffset: trailer, as: UInt64.self)),
        Int($0.loadUnaligned(fromByteOffset: trailer + 8, as: UInt64.self))
      )
    }
    original = Array(file[..<content])
    tableOffset = table
  }

  private func seeds() -> [[UInt8]] {
    let table = withUnsafeBytes(of: UInt32(tableOffset).littleEndian) { Array($0) }
    return [original[..<tableOffset] + [0], original + table + [1]]
  }

  private func run(_ input: UnsafeRawBufferPointer) {
    guard let flag = input.last, input.count < 1 << 16 else { return }
    var content = Array(input.dropLast())
    var table = content.count
    if flag & 1 == 0 {
      content += original[tableOffset...]
    } else {
      guard content.count >= 4 else { return }
      table = Int(content.suffix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })
      content.removeLast(4)
    }
    let file = sealed(content, table: UInt64(table))
    write(file)
    var record = record
    if let index = FileKind.ofSegment.firstIndex(of: kind) {
      record.fileSizes[index] = UInt64(file.count)
    } else {
      record.fileSizes[FileKind.ofSegment.count] = UInt64(file.count)
    }
    do throws(IndexError) {
      let segment = try SegmentReader(directory: FuzzIndex.shared.path, record)
      try SegmentWalk(segment).run()
    } catch {}
  }

  private func write(_ bytes: [UInt8]) {
    // A new file: the old one may still be mapped.
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(Glibc.write(descriptor, bytes, bytes.count) == bytes.count, "cannot write \(path)")
    close(descriptor)
  }

  /// FORMAT.md, "Every file".
  private func sealed(_ content: [UInt8], table: UInt64) -> [UInt8] {
    var sums: [UInt8] = []
    func sum(_ bytes: ArraySlice<UInt8>) -> UInt32 { bytes.withUnsafeBytes { ck_crc32c(0, $0.baseAddress, $0.count) } }
    for start in stride(from: 0, to: content.count, by: FileLayout.pageSize) {
      sums.append(littleEndian: sum(content[start..<min(start + FileLayout.pageSize, content.count)]))
    }
    var groups: [UInt8] = []
    for start in stride(from: 0, to: sums.count, by: FileLayout.pageSize) {
      groups.append(littleEndian: sum(sums[start..<min(start + FileLayout.pageSize, sums.count)]))
    }
    var trailer: [UInt8] = []
    trailer.append(littleEndian: UInt64(content.count))
    trailer.append(littleEndian: table)
    trailer.append(littleEndian: record.id)
    trailer.append(littleEndian: kind.rawValue)
    trailer.append(littleEndian: FileLayout.formatVersion)
    trailer.append(littleEndian: sum(groups[...]))
    trailer.append(contentsOf: repeatElement(0, count: 20))
    trailer.append(littleEndian: sum(trailer[...]))
    trailer.append(littleEndian: FileLayout.trailerMagic)
    return content + sums + groups + trailer
  }
}
