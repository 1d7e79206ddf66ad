/// What the term dictionary knows about one stem: its statistics and where its postings stand.
public struct TermInfo: Sendable {
  /// The number of passages that hold the stem: the n of BM25's idf. Deleted ones count until they are merged away.
  public internal(set) var passageFrequency: UInt32 = 0
  /// The number of documents that hold the stem.
  public internal(set) var documentFrequency: UInt32 = 0
  /// The number of positions of the stem in the segment: the sum of all frequencies.
  public internal(set) var totalFrequency: UInt64 = 0
  /// The ordinal of the stem in the segment, in byte order.
  public internal(set) var ordinal: UInt64 = 0
  /// How many exact forms the stem has in this segment. With 1 there are no codes: every position has code 0.
  public internal(set) var formCount: UInt32 = 1

  var form: PostingsForm = .inlineOnce
  /// True where the only form is the stem itself: then no list of forms is stored.
  var hasTrivialForm = true
  /// Where the list begins in the file of postings, and how long it is (a long list: its blocks).
  var postingsOffset: UInt64 = 0
  var listBytes: UInt64 = 0
  /// The bytes of a long list's table, behind its blocks.
  var tableBytes: UInt64 = 0
  var positionsOffset: UInt64 = 0
  var positionBytes: UInt64 = 0
  /// Where the list of forms begins in its section.
  var formsOffset: UInt64 = 0
  /// An inline list: its passage, positions and codes.
  var passage: UInt32 = 0
  var inlinePositions = SIMD8<UInt32>()
  var inlineCodes = SIMD8<UInt32>()

  init() {}
}

/// One exact form of a stem: what the text showed, after normalisation and before stemming.
public struct TermForm: Equatable, Sendable {
  /// The normalised form as UTF-8.
  public var form: [UInt8]
  /// The code that stands beside the positions of this form: 0 for the most frequent form of its stem.
  public var code: UInt32
  public var passageFrequency: UInt32
  public var documentFrequency: UInt32

  public init(form: [UInt8], code: UInt32, passageFrequency: UInt32, documentFrequency: UInt32) {
    self.form = form
    self.code = code
    self.passageFrequency = passageFrequency
    self.documentFrequency = documentFrequency
  }
}

/// An entry of the dictionary of forms: a form leads to a stem. A form that two languages stem differently has two.
public struct FormEntry: Equatable, Sendable {
  public var stem: [UInt8]
  public var code: UInt32
  public var passageFrequency: UInt32
  public var documentFrequency: UInt32
}
