import TestSupport
import Testing

/// `griot experts`, `person` and `people` on small memories: output, exit status, and that nothing leaks.
@Suite struct PeopleTests {
  static let mails = """
    From a@example.org Mon Jan  8 10:00:00 2024
    From: Zelda Quux <zelda.quux@plant.example>
    To: Ana Pérez <ana@plant.example>
    Subject: Turbine bearing noise
    Date: Mon, 8 Jan 2024 10:00:00 +0000
    Message-ID: <t1@example.org>

    The turbine bearing screams at low load. Grease helps for a day.

    From a@example.org Tue Jan  9 10:00:00 2024
    From: Zelda Quux <zelda.quux@plant.example>
    Subject: Turbine bearing replaced
    Date: Tue, 9 Jan 2024 10:00:00 +0000
    Message-ID: <t2@example.org>

    We replaced the turbine bearing; the cage had cracked.

    From a@example.org Wed Jan 10 10:00:00 2024
    From: Zelda Quux <zq@home.example>
    Subject: Bearing supplier
    Date: Wed, 10 Jan 2024 10:00:00 +0000
    Message-ID: <t3@example.org>

    The bearing supplier for the turbine changed the steel.

    From a@example.org Thu Jan 11 10:00:00 2024
    From: Ana Perez <ana@plant.example>
    Subject: Turbine schedule
    Date: Thu, 11 Jan 2024 10:00:00 +0000
    Message-ID: <t4@example.org>

    The turbine stops in March for its bearing.

    From a@example.org Fri Jan 12 10:00:00 2024
    From: Plant robot <noreply@plant.example>
    Subject: Turbine alarm
    Date: Fri, 12 Jan 2024 10:00:00 +0000
    Message-ID: <t5@example.org>

    Turbine bearing temperature above limit. Turbine bearing temperature above limit.

    """
  static let talk = """
    WEBVTT

    00:00:01.000 --> 00:00:06.000
    <v Zelda Quux>The turbine bearing taught us to listen.

    00:12:31.000 --> 00:12:36.000
    <v SPEAKER_00>The turbine bearing was loud, the bearing of the turbine.

    00:20:00.000 --> 00:20:05.000
    <v Ana Pérez>Then we changed the roof.

    """

  static func memory() throws -> Griot {
    var griot = try Griot()
    try griot.folder.write("in/mails.mbox", mails)
    try griot.folder.write("in/talk.vtt", talk)
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let result = try griot("ingest", "in")
    #expect(result.status == 0, "\(result.errors)")
    return griot
  }

  private static func json(_ griot: Griot, _ arguments: String...) throws -> JSONValue {
    let result = try griot.runner.run(arguments + ["--format", "json"])
    return try JSONValue(parsing: result.output)
  }

