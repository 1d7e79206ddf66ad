/// Every form of the forms dictionary that a pattern accepts, as one word: its frequency in a passage is the sum of
/// the forms' and its idf comes from the number of passages that hold any of them. The expansion is bounded; what was
/// cut is reported with the results.
public struct PatternQuery: Sendable, Hashable {
  public enum Pattern: Sendable, Hashable {
    /// Forms that start with these bytes.
    case prefix([UInt8])
    /// `?` is one character, `*` any number of them, `\` makes the next character literal.
    case wildcard([UInt8])
    /// Forms within `distance` insertions, deletions, substitutions or exchanges of neighbours, counted in characters.
    case fuzzy([UInt8], distance: Int)
    /// A whole form by the regular expression.
    case regexp([UInt8])
  }

  public var pattern: Pattern
  public var scope: QueryScope
  public var boost: Float

  public init(_ pattern: Pattern, scope: QueryScope = .anywhere, boost: Float = 1) {
    self.pattern = pattern
    self.scope = scope
    self.boost = boost
  }
}
