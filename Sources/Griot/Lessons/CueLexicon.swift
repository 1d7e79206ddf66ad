import TextAnalysis

/// The words of one language that ``SentenceReader`` looks for, by hash: what cues each is, and its weight.
///
/// A table of its own because every word of every document is looked up at ingest: 3 ns instead of the 30 of a
/// `Dictionary` of strings.
struct CueLexicon: Sendable {
  struct Entry {
    /// Bits of ``LessonCue``; ``startsPhrase``.
    var cues: UInt32
    var weight: Float
    /// Number of the entry, to count a word once in a sentence; from 1.
    var number: Int32
  }

  /// A phrase of the table begins with this word.
  static let startsPhrase: UInt32 = 1 << 31

  /// Tables that live as long as the process, like their owners (``LessonLanguage/lexicons``): every word of every
  /// document comes by here.
  private nonisolated(unsafe) let keys: UnsafeMutablePointer<UInt64>
  /// A byte of each slot's hash, never 0; 0 where it is empty. Most words are none of the table: these few kilobytes
  /// stay near the processor and say so.
  private nonisolated(unsafe) let tags: UnsafeMutablePointer<UInt8>
  private nonisolated(unsafe) let entries: UnsafeMutablePointer<Entry>
  private let mask: Int
  private let shift: UInt64
  private(set) var count: Int32 = 0

  private init(capacity: Int) {
    var size = 64
    while size < capacity * 3 { size *= 2 }
    keys = .allocate(capacity: size)
    keys.initialize(repeating: 0, count: size)
    tags = .allocate(capacity: size)
    tags.initialize(repeating: 0, count: size)
    entries = .allocate(capacity: size)
    entries.initialize(repeating: Entry(cues: 0, weight: 0, number: 0), count: size)
    mask = size - 1
    shift = UInt64(64 - size.trailingZeroBitCount)
  }

  /// - Parameter weights: `word weight` pairs, `^` in front of a word that stands first.
  init(_ language: LessonLanguage, weights: String) {
    let weights = weights.split(whereSeparator: \.isWhitespace)
    let lists = LessonCue.table.map { (cue: $0.cue, words: $0.words(language).split(whereSeparator: \.isWhitespace)) }
    self.init(capacity: lists.reduce(weights.count) { $0 + 2 * $1.words.count })
    for (cue, words) in lists {
      for word in words {
        let parts = word.split(separator: "_").map { Self.hash($0.utf8) }
        switch parts.count {
        case 1: change(parts[0]) { $0.cues |= cue.bit }
        case 2:
          change(parts[0]) { $0.cues |= Self.startsPhrase }
          change(Self.pair(parts[0], parts[1])) { $0.cues |= cue.bit }
        default:
          change(parts[0]) { $0.cues |= Self.startsPhrase }
          change(Self.pair(Self.pair(parts[0], parts[1]), parts[2])) { $0.cues |= cue.bit }
        }
      }
    }
    for i in stride(from: 0, to: weights.count - 1, by: 2) {
      let weight = Float(weights[i + 1]) ?? 0
      let word = weights[i]
      let key = word.first == "^" ? Self.first(Self.hash(word.dropFirst().utf8)) : Self.hash(word.utf8)
      change(key) { $0.weight = weight }
    }
  }

  @inline(__always)
  subscript(key: UInt64) -> UnsafePointer<Entry>? {
    var (slot, tag) = place(key)
    while true {
      let found = tags[slot]
      if found == 0 { return nil }
      if found == tag, keys[slot] == key { return UnsafePointer(entries + slot) }
      slot = (slot &+ 1) & mask
    }
  }

  /// Where the search begins: the upper bits of the product, those that all bits of the key reach; and the slot's tag.
  @inline(__always)
  private func place(_ key: UInt64) -> (slot: Int, tag: UInt8) {
    let product = key &* 0x9E37_79B9_7F4A_7C15
    return (Int(truncatingIfNeeded: product &>> shift), UInt8(truncatingIfNeeded: product &>> (shift &- 8)) | 1)
  }

  private mutating func change(_ key: UInt64, _ body: (inout Entry) -> Void) {
    var (slot, tag) = place(key)
    while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    if keys[slot] == 0 {
      keys[slot] = key
      tags[slot] = tag
      count += 1
      entries[slot].number = count
    }
    body(&entries[slot])
  }

  // MARK: Hashes (FNV-1a, never 0)

  static let start: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func add(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  static func hash(_ word: some Sequence<UInt8>) -> UInt64 { word.reduce(start) { add($1, to: $0) } | 1 }

  @inline(__always)
  static func pair(_ a: UInt64, _ b: UInt64) -> UInt64 { ((a &* 0x9E37_79B9_7F4A_7C15) ^ (b &<< 7 | b &>> 57)) | 1 }

  /// The word at the beginning of a sentence.
  @inline(__always)
  static func first(_ word: UInt64) -> UInt64 { pair(0x5E, word) }
}

/// The languages that cues are known in.
enum LessonLanguage: Int, CaseIterable, Sendable {
  case english, german, french, spanish

  /// The language of a document; English where the cues of its own are not known: names of sections still are.
  init(_ language: Language) {
    switch language {
    case .german: self = .german
    case .french: self = .french
    case .spanish, .portuguese: self = .spanish
    default: self = .english
    }
  }

  /// Compiled once, at the first use.
  static let lexicons: [CueLexicon] = allCases.map {
    CueLexicon($0, weights: $0 == .english ? LessonWeights.words : "")
  }
}

extension LessonCue.Words {
  func words(_ language: LessonLanguage) -> String {
    switch language {
    case .english: english
    case .german: german
    case .french: french
    case .spanish: spanish
    }
  }
}
