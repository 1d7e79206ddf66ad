/// A short form with the words that a text says it stands for.
public struct AcronymDefinition: Hashable, Sendable {
  /// As it is written: `SRE`, `mRNA`, `RTN/Ppy`.
  public var short: String
  /// As the text has it: `site reliability engineering`.
  public var long: String

  public init(short: String, long: String) {
    self.short = short
    self.long = long
  }

  /// Whether the short form looks like one: two capitals, or one and a digit. Texts that define a word in small letters
  /// in brackets define most anything; kept for 300,000 documents, these made `text` mean `text/plain`.
  public var isWrittenAsAcronym: Bool {
    let capitals = short.count(where: \.isUppercase)
    return capitals >= 2 || capitals == 1 && short.contains(where: \.isNumber)
  }
}
