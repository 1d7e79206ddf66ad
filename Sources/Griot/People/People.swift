import Documents
import SearchEngine
import TextAnalysis

/// Who is who in a memory, and why: what `griot people` shows and changes.
public enum People {
  /// One spelling of a person.
  public struct Spelling: Sendable, Equatable {
    public var name: String
    public var address: String?
    /// Documents that hold it.
    public var documents: Int
    /// Why it is this person: the rule that joined it to another spelling; `nil` for the first.
    public var reason: String?
  }

  /// A person with all spellings, the most frequent first.
  public struct Account: Sendable, Equatable {
    public var person: PersonRecord
    public var spellings: [Spelling]
  }

  /// Everybody who is not hidden, those with the most documents first.
  public static func list(_ memory: Memory) throws(GriotError) -> [PersonRecord] {
    try memory.people().persons.filter { !$0.isHidden && !$0.name.isEmpty }.sorted {
      $0.documents != $1.documents ? $0.documents > $1.documents : $0.name < $1.name
    }
  }

  /// The people whom a name may mean, best first.
  public static func find(_ name: String, _ memory: Memory) throws(GriotError) -> [PersonRecord] {
    let persons = try memory.people().persons
    return PersonSearch(persons).matches(name).map { persons[$0.person] }
  }

  /// The one person whom a name or an address means.
  /// - Throws: ``GriotError`` of kind `notFound`, or `usage` if it may be several (the message lists them).
  public static func one(_ name: String, _ memory: Memory) throws(GriotError) -> PersonRecord {
    try memory.people().persons[index(name, memory)]
  }

  static func index(_ name: String, _ memory: Memory) throws(GriotError) -> Int {
    let persons = try memory.people().persons
    let found = PersonSearch(persons).matches(name)
    guard let best = found.first else {
      throw GriotError(.notFound, "nobody called \(name) is known in \(memory.path)")
    }
    let equal = found.filter { $0.quality >= best.quality - 0.001 }
    if equal.count == 1, best.quality >= 0.85 || found.count == 1 { return best.person }
    let lines = found.prefix(10).map { match in
      "  \(persons[match.person].name), " + Self.documents(persons[match.person].documents)
    }
    throw GriotError(
      .usage,
      "\(name) may be several people; name one, by address if need be (griot people list --addresses):\n"
        + lines.joined(separator: "\n"))
  }

  private static func documents(_ n: Int) -> String { n == 1 ? "1 document" : "\(n) documents" }

  /// The spellings of a person, and what joined them. Resolves anew, so that it can tell.
  public static func why(_ name: String, _ memory: Memory) throws(GriotError) -> Account {
    let wanted = try one(name, memory)
    let file = try Memory.peopleFile(memory.path)
    let pairs = try engine(memory.path) { () throws(IndexError) in try PeopleTable.pairs(memory.reader) }
    var resolver = PeopleResolver(pairs, file)
    resolver.resolve()
    let identities = PeopleIdentities(resolver)
    var account = Account(person: wanted, spellings: [])
    let match = identities.persons.firstIndex {
      $0.name == wanted.name && $0.addresses == wanted.addresses && $0.aliases == wanted.aliases && !$0.isHidden
    }
    guard let match else { return account }
    var reasons: [Int: String] = [:]
    let ordered = identities.members[match].sorted {
      resolver.mentions[$0].count != resolver.mentions[$1].count
        ? resolver.mentions[$0].count > resolver.mentions[$1].count : $0 < $1
    }
    // Walk the merges from the most frequent spelling: each other one gets the rule on its way there.
    var reached: Set<Int> = Set(ordered.prefix(1))
    var left = resolver.merges.filter {
      identities.code[$0.a] == UInt32(match) || identities.code[$0.b] == UInt32(match)
    }
    var isMoving = true
    while isMoving {
      isMoving = false
      for (position, merge) in left.enumerated().reversed() {
        let (a, b) = (reached.contains(merge.a), reached.contains(merge.b))
        guard a || b else { continue }
        if !(a && b) {
          let next = a ? merge.b : merge.a
          reached.insert(next)
          reasons[next] = merge.reason
        }
        left.remove(at: position)
        isMoving = true
      }
    }
    for index in ordered {
      let mention = resolver.mentions[index]
      let address = String(decoding: mention.mention.address, as: UTF8.self)
      account.spellings.append(
        Spelling(
          name: String(decoding: mention.mention.name, as: UTF8.self), address: address.isEmpty ? nil : address,
          documents: mention.count, reason: reasons[index]))
    }
    return account
  }
}
