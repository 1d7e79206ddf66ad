import Documents
import SearchEngine

/// Who is meant by the mentions of a snapshot: the result of ``PeopleResolver``, looked up by mention. Immutable.
struct PeopleTable: Sendable {
  /// A person's place in ``persons``, or who is none.
  enum Holder: Equatable, Sendable {
    case person(Int)
    case nobody
    case hidden
  }

  let persons: PersonList
  /// By segment of the snapshot: for each mention of its column the person, ``nobodyCode`` or ``hiddenCode``.
  let segments: [[UInt32]]
  /// The same by the hash of name and address; sorted.
  let hashes: [UInt64]
  let codes: [UInt32]
  let fullNames: FullNames

  static let nobodyCode: UInt32 = .max
  static let hiddenCode: UInt32 = .max - 1

  static let empty = PeopleTable(
    persons: PersonList([]), segments: [], hashes: [], codes: [], fullNames: FullNames())

  func holder(_ code: UInt32) -> Holder {
    if code == Self.hiddenCode { return .hidden }
    guard code < persons.count else { return .nobody }
    return persons.isHidden(Int(code)) ? .hidden : .person(Int(code))
  }

  /// The person of a mention of a segment; `nil` for nobody and for hidden people.
  func person(segment: Int, mention ordinal: UInt32) -> Int? {
    guard segment < segments.count, Int(ordinal) < segments[segment].count else { return nil }
    if case .person(let index) = holder(segments[segment][Int(ordinal)]) { return index }
    return nil
  }

  /// Who is meant by a name and an address; `nil` for a pair that the snapshot does not hold. O(log n).
  func holder(_ mention: MentionName) -> Holder? {
    hashes.sortedIndex(of: Self.hash(mention)).map { holder(codes[$0]) }
  }

  static func hash(_ mention: MentionName) -> UInt64 {
    (mention.name + [0] + mention.address).withUnsafeBytes { Murmur128.hash($0).h1 }
  }
}
