/// The tokens of one text: a flat array of tokens and an arena with their terms, reused from text to text.
///
/// Not copyable: it owns raw memory that grows to the largest text seen. The hot consumer calls
/// `withUnsafeTokens` once per text and walks through pointers.
public struct TokenBuffer: ~Copyable {
  private(set) var tokens: UnsafeMutablePointer<Token>
  private(set) var bytes: UnsafeMutableRawPointer
  private var tokenCapacity: Int
  private var byteCapacity: Int

  /// The number of tokens, overlaps included.
  public internal(set) var count = 0
  /// The number of positions, which is the length of the text for scoring: tokens with increment 1.
  public internal(set) var positionCount = 0
  /// Bytes of the arena in use.
  var byteCount = 0

  /// Readable bytes that stand behind the arena's used part, so that terms can be loaded in wide words.
  public static let arenaPadding = 32

  public init() {
    tokenCapacity = 256
    byteCapacity = 2048
    tokens = .allocate(capacity: tokenCapacity)
    bytes = .allocate(byteCount: byteCapacity, alignment: 16)
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: byteCapacity)
  }

  deinit {
    tokens.deallocate()
    bytes.deallocate()
  }

  /// Calls `body` with the tokens and the arena that their terms stand in; both end with the call. The arena can be
  /// read `arenaPadding` bytes beyond its end.
  @inline(__always)
  public func withUnsafeTokens<R, E: Error>(
    _ body: (_ tokens: UnsafeBufferPointer<Token>, _ bytes: UnsafeRawPointer) throws(E) -> R
  ) throws(E) -> R {
    try body(UnsafeBufferPointer(start: tokens, count: count), UnsafeRawPointer(bytes))
  }

  /// The token at `index`.
  public subscript(index: Int) -> Token {
    precondition(index >= 0 && index < count, "token index out of range")
    return tokens[index]
  }

  /// The term of a token of this buffer, copied.
  public func term(_ token: Token) -> [UInt8] {
    precondition(Int(token.termStart) + Int(token.termLength) <= byteCount, "a token of another buffer")
    return [UInt8](UnsafeRawBufferPointer(start: bytes + Int(token.termStart), count: Int(token.termLength)))
  }

  mutating func removeAll() {
    count = 0
    positionCount = 0
    byteCount = 0
  }

  mutating func reserveTokens(_ additional: Int) {
    if count + additional > tokenCapacity { growTokens(additional) }
  }

  mutating func reserveBytes(_ additional: Int) {
    if byteCount + additional + Self.arenaPadding > byteCapacity { growBytes(additional) }
  }

  @inline(never)
  private mutating func growTokens(_ additional: Int) {
    let capacity = max(tokenCapacity * 2, count + additional)
    let grown = UnsafeMutablePointer<Token>.allocate(capacity: capacity)
    grown.update(from: tokens, count: count)
    tokens.deallocate()
    tokens = grown
    tokenCapacity = capacity
  }

  @inline(never)
  private mutating func growBytes(_ additional: Int) {
    let capacity = max(byteCapacity * 2, byteCount + additional + Self.arenaPadding)
    let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
    grown.copyMemory(from: bytes, byteCount: byteCount)
    (grown + byteCount).initializeMemory(as: UInt8.self, repeating: 0, count: capacity - byteCount)
    bytes.deallocate()
    bytes = grown
    byteCapacity = capacity
  }
}
