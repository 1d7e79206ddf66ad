/// The numbers of the format of postings (FORMAT.md, "Postings").
enum PostingsLayout {
  /// Postings of a full block.
  static let block = 128
  /// Blocks whose skip data stands together, with a bound of its own.
  static let superblock = 32
  /// The most competitive pairs that are kept for a block, a superblock or a list.
  static let impacts = 4
  /// A list of one passage with up to so many positions stands in the dictionary.
  static let inlinePositions = 8
  /// last passage (u32), start of data (u64), start of positions (u64), start of table (u32), width of the ends of
  /// positions (u8), number of pairs (u8), pairs (2 bytes each)
  static let superblockEntry = 26 + 2 * impacts
  /// Frequencies are kept minus one, passages as gaps minus one.
  static let firstBase = UInt32.max
}

/// Where the postings of a stem stand.
enum PostingsForm: UInt8, Sendable {
  /// In the dictionary: one passage, frequency 1.
  case inlineOnce = 0
  /// In the dictionary: one passage, frequency 2 to 8.
  case inlineMany = 1
  /// Less than a block: passages, frequencies, positions and codes together in the file of postings.
  case short = 2
  /// Blocks and a table in the file of postings, positions in their own file.
  case long = 3
}
