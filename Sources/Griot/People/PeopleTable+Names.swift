import Documents
import SearchEngine
import TextAnalysis

/// Full names that mean one person only: what running text is searched for.
///
/// A hash of the name's folded words (MurmurHash3 of ``PersonName/keys``) against the person; sorted by hash.
struct FullNames: Sendable, Equatable {
  private(set) var hashes: [UInt64] = []
  private(set) var persons: [UInt32] = []

  init() {}

  init(hashes: [UInt64], persons: [UInt32]) {
    self.hashes = hashes
    self.persons = persons
  }

  /// The names and spellings of all who are not hidden; what two people are called is left out. O(names).
  init(_ records: [PersonRecord]) {
    let shown = records.indices.filter { !records[$0].isHidden }
    let keys = Parallel.map(shown, perTask: 512) { part in
      let stemmer = Stemmer()
      return part.flatMap { index in
        ([records[index].name] + records[index].aliases).flatMap { name -> [(hash: UInt64, person: UInt32)] in
          guard let name = PersonName(name, stemmer), name.words.count > 1, name.isFull else { return [] }
          return name.keys.map { (Self.hash($0), UInt32(index)) }
        }
      }
    }
    var owners: [UInt64: UInt32] = [:]
    owners.reserveCapacity(keys.count)
    for (hash, person) in keys {
      if let owner = owners[hash], owner != person {
        owners[hash] = .max
      } else {
        owners[hash] = person
      }
    }
    let sorted = owners.filter { $0.value != .max }.sorted { $0.key < $1.key }
    hashes = sorted.map(\.key)
    persons = sorted.map(\.value)
  }

  /// - Parameter key: As ``PersonName/keys`` has them. O(log n).
  func person(_ key: String) -> Int? {
    hashes.sortedIndex(of: Self.hash(key)).map { Int(persons[$0]) }
  }

  private static func hash(_ key: String) -> UInt64 { Array(key.utf8).withUnsafeBytes { Murmur128.hash($0).h1 } }
}
