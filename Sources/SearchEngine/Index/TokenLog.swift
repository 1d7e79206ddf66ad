/// The tokens of a batch in the order of the text: one 32-bit word a token.
///
/// The high four bits say what a word is: `step`, a token at the next position; `stay`, a token at the position of the
/// token before; `skip`, that many empty positions. The rest is the number of the token's form.
struct TokenLog: ~Copyable {
  static let stay: UInt32 = 1 << 28
  static let skip: UInt32 = 2 << 28
  static let kind: UInt32 = 0xF << 28
  static let value: UInt32 = (1 << 28) - 1

  var words = GrowingIntegers(capacity: 1 << 16)
  /// Where each passage begins in `words`.
  var starts = GrowingIntegers(capacity: 1 << 10)

  mutating func removeAll() {
    words.removeAll()
    starts.removeAll()
  }
}
