/// A document of the first phase on its way through the second.
struct Candidate {
  var hit: Hit
  /// Place in the first phase, and row of its evidence.
  var rank: Int
  /// What the words amount to, by part.
  var parts = ScoreParts()
  /// Feedback, scaled to the scores.
  var feedback: Float = 0
  var feedbackShare: Float = 0
  /// The mean score of the documents most like it.
  var neighbours: Float = 0
  var neighbourShare: Float = 0
  var score: Float = 0
}

/// The addends of a document's score.
struct ScoreParts: Hashable, BitwiseCopyable {
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
  var title: Float = 0
  var exactTitle: Float = 0

  /// The document's own score, which those like it share.
  var own: Float { firstPhase + repetition + compounds + forms + ordered + unordered + otherPassages + allWords }

  /// What is not handed on to documents like it: who asks for a title wants that document, not its neighbours.
  var named: Float { title + exactTitle }
}
