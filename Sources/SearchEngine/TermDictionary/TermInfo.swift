/// What the term dictionary knows about one stem: its statistics and where its postings stand.
public struct TermInfo: Sendable {
  /// The number of passages that hold the stem: the n of BM25's idf. Deleted ones count until they are merged away.
  public internal(set) var passageFrequency: UInt32
  /// The number of documents that hold the stem.
  public internal(set) var documentFrequency: UInt32
  /// The number of positions of the stem in the segment: the sum of all frequencies.
  public internal(set) var totalFrequency: UInt64
  /// The ordinal of the stem in the segment, in byte order.
  public internal(set) var ordinal: UInt64
  /// How many exact forms the stem has in this segment. With 1 there are no codes: every position is `forms[0]`.
  public internal(set) var formCount: UInt32
  /// Where the postings begin in the file of postings.
  var postingsOffset: UInt64
  /// Where the positions begin in the file of positions; unused where they stand with the postings.
  var positionsOffset: UInt64
  /// Where the list of forms begins in the file of terms; unused where the only form is the stem itself.
  var formsOffset: UInt64
}

/// One exact form of a stem: what the text showed, after normalisation and before stemming.
public struct TermForm: Equatable, Sendable {
  /// The normalised form as UTF-8.
  public var form: [UInt8]
  /// The code that stands beside the positions of this form: 0 for the most frequent form of its stem.
  public var code: UInt32
  public var passageFrequency: UInt32
  public var documentFrequency: UInt32
}

/// An entry of the dictionary of forms: a form leads to a stem. A form that two languages stem differently has two.
public struct FormEntry: Equatable, Sendable {
  public var stem: [UInt8]
  public var code: UInt32
  public var passageFrequency: UInt32
  public var documentFrequency: UInt32
}
