import ArgumentParser
import Griot

/// `--progress`.
enum ProgressChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, bar, json, none
}

/// Tells on standard error how far a long operation is.
protocol ProgressReporter: AnyObject {
  func handle(_ event: IngestEvent)
  /// Leaves the terminal as it was.
  func end()
}

extension ProgressChoice {
  /// - Parameter terminal: What standard error is.
  func reporter(_ terminal: Terminal) -> any ProgressReporter {
    switch self {
    case .auto: terminal.isInteractive ? ProgressBar(terminal) : NoProgress()
    case .bar: ProgressBar(terminal)
    case .json: ProgressLines()
    case .none: NoProgress()
    }
  }
}

final class NoProgress: ProgressReporter {
  func handle(_ event: IngestEvent) {}
  func end() {}
}

/// `--progress json`: an object a line, for programs that watch.
final class ProgressLines: ProgressReporter {
  private let out: OutputBuffer

  init(_ out: OutputBuffer = .standardError()) { self.out = out }

  func handle(_ event: IngestEvent) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      switch event {
      case .walked(let files, let bytes):
        json.field("event", "walked")
        json.field("files", files)
        json.field("bytes", bytes)
      case .progress(let progress):
        json.field("event", "progress")
        json.field("bytesDone", progress.bytesDone)
        json.field("bytesTotal", progress.bytesTotal)
        json.field("filesDone", progress.filesDone)
        json.field("filesTotal", progress.filesTotal)
        json.field("documents", progress.documents)
        json.field("file", progress.currentFile)
        json.field("seconds", progress.seconds)
        json.field("secondsLeft", progress.secondsLeft)
      case .committed(let documents):
        json.field("event", "committed")
        json.field("documents", documents)
      case .skipped(let problem):
        json.field("event", "skipped")
        json.field("path", problem.path)
        json.field("reason", problem.reason)
      case .failed(let problem):
        json.field("event", "failed")
        json.field("path", problem.path)
        json.field("reason", problem.reason)
      }
    }
    out.flush()
  }

  func end() { out.flush() }
}
