/// The stems that a pattern stands for in one segment, with the accepted forms of each.
///
/// Where they are too many, or their postings too long, those are kept that find most passages for what they cost: the
/// forms by the passages that hold them, not by those of their stems (a rare form of `the` finds little and costs as
/// much as `the`). Who types a pattern this wide looks for anything of its shape; what occurs often is what they may
/// have seen.
struct PatternStems {
  struct Term {
    var info: TermInfo
    /// The wanted forms; nil: all.
    var codes: CodeSet?
    /// Passages that hold an accepted form, about.
    var passages: UInt64

    /// Postings to be read.
    var cost: Int {
      Int(info.passageFrequency) * (codes == nil ? 1 : PatternExpansion.codedPosting)
    }
    fileprivate var stem: [UInt8]
    fileprivate var wanted: [UInt32]
  }

  /// A stem in byte order, or the best ones where they are cut.
  private(set) var terms: [Term] = []
  private(set) var isCut = false

  /// So many stems of which only some forms are wanted are looked at closely.
  private static let weighed = 512
  /// A form that stands in so small a part of what has to be read for it is left out of a cut expansion.
  private static let worst = 64

  /// The forms that were accepted, all of them.
  /// - Parameter segmentsLeft: This one and those behind it share what is left.
  init(
    _ accepted: [AcceptedForm], _ dictionary: TermDictionary, _ budget: inout PatternExpansion.Budget,
    segmentsLeft: Int
  ) throws(IndexError) {
    let order = Self.byStem(accepted)
    // Stems come in the order of the dictionary, which is read once.
    var iterator = dictionary.iterator()
    var at = 0
    while at < order.count {
      let first = accepted[order[at]]
      var codes: [UInt32] = []
      while at < order.count, accepted[order[at]].stem == first.stem {
        codes.append(accepted[order[at]].code)
        at += 1
      }
      let info: TermInfo
      if let found = first.info {
        info = found
      } else if try iterator.seek(first.stem), first.stem.withUnsafeBytes({ iterator.termBytes.compare($0) == 0 }) {
        info = try iterator.info()
      } else {
        continue
      }
      let isWhole = codes.count == Int(info.formCount)
      // Until it is looked at closely: as if all forms were equally frequent.
      let passages = UInt64(info.passageFrequency) * UInt64(codes.count) / UInt64(max(1, info.formCount))
      terms.append(
        Term(
          info: info, codes: isWhole ? nil : CodeSet(codes), passages: max(1, passages), stem: first.stem,
          wanted: isWhole ? [] : codes))
    }
    let postings = terms.reduce(0) { $0 + $1.cost }
    let most = PatternExpansion.Budget.share(of: budget.postings) / max(1, segmentsLeft)
    if terms.count > PatternExpansion.maximumForms || postings > most {
      isCut = true
      budget.postings -= try cut(dictionary, most)
    } else {
      budget.postings -= postings
    }
  }

  /// The best of what was found among the most frequent stems.
  init(
    _ frequent: borrowing FrequentStems, _ dictionary: TermDictionary, _ budget: inout PatternExpansion.Budget,
    segmentsLeft: Int
  ) throws(IndexError) {
    isCut = true
    // In the order of the dictionary: each block is read once.
    let order = frequent.found.sorted { a, b in a.block != b.block ? a.block < b.block : a.place < b.place }
    var infos: TermInfoReader?
    var info = TermInfo()
    var at: (block: Int32, next: UInt8) = (-1, 0)
    for found in order {
      if infos == nil || at.block != found.block {
        let index = dictionary.index
        let (tail, flags) = try index.tail(Int(found.block))
        infos = try TermInfoReader(dictionary, block: Int(found.block), tail, flags)
        at = (found.block, 0)
      }
      // A stem may have been found by several of its forms.
      if at.next <= found.place {
        try infos!.skip(Int(found.place - at.next))
        try infos!.next(&info)
        at.next = found.place + 1
      }
      info.ordinal = UInt64(Int(found.block) * TermLayout.block + Int(found.place))
      terms.append(Term(info: info, codes: found.codes, passages: UInt64(found.passages), stem: [], wanted: []))
    }
    budget.postings -= keep(PatternExpansion.Budget.share(of: budget.postings) / max(1, segmentsLeft))
  }

  /// The places of the forms in the order of their stems.
  private static func byStem(_ accepted: [AcceptedForm]) -> [Int] {
    let keys = accepted.map { form in form.stem.withUnsafeBytes { $0.sortKey } }
    return accepted.indices.sorted { a, b in
      if keys[a] != keys[b] { return keys[a] < keys[b] }
      let order = accepted[a].stem.withUnsafeBytes { a in accepted[b].stem.withUnsafeBytes { a.compare($0) } }
      return order != 0 ? order < 0 : a < b
    }
  }

  /// Keeps the best terms; answers what they cost.
  private mutating func cut(_ dictionary: TermDictionary, _ most: Int) throws(IndexError) -> Int {
    sort()
    var weighed = 0
    for index in terms.indices where terms[index].codes != nil {
      weighed += 1
      if weighed > Self.weighed { break }
      let forms = try dictionary.forms(of: terms[index].info, stem: terms[index].stem)
      var passages: UInt64 = 0
      for code in terms[index].wanted where Int(code) < forms.count {
        passages += UInt64(forms[Int(code)].passageFrequency)
      }
      terms[index].passages = max(1, min(passages, UInt64(terms[index].info.passageFrequency)))
    }
    return keep(most)
  }

  /// Keeps the best terms up to a cost; answers what they cost.
  private mutating func keep(_ most: Int) -> Int {
    sort()
    var kept: [Term] = []
    var spent = 0
    for term in terms where kept.count < PatternExpansion.maximumForms {
      guard spent + term.cost <= most, UInt64(term.cost) <= term.passages * UInt64(Self.worst) else { continue }
      spent += term.cost
      kept.append(term)
    }
    terms = kept
    return spent
  }

  private mutating func sort() {
    // Places are moved about, not terms.
    let order = terms.indices.map { (passages: terms[$0].passages, ordinal: terms[$0].info.ordinal, place: $0) }
      .sorted { a, b in a.passages != b.passages ? a.passages > b.passages : a.ordinal < b.ordinal }
    terms = order.map { terms[$0.place] }
  }
}
