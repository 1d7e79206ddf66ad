import TestSupport
import Testing

/// Every command in every format it says it has, over a memory that knows somebody who is hidden, in every role and from
/// every kind of source; and addresses, which are shown to those who ask for them.
@Suite struct LeakTests {
  /// Traces of the one who is hidden: none of the texts says any of them.
  static let traces = ["Quux", "zelda", "zq@home", "qx77"]

  static let files = [
    "in/mails.mbox": """
    From a@plant.example Mon Jan  8 10:00:00 2024
    From: Zelda Quux <zelda.quux@plant.example>
    To: Ana Pérez <ana@plant.example>, qx77@plant.example
    Subject: Turbine bearing noise
    Date: Mon, 8 Jan 2024 10:00:00 +0000
    Message-ID: <t1@lists.example>

    The turbine bearing screams at low load. We learned to grease it first.

    From a@plant.example Tue Jan  9 10:00:00 2024
    From: qx77@plant.example
    To: Ana Pérez <ana@plant.example>
    Cc: "Quux, Zelda" <zq@home.example>
    Subject: Re: Turbine bearing noise
    Date: Tue, 9 Jan 2024 10:00:00 +0000
    In-Reply-To: <t1@lists.example>
    Message-ID: <t2@lists.example>

    We should have replaced the turbine bearing; the cage had cracked.

    From a@plant.example Wed Jan 10 10:00:00 2024
    From: Ana Pérez <ana@plant.example>
    To: Zelda Quux <zelda.quux@plant.example>
    Subject: Turbine schedule
    Date: Wed, 10 Jan 2024 10:00:00 +0000
    Message-ID: <t3@lists.example>

    The turbine stops in March for its bearing.

    """,
    "in/talk.vtt": """
    WEBVTT

    00:00:01.000 --> 00:00:06.000
    <v Zelda Quux>In hindsight we should have listened to the turbine bearing.

    00:12:31.000 --> 00:12:36.000
    <v Ana Pérez>The turbine bearing was loud.

    """,
    "in/retro.md": """
    ---
    title: Turbine retrospective
    date: 2024-02-01
    authors: [Zelda Quux, Ana Pérez]
    ---

    # Turbine retrospective

    ## Lessons learned

    - Always grease the turbine bearing before the season.

    """,
    "in/notes.jsonl": """
    {"id":"n1","title":"Turbine notes","text":"The turbine bearing is new.","authors":[{"name":"Zelda Quux","email":"zq@home.example"}],"date":"2024-03-01"}
    {"id":"n2","title":"Turbine notes two","text":"The turbine bearing is fine.","author":"Bo Berg","author_email":"bo@plant.example","date":"2024-03-02"}
    {"id":"n3","title":"Turbine notes three","text":"Turbine and bearing.","author":"Zelda Quux","date":"2024-03-03"}

    """,
    "in/wiki.xml": """
    <mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="en">
      <siteinfo><sitename>Plant</sitename><namespaces><namespace key="0"/></namespaces></siteinfo>
      <page><title>Bearing</title><ns>0</ns><id>1</id>
        <revision><id>2</id><timestamp>2024-01-02T00:00:00Z</timestamp>
          <contributor><username>Zelda Quux</username><id>3</id></contributor>
          <text xml:space="preserve">A bearing of the turbine carries the shaft.</text></revision></page>
    </mediawiki>

    """,
    "in/page.html": """
    <html><head><title>Turbine page</title><meta name="author" content="Zelda Quux"></head>
    <body><main><h1>Turbine page</h1><p>All about the turbine bearing, its grease and its cage, for those who come
    after us and want to know why the thing is so loud.</p></main></body></html>

    """,
  ]

  static func memory() throws -> Griot {
    var griot = try Griot()
    for (name, text) in files { try griot.folder.write(name, text) }
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    try griot.folder.write("topics.tsv", "q1\tturbine bearing\nq2\tgrease\n")
    let result = try griot("ingest", "in")
    #expect(result.status == 0, "\(result.errors)")
    return griot
  }

