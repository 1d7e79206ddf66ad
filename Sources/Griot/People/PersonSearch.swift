import TextAnalysis

/// Finds people by a name that may be misspelt, incomplete, or in another order; or by an address.
struct PersonSearch {
  struct Match: Equatable {
    var person: Int
    /// 1 for all words as written, less for each that only resembles.
    var quality: Double
  }

  private let persons: PersonList
  private let stemmer = Stemmer()

  init(_ persons: PersonList) { self.persons = persons }

  /// Best first, then who has more documents; nobody who is hidden.
  func matches(_ text: String) -> [Match] {
    if text.contains("@") {
      let wanted = MailAddress(text)
      return persons.indices.filter { index in
        !persons[index].isHidden
          && persons[index].addresses.contains {
            $0.lowercased() == text.lowercased() || MailAddress($0) == wanted && wanted != nil
          }
      }.map { Match(person: $0, quality: 1) }
    }
    guard let name = PersonName(text, stemmer) else { return [] }
    var out: [Match] = []
    for (index, person) in persons.enumerated() where !person.isHidden {
      var best = 0.0
      for spelling in [person.name] + person.aliases {
        guard let other = PersonName(spelling, stemmer) else { continue }
        for key in name.keys {
          for otherKey in other.keys {
            best = max(best, Self.quality(key.split(separator: " "), otherKey.split(separator: " ")))
          }
        }
      }
      if best >= 0.6 { out.append(Match(person: index, quality: best)) }
    }
    return out.sorted {
      if $0.quality != $1.quality { return $0.quality > $1.quality }
      let (a, b) = (persons[$0.person], persons[$1.person])
      return a.documents != b.documents ? a.documents > b.documents : a.name < b.name
    }
  }

  /// How well the wanted words are found in a name, in any order; words that the name has more cost little.
  private static func quality(_ wanted: [Substring], _ name: [Substring]) -> Double {
    var left = name.map { Array($0.utf8) }
    var sum = 0.0
    for word in wanted.sorted(by: { $0.utf8.count > $1.utf8.count }) {
      let bytes = Array(word.utf8)
      var best = 0.0
      var at: Int?
      for index in left.indices {
        let likeness = likeness(bytes, left[index])
        if likeness > best { (best, at) = (likeness, index) }
      }
      // One word that is not there at all: another person.
      guard let at, best > 0 else { return 0 }
      left.remove(at: at)
      sum += best
    }
    return sum / Double(wanted.count) - 0.02 * Double(left.count)
  }

  private static func likeness(_ a: [UInt8], _ b: [UInt8]) -> Double {
    if a == b { return 1 }
    if a.count == 1 || b.count == 1 { return a.first == b.first ? 0.85 : 0 }
    if a.count >= 3, b.starts(with: a) { return 0.9 }
    // Kristian, Christian; Sørensen, Sorensson: a letter in four.
    let allowed = max(a.count, b.count) >= 7 ? 2 : max(a.count, b.count) >= 4 ? 1 : 0
    // Two letters in the wrong order are one slip of the fingers.
    let distance = Self.areSwapped(a, b) ? 1 : NameComparison.distance(a, b)
    guard distance <= allowed else { return 0 }
    return 0.95 - 0.15 * Double(distance)
  }
  /// Whether the words differ by two neighbouring letters that changed places.
  private static func areSwapped(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    guard a.count == b.count, let at = a.indices.first(where: { a[$0] != b[$0] }), at + 1 < a.count else {
      return false
    }
    return a[at] == b[at + 1] && a[at + 1] == b[at] && a[(at + 2)...] == b[(at + 2)...]
  }
}
