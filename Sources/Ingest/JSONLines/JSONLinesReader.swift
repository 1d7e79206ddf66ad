import Documents
import Glibc

/// JSON Lines: one object a line, one document each. Blank lines do not count.
struct JSONLinesReader: RecordReader {
  private var mapper = JSONRecordMapper()

  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let parser = try JSONParser()
    var lines = LineCursor(source, limit: context.limits.lineBytes, from: context.request.startOffset)
    while let line = try lines.next() {
      var bytes = line.bytes
      var offset = line.offset
      if offset == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
        bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(3))
        offset += 3
      }
      if !line.isTooLong, bytes.allSatisfy({ $0.isWhiteSpace }) { continue }
      guard sink.begin(recordAt: line.offset) else { continue }
      let range = RecordRange(offset: line.offset, length: line.length)
      func problem(_ reason: String) -> RecordProblem {
        let number = line.number.map { "line \($0), " } ?? ""
        return RecordProblem(record: range, reason: "\(number)byte \(line.offset): \(reason)")
      }
      if line.isTooLong {
        sink.failed(problem("a line of \(line.length) bytes, the limit is \(context.limits.lineBytes)"))
        continue
      }
      do {
        if var document = try self.document(bytes, readable: line.readable - (line.bytes.count - bytes.count), parser) {
          document.record = range
          document.charsetSource = .validUTF8
          sink.document(document)
        } else {
          sink.skipped(problem("no text and no title in this record"))
        }
      } catch let error as ReadError {
        sink.failed(problem("\(error)"))
      }
    }
  }

  private mutating func document(
    _ bytes: UnsafeRawBufferPointer, readable: Int, _ parser: borrowing JSONParser
  ) throws -> Document? {
    do {
      return try map(try parser.parse(bytes, readable: readable))
    } catch {
      let repaired = JSONRepair.repair(bytes)
      var document = try repaired.bytes.withUnsafeBytes { raw in
        // If the repair does not help, what simdjson said of the original is the message.
        guard let tree = try? parser.parse(raw, readable: raw.count) else { throw error }
        return try map(tree)
      }
      document?.replacementCount = repaired.replacements
      document?.notes.append("repaired JSON: \(error)")
      return document
    }
  }

  private mutating func map(_ tree: JSONTree) throws -> Document? {
    guard tree.root.isObject else { throw ReadError("not an object") }
    return mapper.document(tree.root)
  }
}
