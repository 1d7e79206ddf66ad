/// A person as one document names them. Who that is gets resolved later (people table).
public struct PersonMention: Sendable, Hashable {
  /// As written, white space collapsed; may be empty where only an address is known.
  public var name: String
  /// As written, without angle brackets or `mailto:`; domain in lower case; `nil` if unknown.
  public var address: String?
  public var role: PersonRole

  public init(name: String, address: String? = nil, role: PersonRole) {
    self.name = name
    self.address = address
    self.role = role
  }
}

/// What a person did in a document.
public enum PersonRole: UInt8, Sendable, CaseIterable, CustomStringConvertible {
  case author = 0, speaker, editor, mentioned, recipient

  public var description: String {
    switch self {
    case .author: "author"
    case .speaker: "speaker"
    case .editor: "editor"
    case .mentioned: "mentioned"
    case .recipient: "recipient"
    }
  }
}
