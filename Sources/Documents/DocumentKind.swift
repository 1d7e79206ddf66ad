/// What a document is to its readers. An open set: a source may bring kinds of its own (JSON `kind`, `--kind`).
public struct DocumentKind: Sendable, Hashable, RawRepresentable, CustomStringConvertible {
  public let rawValue: String
  public init(rawValue: String) { self.rawValue = rawValue }
  public var description: String { rawValue }

  public static let newsletter = DocumentKind(rawValue: "newsletter")
  public static let wiki = DocumentKind(rawValue: "wiki")
  public static let transcript = DocumentKind(rawValue: "transcript")
  public static let message = DocumentKind(rawValue: "message")
  public static let lesson = DocumentKind(rawValue: "lesson")
  /// Anything else that has text.
  public static let document = DocumentKind(rawValue: "document")
}
