/// Queries cut out of the documents themselves, in the layout of the benchmark: class, number, words.
///
/// As many of each class, in turn: `single` one content word; `or` and `and` two to five content words of one document;
/// `phrase` two or three neighbours, not across a comma or stop, at least one of them a content word; `title` the title
/// and what follows at the start of the text, five to ten words, function words included.
struct QueryWriter {
  enum Class: Int, CaseIterable {
    case single, or, and, phrase, title

    var name: StaticString {
      switch self {
      case .single: "single"
      case .or: "or"
      case .and: "and"
      case .phrase: "phrase"
      case .title: "title"
      }
    }
  }

  static func write(_ count: Int, documents: Int, _ model: borrowing DocumentModel, to output: inout Output) {
    var random = SplitMix64(seed: model.seed, kind: 4, index: 0)
    var document = Document()
    let each = (count + Class.allCases.count - 1) / Class.allCases.count
    for kind in Class.allCases {
      var made = 0
      while made < each, kind.rawValue * each + made < count {
        model.make(random.below(documents), into: &document)
        guard let words = words(of: kind, from: document, &random) else { continue }
        output.put(kind.name)
        output.put("\t")
        output.put(kind.rawValue * each + made)
        output.put("\t")
        model.write(words, to: &output, capital: false)
        output.put("\n")
        made += 1
      }
    }
  }

  /// nil if the document is too short for such a query.
  private static func words(
    of kind: Class, from document: borrowing Document, _ random: inout SplitMix64
  ) -> [Document.Token]? {
    switch kind {
    case .single: return distinct(1, from: document.text, &random)
    case .or, .and: return distinct(2 + random.below(4), from: document.text, &random)
    case .phrase:
      let length = random.chance(0.8) ? 2 : 3
      guard document.text.count > length else { return nil }
      let start = random.below(document.text.count - length)
      let words = Array(document.text[start..<start + length])
      return words.contains(where: \.isMark) || !words.contains(where: \.isStem) ? nil : words
    case .title:
      let words = (document.title + document.text).filter { !$0.isMark }
      let length = 5 + random.below(6)
      return words.count < length ? nil : Array(words.prefix(length))
    }
  }

  private static func distinct(
    _ count: Int, from text: [Document.Token], _ random: inout SplitMix64
  ) -> [Document.Token]? {
    var chosen: [Document.Token] = []
    for _ in 0..<40 where chosen.count < count && !text.isEmpty {
      let token = text[random.below(text.count)]
      if token.isStem, !chosen.contains(where: { $0.rank == token.rank }) { chosen.append(token) }
    }
    return chosen.count == count ? chosen : nil
  }
}
