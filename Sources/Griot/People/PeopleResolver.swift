import SearchEngine
import TextAnalysis

/// Decides which mentions of a memory are the same person.
///
/// The rules, in their order; each merge keeps the one that made it (`griot people why`):
/// 1. what the people file says (it also forbids);
/// 2. one address, unless people with different names use it;
/// 3. one full name, unless the name is known to belong to several people, or is one that many bear and nothing but
///    the name speaks for it;
/// 4. swapped names, initials, left-out middle names, pet names: with an address in the same organization or where no
///    other person of the memory fits.
///
/// A lone given name joins nobody. A pure function of the mentions and the people file.
struct PeopleResolver {
  /// A distinct (name, address) pair.
  struct Mention {
    var mention: MentionName
    /// How often it occurs; the most frequent spelling becomes the person's name.
    var count: Int
    var name: PersonName?
    /// `nil` too where the address is a list's, a program's or a role's: it says nothing about the person.
    var address: MailAddress?
    /// Why this is no person at all.
    var nobody: String?
    var isSplit = false
  }

  struct Merge {
    var a: Int
    var b: Int
    var reason: String
  }

  private(set) var mentions: [Mention] = []
  private(set) var merges: [Merge] = []
  /// Addresses that several people write from.
  private(set) var shared: Set<MailAddress> = []
  let file: PeopleFile
  private var parent: [Int] = []
  private var size: [Int] = []
  /// By root: pairs of the file that must stay apart, as (pair, side).
  private var sides: [Int: Set<[Int]>] = [:]
  private var addresses: [Int: Set<MailAddress>] = [:]

  init(_ pairs: [(mention: MentionName, count: Int)], _ file: PeopleFile) {
    self.file = file
    mentions = Parallel.map(pairs, perTask: 512) { pairs in
      let stemmer = Stemmer()
      return pairs.map { mention, count in
        Mention(
          mention: mention, count: count,
          name: PersonName(String(decoding: mention.name, as: UTF8.self), stemmer),
          address: MailAddress(String(decoding: mention.address, as: UTF8.self)))
      }
    }
    parent = Array(mentions.indices)
    size = Array(repeating: 1, count: mentions.count)
    for index in mentions.indices { classify(index) }
  }

  mutating func resolve() {
    findShared()
    for index in mentions.indices {
      if let address = mentions[index].address, !shared.contains(address) { addresses[index] = [address] }
    }
    applyFile()
    mergeAddresses()
    mergeNames()
    mergeVariants()
  }

  // MARK: Who counts

  private mutating func classify(_ index: Int) {
    let raw = String(decoding: mentions[index].mention.name, as: UTF8.self)
    if let rule = file.nobody(raw, mentions[index].address) {
      mentions[index].nobody = rule
      return
    }
    let isPinned = file.names(raw, mentions[index].address)
    if let name = mentions[index].name, name.isRewritten { mentions[index].address = nil }
    guard !isPinned else { return }
    let name = mentions[index].name
    let byName = name.flatMap { NobodyRules.reason(name: raw, folded: $0.words) }
    if let address = mentions[index].address, let byAddress = NobodyRules.reason(address) {
      mentions[index].address = nil
      // Somebody may write through a list or from a shared mailbox, under their own full name.
      if name?.isFull != true || byName != nil { mentions[index].nobody = byAddress }
    }
    if let byName { mentions[index].nobody = byName }
    if name == nil, mentions[index].address == nil { mentions[index].nobody = "no name" }
  }

  /// Indices of mentions that may be people.
  var candidates: [Int] { mentions.indices.filter { mentions[$0].nobody == nil && !mentions[$0].isSplit } }

  /// Addresses under which names stand that no one person bears.
  private mutating func findShared() {
    var byAddress: [MailAddress: [Int]] = [:]
    for index in candidates {
      if let address = mentions[index].address { byAddress[address, default: []].append(index) }
    }
    for (address, users) in byAddress where users.count > 1 {
      let names = users.compactMap { mentions[$0].name }.filter(\.isFull)
      var clash = false
      for i in names.indices where !clash {
        clash = names[(i + 1)...].contains { !NameComparison.mayShareAddress(names[i], $0) }
      }
      if clash { shared.insert(address) }
    }
  }

  // MARK: Rule 1

  private mutating func applyFile() {
    var pinned: [String: Int] = [:]
    for index in mentions.indices where mentions[index].nobody == nil {
      let raw = String(decoding: mentions[index].mention.name, as: UTF8.self)
      for (pair, side) in file.apartSides(raw, mentions[index].name, mentions[index].address) {
        sides[index, default: []].insert([pair, side])
      }
      if file.isSplit(raw, mentions[index].name, mentions[index].address) { mentions[index].isSplit = true }
      guard let entry = file.entry(raw, mentions[index].name, mentions[index].address) else { continue }
      mentions[index].isSplit = false
      if let other = pinned[entry.identity] {
        union(index, other, "people file, line \(entry.line)")
      } else {
        pinned[entry.identity] = index
      }
    }
  }

  // MARK: Rule 2

  private mutating func mergeAddresses() {
    var first: [MailAddress: Int] = [:]
    for index in candidates {
      guard let address = mentions[index].address, !shared.contains(address) else { continue }
      if let other = first[address] {
        union(index, other, "same address")
      } else {
        first[address] = index
      }
    }
  }

  // MARK: Union

  func root(_ index: Int) -> Int {
    var index = index
    while parent[index] != index { index = parent[index] }
    return index
  }

  /// Whether the people file forbids it.
  func mayUnite(_ a: Int, _ b: Int) -> Bool {
    let (a, b) = (root(a), root(b))
    guard let left = sides[a], let right = sides[b] else { return true }
    return !left.contains { right.contains([$0[0], 1 - $0[1]]) }
  }

  func addresses(of index: Int) -> Set<MailAddress> { addresses[root(index)] ?? [] }

  mutating func union(_ a: Int, _ b: Int, _ reason: String) {
    let (left, right) = (root(a), root(b))
    guard left != right, mayUnite(left, right) else { return }
    merges.append(Merge(a: min(a, b), b: max(a, b), reason: reason))
    let (top, bottom) = size[left] >= size[right] ? (left, right) : (right, left)
    parent[bottom] = top
    size[top] += size[bottom]
    if let moved = sides.removeValue(forKey: bottom) { sides[top, default: []].formUnion(moved) }
    if let moved = addresses.removeValue(forKey: bottom) { addresses[top, default: []].formUnion(moved) }
  }
}
