import Glibc
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@testable import Griot

@Suite struct PeopleResolverTests {
  /// Pairs that should be together, that are, and that wrongly are.
  struct Score {
    var together = 0
    var pairs = 0
    var right = 0
    var wrong: [String] = []
    var missed: [String] = []
    var precision: Double { right + wrong.count == 0 ? 1 : Double(right) / Double(right + wrong.count) }
    var recall: Double { together == 0 ? 1 : Double(right) / Double(together) }

    mutating func add(_ mentions: [(identity: String, name: String, address: String)], _ file: PeopleFile = .empty) {
      let codes = PeopleResolverTests.codes(mentions, file)
      for i in mentions.indices {
        for j in mentions.indices where j > i {
          pairs += 1
          let isSame = mentions[i].identity == mentions[j].identity
          let isMerged = codes[i] == codes[j] && codes[i] < PeopleTable.hiddenCode
          let shown = "\(mentions[i].name) <\(mentions[i].address)> ~ \(mentions[j].name) <\(mentions[j].address)>"
          if isSame { together += 1 }
          if isSame, isMerged { right += 1 }
          if isSame, !isMerged { missed.append(shown) }
          if !isSame, isMerged { wrong.append(shown) }
        }
      }
    }
  }

  static func codes(
    _ mentions: [(identity: String, name: String, address: String)], _ file: PeopleFile = .empty
  ) -> [UInt32] {
    var resolver = PeopleResolver(
      mentions.map { (MentionName(name: Array($0.name.utf8), address: Array($0.address.utf8)), 1) }, file)
    resolver.resolve()
    return PeopleIdentities(resolver).code
  }

  @Test func hardPairs() {
    var score = Score()
    for group in HardPeople.groups { score.add(group) }
    print(
      "hard pairs: \(score.pairs), together \(score.together), precision \(score.precision), recall \(score.recall)")
    for pair in score.wrong { print("  wrong   \(pair)") }
    for pair in score.missed { print("  missed  \(pair)") }
    #expect(score.pairs >= 200)
    #expect(score.together >= 100)
    #expect(score.precision >= 0.98)
    #expect(score.recall >= 0.90)
  }

  /// Raw author strings of a commit log in, identities out (the truth is in people.tsv).
  @Test func commitLog() throws {
    guard let folder = PeopleData.folder() else { return }
    var seen: Set<String> = []
    var mentions: [(identity: String, name: String, address: String)] = []
    for line in try PeopleData.lines(folder + "/corpus.jsonl") {
      guard let person = PeopleData.field("person", line), let name = PeopleData.field("author", line),
        let address = PeopleData.field("author_email", line)
      else { continue }
      if seen.insert("\(person)|\(name)|\(address)").inserted { mentions.append((person, name, address)) }
    }
    var score = Score()
    score.add(mentions)
    print(
      "commit log: \(mentions.count) spellings, together \(score.together), precision \(score.precision), "
        + "recall \(score.recall)")
    for pair in score.wrong { print("  wrong   \(pair)") }
    for pair in score.missed { print("  missed  \(pair)") }
    #expect(score.together == 63)
    #expect(score.precision == 1)
    #expect(score.recall >= 0.97)
  }

  /// The order of mentions must not matter.
  @Test func orderDoesNotMatter() {
    var rng = SplitMix64(seed: 11)
    for group in HardPeople.groups {
      let expected = Self.partition(group)
      let shuffled = group.shuffled(using: &rng)
      #expect(Self.partition(shuffled) == expected, "seed 11, \(group)")
    }
  }

  private static func partition(_ mentions: [(identity: String, name: String, address: String)]) -> Set<Set<String>> {
    // As a memory gives them: sorted by bytes.
    let sorted = mentions.sorted { ($0.name, $0.address) < ($1.name, $1.address) }
    var groups: [UInt32: Set<String>] = [:]
    for (mention, code) in zip(sorted, codes(sorted)) {
      groups[code, default: []].insert(mention.name + mention.address)
    }
    return Set(groups.values)
  }

