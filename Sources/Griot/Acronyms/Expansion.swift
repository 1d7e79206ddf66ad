/// Another name of something that was asked for, in the organization's own language.
public struct Expansion: Sendable, Equatable {
  public enum Origin: Sendable, Equatable {
    /// The file `glossary.tsv`.
    case glossary
    /// Said by so many documents, of these sources among others.
    case documents(Int, sources: [String])
  }

  /// As it was typed.
  public var typed: String
  /// What is searched for as well.
  public var meant: String
  public var origin: Origin

  /// For people: what was searched for as well, and who says so.
  var note: String {
    let who =
      switch origin {
      case .glossary: "the glossary"
      case .documents(let count, let sources):
        (count == 1 ? "1 document" : "\(count) documents")
          + (sources.isEmpty ? "" : " of " + sources.joined(separator: ", "))
      }
    return "“\(typed)” was searched for as “\(meant)” too (\(who); --no-expand leaves it out)"
  }
}
