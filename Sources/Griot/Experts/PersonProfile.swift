public import Documents

/// What a memory shows of one person.
public struct PersonProfile: Sendable {
  public struct Topic: Sendable, Equatable {
    public var word: String
    /// Documents of the person that hold the word, of those looked at.
    public var documents: Int
  }

  public struct Year: Sendable, Equatable {
    public var year: Int
    public var documents: Int
  }

  public struct Collaborator: Sendable, Equatable {
    public var name: String
    /// Documents in which both play a role.
    public var documents: Int
  }

  public struct Item: Sendable, Equatable {
    public var id: String
    public var kind: String
    public var title: String
    public var date: DocumentDate?
    public var role: PersonRole
    public var source: String
  }

  public var person: PersonRecord
  /// Documents by role; one with two roles counts in both.
  public var roles: [(role: PersonRole, documents: Int)] = []
  public var first: DocumentDate?
  public var last: DocumentDate?
  public var years: [Year] = []
  public var topics: [Topic] = []
  public var collaborators: [Collaborator] = []
  /// The newest first.
  public var documents: [Item] = []

  public init(person: PersonRecord) { self.person = person }
}
