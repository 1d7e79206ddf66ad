/// A query that pruning algorithms can run: words that must or may stand in a passage, or one phrase, within a set of
/// documents. Plans without a shape go to the general executor.
struct PlanShape {
  struct Word {
    var leaf: Int
    var isRequired: Bool
  }

  enum Core {
    /// Plain words (any form, anywhere). Without a required one, any of them suffices.
    case words([Word])
    /// One phrase of words in a row, anywhere.
    case phrase(leaf: Int)
  }

  var core: Core
  /// What restricts the documents and does not score.
  var filters: [PlanNode] = []
  var excluded: [PlanNode] = []

  /// nil if the plan is of another kind.
  init?(_ root: PlanNode, _ leaves: [PlanLeaf]) {
    switch root {
    case .all, .none, .filter: return nil
    case .leaf(let leaf):
      switch leaves[leaf].content {
      case .word where leaves[leaf].isPlainWord: core = .words([Word(leaf: leaf, isRequired: false)])
      case .phrase(let phrase, _) where phrase.slop == nil && phrase.scope == .anywhere: core = .phrase(leaf: leaf)
      default: return nil
      }
    case .boolean(let clauses, let minimumShould):
      let scored = clauses.filter { $0.occur == .must || $0.occur == .should }
      let own = clauses.filter { $0.occur == .filter }.map(\.node)
      let ownExcluded = clauses.filter { $0.occur == .mustNot }.map(\.node)
      if scored.count == 1, scored[0].occur == .must || minimumShould == 1 {
        guard let inner = PlanShape(scored[0].node, leaves) else { return nil }
        self = inner
      } else {
        var words: [Word] = []
        for clause in scored {
          guard case .leaf(let leaf) = clause.node, leaves[leaf].isPlainWord else { return nil }
          words.append(Word(leaf: leaf, isRequired: clause.occur == .must))
        }
        let hasRequired = words.contains(where: \.isRequired)
        guard !words.isEmpty, minimumShould == (hasRequired ? 0 : 1) else { return nil }
        core = .words(words)
      }
      filters += own
      excluded += ownExcluded
    }
  }
}

extension PlanLeaf {
  /// A word in any form, anywhere: nothing but postings is needed.
  var isPlainWord: Bool {
    if case .word(_, let isExact) = content { !isExact && scope == .anywhere } else { false }
  }
}
