import Glibc

/// Draws documents. Document number i of a seed is a function of (seed, i) alone, so any range can be made anywhere.
///
/// A word of the text comes, in this order of decision, from the head (function words), from the turns of phrase that
/// everybody uses, from the document itself (a Pólya urn: what was used is used again, with a probability that grows with
/// the number of words so far; this is the Dirichlet-compound view of burstiness, Madsen, Kauchak & Elkan 2005), or it is
/// new: from the topic, from the person's favourites, or from the background. Since an urn keeps the marginal
/// distribution, word frequencies stay Zipfian.
struct DocumentModel: ~Copyable {
  /// Share of function words in running text, commas and stops not counted.
  static let functionShare = 0.40
  /// Words of the document weigh one each against this many of the outside.
  static let outside = 55
  /// Share of turns of phrase among content words; the others name things, and only they are bursty.
  static let generalShare = 0.28
  /// The same for function words, of which people also have favourites, though less.
  static let outsideFunction = 100
  /// Sources of a new content word: topic, person, otherwise the background.
  static let topicShare = 0.5
  static let personShare = 0.07
  static let numberShare = 0.015
  static let longest = 20_000

  let seed: UInt64
  let vocabulary = Vocabulary()
  let topics: Topics
  let people: People
  private let kinds = AliasTable(Document.Kind.allCases.map(\.shape.share))
  /// The organization grows: more documents in later years.
  private let years = AliasTable((0..<Topics.years).map { 1 + 0.35 * Double($0) })
  private let functionWords = FunctionWords.table

  init(seed: UInt64) {
    self.seed = seed
    topics = Topics(seed: seed, vocabulary: vocabulary)
    people = People(seed: seed, topics: topics, vocabulary: vocabulary)
  }

  /// Makes document `index` in `document`, whose storage is reused.
  func make(_ index: Int, into document: inout Document) {
    var random = SplitMix64(seed: seed, kind: 3, index: UInt64(index))
    document.index = index
    document.kind = Document.Kind(rawValue: kinds.draw(&random))!
    document.year = years.draw(&random)
    document.month = 1 + random.below(12)
    document.day = 1 + random.below(28)
    document.person = person(year: document.year, &random)
    let main = topic(of: document.person, year: document.year, &random)
    let other = random.chance(0.3) ? topics.byYear[document.year].draw(&random) : main

    document.title.removeAll(keepingCapacity: true)
    document.text.removeAll(keepingCapacity: true)
    var urn = Urn(person: document.person, topic: main, otherTopic: other)
    let titleWords = 2 + random.below(6)
    while document.title.count < titleWords {
      if document.title.count > 0, document.title.count + 1 < titleWords, random.chance(0.3) {
        document.title.append(.function(functionWords.draw(&random)))
      } else {
        document.title.append(fresh(&urn, &random))
      }
    }
    write(words: length(document.kind, &random), into: &document.text, &urn, &random)
  }

  private func length(_ kind: Document.Kind, _ random: inout SplitMix64) -> Int {
    let shape = kind.shape
    return min(max(3, Int(shape.median * exp(shape.sigma * random.normal()))), Self.longest)
  }

  /// Somebody who was there in that year, if four draws find one.
  private func person(year: Int, _ random: inout SplitMix64) -> Int {
    var person = people.activity.draw(&random)
    for _ in 0..<3 where !(people.all[person].joined...people.all[person].left).contains(year) {
      person = people.activity.draw(&random)
    }
    return person
  }

  /// One of the person's topics, the likelier the more alive it is in that year; one time in seven any other.
  private func topic(of person: Int, year: Int, _ random: inout SplitMix64) -> Int {
    if random.chance(0.15) { return topics.byYear[year].draw(&random) }
    let own = people.all[person].topics
    let weights = people.all[person].weights
    var total: Float = 0
    for (topic, weight) in zip(own, weights) { total += weight * topics.prevalence[Int(topic) * Topics.years + year] }
    var left = Float(random.unit()) * total
    for (topic, weight) in zip(own, weights) {
      left -= weight * topics.prevalence[Int(topic) * Topics.years + year]
      if left <= 0 { return Int(topic) }
    }
    return Int(own[own.count - 1])
  }
}

