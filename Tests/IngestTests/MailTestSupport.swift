import Documents

@testable import Ingest

/// A sink that keeps everything, and checks what every sink relies on.
final class CollectedRecords: RecordSink {
  var documents: [Document] = []
  var skippedRecords: [RecordProblem] = []
  var failedRecords: [RecordProblem] = []
  var begun: [UInt64] = []
  var startOffset: UInt64 = 0
  /// What a reader did that the contract forbids.
  var violations: [String] = []

  var count: Int { documents.count + skippedRecords.count + failedRecords.count }

  func begin(recordAt offset: UInt64) -> Bool {
    if let last = begun.last, offset <= last { violations.append("record \(offset) begun after \(last)") }
    begun.append(offset)
    return offset >= startOffset
  }

  func document(_ document: consuming Document) {
    let copy = document
    violations.append(contentsOf: Self.faults(of: copy))
    documents.append(copy)
  }
  func skipped(_ problem: RecordProblem) { skippedRecords.append(problem) }
  func failed(_ problem: RecordProblem) { failedRecords.append(problem) }

  /// Blocks ascending, within the text, on character boundaries; the text valid UTF-8 and survives the frame.
  static func faults(of document: Document) -> [String] {
    var out: [String] = []
    var previous = 0
    for block in document.blocks {
      if block.range.lowerBound < previous || block.range.upperBound > document.text.count || block.range.isEmpty {
        out.append("block \(block.range) after \(previous) in \(document.text.count) bytes")
      }
      for edge in [block.range.lowerBound, block.range.upperBound] where edge < document.text.count {
        if document.text[edge] & 0xC0 == 0x80 { out.append("block edge \(edge) inside a character") }
      }
      previous = block.range.upperBound
    }
    if document.text.withUnsafeBytes({ UTF8Check.check($0).validPrefix }) != document.text.count {
      out.append("text is not valid UTF-8")
    }
    if (try? DocumentFrame.decode(DocumentFrame.encode(document))) != document { out.append("frame differs") }
    return out
  }
}

enum Reading {
  static func run(
    _ reader: some RecordReader, _ bytes: [UInt8], format: Format, path: String = "test"
  ) throws -> CollectedRecords {
    var reader = reader
    let sink = CollectedRecords()
    let context = ReadContext(request: ReadRequest(path: path, relativePath: path), format: format)
    try reader.read(MemorySource(bytes), context, into: sink)
    return sink
  }

  static func mbox(_ text: String) throws -> CollectedRecords {
    try run(MailboxReader(), [UInt8](text.utf8), format: .mbox)
  }

  static func eml(_ text: String) throws -> CollectedRecords {
    try run(MessageReader(), [UInt8](text.utf8), format: .eml)
  }

  /// The only document of a message.
  static func message(_ text: String) throws -> Document {
    let sink = try eml(text)
    return try sink.documents.first
      ?? { throw ReadError("no document: \(sink.skippedRecords) \(sink.failedRecords)") }()
  }
}

extension Document {
  /// `kind.level:text` for each block.
  var outline: [String] {
    blocks.map { "\($0.kind)\($0.level > 0 ? "\($0.level)" : ""):\(String(decoding: text[$0.range], as: UTF8.self))" }
  }
  var string: String { String(decoding: text, as: UTF8.self) }
}
