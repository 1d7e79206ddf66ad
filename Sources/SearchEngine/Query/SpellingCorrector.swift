internal import TextAnalysis

/// Finds the word that was probably meant by one that an index does not hold: "did you mean", per word.
///
/// Never for words with digits, quoted words, patterns and words of up to four letters (user-needs R34), nor for
/// scripts whose words are not spelled letter by letter. The candidates are the forms of the index at one edit, for
/// longer words at two; among them edits that people make often, an equal beginning, and frequency decide.
struct SpellingCorrector {
  /// Words of so many letters are left alone.
  static let shortest = 5
  /// From so many letters on two edits are tried.
  static let shortestForTwo = 6
  static let longest = 40

  let reader: IndexReader

  struct Correction {
    /// As it stands in the dictionary: folded.
    var form: [UInt8]
    var stems: [[UInt8]]
  }

  /// Whether a word is one that may be corrected.
  static func mayCorrect(_ form: [UInt8]) -> Bool {
    let scalars = String(decoding: form, as: UTF8.self).unicodeScalars
    guard (shortest...longest).contains(scalars.count) else { return false }
    return scalars.allSatisfy { scalar in
      guard scalar.properties.isAlphabetic, scalar.properties.numericType == nil else { return false }
      // Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Georgian.
      return scalar.value < 0x700 || (0x10A0...0x10FF).contains(scalar.value)
        || (0x1E00...0x1FFF).contains(scalar.value)
    }
  }

  /// Whether any segment holds the form.
  func holds(form: [UInt8]) throws(IndexError) -> Bool {
    for segment in reader.segments where try !segment.forms().lookup(form).isEmpty { return true }
    return false
  }

  /// How many documents hold a stem.
  func documents(stem: [UInt8]) throws(IndexError) -> Int {
    var documents = 0
    for segment in reader.segments { documents += Int(try segment.terms().lookup(stem)?.documentFrequency ?? 0) }
    return documents
  }

  /// What speaks for the word as it was typed: other forms of its stem.
  struct Rival {
    var documents: Double
    /// A correction has to be so many times as frequent.
    static let factor = 10.0
    static let fewest = 5.0
  }

  /// nil where nothing similar is known.
  func correct(_ form: [UInt8], _ rival: Rival? = nil) throws(IndexError) -> Correction? {
    let word = Array(String(decoding: form, as: UTF8.self).unicodeScalars)
    if let found = try best(word, form, distance: 1, rival) { return found }
    return word.count >= Self.shortestForTwo && rival == nil ? try best(word, form, distance: 2, nil) : nil
  }

  private struct Candidate {
    var stems: [[UInt8]] = []
    var documents: UInt64 = 0
  }

  private func best(
    _ word: [Unicode.Scalar], _ form: [UInt8], distance: Int, _ rival: Rival?
  ) throws(IndexError) -> Correction? {
    // Two slips and another first letter are hardly ever one word's (Kukich, "Techniques for automatically correcting
    // words in text", 1992: few errors are in the first letter), and looking for them reads the whole dictionary.
    let automaton =
      distance == 1
      ? LazyAutomaton(.fuzzy(form, distance: 1))
      : LazyAutomaton(word[0], fuzzy: Array(form.dropFirst(UTF8.width(word[0]))), distance: distance)
    var candidates: [[UInt8]: Candidate] = [:]
    for segment in reader.segments {
      let forms = try segment.forms()
      for accepted in try FormScan(automaton, forms).accepted where Self.mayCorrect(accepted.form) {
        var candidate = candidates[accepted.form, default: Candidate()]
        if let info = accepted.info {
          candidate.documents += UInt64(info.documentFrequency)
        } else if let info = try forms.terms.lookup(accepted.stem) {
          let list = try forms.terms.forms(of: info, stem: accepted.stem)
          if Int(accepted.code) < list.count {
            candidate.documents += UInt64(list[Int(accepted.code)].documentFrequency)
          }
        }
        if !candidate.stems.contains(accepted.stem) { candidate.stems.append(accepted.stem) }
        candidates[accepted.form] = candidate
      }
    }
    var best: (correction: Correction, score: Double)?
    // In the order of the bytes, so that equal scores have one winner.
    for (form, candidate) in candidates.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      if let rival, Double(candidate.documents) < max(Rival.fewest, rival.documents * Rival.factor) { continue }
      let cost = EditCost.of(word, Array(String(decoding: form, as: UTF8.self).unicodeScalars))
      let score = -cost + EditCost.worthOfFrequency(candidate.documents)
      if score > best?.score ?? -.infinity {
        best = (Correction(form: form, stems: candidate.stems), score)
      }
    }
    return best?.correction
  }
}

