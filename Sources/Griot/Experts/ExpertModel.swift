import Documents
import Glibc

/// Document-centric voting (Balog's Model 2; the voting models of Macdonald and Ounis), with what measurements added:
///
/// - The best `candidates` documents vote for their people with e^(decay · (s/s₁ − 1)), s₁ the best score. Scores of one
///   word differ by the lengths of texts alone: then nearly every document counts the same (`decay`). With more words
///   they say which of them a document has: the decay grows with √(1 − 1/words) and with s₁, the first part as query
///   likelihoods of a language model do.
/// - The title says what a long document is about: one whose title holds the topic counts more (`titles`), the more the
///   longer it is. Of a short one the title is the first line, and has been counted with the text.
/// - Who is at it year after year knows more than who was at it as often in one week: the votes of one calendar year
///   count with their power `sustained`.
/// - Votes are divided by (volume + prior)^exponent: who writes about everything is no expert in each of it. The prior
///   keeps those with hardly a document from profiting.
/// - Roles are weighted; in a recording those who speak in the matching passage count fully, the others little.
/// - Those whom the matching passages of the best documents name count a little, the more the nearer to the topic's words.
///
/// One set of numbers for archives of any size; Benchmarks/experts says what each ingredient is worth.
public struct ExpertModel: Sendable, Equatable {
  public var candidates = 1000
  public var decay = 0.2
  /// What the decay of a topic of very many words has more …
  public var decayOfWords = 2.5
  /// … and so much for each unit of the best score.
  public var decayOfScore = 0.4
  /// What a long document counts more whose title holds the whole topic.
  public var titles = 4.0
  public var sustained = 0.75
  public var exponent = 0.8
  /// Documents.
  public var prior = 500.0
  /// Speakers of a recording who do not speak in the passage that matches.
  public var elsewhere = 0.25
  public var usesRoles = true
  /// Somebody whose name stands beside the words of the topic.
  public var mentions = 0.3
  /// At this distance in bytes a name says half.
  public var mentionReach = 500.0
  /// The best documents, which are read for names.
  public var readForMentions = 50

  public init() {}

  /// Every document is one vote, nothing else counts (the baseline).
  public static var plainVotes: ExpertModel {
    var model = ExpertModel()
    model.levelVotes()
    model.titles = 0
    model.sustained = 1
    model.exponent = 0
    model.elsewhere = 1
    model.mentions = 0
    return model
  }

  /// All documents vote the same.
  public mutating func levelVotes() {
    decay = 0
    decayOfWords = 0
    decayOfScore = 0
  }

  /// Whoever wrote or said it, then who changed it, then who is named in it; to have got a copy says nothing.
  func weight(_ role: PersonRole) -> Double {
    guard usesRoles else { return role == .recipient ? 0 : 1 }
    return switch role {
    case .author, .speaker: 1
    case .editor: 0.7
    case .mentioned: 0.3
    case .recipient: 0
    }
  }

  /// - Parameter distance: In bytes, between the name and the nearest word of the topic; `nil` if none stands there.
  func mention(distance: Int?) -> Double {
    guard mentionReach > 0 else { return mentions }
    guard let distance else { return mentions / 4 }
    return mentions * max(0.25, 1 / (1 + Double(distance) / mentionReach))
  }

  /// How fast votes fall with the score.
  /// - Parameters:
  ///   - words: Of the topic.
  ///   - best: The score of the best document.
  func decay(words: Int, best: Double) -> Double {
    decay + (decayOfWords + decayOfScore * best) * (1 - 1 / Double(max(1, words))).squareRoot()
  }

  func vote(_ score: Double, best: Double, decay: Double) -> Double {
    best > 0 ? exp(decay * (score / best - 1)) : 1
  }

  /// What a document's vote is multiplied with.
  /// - Parameters:
  ///   - coverage: The part of the topic that its title holds, 0…1.
  ///   - passages: Of the document.
  func titled(coverage: Double, passages: Int) -> Double {
    1 + titles * coverage * (1 - 1 / Double(max(1, passages)))
  }

  /// What the votes of one year are worth together.
  func worth(ofYear votes: Double) -> Double { sustained == 1 ? votes : pow(votes, sustained) }

  func divisor(volume: Int) -> Double { exponent == 0 ? 1 : pow(Double(volume) + prior, exponent) }
}
