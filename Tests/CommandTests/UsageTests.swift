import TestSupport
import Testing

/// What the program says to a command line that is wrong or asks for help: whole output and exit status.
@Suite struct UsageTests {
  @Test func version() throws {
    let result = try Griot()("--version")
    #expect(result.status == 0)
    #expect(result.output == "griot 0.1.0\n")
    #expect(result.errors == "")
  }

  @Test(arguments: [[], ["--help"], ["help"], ["-h"]] as [[String]])
  func overview(_ arguments: [String]) throws {
    let griot = try Griot()
    let result = try griot.runner.run(arguments)
    #expect(result.status == 0)
    #expect(result.errors == "")
    for command in ["search", "ingest", "show", "extract", "status", "check"] {
      #expect(result.output.contains("\n  \(command) "))
    }
    #expect(result.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func unknownCommand() throws {
    let result = try Griot()("serach", "pump")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(
      result.errors
        == "griot: there is no command 'serach'. Did you mean 'search'?\nSee 'griot --help' for the commands.\n")
  }

  /// Behind `--` everything is a word, and the dashes are none.
  @Test(arguments: ["search", "lessons", "experts"]) func dashesPartOptionsFromWords(_ command: String) throws {
    let griot = try Griot()
    let file = try griot.folder.write("a.md", "# Pump\n\nLessons learned: prime the pump.\n".utf8)
    #expect(try griot("ingest", file, "--memory", "m").status == 0)
    for words in [["--", "pump"], ["--", "--pump"]] {
      let result = try griot.runner.run([command, "--memory", "m", "--format", "json"] + words)
      #expect(result.status < 2, "\(result.errors)")
      #expect(result.output.contains(#""query":"\#(words[1])""#))
    }
    #expect(try griot(command, "--memory", "m", "--pump").errors.hasPrefix("griot: Unknown option '--pump'"))
  }

  @Test(
    arguments: [
      (["search", "x", "--limt", "3"], "Unknown option '--limt'. Did you mean '--limit'?"),
      (["search", "x", "--limit", "many"], "The value 'many' is invalid for '--limit <n>'"),
      (["search", "x", "--limit", "0"], "--limit is a whole number above 0, not 0"),
      (["search", "x", "--limit"], "Missing value for '--limit <n>'"),
      (["search"], "what to search for? Give words, a filter such as --author, or --batch FILE"),
      (
        ["search", "--batch", "f", "--format", "json"],
        "--batch answers many queries: choose --format trec, tsv or jsonl"
      ),
      (
        ["search", "--batch", "nowhere.tsv", "--format", "trec"],
        "cannot read the queries in nowhere.tsv: No such file or directory"
      ),
      (["search", "x", "--memory", ""], "--memory needs the path of a directory"),
      (["ingest"], "Missing expected argument '<path> ...'"),
      (["ingest", "a", "a"], "a is given twice"),
      (["ingest", "a", "--workers", "0"], "--workers is a whole number above 0, not 0"),
      (["ingest", "a", "--buffer", "huge"], "The value 'huge' is invalid for '--buffer <size>'"),
      (["ingest", "a", "--kind", "two words"], "--kind is one word such as newsletter, not 'two words'"),
      (["ingest", "a", "--source", ""], "--source needs a name"),
      (["extract"], "Missing expected argument '<file> ...'"),
      (["show"], "Missing expected argument '<id[#anchor]>'"),
      (["show", "1234", "--context", "-1"], "Missing value for '--context <n>'"),
      (["status", "extra"], "Unexpected argument 'extra'"),
      (["help", "frobnicate"], "no command or topic 'frobnicate'"),
    ] as [([String], String)])
  func mistakes(_ arguments: [String], _ message: String) throws {
    let griot = try Griot()
    let result = try griot.runner.run(arguments)
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.errors.hasPrefix("griot: " + message), "\(result.errors)")
  }

  @Test(arguments: ["query", "formats", "config", "exit-codes"])
  func topics(_ name: String) throws {
    let result = try Griot()("help", name)
    #expect(result.status == 0)
    #expect(result.errors == "")
    #expect(result.output.hasSuffix("\n"))
    #expect(result.output.split(separator: "\n").allSatisfy { $0.utf8.count <= 120 })
  }

  @Test func exitCodesAreThoseOfTheDesign() throws {
    let result = try Griot()("help", "exit-codes")
    let numbers = result.output.split(separator: "\n").compactMap { Int($0.split(separator: " ").first ?? "") }
    #expect(numbers == [0, 1, 2, 3, 4, 5, 6, 7, 74, 130])
  }

  @Test func everyCommandTakesTheMemory() throws {
    let griot = try Griot()
    for command in [
      "search", "related", "show", "ingest", "extract", "status", "sources", "remove", "check", "merge", "reindex",
      "export", "doctor", "open", "backup", "restore", "help",
    ] {
      let result = try griot(command, "--help")
      #expect(result.status == 0)
      #expect(result.output.contains("--memory <dir>"), "\(command)")
    }
  }

  // MARK: Defaults

  @Test func aMistakeInTheDefaultsIsNamed() throws {
    let griot = try Griot()
    try griot.folder.write(".config/griot/config.yaml", "limt: 3\n")
    let result = try griot("search", "x")
    #expect(result.status == 2)
    #expect(
      result.errors
        == "griot: \(griot.folder[".config/griot/config.yaml"]):1: unknown key `limt`; "
        + "known are author, buffer, color, lessons, limit, memory, query-log, workers\n")
  }

  @Test func noHome() throws {
    var griot = try Griot()
    griot.runner.environment["HOME"] = nil
    let result = try griot("search", "x")
    #expect(result.status == 2)
    #expect(
      result.errors
        == "griot: HOME is not set, so there is no place for the memory. Say where it is with --memory DIR\n")
  }
}