/// How unlikely a slip is: the weights of a noisy channel, by hand.
///
/// Source of the kinds: Mark Kernighan, Kenneth Church, William Gale, "A spelling correction program based on a noisy
/// channel model", COLING 1990 (letters left out and doubled, neighbours exchanged, vowels confused are common).
enum EditCost {
  /// The least cost of turning what was typed into what was meant.
  static func of(_ typed: [Unicode.Scalar], _ meant: [Unicode.Scalar]) -> Double {
    let m = typed.count
    let n = meant.count
    var rows = Array(repeating: Array(repeating: 0.0, count: n + 1), count: m + 1)
    for i in 0...m {
      for j in 0...n where i + j > 0 {
        var least = Double.infinity
        if i > 0 { least = min(least, rows[i - 1][j] + gap(typed, i - 1)) }
        if j > 0 { least = min(least, rows[i][j - 1] + gap(meant, j - 1)) }
        if i > 0, j > 0 {
          least = min(least, rows[i - 1][j - 1] + substitution(typed[i - 1], meant[j - 1], isFirst: i == 1))
        }
        if i > 1, j > 1, typed[i - 1] == meant[j - 2], typed[i - 2] == meant[j - 1] {
          least = min(least, rows[i - 2][j - 2] + (i == 2 ? 1.2 : 0.8))
        }
        rows[i][j] = least
      }
    }
    return rows[m][n]
  }

  /// A letter too many or too few.
  private static func gap(_ word: [Unicode.Scalar], _ at: Int) -> Double {
    let isDoubled = at > 0 && word[at - 1] == word[at] || at + 1 < word.count && word[at + 1] == word[at]
    return isDoubled ? 0.6 : at == 0 ? 1.8 : 1
  }

  private static func substitution(_ a: Unicode.Scalar, _ b: Unicode.Scalar, isFirst: Bool) -> Double {
    if a == b { return 0 }
    let cost = vowels.contains(a) && vowels.contains(b) ? 0.8 : areNeighbours(a, b) ? 1 : 1.2
    return isFirst ? cost + 0.8 : cost
  }

  /// A word ten times as frequent makes up for a third of an edit.
  static func worthOfFrequency(_ documents: UInt64) -> Double {
    Double(UInt64.bitWidth - max(1, documents).leadingZeroBitCount) * 0.1
  }

  private static let vowels: Set<Unicode.Scalar> = ["a", "e", "i", "o", "u", "y"]
  private static let keys: [[Unicode.Scalar]] = [
    Array("qwertyuiop".unicodeScalars), Array("asdfghjkl".unicodeScalars), Array("zxcvbnm".unicodeScalars),
  ]

  private static func areNeighbours(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
    guard let (row, column) = place(a), let (otherRow, otherColumn) = place(b) else { return false }
    return abs(row - otherRow) <= 1 && abs(column - otherColumn) <= 1
  }

  private static func place(_ letter: Unicode.Scalar) -> (Int, Int)? {
    for (row, letters) in keys.enumerated() {
      if let column = letters.firstIndex(of: letter) { return (row, column) }
    }
    return nil
  }
}
