import Glibc
import Griot

/// One line at the bottom of a terminal, redrawn at most ten times a second and gone at the end:
///
///     ████████▌········  43 %  1.2 GB of 2.8 GB  210,331 documents  38 MB/s  42 s left  mail/2019.mbox
final class ProgressBar: ProgressReporter {
  private let out: OutputBuffer
  private let terminal: Terminal
  private let now: () -> Double
  private var lastDrawn = -Double.infinity
  private var isDrawn = false
  /// Rate over the last seconds: an average since the start would take minutes to notice a change.
  private var recentRate: Double?
  private var lastSample: (seconds: Double, bytes: UInt64)?

  /// - Parameter now: Monotonic seconds.
  init(
    _ terminal: Terminal, out: OutputBuffer = .standardError(), now: @escaping () -> Double = ProgressBar.monotonic
  ) {
    self.terminal = terminal
    self.out = out
    self.now = now
  }

  func handle(_ event: IngestEvent) {
    switch event {
    case .progress(let progress): draw(progress)
    case .walked(let files, let bytes):
      guard files > 0 else { return }
      draw(text: "\(NumberFormat.count(files, "file")), \(NumberFormat.bytes(bytes))")
    case .committed, .skipped, .failed: break
    }
  }

  func end() {
    guard isDrawn else { return }
    out.write("\r\u{1B}[K")
    out.flush()
    isDrawn = false
  }

  private func draw(_ progress: IngestProgress) {
    sample(progress)
    let time = now()
    guard time - lastDrawn >= 0.1 else { return }
    lastDrawn = time
    draw(text: Self.text(progress, rate: recentRate ?? progress.rate, columns: columns))
  }

  private func draw(text: String) {
    // The cursor goes to the start of the line, the rest of an older and longer text is erased.
    out.write("\r" + text + "\u{1B}[K")
    out.flush()
    isDrawn = true
  }

  /// The last column stays free: some terminals wrap when it is written.
  private var columns: Int {
    var size = winsize()
    let isKnown = terminal.isInteractive && ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return (isKnown ? Int(size.ws_col) : terminal.columns) - 1
  }

  private func sample(_ progress: IngestProgress) {
    guard let last = lastSample else {
      lastSample = (progress.seconds, progress.bytesDone)
      return
    }
    let elapsed = progress.seconds - last.seconds
    guard elapsed >= 0.5, progress.bytesDone >= last.bytes else { return }
    let rate = Double(progress.bytesDone - last.bytes) / elapsed
    recentRate = recentRate.map { $0 * 0.8 + rate * 0.2 } ?? rate
    lastSample = (progress.seconds, progress.bytesDone)
  }

  /// The whole line: parts are left out from the least telling on where the window is narrow.
  static func text(_ progress: IngestProgress, rate: Double, columns: Int) -> String {
    let share = progress.bytesTotal == 0 ? 0 : min(1, Double(progress.bytesDone) / Double(progress.bytesTotal))
    let percent = String(Int(share * 100))
    var text = String(repeating: " ", count: 3 - min(3, percent.utf8.count)) + percent + " %"
    // A narrow window has better use for its cells than a long bar.
    let isNarrow = columns < 110
    let barWidth = isNarrow ? 10 : 24
    if columns >= 40 { text = bar(share, width: barWidth) + " " + text }
    var parts = [
      "\(NumberFormat.bytes(progress.bytesDone)) of \(NumberFormat.bytes(progress.bytesTotal))",
      NumberFormat.count(progress.documents, isNarrow ? "doc" : "document"),
    ]
    if rate > 0 {
      parts.append(NumberFormat.bytes(UInt64(rate)) + "/s")
      if progress.bytesTotal >= progress.bytesDone {
        parts.append(NumberFormat.duration(Double(progress.bytesTotal - progress.bytesDone) / rate) + " left")
      }
    }
    for part in parts where CharacterWidth.of(text) + 2 + part.utf8.count <= columns { text += "  " + part }
    let room = columns - CharacterWidth.of(text) - 2
    if room >= 8, !progress.currentFile.isEmpty {
      text += "  " + TerminalWriter.truncatePath(progress.currentFile, to: room)
    }
    return TerminalWriter.truncate(text, to: columns)
  }

  /// Eighths of a block, so that the bar moves smoothly.
  static func bar(_ share: Double, width: Int) -> String {
    let eighths = Int(share * Double(width * 8))
    let full = eighths / 8
    let part = full < width && eighths % 8 > 0 ? String("▏▎▍▌▋▊▉"[eighths % 8 - 1]) : ""
    let rest = width - full - (part.isEmpty ? 0 : 1)
    return String(repeating: "█", count: full) + part + String(repeating: "·", count: rest)
  }

  static func monotonic() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}

extension String {
  fileprivate subscript(_ i: Int) -> Character { self[index(startIndex, offsetBy: i)] }
}
