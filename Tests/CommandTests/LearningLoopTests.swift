import TestSupport
import Testing

/// `griot watch`, `digest` and `gaps`: what is new, what was learned, what is missing.
@Suite struct LearningLoopTests {
  @Test func aWatchReportsOnlyWhatIsNew() throws {
    let griot = try SmallMemory.griot()
    #expect(try griot("watch", "add", "valves", "valve").output == "Watching “valves”: valve\n")
    #expect(try griot("watch", "add", "ana", "--author", "ana", "--from-start").status == 0)
    #expect(try griot("watch", "add", "valves", "pump").status == 2)
    #expect(try griot("watch", "add", "empty").status == 2)
    #expect(try griot("watch", "add", "bad", "x", "--after", "soon").status == 2)

    let first = try griot("watch", "run")
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("ana  2 new documents\n") && !first.output.contains("valves"), "\(first.output)")
    let nothing = try griot("watch", "run")
    #expect(nothing.status == 1 && nothing.output == "Nothing new.\n")

    try griot.folder.write("in/wiki/new.md", "# A \\<new> valve\n\nThe valve & its seal were replaced.\n")
    #expect(try griot("ingest", "in").status == 0)
    let peeked = try griot("watch", "run", "--peek", "--format", "json")
    let json = try JSONValue.lines(peeked.output)[0]
    #expect(json["version"]!.int == 1 && json["total"]!.int == 1)
    let watch = json["watches"]!.array[1]
    #expect(watch["name"]!.string == "valves" && watch["hits"]!.array[0]["externalId"]!.string == "wiki/new.md")

