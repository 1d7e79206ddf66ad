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
}
