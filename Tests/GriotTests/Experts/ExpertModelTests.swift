import Testing

@testable import Griot

@Suite struct ExpertModelTests {
  private let model = ExpertModel()

  @Test func votesFallFasterForTopicsOfMoreWords() {
    let decays = [1, 2, 3, 8].map { model.decay(words: $0, best: 6) }
    #expect(zip(decays, decays.dropFirst()).allSatisfy { $0 < $1 })
    // One word: a document with half the score of the best still counts nearly as much.
    #expect(model.vote(3, best: 6, decay: decays[0]) > 0.9)
    #expect(model.vote(3, best: 6, decay: decays[3]) < 0.2)
    #expect(model.vote(6, best: 6, decay: decays[3]) == 1)
    #expect(model.decay(words: 3, best: 12) > decays[2])
    #expect(model.decay(words: 0, best: 6) == decays[0])
  }

  @Test func titlesOfLongDocumentsCount() {
    #expect(model.titled(coverage: 1, passages: 1) == 1)
    #expect(model.titled(coverage: 0, passages: 9) == 1)
    #expect(model.titled(coverage: 1, passages: 9) > model.titled(coverage: 1, passages: 2))
    #expect(model.titled(coverage: 1, passages: 2) > model.titled(coverage: 0.5, passages: 2))
    #expect(model.titled(coverage: 1, passages: 1_000_000) < 1 + model.titles)
    #expect(model.titled(coverage: 1, passages: 0) == 1)
    #expect(ExpertModel.plainVotes.titled(coverage: 1, passages: 9) == 1)
  }

  @Test func yearsCountMoreThanOneWeek() {
    #expect(4 * model.worth(ofYear: 1) > model.worth(ofYear: 4))
    #expect(model.worth(ofYear: 4) > model.worth(ofYear: 3))
    #expect(ExpertModel.plainVotes.worth(ofYear: 4) == 4)
  }

  @Test func volumeIsHeldAgainst() {
    #expect(model.divisor(volume: 5000) > 4 * model.divisor(volume: 10))
    // Hardly a document, or ten: no difference to speak of.
    #expect(model.divisor(volume: 10) < 1.1 * model.divisor(volume: 1))
    #expect(ExpertModel.plainVotes.divisor(volume: 5000) == 1)
  }

  @Test func plainVotesAreVotes() {
    let plain = ExpertModel.plainVotes
    #expect(plain.vote(1, best: 9, decay: plain.decay(words: 4, best: 9)) == 1)
  }
}
