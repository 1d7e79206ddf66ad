/// Rules 3 and 4: what names say.
extension PeopleResolver {
  /// Two addresses of one organization that differ in a number only were given to two people of one name.
  private func areTwins(_ a: MailAddress, _ b: MailAddress) -> Bool {
    a.organization == b.organization && a.local != b.local && !a.isPublicProvider
      && a.localWithoutNumber == b.localWithoutNumber
  }

  private func areTwins(_ a: Int, _ b: Int) -> Bool {
    let others = addresses(of: b)
    return addresses(of: a).contains { left in others.contains { areTwins(left, $0) } }
  }

  private func shareOrganization(_ a: Int, _ b: Int) -> Bool {
    let others = addresses(of: b)
    return addresses(of: a).contains { left in
      !left.isPublicProvider && others.contains { $0.organization == left.organization }
    }
  }

  /// A mailbox of the same unusual name elsewhere.
  private func shareHandle(_ a: Int, _ b: Int) -> Bool {
    let words = Set((mentions[a].name?.words ?? []) + (mentions[b].name?.words ?? []))
    let others = addresses(of: b)
    return addresses(of: a).contains { left in
      guard left.local.utf8.count >= 4, others.contains(where: { $0.local == left.local }) else { return false }
      let pieces = left.local.split { !$0.isLetter }.map(String.init)
      return !pieces.contains { piece in words.contains(piece) }
    }
  }

  private func isBare(_ index: Int) -> Bool { addresses(of: index).isEmpty }

  // MARK: Rule 3

  mutating func mergeNames() {
    var groups: [String: [Int]] = [:]
    for index in candidates {
      guard let name = mentions[index].name, name.isFull else { continue }
      for key in name.keys { groups[key, default: []].append(index) }
    }
    for key in groups.keys.sorted() {
      let members = groups[key]!
      let addressed = distinctRoots(members.filter { !isBare($0) })
      let bare = members.filter(isBare)
      let isAmbiguous = addressed.indices.contains { i in
        addressed[(i + 1)...].contains { areTwins(addressed[i], $0) || !mayUnite(addressed[i], $0) }
      }
      if !isAmbiguous {
        for i in addressed.indices {
          for other in addressed[(i + 1)...] where root(other) != root(addressed[i]) {
            if let reason = sameName(addressed[i], other) { union(addressed[i], other, reason) }
          }
        }
      }
      let people = distinctRoots(addressed)
      if let first = bare.first { for other in bare.dropFirst() { union(first, other, "same name") } }
      if people.count == 1, let first = bare.first {
        union(people[0], first, "same full name, and nobody else bears it")
      }
    }
  }

  private func sameName(_ a: Int, _ b: Int) -> String? {
    guard let name = mentions[a].name ?? mentions[b].name else { return nil }
    if shareOrganization(a, b) { return "same full name in the same organization" }
    if shareHandle(a, b) { return "same full name, same mailbox name" }
    return NameComparison.isCommon(name) ? nil : "same full name"
  }

  private func distinctRoots(_ members: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return members.filter { seen.insert(root($0)).inserted }
  }

  // MARK: Rule 4

  /// Two spellings that may be one name, weaker than equal ones.
  private enum Likeness {
    case swapped, initials, leftOut, pet, doubleName

    var reason: String {
      switch self {
      case .swapped: "same words in another order"
      case .initials: "initials of the name"
      case .leftOut: "the name without a middle name"
      case .pet: "a short form of the given name"
      case .doubleName: "one of two family names"
      }
    }
  }

