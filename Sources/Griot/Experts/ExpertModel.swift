import Documents
import Glibc

/// Document-centric voting (Balog's Model 2; the voting models of Macdonald and Ounis), with what measurements added:
///
/// - The best `candidates` documents vote for their people with e^(decay · (s/s₁ − 1)), s₁ the best score. Where few
///   documents stand behind each person the quality of one decides, where many do their number: `decay` grows from
///   `decay` by `decayByDensity` with the number of people per document.
/// - A document without all words of the topic counts less of its vote, if any document has all: `missing` for a topic
///   of two words, its (n − 1)-th root for one of n, because a word of many is missed by chance.
/// - Votes are divided by (volume + prior)^exponent: who writes about everything is no expert in each of it. The prior
///   keeps those with hardly a document from profiting.
/// - Roles are weighted; in a recording those who speak in the matching passage count fully, the others little.
/// - Those whom the matching passages of the best documents name count a little, the more the nearer to the topic's words.
///
/// One set of numbers for archives of any size; Benchmarks/experts says what each ingredient is worth.
public struct ExpertModel: Sendable, Equatable {
  public var candidates = 1000
  public var decay = 0.75
  public var decayByDensity = 4.0
  public var missing = 0.02
  public var exponent = 0.7
  /// The prior is so many documents …
  public var priorDocuments = 100.0
  /// … and so much of the mean volume of a person.
  public var priorOfMean = 1.0
  /// Speakers of a recording who do not speak in the passage that matches.
  public var elsewhere = 0.25
  public var usesRoles = true
  /// Somebody whose name stands beside the words of the topic.
  public var mentions = 0.3
  /// At this distance in bytes a name says half.
  public var mentionReach = 200.0
  /// The best documents, which are read for names.
  public var readForMentions = 50

  public init() {}

  /// Every document is one vote, nothing else counts (the baseline).
  public static var plainVotes: ExpertModel {
    var model = ExpertModel()
    model.decay = 0
    model.decayByDensity = 0
    model.missing = 1
    model.exponent = 0
    model.elsewhere = 1
    model.mentions = 0
    return model
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

  /// What a document counts that has not all of so many words.
  func missing(words: Int) -> Double { pow(missing, 1 / Double(max(1, words - 1))) }

  func vote(_ score: Double, best: Double, decay: Double) -> Double {
    best > 0 ? exp(decay * (score / best - 1)) : 1
  }

  func divisor(volume: Int, mean: Double) -> Double {
    exponent == 0 ? 1 : pow(Double(volume) + priorDocuments + priorOfMean * mean, exponent)
  }
}
