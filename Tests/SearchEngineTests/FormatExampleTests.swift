import CKernels
import TestSupport
import Testing

@testable import SearchEngine

/// The worked bytes of `Index/FORMAT.md`, encoded by the code and compared.
@Suite struct FormatExampleTests {
  /// Blocks fenced as "```bytes NAME" in the page.
  private let examples: [String: [UInt8]]

  init() throws {
    let page = try #require(try FileSystemDirectory(repositoryRoot).read("Index/FORMAT.md"))
    var examples: [String: [UInt8]] = [:]
    var name: String?
    for line in String(decoding: page, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```bytes ") {
        name = String(line.dropFirst(9))
        examples[name!] = []
      } else if line.hasPrefix("```") {
        name = nil
      } else if let name {
        for byte in line.split(separator: " ") { examples[name]!.append(try #require(UInt8(byte, radix: 16))) }
      }
    }
    self.examples = examples
  }

  private func expect(_ name: String, _ bytes: [UInt8]) {
    let hex = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    #expect(examples[name] == bytes, "FORMAT.md, \(name): the code writes \(hex)")
  }

  /// What `body` appends behind the header of a file.
  private func content(_ body: (ContentWriter) -> Void) -> [UInt8] {
    let writer = ContentWriter(.columns)
    let start = Int(writer.offset)
    body(writer)
    return Array(UnsafeBufferPointer(start: writer.buffer + start, count: Int(writer.offset) - start))
  }

  private func group(_ values: [UInt32]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: 600)
    let size = ck_encode_group(values, UInt32(values.count), 0, &out)
    return Array(out[..<size])
  }

  @Test func thePageHasTheBytesOfTheCode() {
    #expect(
      examples.keys.sorted() == [
        "edit", "group-pfor", "group-rice", "keys", "keys-coded", "manifest", "norms", "packed", "positions", "short",
      ])
    expect("packed", content { PackedIntegers.write([5, 7, 6], to: $0) })
    expect("group-pfor", group([1, 2, 3, 1, 200, 2, 1, 3, 1, 2, 1, 3, 2, 2, 1, 1]))
    expect(
      "group-rice",
      group([40, 3, 77, 61, 9, 120, 33, 15, 5, 52, 28, 94, 2, 66, 18, 250, 7, 30, 12, 48, 1, 22, 39, 10]))
    expect("norms", ([0, 23, 39, 40, 41, 100, 1000, 58802] as [UInt32]).map { FieldNorms.encode($0) })
    let norms = [FieldNorms.encode(100), FieldNorms.encode(30)]
    // The encoder uses the end of its room too.
    var out = [UInt8](repeating: 0, count: ck_positions_bound(3))
    let size = ck_positions_encode([17, 40, 9], 3, [1, 0], norms, FieldNorms.lengthBits, 2, &out)
    expect("positions", Array(out[..<size]))
    var list = ck_short(count: 2, segment: 100, forms: 2, total: 3)
    let listSize = ck_short_encode(
      &list, [3, 5], [1, 0], norms, FieldNorms.lengthBits, [17, 40, 9], [0, 1, 1], &out)
    expect("short", Array(out[..<listSize]))
    var keys = KeyBlockWriter()
    for key in ["boat", "boats", "box"] { Array(key.utf8).withUnsafeBytes { keys.add($0) } }
    expect("keys", keys.keys)
    let codedSize = ck_keys_encode(KeyCode.tables, keys.keys, keys.keys.count, 3, &out)
    expect("keys-coded", Array(out[..<codedSize]))
    var edit: [UInt8] = []
    Array("walk".utf8).withUnsafeBytes { stem in
      Array("walking".utf8).withUnsafeBytes { edit.appendEdit(from: stem, to: $0) }
    }
    expect("edit", edit)
    var manifest = Manifest()
    manifest.generation = 1
    expect("manifest", manifest.encoded())
  }
}

/// The root of the package, from where this file stands.
let repositoryRoot: String = {
  var path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
  path.removeLast(3)
  return path.joined(separator: "/")
}()