  private func likeness(_ a: PersonName, _ b: PersonName) -> Likeness? {
    if isPermuted(a, b) { return NameComparison.areBothGiven(a) ? nil : .swapped }
    // Everything else asks for one of these; most pairs of a block share some other word.
    guard a.last == b.last || a.first == b.first && a.words.count != b.words.count else { return nil }
    if NameComparison.areCompactInitials(a, b) || NameComparison.areCompactInitials(b, a) { return .initials }
    let (long, short) = a.words.count >= b.words.count ? (a, b) : (b, a)
    guard short.words.count >= 2 else { return nil }
    var hasInitial: Bool { (a.words + b.words).contains { $0.unicodeScalars.count == 1 } }
    if a.last == b.last {
      if NameComparison.covers(long.words, short.words) {
        guard NameComparison.isSameGiven(a.first, b.first) else { return nil }
        let isFirstInitial = a.first.unicodeScalars.count == 1 || b.first.unicodeScalars.count == 1
        return isFirstInitial ? .initials : hasInitial || long.words.count > short.words.count ? .leftOut : nil
      }
      if NameComparison.isPetName(a.first, b.first) || NameComparison.isPetName(b.first, a.first) { return .pet }
      return nil
    }
    if long.words.count > short.words.count, a.first == b.first,
      NameComparison.covers(long.words, short.words), !hasInitial
    {
      return .doubleName
    }
    return nil
  }

  private func isPermuted(_ a: PersonName, _ b: PersonName) -> Bool {
    guard a.words.count == b.words.count, a.words.count >= 2 else { return false }
    if a.words.count == 2 { return a.first == b.last && a.last == b.first && a.first != a.last }
    return a.words != b.words && a.words.sorted() == b.words.sorted()
  }

  /// A block of more names with one word than this is not compared by pairs.
  private static let largestBlock = 400

  mutating func mergeVariants() {
    var blocks: [String: [Int]] = [:]
    for index in distinctNames() {
      for word in Set(mentions[index].name!.words) where word.unicodeScalars.count > 1 {
        blocks[word, default: []].append(index)
      }
    }
    // First what an organization's addresses vouch for, then what fits one person only.
    for isStrict in [true, false] {
      for word in blocks.keys.sorted() {
        let block = blocks[word]!
        guard block.count > 1, block.count <= Self.largestBlock else { continue }
        for a in block { mergeVariants(of: a, among: block, isStrict: isStrict) }
      }
    }
  }

  /// One mention of each person and spelling.
  private func distinctNames() -> [Int] {
    var seen: Set<String> = []
    return candidates.filter { index in
      guard let name = mentions[index].name, name.words.count >= 2 else { return false }
      return seen.insert("\(root(index)) \(name.keys[0])").inserted
    }
  }

  /// Other people of a block who may be the same as one of them.
  private func variants(
    of a: Int, among block: [Int], isStrict: Bool
  ) -> [(index: Int, likeness: Likeness)] {
    let name = mentions[a].name!
    var found: [(index: Int, likeness: Likeness)] = []
    for b in block where root(b) != root(a) {
      guard let likeness = likeness(name, mentions[b].name!) else { continue }
      if !isStrict || shareOrganization(a, b) { found.append((b, likeness)) }
    }
    return found
  }

  private mutating func mergeVariants(of a: Int, among block: [Int], isStrict: Bool) {
    let name = mentions[a].name!
    let found = variants(of: a, among: block, isStrict: isStrict)
    // Several people who fit: nobody knows which. That holds from either side, and for a mention without an address
    // whatever the organization.
    guard let first = found.first, Set(found.map { root($0.index) }).count == 1 else { return }
    let (b, likeness) = first
    let back = variants(of: b, among: block, isStrict: isStrict)
    guard Set(back.map { root($0.index) }).count == 1, !areTwins(a, b) else { return }
    if isStrict {
      union(a, b, likeness.reason + ", in the same organization")
      return
    }
    let isCommon = NameComparison.isCommon(name) || NameComparison.isCommon(mentions[b].name!)
    // The very same words, and one of the two is nobody else's.
    guard !isCommon || likeness == .swapped && (isBare(a) || isBare(b)) else { return }
    switch likeness {
    case .doubleName, .pet: return
    case .initials:
      // An initial and a family name fit many: only a mention without an address of its own.
      guard isBare(a) || isBare(b) else { return }
    case .swapped, .leftOut: break
    }
    union(a, b, likeness.reason + ", and it fits nobody else")
  }
}
