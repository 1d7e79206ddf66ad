/// A condition on a document's columns. It restricts what is ranked, counted and faceted; it never scores.
public indirect enum Filter: Sendable, Hashable {
  /// The column holds one of the values, compared as bytes. A document without the column does not match.
  case keyword(column: String, values: [[UInt8]])
  /// The number lies in the range (seconds for dates). nil: open at that end. A document without one does not match.
  case range(column: String, from: Int64?, below: Int64?)
  case and([Filter])
  case or([Filter])
  case not(Filter)

  public static func keyword(_ column: String, _ values: String...) -> Filter {
    .keyword(column: column, values: values.map { Array($0.utf8) })
  }
}
