/// A document of the first phase on its way through the second.
struct Candidate {
  var hit: Hit
  /// Place in the first phase.
  var rank: Int
  /// Evidence of each distinct word of the query in the best passage.
  var words: [WordEvidence]
  /// The sum of the words' shares in the best of the document's other passages.
  var otherPassage: Float = 0
  /// Length of the title in positions.
  var titleLength: UInt32 = 0
  /// What the words amount to, by part. The sum of them is the document's own score.
  var parts = ScoreParts()
  /// Feedback, scaled to the scores.
  var feedback: Float = 0
  var feedbackShare: Float = 0
  /// The mean score of the documents most like it.
  var neighbours: Float = 0
  var neighbourShare: Float = 0
  var score: Float = 0
}

/// What a word shows in a passage.
struct WordEvidence {
  /// Its BM25 share; 0 where it does not occur.
  var share: Float = 0
  /// The BM25 share of the form that was typed.
  var formShare: Float = 0
  /// Its distinct positions, increasing.
  var positions: [UInt32] = []
  /// Whether any passage of the document holds it.
  var isInDocument = false
}

/// The addends of a document's own score.
struct ScoreParts: Hashable {
  var firstPhase: Float = 0
  /// Repeated words of the query count by the square root of their number: what that takes away.
  var repetition: Float = 0
  /// Words that were typed as one and stand apart in the text.
  var compounds: Float = 0
  var forms: Float = 0
  var ordered: Float = 0
  var unordered: Float = 0
  var otherPassages: Float = 0
  var allWords: Float = 0
  var exactTitle: Float = 0

  var sum: Float {
    firstPhase + repetition + compounds + forms + ordered + unordered + otherPassages + allWords + exactTitle
  }
}