  @Test func expertsComeWithEvidence() throws {
    let griot = try Self.memory()
    let answer = try Self.json(griot, "experts", "turbine", "bearing")
    #expect(answer.keys == ["version", "query", "experts"])
    #expect(answer["version"]?.int == 1)
    #expect(answer["query"]?.string == "turbine bearing")
    let experts = answer["experts"]!.array
    #expect(experts.map { $0["name"]!.string! } == ["Zelda Quux", "Ana Pérez"])
    #expect(
      experts[0].keys == [
        "rank", "score", "share", "name", "emails", "documents", "first", "last", "evidence",
      ])
    #expect(experts[0]["emails"] == .array([]))
    #expect(experts[0]["documents"]?.int == 4)
    #expect(experts[0]["first"]?.string == "2024-01-08")
    #expect(experts[0]["last"]?.string == "2024-01-10")
    let evidence = experts[0]["evidence"]!.array
    #expect(evidence.count == 3)
    for item in evidence {
      #expect(item.keys == ["id", "title", "date", "role", "anchor", "snippet"])
      #expect(item["snippet"]!.keys == ["text", "highlights"])
      #expect(!item["snippet"]!["highlights"]!.array.isEmpty)
    }
    let shares = experts.reduce(0) { $0 + $1["share"]!.double! }
    #expect(abs(shares - 1) < 1e-9)
  }

  /// Who wrote the long document on the topic comes before who named it twice in others.
  @Test func longDocumentsOnTheTopicCount() throws {
    let griot = try Self.memory()
    func document(_ title: String, _ author: String, _ date: String, _ end: String) -> String {
      let sentence = "In \(date.prefix(7)) the committee met and spoke about other things, said \(author)."
      let paragraph = Array(repeating: sentence, count: 40).joined(separator: " ")
      let text = ([String](repeating: paragraph, count: 4) + [end]).joined(separator: #"\n\n"#)
      return #"{"title":"\#(title)","author":"\#(author)","date":"\#(date)","text":"\#(text)"}"#
    }
    let documents = [
      document("Compressor overhaul", "Wanda Weld", "2021-03-01", "The end."),
      document("Minutes of March", "Milo Minutes", "2021-03-02", "The compressor needs an overhaul."),
      document("Minutes of May", "Milo Minutes", "2022-05-02", "The compressor had its overhaul."),
    ]
    try griot.folder.write("long.jsonl", documents.joined(separator: "\n") + "\n")
    #expect(try griot("ingest", "long.jsonl").status == 0)
    func names(_ options: String...) throws -> [String] {
      let answer = try JSONValue(
        parsing: griot.runner.run(["experts", "compressor", "overhaul", "--format", "json"] + options).output)
      return answer["experts"]!.array.map { $0["name"]!.string! }
    }
    #expect(try names() == ["Wanda Weld", "Milo Minutes"])
    #expect(try names("--without", "titles") == ["Milo Minutes", "Wanda Weld"])
  }

  @Test func addressesOnlyOnDemand() throws {
    let griot = try Self.memory()
    let plain = try griot("experts", "turbine", "bearing", "--format", "json", "--explain").output
    #expect(!plain.contains("@"))
    let asked = try Self.json(griot, "experts", "turbine", "bearing", "--addresses")
    #expect(
      asked["experts"]![0]!["emails"] == .array([.string("zelda.quux@plant.example"), .string("zq@home.example")]))
    #expect(!(try griot("people", "list").output.contains("@")))
    #expect(!(try griot("person", "quux").output.contains("@")))
    #expect(!(try griot("people", "why", "quux").output.contains("@")))
    #expect(try griot("people", "why", "quux", "--addresses").output.contains("zq@home.example"))
  }

  @Test func batch() throws {
    let griot = try Self.memory()
    try griot.folder.write("topics.tsv", "q1\tturbine bearing\nq2\t\nq3\troof\nq4\tzeppelin\n")
    let result = try griot("experts", "--batch", "topics.tsv", "--format", "tsv")
    #expect(result.status == 0, "\(result.errors)")
    let rows = result.output.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.allSatisfy { $0.count == 5 && $0[4].isEmpty })
    #expect(rows.map { "\($0[0]) \($0[1]) \($0[3])" }.prefix(2) == ["q1 1 Zelda Quux", "q1 2 Ana Pérez"])
    // Whoever speaks in the passage comes first; there is one passage here, so that both do.
    #expect(Set(rows.dropFirst(2).map { "\($0[0]) \($0[3])" }) == ["q3 Zelda Quux", "q3 Ana Pérez"])
    for pair in zip(rows, rows.dropFirst()) where pair.0[0] == pair.1[0] {
      #expect(Double(pair.0[2])! > Double(pair.1[2])!)
    }
    let mails = try griot("experts", "--batch", "topics.tsv", "--format", "tsv", "--addresses").output
    #expect(mails.contains("Zelda Quux\tzelda.quux@plant.example,zq@home.example\n"))
    #expect(try griot("experts", "--batch", "topics.tsv").status == 2)
  }

  @Test func filtersAndExitCodes() throws {
    let griot = try Self.memory()
    let talks = try Self.json(griot, "experts", "bearing", "--kind", "transcript")
    #expect(talks["experts"]!.array.allSatisfy { $0["documents"]!.int == 1 })
    #expect(try griot("experts", "zeppelin").status == 1)
    #expect(try griot("experts").status == 2)
    #expect(try griot("experts", "turbine", "--memory", "nowhere").status == 3)
    let late = try Self.json(griot, "experts", "turbine", "--after", "2024-01-11")
    #expect(late["experts"]!.array.map { $0["name"]!.string! } == ["Ana Pérez"])
  }

  @Test func nobodyIsNoExpert() throws {
    let griot = try Self.memory()
    for arguments in [["experts", "turbine bearing temperature"], ["people", "list"]] {
      let output = try griot.runner.run(arguments + ["--format", "json"]).output
      #expect(!output.contains("\"name\":\"SPEAKER_00\""))
      #expect(!output.contains("\"name\":\"Plant robot\""))
    }
    #expect(try griot("person", "SPEAKER_00").status == 1)
  }

  @Test func personIsFoundByAnySpelling() throws {
    let griot = try Self.memory()
    for name in ["Zelda Quux", "quux, zelda", "Quux Zelda", "zelda", "Zelda Kuux", "Z. Quux", "zq@home.example"] {
      let answer = try Self.json(griot, "person", name)
      #expect(answer.keys == ["version", "query", "person", "others"])
      #expect(answer["person"]?["name"]?.string == "Zelda Quux", "\(name)")
    }
    for name in ["Ana Pérez", "ana perez", "PEREZ Ana", "Anna Perez"] {
      #expect(try Self.json(griot, "person", name)["person"]?["name"]?.string?.hasPrefix("Ana P") == true, "\(name)")
    }
    let person = try Self.json(griot, "person", "quux")["person"]!
    #expect(person["documents"]?.int == 4)
    #expect(person["years"] == (try JSONValue(parsing: #"[{"year":2024,"documents":3}]"#)))
    #expect(person["topics"]!.array.contains { $0["word"]?.string == "supplier" })
    #expect(person["collaborators"]![0]?["name"]?.string?.hasPrefix("Ana P") == true)
    #expect(person["items"]!.array.count == 4)
    #expect(try griot("person", "Nobody Here").status == 1)
  }

  @Test func mergesAreExplainedAndReversible() throws {
    let griot = try Self.memory()
    let why = try griot("people", "why", "Zelda").output
    #expect(why.contains("same full name"))
    #expect(try griot("people", "split", "Zelda Quux", "zq@home.example").status == 0)
    #expect(try griot("people", "list").output.split(separator: "\n").filter { $0.hasPrefix("Zelda") }.count == 2)
    // It survives a reindex, and is undone by a merge.
    #expect(try griot("reindex").status == 0)
    #expect(try griot("people", "list").output.split(separator: "\n").filter { $0.hasPrefix("Zelda") }.count == 2)
    #expect(try griot("people", "merge", "zelda.quux@plant.example", "zq@home.example").status == 0)
    #expect(try griot("people", "list").output.split(separator: "\n").filter { $0.hasPrefix("Zelda") }.count == 1)
    #expect(try griot("people", "merge", "Zelda Quux", "Ana Pérez").status == 0)
    #expect(try Self.json(griot, "experts", "turbine")["experts"]!.array.count == 1)
    #expect(try griot("people", "split", "Zelda Quux", "ana@plant.example").status == 0)
    #expect(try Self.json(griot, "experts", "turbine")["experts"]!.array.count == 2)
  }

  /// Who is hidden goes on speaking, without a name: their words are not given to the speaker before.
  @Test func hiddenSpeakersAreStillOneOfTheirOwn() throws {
    let griot = try Griot()
    try griot.folder.write(
      "in/meeting.vtt",
      """
      WEBVTT

      00:01.000 --> 00:03.000
      <v Ana Perez>The valve was tested in May.

      00:03.000 --> 00:06.000
      <v Zelda Quux>The valve sticks all the same.

      """)
    #expect(try griot("ingest", "in", "--memory", "memory").status == 0)
    let hits = try JSONValue(parsing: try griot("search", "valve", "--memory", "memory", "--format", "json").output)
    let id = try #require(hits["hits"]?[0]?["id"]?.string)
    #expect(try griot("people", "hide", "Zelda Quux", "--memory", "memory").status == 0)
    let shown = try griot("show", id, "--memory", "memory").output
    #expect(shown.contains(#/Ana Perez\n +The valve was tested in May\.\n.*…\n +The valve sticks/#), "\(shown)")
  }

  /// Every command in every format, for somebody who is hidden: no output names them beyond the texts themselves.
  @Test func hiddenPeopleLeakNowhere() throws {
    let griot = try Self.memory()
    let list = try griot("search", "turbine bearing", "--format", "json")
    let ids = try JSONValue(parsing: list.output)["hits"]!.array.map { $0["id"]!.string! }
    #expect(list.output.contains("Quux"))
    let hidden = try griot("people", "hide", "Zelda", "Quux")
    #expect(hidden.status == 0, "\(hidden.errors)")
    try griot.folder.write("topics.tsv", "q1\tturbine bearing\nq2\tquux\n")
    var commands: [[String]] = []
    for format in ["text", "json", "jsonl", "tsv", "trec"] {
      commands.append(["search", "turbine bearing", "--addresses", "--format", format])
      commands.append(["search", "bearing", "--speaker", "zelda", "--format", format])
      if format != "text", format != "json" {
        commands.append(["search", "--batch", "topics.tsv", "--format", format])
      }
    }
    for format in ["text", "json"] {
      commands.append(["experts", "turbine bearing", "--addresses", "--explain", "--format", format])
      commands.append(["person", "zelda", "--addresses", "--format", format])
      commands.append(["person", "ana", "--addresses", "--format", format])
      commands.append(["people", "list", "--addresses", "--format", format])
      commands.append(["people", "list", "zelda", "--format", format])
      commands.append(["people", "why", "zelda", "--addresses", "--format", format])
      commands.append(["people", "why", "ana", "--addresses", "--format", format])
      commands.append(["status", "--format", format])
      commands.append(["sources", "--format", format])
      for id in ids {
        commands.append(["show", id, "--addresses", "--format", format])
        commands.append(["related", id, "--addresses", "--format", format])
      }
    }
    commands.append(["experts", "turbine bearing", "--addresses", "--format", "tsv"])
    commands.append(["experts", "--batch", "topics.tsv", "--format", "tsv", "--addresses"])
    commands.append(["export", "--addresses"])
    var answered = 0
    for command in commands {
      let result = try griot.runner.run(command)
      if result.status == 0 { answered += 1 }
      // Errors repeat what was asked, never more of the name than that.
      for (stream, text) in [("output", result.output), ("errors", result.errors)] {
        for trace in ["Quux", "zelda.quux", "zq@home"] {
          #expect(!text.contains(trace), "\(command) leaks \(trace) in its \(stream)")
        }
      }
    }
    #expect(answered > 20)
    // Nor does a filter tell that the person is there.
    #expect(try griot("search", "bearing", "--author", "zelda").status == 1)
    #expect(try griot("search", "author:quux bearing").status == 1)
    #expect(try griot("people", "hide", "--undo", "Zelda Quux").status == 0)
    #expect(try griot("search", "bearing", "--author", "zelda").status == 0)
  }

  @Test(arguments: [
    (
      "people.vcf",
      "BEGIN:VCARD\nVERSION:4.0\nFN:Zelda Quux-Baker\nEMAIL:zelda.quux@plant.example\nEMAIL;TYPE=home:zq@home.example\nORG:Plant;Rotating\n  machines\nTITLE:Engineer\nEND:VCARD\n"
    ),
    (
      "people.ldif",
      "dn: uid=zq,ou=people\ncn:: WmVsZGEgUXV1eC1CYWtlcg==\nmail: zelda.quux@plant.example\nmail: zq@home.example\nou: Rotating machines\ntitle: Engineer\n"
    ),
    (
      "people.csv",
      "Name;E-mail;Unit;Title\r\n\"Zelda Quux-Baker\";zelda.quux@plant.example, zq@home.example;Rotating machines;Engineer\r\n"
    ),
    (
      "people.yaml",
      "version: 1\npeople:\n  - id: z\n    name: Zelda Quux-Baker   # as she likes it\n    emails: [zelda.quux@plant.example, zq@home.example]\n    unit: Rotating machines\n    title: Engineer\n"
    ),
    ("old.mailmap", "Zelda Quux-Baker <zelda.quux@plant.example> <zq@home.example>\n"),
  ])
  func directories(_ name: String, _ text: String) throws {
    let griot = try Self.memory()
    try griot.folder.write(name, text)
    let result = try griot("people", "import", name)
    #expect(result.status == 0, "\(result.errors)")
    let person = try Self.json(griot, "person", "zelda", "--addresses")["person"]!
    #expect(person["name"]?.string == "Zelda Quux-Baker")
    #expect(person["emails"]!.array.count == 2)
    #expect(person["documents"]?.int == 4)
    if !name.hasSuffix("mailmap") {
      #expect(person["unit"]?.string == "Rotating machines")
      #expect(person["title"]?.string == "Engineer")
    }
    // The name that a person wants is the one that hits show, and a second import changes nothing.
    #expect(try griot("search", "bearing", "--format", "json").output.contains("Zelda Quux-Baker"))
    #expect(try griot("people", "import", name).output.contains("0 new lines"))
    try griot.folder.write("nothing.csv", "a,b\n1,2\n")
    #expect(try griot("people", "import", "nothing.csv").status == 2)
  }
}

