import Documents

@testable import Ingest

/// What readers handed over.
final class CollectingSink: RecordSink {
  var documents: [Document] = []
  var skips: [RecordProblem] = []
  var failures: [RecordProblem] = []
  var begun: [UInt64] = []
  /// Records that the sink declines, as if they were in quarantine or read before.
  var declined: Set<UInt64> = []
  private let finisher: DocumentFinisher

  init(_ request: ReadRequest) { finisher = DocumentFinisher(request) }

  func begin(recordAt offset: UInt64) -> Bool {
    begun.append(offset)
    return !declined.contains(offset)
  }
  func document(_ document: consuming Document) {
    finisher.finish(&document)
    documents.append(document)
  }
  func skipped(_ problem: RecordProblem) { skips.append(problem) }
  func failed(_ problem: RecordProblem) { failures.append(problem) }
}

/// A file that exists only in a test: detected and read as the worker would.
struct FileRead {
  var format: Format
  var skipReason: String?
  var documents: [Document]
  var skips: [RecordProblem]
  var failures: [RecordProblem]
  var begun: [UInt64]
  /// What the reader threw.
  var error: String?

  init(_ bytes: some Collection<UInt8>, path: String, limits: ReadLimits = ReadLimits(), windows: Int? = nil) {
    self.init(
      source: windows.map { WindowedSource(bytes, size: $0) } ?? MemorySource(bytes), path: path, limits: limits)
  }

  init(_ text: String, path: String, limits: ReadLimits = ReadLimits()) {
    self.init(Array(text.utf8), path: path, limits: limits)
  }

  init(source: any ByteSource, path: String, limits: ReadLimits = ReadLimits(), startOffset: UInt64 = 0) {
    var request = ReadRequest(path: "/source/" + path, relativePath: path)
    request.startOffset = startOffset
    let detection = FormatDetector.detect(source, path: path)
    let sink = CollectingSink(request)
    format = detection.format
    skipReason = detection.skipReason
    if skipReason == nil, var reader = ReaderRegistry.reader(for: format) {
      do {
        try reader.read(source, ReadContext(request: request, format: format, limits: limits), into: sink)
      } catch let thrown {
        error = "\(thrown)"
      }
    }
    documents = sink.documents
    skips = sink.skips
    failures = sink.failures
    begun = sink.begun
  }
}

extension FileRead {
  /// Every document is.
  var isSound: Bool { documents.allSatisfy { $0.isSound } }
}

/// A source that shows little at a time, as a decompressed stream will.
final class WindowedSource: ByteSource {
  private let bytes: [UInt8]
  private let size: Int
  private var shown: UnsafeMutableRawBufferPointer?

  init(_ bytes: some Collection<UInt8>, size: Int) {
    self.bytes = Array(bytes)
    self.size = size
  }

  deinit { shown?.deallocate() }

  var byteCount: UInt64? { nil }

  func window(from offset: UInt64, atLeast minimum: Int) -> ByteWindow {
    let start = Int(min(offset, UInt64(bytes.count)))
    let end = min(bytes.count, start + max(minimum, size))
    shown?.deallocate()
    // A window of its own, and poisoned when it is given up: who keeps a pointer too long reads garbage.
    let window = UnsafeMutableRawBufferPointer.allocate(byteCount: end - start, alignment: 1)
    window.copyBytes(from: bytes[start..<end])
    shown = window
    return ByteWindow(bytes: UnsafeRawBufferPointer(window), reachesEnd: end == bytes.count)
  }
}

extension Document {
  func text(_ block: Block) -> String { String(decoding: text[block.range], as: UTF8.self) }
  var paragraphs: [String] { blocks.map { text($0) } }
  func texts(_ kind: BlockKind) -> [String] { blocks.filter { $0.kind == kind }.map { text($0) } }
  func names(_ role: PersonRole) -> [String] { people.filter { $0.role == role }.map(\.name) }
  /// `Jane: words` for every cue.
  var turns: [String] {
    blocks.filter { $0.kind == .cue }.map { ($0.speaker.map { people[$0].name } ?? "") + ": " + text($0) }
  }

  /// What every later stage relies on.
  var isSound: Bool {
    var end = 0
    for block in blocks {
      guard block.range.lowerBound >= end, !block.range.isEmpty, block.range.upperBound <= text.count else {
        return false
      }
      if let speaker = block.speaker, !people.indices.contains(speaker) { return false }
      end = block.range.upperBound
    }
    guard String(validating: text, as: UTF8.self) != nil else { return false }
    return (try? DocumentFrame.decode(DocumentFrame.encode(self))) == self
  }
}
