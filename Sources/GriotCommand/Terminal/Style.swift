/// How a stretch of terminal text looks.
///
/// Only the sixteen colours that every terminal has and every user can set, so that nothing becomes unreadable on a
/// light or a dark ground.
enum Style: UInt8, Sendable {
  case plain, title, match, kind, detail, heading, warning, failure, success

  /// Parameters of "select graphic rendition" (ECMA-48 §8.3.117); empty for plain text.
  var parameters: StaticString {
    switch self {
    case .plain: ""
    case .title: "1"
    case .match: "1;31"
    case .kind: "36"
    case .detail: "2"
    case .heading: "1"
    case .warning: "33"
    case .failure: "1;31"
    case .success: "32"
    }
  }
}

/// `--color auto|always|never`.
enum ColorChoice: String, CaseIterable, Sendable {
  case auto, always, never
}