/// Who is named in running text, near the words of a topic.
@Suite struct NamedInTextTests {
  private static func memory() throws -> Griot {
    var griot = try Griot()
    func page(_ name: String, _ author: String, _ text: String) throws {
      try griot.folder.write(
        "in/\(name).md", "---\ntitle: \(name)\nauthor: \(author)\ndate: 2024-01-01\n---\n\n\(text)\n")
    }
    let filler = String(repeating: "Nothing else of note was told that day. ", count: 20)
    try page("Report", "Ana Pérez", "The gearbox was taken apart by Bo van der Berg. \(filler)Cy Dahl made the coffee.")
    try page("Garden", "Bo van der Berg", "Roses want sun.")
    try page("Kitchen", "Cy Dahl", "Coffee wants water.")
    try page("Hall", "Dee Ell", "The hall is cold.")
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    #expect(try griot("ingest", "in").status == 0)
    return griot
  }

  private static func experts(_ griot: Griot, _ arguments: String...) throws -> [(name: String, role: String)] {
    let output = try griot.runner.run(["experts", "gearbox", "--format", "json"] + arguments).output
    return try JSONValue(parsing: output)["experts"]!.array.map {
      ($0["name"]!.string!, $0["evidence"]![0]!["role"]!.string!)
    }
  }

  @Test func nearestFirstAndBehindWhoeverWroteIt() throws {
    let griot = try Self.memory()
    let found = try Self.experts(griot)
    #expect(found.map(\.name) == ["Ana Pérez", "Bo van der Berg", "Cy Dahl"])
    #expect(found.map(\.role) == ["author", "mentioned", "mentioned"])
    #expect(try Self.experts(griot, "--without", "mentions").map(\.name) == ["Ana Pérez"])
    // As far as the place of the name is left out, both are named once.
    let shares = try JSONValue(
      parsing: griot("experts", "gearbox", "--without", "proximity", "--format", "json").output)["experts"]!.array
    #expect(shares[1]["share"]!.double! == shares[2]["share"]!.double!)
  }

  @Test func whoeverIsHiddenIsNotNamed() throws {
    let griot = try Self.memory()
    #expect(try griot("people", "hide", "Bo van der Berg").status == 0)
    #expect(try Self.experts(griot).map(\.name) == ["Ana Pérez", "Cy Dahl"])
  }
}
