/// A form that a pattern accepts.
struct AcceptedForm {
  var form: [UInt8]
  var stem: [UInt8]
  var code: UInt32
  /// The numbers of the stem, where they stood beside the form.
  var info: TermInfo?
}

/// The blocks of the two dictionaries of a segment that can hold what a pattern accepts.
struct PatternBlocks {
  /// What a block costs, in keys and characters that are read, about.
  private static let blockCost = 400

  let stems: [Int32]
  let forms: [Int32]

  init(_ automaton: LazyAutomaton, _ forms: FormDictionary) throws(IndexError) {
    stems = try LiveBlocks(automaton, forms.terms.index).blocks
    self.forms = try LiveBlocks(automaton, forms.index).blocks
  }

  /// What it costs to read them all.
  var cost: Int { (stems.count + forms.count) * Self.blockCost }
}

/// Finds the forms of a segment that a pattern accepts, by an automaton over the dictionaries of stems (whose only
/// form may be the stem itself) and of forms.
struct FormScan {
  private(set) var accepted: [AcceptedForm] = []
  /// Whether the bounds cut nothing off.
  private(set) var isWhole = true

  /// With the bounds of a query that holds nothing else.
  init(_ automaton: LazyAutomaton, _ forms: FormDictionary) throws(IndexError) {
    var budget = PatternExpansion.Budget()
    try self.init(automaton, forms, try PatternBlocks(automaton, forms), &budget)
  }

  init(
    _ automaton: LazyAutomaton, _ forms: FormDictionary, _ blocks: PatternBlocks,
    _ budget: inout PatternExpansion.Budget
  ) throws(IndexError) {
    var found: [AcceptedForm] = []
    let terms = forms.terms
    // Half of what is left, so that what comes behind gets something too.
    let share = PatternExpansion.Budget.share(of: budget.forms)
    var left = share
    var walk = AutomatonWalk(automaton, budget: PatternExpansion.Budget.share(of: budget.reading))
    isWhole = try walk.run(terms.index, blocks.stems) { (block, keys, accepted) throws(IndexError) -> Bool in
      var infos = try TermInfoReader(terms, block: block, keys.tail, keys.flags)
      var info = TermInfo()
      var next = 0
      for (place, key) in accepted {
        // Stems that stand for other forms, or for several: their forms are in the other dictionary.
        if keys.flags >> UInt64(place) & 1 != 0 { continue }
        try infos.skip(place - next)
        try infos.next(&info)
        next = place + 1
        info.ordinal = UInt64(block * TermLayout.block + place)
        found.append(AcceptedForm(form: key, stem: key, code: 0, info: info))
        left -= 1
        if left <= 0 { return false }
      }
      return true
    }
    budget.reading -= walk.used
    budget.forms -= share - left
    left = share
    walk = AutomatonWalk(automaton, budget: PatternExpansion.Budget.share(of: budget.reading))
    let isWholeStored = try walk.run(forms.index, blocks.forms) { (block, keys, accepted) throws(IndexError) -> Bool in
      var tail = ByteReader(keys.tail)
      var next = 0
      for (place, key) in accepted {
        while next < place {
          tail.skipEdit()
          _ = tail.varint()
          next += 1
        }
        guard let stem = key.withUnsafeBytes({ tail.edit(of: $0) }) else { throw forms.index.corrupt(block) }
        let code = tail.varint32()
        if tail.failed { throw forms.index.corrupt(block) }
        next += 1
        found.append(AcceptedForm(form: key, stem: stem, code: code, info: nil))
        left -= 1
        if left <= 0 { return false }
      }
      return true
    }
    budget.reading -= walk.used
    budget.forms -= share - left
    isWhole = isWhole && isWholeStored
    self.accepted = found
  }
}
