import Documents
import SearchEngine
import Synchronization

/// The one place where a mention becomes a person that results may show. Whatever hides or renames people (the people
/// file) acts here, and so on every hit, filter, facet and view alike.
struct VisiblePeople: Sendable {
  /// `nil` where no people file says anything: mentions are shown as they were written.
  private let table: PeopleTable?

  init(_ table: PeopleTable? = nil) { self.table = table }

  /// Without those that must not be shown, and without repetitions of the same person in the same role.
  func visible(_ mentions: [PersonMention]) -> [VisiblePerson] {
    var out: [VisiblePerson] = []
    // One person is the common case, and a set's type is made at run time.
    var seen: Set<PersonMention> = []
    for mention in mentions where mentions.count == 1 || seen.insert(mention).inserted {
      if let person = person(mention), table == nil || !out.contains(person) { out.append(person) }
    }
    return out
  }

  /// `nil` for a mention that shows nobody.
  func person(_ mention: PersonMention) -> VisiblePerson? {
    // Someone known by address alone has no name to show; the address is shown only to those who ask for it.
    guard !mention.name.isEmpty || mention.address != nil else { return nil }
    let name = MentionName(name: Array(mention.name.utf8), address: Array((mention.address ?? "").utf8))
    switch table?.holder(name) {
    case .hidden: return nil
    case .person(let index) where table?.persons[index].isPinned == true:
      return VisiblePerson(
        name: table?.persons[index].name ?? mention.name, address: mention.address, role: mention.role)
    default: return VisiblePerson(name: mention.name, address: mention.address, role: mention.role)
    }
  }
}

extension Memory {
  /// How people of this memory are shown. Cheap where there is no people file.
  func visiblePeople() throws(GriotError) -> VisiblePeople {
    if let known = visibleBox.withLock({ $0 }) { return known }
    let visible = try Self.peopleFile(path).isEmpty ? VisiblePeople() : VisiblePeople(try people())
    visibleBox.withLock { $0 = visible }
    return visible
  }
}
