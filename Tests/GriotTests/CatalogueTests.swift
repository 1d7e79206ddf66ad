import Documents
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@testable import Griot

@Suite struct CatalogueTests {
  static func random(_ rng: inout SplitMix64) -> Catalogue {
    func bytes(_ n: Int) -> [UInt8] { (0..<n).map { _ in .random(in: 1...255, using: &rng) } }
    var catalogue = Catalogue()
    for s in 0..<Int.random(in: 1...3, using: &rng) {
      var source = catalogue.newSource("source \(s)")
      if Bool.random(using: &rng) {
        source.language = 7
        catalogue.record(.source(source))
      }
      var root = catalogue.newRoot(source: source.id, path: Array("/a/\(s)".utf8), isFolder: true)
      root.kind = Bool.random(using: &rng) ? "wiki" : nil
      catalogue.record(.root(root))
      for _ in 0..<Int.random(in: 0...12, using: &rng) {
        var file = CatalogueFile(
          id: catalogue.newFileID(), root: root.id, path: bytes(.random(in: 1...40, using: &rng)))
        file.size = .random(in: 0 ... .max, using: &rng)
        file.modified = .random(in: .min ... .max, using: &rng)
        file.inode = .random(in: 0...9_999_999, using: &rng)
        if Bool.random(using: &rng) { file.digest = Murmur128(h1: rng.next(), h2: rng.next()) }
        file.format = Bool.random(using: &rng) ? "mbox" : ""
        file.documents = .random(in: 0...300, using: &rng)
        file.duplicates = .random(in: 0...3, using: &rng)
        file.skipped = .random(in: 0...3, using: &rng)
        for _ in 0..<Int.random(in: 0...2, using: &rng) {
          file.failures.append(.init(member: "m", offset: rng.next(), reason: "crashed the reader"))
        }
        if Int.random(in: 0..<4, using: &rng) == 0 { file.skipReason = "hidden file" }
        if Int.random(in: 0..<4, using: &rng) == 0 { file.failReason = "cannot open" }
        if Int.random(in: 0..<4, using: &rng) == 0 { file.nextOffset = rng.next() }
        catalogue.record(.file(file))
        if Int.random(in: 0..<5, using: &rng) == 0 { catalogue.record(.fileRemoved(file.id)) }
      }
    }
    for _ in 0..<Int.random(in: 0...4, using: &rng) {
      let key = DocumentKey(high: rng.next(), low: rng.next())
      catalogue.record(.holders(key, Holders(others: [3, 9], isOwnerGone: Bool.random(using: &rng))))
    }
    return catalogue
  }

  static func isSame(_ a: Catalogue, _ b: Catalogue) -> Bool {
    a.sources == b.sources && a.roots == b.roots && a.files == b.files && a.holders == b.holders
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func logAndBaseSayTheSame(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<60 {
      var catalogue = Self.random(&rng)
      let log = catalogue.takeLog()
      let base = catalogue.base()
      #expect(Self.isSame(try Catalogue(base: nil, log: log), catalogue), "seed \(seed)")
      let compact = try Catalogue(base: base, log: nil)
      #expect(Self.isSame(compact, catalogue), "seed \(seed)")
      #expect(compact.base() == base)
      // Numbers of removed files are not given again.
      var (a, b) = (try Catalogue(base: base, log: []), try Catalogue(base: nil, log: log))
      #expect(a.newFileID() == b.newFileID() && a.newSource("n").id == b.newSource("n").id)
      for id in 0...40 as ClosedRange<UInt32> {
        #expect(try base.withUnsafeBytes { try CatalogueBase.file(id, in: $0) } == catalogue.files[id])
      }
      for key in Array(catalogue.holders.keys) + [DocumentKey(high: rng.next(), low: 0)] {
        #expect(try base.withUnsafeBytes { try CatalogueBase.holders(key, in: $0) } == catalogue.holders[key])
      }
    }
  }

  /// Any damage is an error or another catalogue, never a trap.
  @Test(arguments: [4, 5] as [UInt64]) func damage(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    for _ in 0..<40 {
      var catalogue = Self.random(&rng)
      let log = catalogue.takeLog()
      let base = catalogue.base()
      for n in [0, 1, 7, 39, base.count / 2, base.count - 1] {
        _ = try? Catalogue(base: Array(base.prefix(n)), log: nil)
        _ = try? Catalogue(base: nil, log: Array(log.prefix(n)))
      }
      for _ in 0..<60 {
        var bent = base
        bent[Int.random(in: 0..<bent.count, using: &rng)] = .random(in: 0...255, using: &rng)
        _ = try? Catalogue(base: bent, log: nil)
        for id in 0...8 as ClosedRange<UInt32> { _ = try? bent.withUnsafeBytes { try CatalogueBase.file(id, in: $0) } }
        for key in catalogue.holders.keys { _ = try? bent.withUnsafeBytes { try CatalogueBase.holders(key, in: $0) } }
      }
    }
    #expect(throws: FrameError.self) {
      try Catalogue(base: Array("no catalogue at all, and long enough".utf8), log: nil)
    }
  }

  /// Vectors of the reference implementation, seed 0.
  @Test func murmur() {
    func hex(_ text: String) -> String {
      let h = Murmur128.hash(Array(text.utf8))
      return DocumentKey(high: h.h1, low: h.h2).hex
    }
    #expect(hex("") == "00000000000000000000000000000000")
    #expect(hex("hello") == "cbd8a7b341bd9b025b1e906a48ae1d19")
    #expect(hex("The quick brown fox jumps over the lazy dog") == "e34bbc7bbc071b6c7a433ca9c49a9347")
  }

