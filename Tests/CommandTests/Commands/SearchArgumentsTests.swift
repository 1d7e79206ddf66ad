import ArgumentParser
import TestSupport
import Testing

@testable import GriotCommand

/// `griot search` is read by hand where the command line is plain, by ArgumentParser otherwise: both must agree.
@Suite struct SearchArgumentsTests {
  private func both(_ arguments: [String]) -> (fast: SearchArguments?, full: SearchArguments?) {
    let parsed = try? RootCommand.parseAsRoot(["search"] + arguments) as? SearchCommand
    return (SearchArguments(reading: arguments), parsed?.arguments)
  }

  @Test(arguments: [
    ["pump"], ["pump", "alarm"], ["pump alarm"], [""], ["pump", "-draft"], ["-draft", "pump"], ["pump", "-x1", "+y"],
    ["--limit", "3", "pump"], ["pump", "--limit=3"], ["--limit", "0", "x"], ["--kind", "wiki", "--kind=message", "x"],
    ["--author", "Ana Pérez", "--speaker", "", "x"], ["--memory", "/a b", "x", "--format", "json"],
    ["--color=never", "x", "--addresses"], ["--batch", "file.tsv", "--format", "trec", "--limit", "1000"],
    ["--after", "2024-05", "--before=2025", "x"], ["--syntax", "free", "x", "--sort", "newest", "--rank", "bm25"],
    ["--explain", "x"], ["x", "--no-expand"],
    ["--recency", "90d", "x", "--facets"], ["--no-fold", "x", "--recency=2y"],
    ["--query=x"], ["a=b", "--memory=x=y", "z"], ["pump", "--offset", "20", "--lang", "de", "--person", "Jo"],
  ])
  func agreeOnPlainLines(_ arguments: [String]) {
    let (fast, full) = both(arguments)
    if arguments.first != "--query=x" { #expect(fast != nil) }
    if let fast { #expect(fast == full) }
  }

  @Test(arguments: [
    ["--help"], ["-h"], ["--version"], ["--limt", "3", "x"], ["--limit"], ["--limit", "many", "x"], ["x", "--format"],
    ["--format", "xml", "x"], ["--addresses=yes", "x"], ["--facets=1", "x"], ["--no-fold=", "x"], ["--", "-x"],
    ["x", "--limit", "-3"], ["-"], ["x", "-y"],
    ["x", "--kind="],
    ["--generate-completion-script", "bash"], ["--color", "blue", "x"],
  ])
  func leavesTheRestToArgumentParser(_ arguments: [String]) {
    #expect(SearchArguments(reading: arguments) == nil)
  }

  @Test func agreeOnRandomLines() {
    let seed: UInt64 = 0xA46
    var random = SplitMix64(seed: seed)
    let words =
      SearchArguments.optionNames + SearchArguments.optionNames.map { $0 + "=3" }
      + [
        "pump", "-draft", "3", "json", "free", "newest", "bm25", "auto", "", "a=b", "+x", "\"a b\"", "--nothing", "x y",
      ]
    var read = 0
    for _ in 0..<3000 {
      let line = (0..<Int.random(in: 0..<7, using: &random)).map { _ in words.randomElement(using: &random)! }
      guard SearchArguments(reading: line) != nil, read < 100 else { continue }
      let (fast, full) = both(line)
      read += 1
      #expect(fast == full, "seed \(seed): \(line)")
    }
    #expect(read == 100)
  }

  /// The table of the fast reader names exactly the options that are declared.
  @Test func tableIsThatOfTheDeclarations() throws {
    let help = RootCommand.helpMessage(for: SearchCommand.self, columns: 200)
    let declared = help.split(separator: "\n").compactMap { line -> String? in
      let words = line.split(separator: " ")
      guard line.hasPrefix("  --"), let name = words.first else { return nil }
      return String(name)
    }
    #expect(Set(declared).subtracting(["--version"]) == Set(SearchArguments.optionNames))
  }

  @Test func mistypedOptionsAreNamed() {
    let error = #expect(throws: (any Error).self) {
      try RootCommand.parseAsRoot(["search", "x", "--limt", "3"])
    }
    let message = Main.usageMessage(error!)
    #expect(message.hasPrefix("Unknown option '--limt'. Did you mean '--limit'?"))
  }

  @Test func whatMakesNoSense() {
    func message(_ change: (inout SearchArguments) -> Void) -> String? {
      var arguments = SearchArguments()
      arguments.query = ["x"]
      change(&arguments)
      do { try arguments.validate() } catch {
        #expect(error.status == .usage)
        return String(error.message.prefix { $0 != "\n" })
      }
      return nil
    }
    #expect(message { _ in } == nil)
    #expect(message { $0.limit = 0 } == "--limit is a whole number above 0, not 0")
    #expect(message { $0.offset = -1 } == "--offset is a whole number from 0, not -1")
    #expect(message { $0.batch = "f" } == "a query and --batch exclude each other")
    #expect(
      message {
        $0.query = []
        $0.batch = "f"
      } == "--batch answers many queries: choose --format trec, tsv or jsonl")
    #expect(
      message { $0.query = [] } == "what to search for? Give words, a filter such as --author, or --batch FILE")
    #expect(
      message {
        $0.query = []
        $0.kinds = ["wiki"]
      } == nil)
  }

  @Test func nearestName() {
    #expect(Similarity.nearest("serach", in: CommandNames.all) == "search")
    #expect(Similarity.nearest("stauts", in: CommandNames.all) == "status")
    #expect(Similarity.nearest("frobnicate", in: CommandNames.all) == nil)
    #expect(Similarity.nearest("x", in: CommandNames.all) == nil)
    #expect(Similarity.nearest(String(repeating: "search", count: 1000), in: CommandNames.all) == nil)
  }
}
