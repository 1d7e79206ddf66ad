/// A resolved identity, as the people table keeps it.
public struct PersonRecord: Sendable, Equatable {
  /// How the person is called: by the people file, else the most frequent full spelling.
  public var name: String
  /// Other spellings, the most frequent first.
  public var aliases: [String]
  /// The most frequent first.
  public var addresses: [String]
  /// Documents that the person wrote, spoke in or edited.
  public var documents: Int
  public var unit: String?
  public var title: String?
  /// The people file names this person.
  public var isPinned: Bool
  /// Must be shown nowhere.
  public var isHidden: Bool

  public init(
    name: String, aliases: [String] = [], addresses: [String] = [], documents: Int = 0, unit: String? = nil,
    title: String? = nil, isPinned: Bool = false, isHidden: Bool = false
  ) {
    self.name = name
    self.aliases = aliases
    self.addresses = addresses
    self.documents = documents
    self.unit = unit
    self.title = title
    self.isPinned = isPinned
    self.isHidden = isHidden
  }
}
