/// Lucene's one-byte length (`SmallFloat.intToByte4`), written from its definition and not from the engine's code:
/// lengths up to 24 + 15 are exact, larger ones keep their four leading bits.
public enum LuceneLength {
  /// The length that byte `code` stands for.
  public static func decode(_ code: UInt8) -> Int { table[Int(code)] }

  /// The code of the greatest representable length that is at most `length`.
  public static func encode(_ length: Int) -> UInt8 {
    UInt8(table.lastIndex { $0 <= length } ?? 0)
  }

  /// All representable lengths, ascending: 0…23 free values, then 24 + f for every f whose binary digits behind the
  /// first four are zero.
  private static let table: [Int] = {
    var lengths = Array(0..<24)
    var value = 0
    while lengths.count < 256 {
      lengths.append(24 + value)
      var step = 1
      while value >= step * 16 { step *= 2 }
      value += step
    }
    return lengths
  }()
}