  @Test func seenKeys() {
    var rng = SplitMix64(seed: 9)
    var seen = SeenKeys()
    var reference: [DocumentKey: UInt64] = [:]
    for _ in 0..<20_000 {
      let key = DocumentKey(high: .random(in: 0...9000, using: &rng) &* 0x9E37_79B9_7F4A_7C15, low: 1)
      #expect(seen.digest(key) == reference[key].map(SeenKeys.part))
      let digest = rng.next()
      seen.insert(key, digest)
      reference[key] = digest
    }
    #expect(seen.count == reference.count)
  }
}

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.log", "a.log", true), ("*.log", "sub/a.log", true), ("*.log", "a.logs", false), ("/a.log", "sub/a.log", false),
    ("sub/*.txt", "sub/a.txt", true), ("sub/*.txt", "sub/x/a.txt", false), ("**/x", "a/b/x", true), ("**/x", "x", true),
    ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true), ("a/**", "a/x/y", true), ("a/**", "b/x", false),
    ("?at", "cat", true), ("?at", "at", false), ("[a-c]at", "bat", true), ("[!a-c]at", "bat", false),
    ("[!a-c]at", "rat", true), ("\\*", "*", true), ("\\*", "x", false), ("*a*b*c*", "xxaxxbxxcxx", true),
    ("*a*b*c*", "xxaxxcxxbxx", false), ("[", "[", true), ("[]]", "]", true), ("*é", "café", true),
  ]) func matches(_ pattern: String, _ path: String, _ expected: Bool) throws {
    let glob = try #require(GlobPattern(pattern.utf8))
    #expect(glob.matches(path.utf8, isFolder: false) == expected, "\(pattern) on \(path)")
  }

  @Test func linesAndRules() {
    #expect(GlobPattern("# comment".utf8) == nil && GlobPattern("  ".utf8) == nil && GlobPattern("".utf8) == nil)
    #expect(GlobPattern("dir/".utf8)?.matches("dir".utf8, isFolder: false) == false)
    #expect(GlobPattern("dir/".utf8)?.matches("dir".utf8, isFolder: true) == true)
    var rules = IgnoreRules(excludes: ["*.tmp"])
    rules.add(Array("*.log\n!keep.log\n".utf8), folder: Array("sub".utf8))
    func excluder(_ path: String) -> String? { rules.excluder(of: Array(path.utf8), isFolder: false) }
    #expect(excluder("x/a.tmp") == "--exclude" && excluder("sub/a.log") == "sub/.griotignore")
    #expect(excluder("sub/keep.log") == nil && excluder("sub/a.txt") == nil)
  }

  /// A pattern made to explode gives up.
  @Test func hostilePatterns() throws {
    let glob = try #require(GlobPattern(("/" + String(repeating: "**/a*", count: 40) + "b").utf8))
    #expect(!glob.matches(String(repeating: "aa/", count: 400).utf8, isFolder: false))
  }
}

@Suite struct LanguageTests {
  static func header(_ detected: Language?, letters: Int, reliable: Bool, declared: Language? = nil) throws
    -> FrameHeader
  {
    var document = Document(externalID: "x", kind: .document)
    if let detected {
      document.detectedLanguage = DetectedLanguage(
        code: detected.code, percent: 90, isReliable: reliable, letters: letters)
    }
    document.declaredLanguage = declared?.code
    return try DocumentFrame.encode(document).withUnsafeBytes { bytes in try FrameHeader(bytes) }
  }

  @Test func theMajorityDecidesAndOneDocumentMayDiffer() throws {
    var decision = LanguageDecision()
    for _ in 0..<5 { decision.add(try Self.header(.german, letters: 100, reliable: true)) }
    for _ in 0..<3 { decision.add(try Self.header(.english, letters: 100, reliable: true)) }
    for _ in 0..<9 { decision.add(try Self.header(.french, letters: 10, reliable: true)) }
    #expect(decision.majority(fallback: .other) == .german)
    func language(_ detected: Language?, _ letters: Int, _ reliable: Bool, _ declared: Language? = nil) throws
      -> Language
    {
      LanguageDecision.language(
        of: try Self.header(detected, letters: letters, reliable: reliable, declared: declared), source: .german)
    }
    #expect(try language(.english, 200, true) == .german)
    #expect(try language(.english, 201, true) == .english)
    #expect(try language(.english, 5000, false) == .german)
    #expect(try language(.english, 50, true, .greek) == .greek)
    #expect(try language(.english, 500, true, .greek) == .english)
    #expect(LanguageDecision().majority(fallback: .swedish) == .swedish)
    var counts = LanguageCounts()
    counts.add(.english, 980)
    counts.add(.german, 12)
    counts.add(.french, 8)
    #expect(counts.queryLanguages == [.english, .german])
    #expect(LanguageCounts(attribute: counts.attribute) == counts)
    #expect(LanguageCounts().queryLanguages == [.other])
  }

  @Test func theDigestLeavesThePlaceOut() throws {
    var document = Document(externalID: "x", kind: .document, title: "t")
    document.append(Block(.paragraph), "text".utf8)
    func header(_ document: Document) throws -> FrameHeader {
      try DocumentFrame.encode(document).withUnsafeBytes { bytes in try FrameHeader(bytes) }
    }
    let first = try header(document)
    document.record = RecordRange(offset: 1 << 40, length: 99)
    let moved = try header(document)
    #expect(moved.digest == first.digest && moved.recordOffset == 1 << 40 && moved.recordLength == 99)
    document.title = "u"
    #expect(try header(document).digest != first.digest)
  }
}
