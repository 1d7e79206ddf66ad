/// Lines of a TREC run for one query: `qid Q0 docid rank score tag`.
///
/// `trec_eval` ignores the rank and sorts by the score, as a 32-bit number in older versions, and breaks ties by
/// document id, which would shuffle our order: so scores are made to fall strictly, as 32-bit numbers and in print.
struct TRECRun {
  private let out: OutputBuffer
  private let qid: String
  private var rank: Int
  private var previous = Float.infinity
  private var previousPrinted = Int64.max

  init(_ out: OutputBuffer, qid: String, firstRank: Int = 1) {
    self.out = out
    self.qid = Self.escape(qid)
    rank = firstRank
  }

  mutating func write(_ externalID: String, _ score: Float) {
    let score = min(score.isFinite ? score : 0, previous.nextDown)
    previous = score
    // Nine decimals part any two neighbouring 32-bit numbers from 2^-6 up; below that the second rule holds.
    var printed = Int64((Double(score) * 1e9).rounded())
    if printed >= previousPrinted { printed = previousPrinted - 1 }
    previousPrinted = printed
    out.write(qid)
    out.write(" Q0 ")
    out.write(Self.escape(externalID))
    out.write(" ")
    out.write(String(rank))
    out.write(" ")
    out.write(Self.decimal(printed))
    out.write(" griot\n")
    rank += 1
  }

  /// A field of a line that white space separates: white space and controls as `%XX`, an empty one as `_`.
  static func escape(_ text: String) -> String {
    guard !text.isEmpty else { return "_" }
    let mayNeedWork = text.utf8.contains { $0 <= 0x20 || $0 >= 0x7F }
    guard mayNeedWork else { return text }
    var out = ""
    for scalar in text.unicodeScalars {
      if scalar.value <= 0x20 || scalar.value == 0x7F || scalar.properties.isWhitespace {
        for byte in String(scalar).utf8 {
          let hex = String(byte, radix: 16, uppercase: true)
          out += byte < 16 ? "%0" + hex : "%" + hex
        }
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// Billionths as a decimal.
  private static func decimal(_ billionths: Int64) -> String {
    let whole = billionths.magnitude / 1_000_000_000
    let fraction = String(billionths.magnitude % 1_000_000_000)
    let zeros = String(repeating: "0", count: 9 - fraction.utf8.count)
    return (billionths < 0 ? "-" : "") + String(whole) + "." + zeros + fraction
  }
}
