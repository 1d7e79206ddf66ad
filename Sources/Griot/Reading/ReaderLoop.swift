import Documents
import Glibc

/// What one reader thread does: feeds one `griot-reader` process with files, takes its answers apart, and survives it.
///
/// Small files are asked for ahead, so that neither side waits for the other. A process that crashes, hangs or swells
/// is replaced: the record that was at work (told by the shared progress page) goes into quarantine, reading resumes
/// behind the last record that came through.
final class ReaderLoop {
  struct Configuration: Sendable {
    var reader: String
    var limits: ReaderChild.Limits
    /// Seconds without a new record or answer after which a reader counts as hanging.
    var recordTimeLimit: Double
  }

  /// A file in the reader's hands.
  struct Outstanding {
    var job: FileJob
    /// Of a file of which the reader tells what it saw only where it did not.
    var file: OpenFile?
    var digest: DigestTask?
    var isSent = false
    /// The reader's tick count when the file became the only one in its hands; `nil` if it did not.
    var ticksAtStart: UInt64?
    /// Start of the last record that came through.
    var lastRecord: UInt64?
    /// Times the reader died here without a record to blame.
    var blamelessDeaths = 0
    var deaths = 0
  }

  /// Files asked for ahead: so many, so many bytes of files, so long requests (a pipe holds 64 KiB).
  private static let aheadFiles = 64, aheadBytes: UInt64 = 1 << 20, aheadRequest = 32 << 10
  /// A reader that has so many files before it may work on them for so long before anybody looks: every look costs
  /// both sides a change of process.
  private static let plentyFiles = 32, restMicroseconds: UInt32 = 1500
  /// Readers have files of up to this size in memory as a whole, and tell their digest and stamp.
  private static let wholeBytes: UInt64 = 256 << 10
  /// So many records of one file may kill a reader; then the rest of the file is given up.
  static let deathsPerFile = 20

  let configuration: Configuration
  private var jobs: [FileJob] = []
  let board: AnswerBoard
  var outstanding: [Outstanding] = []
  var child: ReaderChild?
  /// Bytes that are not taken apart yet; replaced whenever its frames were handed on.
  private var buffer = AnswerBuffer(capacity: ReaderLoop.bufferSize)
  private static let bufferSize = 1 << 20
  private var position = 0
  private var lastSign = MonotonicClock.seconds
  private var lastTicks: UInt64 = 0
  private var greeted = false

  init(_ configuration: Configuration, _ board: AnswerBoard) {
    self.configuration = configuration
    self.board = board
  }

  /// Starts a process ahead of the first job. What does not start now is an error when it is needed.
  func prepare() { try? start() }

  /// Works until no job is left or the board is closed.
  func run(_ jobs: [FileJob]) {
    self.jobs = jobs
    lastSign = MonotonicClock.seconds
    do {
      while true {
        try fill()
        guard !outstanding.isEmpty else { break }
        guard try pump() else { break }
      }
    } catch {
      board.fail(error)
    }
    outstanding.removeAll()
    if let child {
      _ = child.send(.quit)
      child.end(killing: true)
    }
  }

  /// Takes jobs until the reader has enough to do.
  private func fill() throws(GriotError) {
    var bytes = outstanding.reduce(0) { $0 + $1.job.size }
    var request = outstanding.reduce(0) { $0 + $1.job.path.count + $1.job.relativePath.utf8.count + 64 }
    while outstanding.isEmpty
      || outstanding.count < Self.aheadFiles && bytes < Self.aheadBytes && request < Self.aheadRequest
        && outstanding[0].blamelessDeaths == 0
    {
      guard let index = board.nextJob(waiting: outstanding.isEmpty) else { break }
      guard let next = open(jobs[index]) else { continue }
      outstanding.append(next)
      bytes += next.job.size
      request += next.job.path.count + next.job.relativePath.utf8.count + 64
      try send()
    }
    try send()
  }