    let mail = try griot("watch", "run", "valves", "--peek", "--format", "mail", "--to", "all@example.org").output
    #expect(
      mail.hasPrefix("From: Griot <griot@localhost>\r\nTo: all@example.org\r\nSubject: What is new: valves (1)\r\n"))
    #expect(mail.contains("Content-Type: multipart/alternative; boundary="))
    // What Griot writes, Griot reads.
    try griot.folder.write("mail/news.eml", mail)
    let read = try JSONValue.lines(try griot("extract", "mail").output)[0]
    #expect(read["title"]!.string == "What is new: valves (1)")
    #expect(
      read["passages"]!.array.map { $0["text"]!.string! }.joined().contains("its seal were replaced."))

    let feed = try griot("watch", "run", "valves", "--peek", "--format", "atom").output
    #expect(feed.contains("<title>A &lt;new&gt; valve</title>") && feed.hasSuffix("</feed>\n"))
    #expect(feed.contains("The &lt;b&gt;valve&lt;/b&gt; &amp;amp; its seal"), "\(feed)")
    let markdown = try griot("watch", "run", "valves", "--format", "markdown").output
    #expect(markdown.contains("## valves: 1 new document\n") && markdown.contains("[A \\<new\\> valve](<file://"))
    #expect(try griot("watch", "run").status == 1)

    #expect(try griot("watch", "list").output.contains("author: ana"))
    #expect(
      try griot("watch", "list", "--format", "json").output.hasPrefix("{\"version\":1,\"watches\":[{\"name\":\"ana\""))
    #expect(try griot("watch", "remove", "ana").status == 0)
    #expect(try griot("watch", "remove", "ana").status == 1)
    #expect(try griot("watch", "run", "ana").status == 1)
    #expect(try griot("check").status == 0)
  }

  @Test func aWatchSurvivesMergesAndReindexing() throws {
    let griot = try SmallMemory.griot()
    #expect(try griot("watch", "add", "valves", "valve").status == 0)
    try griot.folder.write("in/wiki/new.md", "# New\n\nThe valve was replaced.\n")
    #expect(try griot("ingest", "in").status == 0)
    #expect(try griot("merge").status == 0)
    // New and old documents lie in one segment now.
    #expect(try griot("watch", "run", "--peek").output.hasPrefix("valves  1 new document\n"))
    #expect(try griot("reindex").status == 0)
    #expect(try griot("watch", "run").output.hasPrefix("valves  1 new document\n"))
    #expect(try griot("reindex").status == 0)
    #expect(try griot("watch", "run").status == 1)
  }

  @Test func aDigestOfAYear() throws {
    let griot = try SmallMemory.griot()
    try griot.folder.write(
      "in/retro.md",
      "---\ntitle: Retro valve season\ndate: 2024-06-01\nauthor: Nia New\n---\n\n## Lessons learned\n\n- Clean the valve first.\n"
    )
    try griot.folder.write(
      "in/season.md", "---\ntitle: The valve season ends\ndate: 2024-07-01\nauthor: Nia New\n---\n\nIt ended well.\n")
    #expect(try griot("ingest", "in").status == 0)
    let json = try JSONValue.lines(try griot("digest", "--since", "2024-05", "--format", "json").output)[0]
    #expect(json["documents"]!.int == 3)
    #expect(json["lessons"]!.array.map { $0["lesson"]!["text"]!.string! } == ["Clean the valve first."])
    #expect(json["topics"]!.array.contains { $0["name"]!.string == "valve season" }, "\(json)")
    #expect(json["people"]!.array.map { $0["name"]!.string! } == ["Nia New"])
    #expect(
      try griot("digest", "--since", "2024-05").output.contains("New people\n   Nia New (2 documents since 2024-06-01)")
    )
    #expect(
      try griot("digest", "--since", "2024-05", "--format", "markdown").output.hasPrefix(
        "# What we learned since 2024-05-01\n"))
    #expect(try griot("digest", "--since", "2030").status == 1)
    #expect(try griot("digest", "--since", "lately").status == 2)
    #expect(try griot("digest").status == 2)
  }

  @Test func queriesAreNotedOnlyWhereAskedForAndGapsAreTold() throws {
    let griot = try SmallMemory.griot()
    #expect(try griot("search", "volcano").status == 1)
    #expect(try griot("gaps").errors.contains("no query log is kept"))
    try griot.folder.write(".config/griot/config.yaml", "query-log: ~/queries.tsv\n")
    _ = try griot("search", "volcano")
    _ = try griot("search", "Volcano", "--format", "json")
    _ = try griot("search", "turbines valving")
    _ = try griot("search", "valve")
    _ = try griot("search", "nothing", "--author", "nobody")
    let log = try griot.read("queries.tsv")
    #expect(log.split(separator: "\n").count == 4, "\(log)")
    #expect(log.split(separator: "\n").allSatisfy { $0.split(separator: "\t").count == 3 })
    let json = try JSONValue.lines(try griot("gaps", "--format", "json").output)[0]
    #expect(json["queries"]!.int == 4)
    let misses = json["misses"]!.array
    #expect(misses.first?["query"]!.string?.lowercased() == "volcano")
    #expect(misses.first?["kind"]!.string == "gap" && misses.first?["times"]!.int == 2)
    let text = try griot("gaps").output
    #expect(text.hasPrefix("Nothing speaks of\n"), "\(text)")
    #expect(try griot("gaps", "--log", "missing.tsv").status == 2)
  }

  @Test func topicsOfOnePersonAndStaleOnes() throws {
    let griot = try Griot()
    for (i, (year, author)) in [("2015", "Old Hand"), ("2016", "Old Hand"), ("2017", "Old Hand")].enumerated() {
      try griot.folder.write(
        "in/\(i).md", "---\ntitle: Bubbler pressure \(i)\ndate: \(year)-01-01\nauthor: \(author)\n---\n\nAbout it.\n")
    }
    for (i, author) in ["Ana", "Bo", "Cy", "Di"].enumerated() {
      try griot.folder.write(
        "in/n\(i).md", "---\ntitle: Radar gauges \(i)\ndate: 2024-01-0\(i + 1)\nauthor: \(author)\n---\n\nAbout it.\n")
      try griot.folder.write("in/o\(i).md", "---\ntitle: Other matter no\(i)xx\ndate: 2024-02-01\n---\n\nText \(i).\n")
      try griot.folder.write("in/p\(i).md", "---\ntitle: Thing abc\(i)de\ndate: 2024-02-01\n---\n\nText \(i).\n")
    }
    #expect(try griot("ingest", "in", "--memory", "memory").status == 0)
    let json = try JSONValue.lines(try griot("gaps", "--memory", "memory", "--format", "json").output)[0]
    #expect(json["onePerson"]!.array.map { $0["topic"]!.string! } == ["bubbler pressure"], "\(json)")
    #expect(json["stale"]!.array.map { $0["topic"]!.string! } == ["bubbler pressure"])
    #expect(json["stale"]!.array[0]["last"]!.string == "2017-01-01")
  }

  @Test func hiddenPeopleAreInNoReport() throws {
    let griot = try LessonsTests.griot()
    try griot.folder.write(
      "in/new.md", "---\ntitle: Root season\ndate: 2024-01-01\nauthor: Nia New\n---\n\nIt ended.\n")
    #expect(try griot("ingest", "in").status == 0)
    #expect(try griot("digest", "--since", "2020", "--format", "json").output.contains("Nia New"))
    for name in ["Nia New", "Ana Pérez", "Bo Berg"] {
      let hidden = try griot("people", "hide", name)
      #expect(hidden.status == 0, "\(hidden.errors)")
    }
    let commands = [
      ["lessons", "certificate", "--format", "json"], ["lessons", "valve", "--min-confidence", "0"],
      ["digest", "--since", "2000", "--format", "json"], ["gaps", "--format", "json"],
    ]
    for command in commands {
      let output = try griot.runner.run(command).output
      for name in ["Nia New", "Ana Pérez", "Bo Berg"] { #expect(!output.contains(name), "\(command): \(output)") }
    }
  }
}