  @Test func fileOverrulesRules() {
    let mentions = [
      ("1", "Jane Doe", "jane@x.example"), ("1", "J. D.", "jd@y.example"), ("2", "Jane Doe", "jane@x2.example"),
      ("3", "Ann Poe", "poe@x.example"),
    ].map { (identity: $0.0, name: $0.1, address: $0.2) }
    let free = Self.codes(mentions)
    #expect(free[0] == free[2])
    #expect(free[0] != free[1])
    let file = PeopleFile(
      Array(
        """
        # comment
        Jane Doe <jane@x.example> <jd@y.example>
        #griot split Jane Doe <jane@x2.example>
        #griot hide Ann Poe <POE@x.example>
        """.utf8))
    let codes = Self.codes(mentions, file)
    #expect(codes[0] == codes[1])
    #expect(codes[0] != codes[2])
    #expect(codes[3] == PeopleTable.hiddenCode)
  }

  @Test func apartStaysApart() {
    let file = PeopleFile(
      Array("#griot apart Ada Quist <a@x.example> | Ada Quist <b@x.example>\n".utf8))
    let mentions = [("1", "Ada Quist", "a@x.example"), ("2", "Ada Quist", "b@x.example"), ("3", "Ada Quist", "")]
      .map { (identity: $0.0, name: $0.1, address: $0.2) }
    let codes = Self.codes(mentions, file)
    #expect(Set(codes).count == 3)
    #expect(Set(Self.codes(mentions)).count == 1)
  }
}

/// The judged set of people outside of the repository.
enum PeopleData {
  static func folder(function: String = #function) -> String? {
    let root: String
    if let set = getenv("GRIOT_SHARED") {
      root = String(cString: set)
    } else {
      root = "/" + #filePath.split(separator: "/").dropLast(5).joined(separator: "/") + "/shared"
    }
    let path = root + "/data/experts/cpython2017"
    if access(path, R_OK) == 0 { return path }
    print("SKIPPED \(function): no shared data at data/experts/cpython2017 (set GRIOT_SHARED)")
    return nil
  }

  static func lines(_ path: String) throws -> [Substring] {
    let bytes = try #require(try FileBytes.read(path))
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  /// A string member of a line of JSON, its escapes undone.
  static func field(_ name: String, _ line: Substring) -> String? {
    let bytes = Array(line.utf8)
    let wanted = Array("\"\(name)\": \"".utf8)
    let start = String(line).withCString { text in
      strstr(text, "\"\(name)\": \"").map { UnsafePointer($0) - text }
    }
    guard let start else { return nil }
    var out: [UInt8] = []
    var at = start + wanted.count
    while at < bytes.count, bytes[at] != UInt8(ascii: "\"") {
      if bytes[at] == UInt8(ascii: "\\") {
        at += 1
        if bytes[at] == UInt8(ascii: "u") {
          let digits = String(decoding: bytes[(at + 1)...(at + 4)], as: UTF8.self)
          if let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value) {
            out += Array(String(scalar).utf8)
          }
          at += 4
        } else {
          out.append(bytes[at])
        }
      } else {
        out.append(bytes[at])
      }
      at += 1
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Names that need nothing done to them are told apart by their bytes; a blank in front sends them the long way.
@Suite struct PlainNameTests {
  @Test func bothWaysAgree() throws {
    let words = [
      "Jane", "doe", "McArthur", "O", "van", "der", "Via", "via", "IBM", "Dr", "PhD", "KERBRAT", "Li", "X", "xX", "QA",
    ]
    let seed: UInt64 = 0x9E37
    var random = SplitMix64(seed: seed)
    for _ in 0..<4000 {
      let count = 1 + Int(random.next() % 4)
      let name = (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }.joined(separator: " ")
      let plain = PersonName(name, Stemmer())
      let long = PersonName(" " + name, Stemmer())
      #expect(plain?.words == long?.words, "\(name), seed \(seed)")
      #expect(plain?.keys == long?.keys && plain?.display == long?.display, "\(name), seed \(seed)")
      #expect(plain?.orderIsKnown == long?.orderIsKnown && plain?.isRewritten == long?.isRewritten, "\(name)")
    }
  }
}