  /// Opens and, where that may save reading it, digests a file. `nil` if its answer is known by now.
  private func open(_ job: FileJob) -> Outstanding? {
    if job.knownDigest == nil, job.size <= Self.wholeBytes { return Outstanding(job: job) }
    do {
      let file = try OpenFile(job.path)
      let digest = DigestTask(file, now: job.knownDigest != nil || job.size <= DigestTask.inlineLimit)
      if let known = job.knownDigest, digest.result() == known {
        var end = FileEnd()
        end.isUnchanged = true
        end.digest = known
        end.stamp = file.stamp
        _ = board.put([.end(end)], bytes: 0, job: job.index)
        return nil
      }
      return Outstanding(job: job, file: file, digest: digest)
    } catch {
      var end = FileEnd()
      end.failed = error.reason
      _ = board.put([.end(end)], bytes: 0, job: job.index)
      return nil
    }
  }

  /// Sends what was not sent yet; starts a process if there is none.
  private func send() throws(GriotError) {
    if child == nil, !outstanding.isEmpty { try start() }
    guard let child else { return }
    for index in outstanding.indices where !outstanding[index].isSent {
      // After a death that nobody is to blame for, this file goes alone.
      if index > 0, outstanding[0].blamelessDeaths > 0 { break }
      if index == 0 { outstanding[0].ticksAtStart = child.progress.ticks }
      // A reader that is gone is noticed when its answers end.
      guard child.send(.read(request(outstanding[index]))) else { break }
      outstanding[index].isSent = true
    }
  }

  private func start() throws(GriotError) {
    child = try ReaderChild(configuration.reader, configuration.limits)
    greeted = false
    buffer = AnswerBuffer(capacity: Self.bufferSize)
    position = 0
    lastTicks = 0
    lastSign = MonotonicClock.seconds
  }

  private func request(_ item: Outstanding) -> ReadRequest {
    let path = String(validating: item.job.path, as: UTF8.self)
    var request = ReadRequest(
      path: path ?? String(decoding: item.job.path, as: UTF8.self), relativePath: item.job.relativePath)
    if path == nil { request.pathBytes = item.job.path }
    request.kind = item.job.kind
    request.language = item.job.language
    request.startOffset = item.lastRecord.map { $0 + 1 } ?? item.job.startOffset
    request.quarantine = item.job.quarantine.keys.sorted()
    return request
  }

  /// Takes what the reader has to say.
  ///
  /// - Returns: `false` when nobody wants answers any more.
  private func pump() throws(GriotError) -> Bool {
    guard let child else { return false }
    if outstanding.count >= Self.plentyFiles { usleep(Self.restMicroseconds) }
    guard child.waitForAnswers(milliseconds: 100) else { return try checkForHang(child) }
    if buffer.free.count < 64 << 10 { renewBuffer() }
    let n = child.read(into: buffer.free)
    if n == 0 { return try bury(child.end(killing: false), child) }
    buffer.didWrite(n)
    lastSign = MonotonicClock.seconds
    guard try takeApart() else { return false }
    // Waiting for the board is not the reader's fault.
    lastSign = MonotonicClock.seconds
    return true
  }

  private func checkForHang(_ child: ReaderChild) throws(GriotError) -> Bool {
    if board.isClosed { return false }
    let now = MonotonicClock.seconds
    if child.progress.ticks != lastTicks {
      lastTicks = child.progress.ticks
      lastSign = now
    }
    var patience = configuration.recordTimeLimit
    // To pass over what is done already makes no ticks; 20 MB a second is slower than any disk.
    if let item = outstanding.first, item.lastRecord == nil { patience += Double(item.job.startOffset) / 20e6 }
    if let item = outstanding.first, let last = item.lastRecord { patience += Double(last) / 20e6 }
    guard now - lastSign > patience else { return true }
    child.end(killing: true)
    return try bury("took more than \(Int(configuration.recordTimeLimit)) seconds", child)
  }

