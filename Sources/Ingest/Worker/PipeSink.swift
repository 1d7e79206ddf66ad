import Documents

/// Turns what readers hand over into answers on the pipe, for one request.
final class PipeSink: RecordSink {
  private let request: ReadRequest
  private let output: OutputBatch
  private let progress: ReaderProgress
  private let allowance: CPUAllowance
  private let quarantine: Set<UInt64>
  private let finisher: DocumentFinisher
  private(set) var records: UInt64 = 0
  /// Where the record at work starts; `nil` before the first.
  private(set) var current: UInt64?

  init(_ request: ReadRequest, _ output: OutputBatch, _ progress: ReaderProgress, _ allowance: CPUAllowance) {
    self.request = request
    self.output = output
    self.progress = progress
    self.allowance = allowance
    quarantine = Set(request.quarantine)
    finisher = DocumentFinisher(request)
  }

  func begin(recordAt offset: UInt64) -> Bool {
    current = offset
    guard offset >= request.startOffset else { return false }
    progress.begin(recordAt: offset)
    allowance.recordBegins()
    if !quarantine.isEmpty, quarantine.contains(offset) {
      failed(
        RecordProblem(
          record: RecordRange(offset: offset, length: 0),
          reason: "this record crashed or stalled the reader before; it is left out until the file changes"))
      return false
    }
    FaultInjection.recordBegins(at: offset, of: request)
    return true
  }

  func working() {
    progress.begin(recordAt: current ?? request.startOffset)
    allowance.recordBegins()
  }

  func document(_ document: consuming Document) {
    records += 1
    finisher.finish(&document)
    output.append(.document(DocumentFrame.encode(document)))
  }

  func skipped(_ problem: RecordProblem) {
    records += 1
    output.append(.recordSkipped(problem))
  }

  func failed(_ problem: RecordProblem) {
    records += 1
    output.append(.recordFailed(problem))
  }
}