  /// The formats that a command says it has; one of no name for a command without.
  private static func formats(_ griot: Griot, _ command: [String]) throws -> [String?] {
    let help = try griot.runner.run(command + ["--help"]).output.split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    guard let option = help.firstRange(of: "--format <format> "),
      let values = help[option.upperBound...].firstMatch(of: #/\(values: ([a-z, ]+)/#)
    else { return [nil] }
    let names = values.output.1.split(separator: ",").map { String($0.filter { $0 != " " }) }
    #expect(names.count > 1, "\(command)")
    return names
  }

  /// Everything that can be asked of a memory, and what each answers when it has nothing to say.
  private static func questions(_ griot: Griot) throws -> [[String]] {
    let all = try griot("search", "turbine", "--limit", "50", "--format", "json").output
    let ids = try JSONValue(parsing: all)["hits"]!.array.map { $0["id"]!.string! }
    #expect(ids.count == 10)
    var questions: [([String], [[String]])] = [
      (
        ["search"],
        [
          ["turbine bearing", "--limit", "50"], ["turbine", "--explain"], ["turbine", "--sort", "date"],
          ["--batch", "topics.tsv"], ["grease", "--no-fold"], ["bearing", "--kind", "message"],
        ]
      ),
      (
        ["lessons"],
        [["turbine", "--min-confidence", "0"], ["--min-confidence", "0"], ["--batch", "topics.tsv"]]
      ),
      (["experts"], [["turbine bearing", "--explain"], ["grease"], ["--batch", "topics.tsv"]]),
      (["person"], [["ana"], ["bo berg"], ["pérez"]]),
      (["people", "list"], [[]]), (["people", "why"], [["ana"], ["bo"]]),
      (["watch", "list"], [[]]), (["watch", "run"], [["--peek", "--limit", "50"]]),
      (["digest"], [["--since", "2000", "--limit", "50"]]), (["gaps"], [[]]),
      (["status"], [[]]), (["sources"], [[]]), (["check"], [[]]), (["doctor"], [[]]), (["export"], [[]]),
      (["show"], ids.map { [$0] }), (["related"], ids.map { [$0] }),
    ]
    questions.append((["remove"], [["n2", "--dry-run"]]))
    return try questions.flatMap { command, arguments in
      try formats(griot, command).flatMap { format in
        arguments.map { command + $0 + (format.map { ["--format", $0] } ?? []) }
      }
    }
  }

  private static func watches(_ griot: Griot) throws {
    #expect(try griot("watch", "add", "turbine", "turbine", "--from-start").status == 0)
    #expect(try griot("watch", "add", "ana", "--author", "ana", "--from-start").status == 0)
  }

  @Test func whoeverIsHiddenIsNowhere() throws {
    let griot = try Self.memory()
    try Self.watches(griot)
    let questions = try Self.questions(griot)
    func telling(_ questions: [[String]], _ variants: [[String]]) throws -> Set<String> {
      var telling: Set<String> = []
      for question in questions {
        for addresses in variants {
          var result = try griot.runner.run(question + addresses)
          // Some have nobody to show, and no such option.
          if result.status == 2 { result = try griot.runner.run(question) }
          let output = (result.output + result.errors).lowercased()
          for trace in Self.traces where output.contains(trace.lowercased()) {
            telling.insert("\(question + addresses): \(trace)")
          }
        }
      }
      return telling
    }
    // The walk finds them while they are not hidden, so that it would find a leak.
    let before = try telling(questions, [["--addresses"]])
    for command in ["search", "lessons", "experts", "person", "people", "watch", "digest", "export", "show", "related"]
    {
      #expect(before.contains { $0.hasPrefix("[\"\(command)\"") }, "\(command) does not show anybody")
    }
    for name in ["Zelda Quux", "qx77@plant.example", "zq@home.example"] {
      let hidden = try griot("people", "hide", name)
      #expect(hidden.status == 0 || name == "zq@home.example", "\(hidden.errors)")
    }
    #expect(try telling(questions, [[], ["--addresses"]]) == [])
    // A merge and a reindex do not bring them back.
    #expect(try griot("merge").status == 0)
    #expect(try griot("reindex").status == 0)
    let again = try Self.questions(griot)
    #expect(try telling(again, [["--addresses"]]) == [])
  }

  /// A filter that finds their documents would tell that they are there: every way to ask for a person finds nobody.
  @Test func noFilterFindsThem() throws {
    let griot = try Self.memory()
    for name in ["zelda", "quux", "Zelda Quux", "zelda.quux@plant.example"] {
      #expect(try griot("search", "turbine", "--person", name).status == 0, "\(name)")
    }
    #expect(try griot("people", "hide", "Zelda Quux").status == 0)
    for name in ["zelda", "quux", "Zelda Quux", "zelda.quux@plant.example"] {
      for option in ["--author", "--speaker", "--person"] {
        for command in ["search", "lessons", "experts"] {
          #expect(try griot(command, "turbine", option, name).status == 1, "\(command) \(option) \(name)")
        }
      }
      #expect(try griot("search", "turbine author:\"\(name)\"").status == 1)
      #expect(try griot("search", "turbine speaker:\"\(name)\"").status == 1)
      #expect(try griot("person", name).status == 1)
      #expect(try griot("people", "why", name).status == 1)
      #expect(try griot("people", "list", name).output.contains("Quux") == false)
    }
    #expect(try griot("watch", "add", "z", "--author", "zelda", "--from-start").status == 0)
    #expect(try griot("watch", "run", "z", "--peek").status == 1)
  }

  /// What the shell offers behind `--author Z`.
  @Test func completionOffersThemNot() throws {
    var griot = try Self.memory()
    griot.runner.environment["SAP_SHELL"] = "bash"
    griot.runner.environment["SAP_SHELL_VERSION"] = "5.2"
    func offered(_ option: String, _ typed: String) throws -> [Substring] {
      let result = try griot(
        "---completion", "search", "--", option, "3", "\(typed.utf8.count)", "griot", "search", option, typed)
      #expect(result.status == 0, "\(result.errors)")
      return result.output.split(separator: "\n")
    }
    let options = ["--author", "--speaker", "--person"]
    for option in options { #expect(try offered(option, "Z").contains("Zelda Quux")) }
    #expect(try griot("people", "hide", "Zelda Quux").status == 0)
    #expect(try griot("people", "hide", "qx77@plant.example").status == 0)
    for option in options {
      for typed in ["Z", "z", "Q", "Zelda", "q", ""] {
        let names = try offered(option, typed)
        for trace in Self.traces {
          #expect(!names.contains { $0.lowercased().contains(trace.lowercased()) }, "\(option) \(typed): \(names)")
        }
      }
      #expect(try offered(option, "A") == ["Ana Pérez"])
    }
    for option in ["--source", "--kind"] { #expect(!(try offered(option, "").isEmpty)) }
  }

  @Test func addressesOnlyForThoseWhoAsk() throws {
    let griot = try Self.memory()
    try Self.watches(griot)
    var asked: Set<String> = []
    for question in try Self.questions(griot) {
      let result = try griot.runner.run(question)
      #expect(!(result.output + result.errors).contains("plant.example"), "\(question)")
      #expect(!(result.output + result.errors).contains("home.example"), "\(question)")
      let withAddresses = try griot.runner.run(question + ["--addresses"])
      if withAddresses.output.contains("ana@plant.example") { asked.insert(question[0]) }
    }
    #expect(asked.isSuperset(of: ["search", "experts", "person", "people", "show", "export"]), "\(asked)")
    var completing = griot
    completing.runner.environment["SAP_SHELL"] = "zsh"
    completing.runner.environment["SAP_SHELL_VERSION"] = "5.9"
    let names = try completing(
      "---completion", "search", "--", "--author", "3", "0", "griot", "search", "--author", "")
    #expect(names.status == 0 && !names.output.contains("@"), "\(names.output)")
  }
}