  /// Takes all whole messages out of the buffer and hands their answers on.
  private func takeApart() throws(GriotError) -> Bool {
    var chunks: [AnswerBoard.Chunk] = []
    var answers: [Answer] = []
    var bytes = 0
    while true {
      let rest = UnsafeRawBufferPointer(rebasing: buffer.bytes[position...])
      guard let (frame, length) = try message({ () throws(FrameError) in try PipeMessage.frame(in: rest) }) else {
        break
      }
      defer { position += length }
      guard greeted ? !outstanding.isEmpty : frame == nil else {
        throw GriotError(.io, "the reader \(configuration.reader) answers what nobody asked")
      }
      if let frame {
        answers.append(document(position + frame.lowerBound, frame.count))
        bytes += length
        continue
      }
      let whole = UnsafeRawBufferPointer(rebasing: rest[..<length])
      guard let (other, _) = try message({ () throws(FrameError) in try PipeMessage.decode(whole) }) else { break }
      guard let answer = try take(other) else { continue }
      answers.append(answer)
      bytes += 64
      if case .end = answer {
        let job = outstanding.removeFirst().job.index
        // When the reader went over to the next file is not known.
        if !outstanding.isEmpty { outstanding[0].ticksAtStart = nil }
        chunks.append(AnswerBoard.Chunk(job: job, answers: answers, bytes: bytes))
        answers = []
        bytes = 0
      }
    }
    if let job = outstanding.first?.job.index, !answers.isEmpty {
      chunks.append(AnswerBoard.Chunk(job: job, answers: answers, bytes: bytes))
    }
    return board.put(chunks)
  }

  /// Frames keep the old buffer alive; the unfinished message moves to a new one.
  private func renewBuffer() {
    let rest = UnsafeRawBufferPointer(rebasing: buffer.bytes[position...])
    let next = AnswerBuffer(capacity: max(Self.bufferSize, rest.count * 2))
    next.append(rest)
    buffer = next
    position = 0
  }

  private func message<R>(_ body: () throws(FrameError) -> R) throws(GriotError) -> R {
    do {
      return try body()
    } catch {
      throw GriotError(.io, "the reader \(configuration.reader) speaks another protocol (\(error)); reinstall both")
    }
  }

  private func document(_ offset: Int, _ count: Int) -> Answer {
    let frame = UnsafeRawBufferPointer(rebasing: buffer.bytes[offset..<offset + count])
    do {
      let header = try FrameHeader(frame)
      outstanding[0].lastRecord = header.recordOffset
      return .document(FrameReference(buffer: buffer, offset: offset, count: count, header: header))
    } catch {
      let place = RecordRange(offset: outstanding[0].lastRecord ?? 0, length: 0)
      return .failed(RecordProblem(record: place, reason: "\(error)"))
    }
  }

  private func take(_ message: PipeMessage) throws(GriotError) -> Answer? {
    switch message {
    case _ where !greeted && !message.isHello:
      throw GriotError(.io, "\(configuration.reader) is no reader of this Griot; reinstall both")
    case .hello(let version):
      guard version == PipeMessage.protocolVersion else {
        throw GriotError(
          .io,
          "the reader \(configuration.reader) speaks protocol \(version), this Griot \(PipeMessage.protocolVersion)")
      }
      greeted = true
      return nil
    case .recordSkipped(let problem):
      outstanding[0].lastRecord = problem.record.offset
      return .skipped(problem)
    case .recordFailed(var problem):
      outstanding[0].lastRecord = problem.record.offset
      if let reason = outstanding[0].job.quarantine[problem.record.offset] { problem.reason = reason }
      return .failed(problem)
    case .fileEnd(let summary): return .end(end(outstanding[0], summary))
    case .document, .read, .quit: return nil
    }
  }

  /// A process that ends before its greeting is not worth another try.
  func requireGreeting(_ cause: String) throws(GriotError) {
    guard !greeted else { return }
    throw GriotError(.io, "\(configuration.reader) is no reader, or cannot run here: starting it \(cause)")
  }

  private func end(_ item: Outstanding, _ summary: FileSummary) -> FileEnd {
    var end = FileEnd()
    end.format = summary.format
    end.skipped = summary.skipped
    end.failed = summary.failed
    if item.file == nil, let content = summary.content {
      end.stamp = content.stamp
      end.digest = content.digest
      end.changedMeanwhile = !content.isSettled
    } else {
      note(item, &end)
    }
    end.bytes = end.stamp.size
    return end
  }

  /// What this process finds out about a file by itself.
  func note(_ item: Outstanding, _ end: inout FileEnd) {
    do throws(OpenFile.OpenFailure) {
      let file = if let file = item.file { file } else { try OpenFile(item.job.path) }
      end.digest = item.digest.map { $0.result() } ?? file.digest()
      end.stamp = file.stamp
      end.changedMeanwhile = !file.isUntouched() || item.file == nil && file.stamp.size != item.job.size
    } catch {
      end.failed = error.reason
    }
  }
}

extension PipeMessage {
  fileprivate var isHello: Bool {
    if case .hello = self { return true }
    return false
  }
}
