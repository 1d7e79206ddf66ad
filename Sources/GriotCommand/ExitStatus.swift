import Griot

/// What `griot` tells the shell. Scripts rely on these numbers: they never change.
enum ExitStatus: Int32, CaseIterable {
  /// Found something, or did what was asked.
  case success = 0
  /// The memory was searched and holds nothing that matches.
  case noMatch = 1
  /// The command line does not say what to do.
  case usage = 2
  /// There is no memory at that place, or it is of a format that this Griot does not read.
  case memoryUnavailable = 3
  /// Another process writes to the memory.
  case locked = 4
  /// The ingest ended, and some records or files failed; the account names them.
  case ingestFailures = 5
  /// A file of the memory is damaged.
  case corrupt = 6
  /// The system does not permit it.
  case denied = 7
  /// The system failed otherwise: disk full, input or output error (`EX_IOERR` of sysexits.h).
  case inputOutput = 74
  /// Stopped by an interrupt (128 + SIGINT, as shells say); what was committed stays.
  case interrupted = 130

  /// For the manual.
  var meaning: String {
    switch self {
    case .success: "found, or done"
    case .noMatch: "no match"
    case .usage: "usage: the command line is wrong"
    case .memoryUnavailable: "the memory is missing or incompatible"
    case .locked: "the memory is locked by another writer"
    case .ingestFailures: "the ingest finished, and some records failed"
    case .corrupt: "the memory is corrupt"
    case .denied: "permission denied"
    case .inputOutput: "input or output error, for instance a full disk"
    case .interrupted: "interrupted; what was committed before stays"
    }
  }
}

/// A command that could not do its work: one message for people, one number for scripts.
struct CommandFailure: Error, Equatable {
  var status: ExitStatus
  /// What, where, what to do about it; without the leading `griot: `.
  var message: String
  /// The memory changed under the command before anything was printed: the whole command can be run again.
  var isStale = false

  init(_ status: ExitStatus, _ message: String) {
    self.status = status
    self.message = message
  }
}

extension CommandFailure {
  init(_ error: GriotError) {
    let status: ExitStatus =
      switch error.kind {
      case .usage: .usage
      case .memoryMissing, .memoryIncompatible: .memoryUnavailable
      case .locked: .locked
      case .corrupt: .corrupt
      case .denied: .denied
      case .notFound: .noMatch
      case .io, .stale: .inputOutput
      case .cancelled: .interrupted
      }
    self.init(status, error.message)
    isStale = error.kind == .stale
  }
}

/// Ends a command with a status other than 0 that needs no message: the output has said it.
struct SilentExit: Error {
  var status: ExitStatus
}