extension DocumentModel {
  /// What a document has said so far.
  struct Urn {
    let person: Int
    let topic: Int
    let otherTopic: Int
    var said: [Document.Token] = []
    var saidGeneral: [Document.Token] = []
    var saidFunction: [Document.Token] = []
    /// A companion that has to follow next.
    var pending = -1
  }

  private func write(
    words: Int, into text: inout [Document.Token], _ urn: inout Urn, _ random: inout SplitMix64
  ) {
    var written = 0
    var sentence = 6 + random.below(18)
    var sentences = 0
    var previous: UInt32 = .max
    while written < words {
      var token: Document.Token
      if urn.pending >= 0 {
        token = .stem(urn.pending, form: 0)
        urn.said.append(token)
        urn.pending = -1
      } else if random.chance(Self.functionShare) {
        token = function(&urn, &random)
        // "the the" does not occur in running text.
        if token.bits == previous { token = .function((token.payload + 3) % FunctionWords.words.count) }
      } else if random.chance(Self.numberShare) {
        token = .number(
          random.chance(0.3) ? Topics.firstYear + random.below(Topics.years) : random.logUniform(1, 5_000))
      } else {
        token = content(&urn, &random)
      }
      previous = token.bits
      text.append(token)
      written += 1
      sentence -= 1
      if sentence == 0, urn.pending < 0 {
        text.append(.stop)
        sentence = 6 + random.below(18)
        sentences += 1
        if sentences == 6, written < words {
          text.append(.paragraph)
          sentences = 0
        }
      } else if sentence <= 0 {
        sentence = 1
      } else if token.isStem, urn.pending < 0, sentence > 2, written < words, random.chance(0.07) {
        text.append(.comma)
      }
    }
    if let last = text.last, !last.isMark { text.append(.stop) }
  }

  @inline(__always)
  private func function(_ urn: inout Urn, _ random: inout SplitMix64) -> Document.Token {
    let said = urn.saidFunction.count
    let token: Document.Token =
      random.below(said + Self.outsideFunction) < said
      ? urn.saidFunction[random.below(said)] : .function(functionWords.draw(&random))
    urn.saidFunction.append(token)
    return token
  }

  @inline(__always)
  private func content(_ urn: inout Urn, _ random: inout SplitMix64) -> Document.Token {
    if random.chance(Self.generalShare) { return general(&urn, &random) }
    let said = urn.said.count
    if random.below(said + Self.outside) < said {
      let token = urn.said[random.below(said)]
      let again =
        random.chance(0.65) ? token : .stem(token.rank, form: vocabulary.drawForm(of: token.rank, &random))
      urn.said.append(again)
      return again
    }
    return fresh(&urn, &random)
  }

  /// A turn of phrase: hardly ever again because it was used before.
  @inline(__always)
  private func general(_ urn: inout Urn, _ random: inout SplitMix64) -> Document.Token {
    let said = urn.saidGeneral.count
    if said > 0, random.chance(0.12) { return urn.saidGeneral[random.below(said)] }
    let rank = vocabulary.drawGeneral(&random)
    let token = Document.Token.stem(rank, form: vocabulary.drawForm(of: rank, &random))
    urn.saidGeneral.append(token)
    return token
  }

  @inline(__always)
  private func fresh(_ urn: inout Urn, _ random: inout SplitMix64) -> Document.Token {
    let roll = Double(random.next() &>> 11) * 0x1p-53
    let rank: Int
    if roll < Self.topicShare {
      let topic = roll < 0.8 * Self.topicShare ? urn.topic : urn.otherTopic
      rank = topics.draw(topic, &random)
      if let companion = topics.companion(of: rank, in: topic), random.chance(0.4) {
        urn.pending = companion
        let token = Document.Token.stem(rank, form: 0)
        urn.said.append(token)
        return token
      }
    } else if roll < Self.topicShare + Self.personShare {
      rank = Int(people.words[urn.person * People.favourites + random.below(People.favourites)])
    } else {
      rank = vocabulary.drawKeyword(&random)
    }
    let token = Document.Token.stem(rank, form: vocabulary.drawForm(of: rank, &random))
    urn.said.append(token)
    return token
  }
}
