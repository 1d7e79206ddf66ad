import Documents

/// The one place where a mention becomes a person that results may show. Whatever hides, merges or renames people
/// (the people table) acts here, and so on every hit, filter, facet and view alike.
struct VisiblePeople: Sendable {
  /// Without those that must not be shown, and without repetitions of the same person in the same role.
  func visible(_ mentions: [PersonMention]) -> [VisiblePerson] {
    var out: [VisiblePerson] = []
    var seen: Set<PersonMention> = []
    for mention in mentions where seen.insert(mention).inserted {
      if let person = person(mention) { out.append(person) }
    }
    return out
  }

  /// `nil` for a mention that shows nobody.
  func person(_ mention: PersonMention) -> VisiblePerson? {
    // Someone known by address alone has no name to show; the address is shown only to those who ask for it.
    guard !mention.name.isEmpty || mention.address != nil else { return nil }
    return VisiblePerson(name: mention.name, address: mention.address, role: mention.role)
  }
}
