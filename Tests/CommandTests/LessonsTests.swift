import TestSupport
import Testing

/// `griot lessons` and `griot learn` on three small post-mortems.
@Suite struct LessonsTests {
  static func griot() throws -> Griot {
    var griot = try Griot()
    func report(_ name: String, _ date: String, _ event: String, _ lesson: String) throws {
      try griot.folder.write(
        "in/\(name).md",
        """
        ---
        title: \(name)
        date: \(date)
        author: Ana Pérez
        ---

        # \(name)

        ## What happened

        \(event)

        ## Root cause

        Nobody had the date in a calendar.

        ## Lessons learned

        - \(lesson)

        """)
    }
    try report(
      "The leaf", "2015-11-16", "The certificate of the server ran out on a Saturday.",
      "Expiry dates of every certificate must be watched by a machine outside.")
    try report(
      "The root", "2021-10-12", "The root certificate ran out and the boxes fell silent.",
      "Expiry dates of every certificate must be watched by a machine from outside.")
    try griot.folder.write(
      "in/pump.vtt",
      """
      WEBVTT

      00:01:05.000 --> 00:01:09.000
      <v Bo Berg>In hindsight we should have cleaned the valve

      00:01:09.000 --> 00:01:12.000
      <v Bo Berg>before we changed the pump.

      """)
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let result = try griot("ingest", "in")
    #expect(result.status == 0, "\(result.errors)")
    return griot
  }

  @Test func whatWasLearnedTwiceIsOneHitWithItsContext() throws {
    let griot = try Self.griot()
    let result = try griot("lessons", "certificate expiry", "--type", "recommendation")
    #expect(result.status == 0 && result.errors == "")
    let text = SmallMemory.steady(result.output, griot)
    #expect(text.contains("recommendation  learned 2 times: 2015, 2021 · "))
    #expect(text.contains("heading: Lessons learned"))
    #expect(text.contains("   Expiry dates of every certificate must be watched by a machine"))
    #expect(text.contains("   happened: The "))
    #expect(text.contains("   why: Nobody had the date in a calendar."))
    #expect(text.contains("1 of 1 lesson in TIME"))
    #expect(
      try griot("lessons", "certificate", "--no-fold", "--type", "recommendation").output.contains("1–2 of 2 lessons"))
  }

  @Test func theSecondOfTheRecordingAndWhoSaysIt() throws {
    let griot = try Self.griot()
    let result = try griot("lessons", "valve", "--format", "json", "--min-confidence", "0.2")
    #expect(result.status == 0)
    let json = try JSONValue.lines(result.output)[0]
    let hit = json["hits"]!.array[0]
    #expect(hit["anchor"]!.string == "00:01:05")
    #expect(hit["speaker"]!.string == "Bo Berg")
    #expect(hit["lesson"]!["type"]!.string == "failed")
    #expect(hit["lesson"]!["rule"]!.string == "cue: hindsight")
    #expect(
      hit["lesson"]!["text"]!.string == "In hindsight we should have cleaned the valve before we changed the pump.")
    #expect(result.output.hasPrefix("{\"version\":1,\"query\":\"valve\",\"total\":{\"value\":1,\"relation\":\"eq\"},"))
    for key in ["rank", "score", "id", "externalId", "snippet", "folded", "lesson", "context", "occurrences"] {
      #expect(hit[key] != nil, "\(key)")
    }
  }

  @Test func filtersFormatsAndStatus() throws {
    let griot = try Self.griot()
    #expect(try griot("lessons", "certificate", "--after", "2020", "--format", "jsonl").output.contains("The root"))
    #expect(!(try griot("lessons", "certificate", "--after", "2020", "--format", "tsv").output.contains("The leaf")))
    #expect(try griot("lessons", "volcano").status == 1)
    #expect(try griot("lessons", "certificate", "--type", "worked").status == 1)
    #expect(try griot("lessons", "x", "--type", "luck").status == 2)
    #expect(try griot("lessons", "x", "--min-confidence", "7").status == 2)
    #expect(try griot("lessons", "x", "--memory", "nowhere").status == 3)
    let all = try griot("lessons", "--format", "tsv")
    #expect(all.status == 0 && all.output.split(separator: "\n").count == 3, "\(all.output)")
    let run = try griot(
      "lessons", "--batch", "-", "--format", "trec", input: Array("q1\tboxes fell silent\nq2\t\n".utf8))
    #expect(run.output.hasPrefix("q1 Q0 root.md 1 ") || run.output.hasPrefix("q1 Q0 The%20root.md 1 "), "\(run.output)")
  }

  @Test func aSentenceIsJudgedWithoutAMemory() throws {
    let griot = try Griot()
    let lines = "Ensure that every valve is cleaned.\nOn May 3, 1998, the crew was taken home.\n"
    let result = try griot("lessons", "--judge", "-", "--format", "jsonl", input: Array(lines.utf8))
    let judged = try JSONValue.lines(result.output)
    #expect(judged.count == 2)
    #expect(judged[0]["rule"]!.string == "cue: imperative")
    #expect(judged[0]["confidence"]!.double! > 0.6 && judged[1]["confidence"]!.double! < 0.2, "\(result.output)")
  }

  @Test func aLessonIsRecordedAndFoundAtOnce() throws {
    var griot = try Self.griot()
    let learned = try griot(
      "learn", "Weigh the pack", "before you go out: one was empty.", "--folder", "lessons", "--author", "Ío Zed",
      "--date", "2024-05-17", "--tag", "boats", "--type", "failed")
    #expect(learned.status == 0, "\(learned.errors)")
    #expect(
      learned.output
        == "Recorded “Weigh the pack before you go out: one was empty” in lessons/"
        + "2024-05-17-weigh-the-pack-before-you-go-out-one-was-empty.md\n")
    #expect(
      try griot.read("lessons/2024-05-17-weigh-the-pack-before-you-go-out-one-was-empty.md") == """
        ---
        title: "Weigh the pack before you go out: one was empty"
        author: "Ío Zed"
        date: 2024-05-17
        kind: lesson
        type: failed
        tags: ["boats"]
        ---

        ## What went wrong

        Weigh the pack before you go out: one was empty.

        """)
    let found = try JSONValue.lines(try griot("lessons", "pack", "--format", "jsonl").output)
    #expect(found.count == 1)
    #expect(found[0]["lesson"]!["type"]!.string == "failed")
    #expect(found[0]["people"]!.array[0]["name"]!.string == "Ío Zed")
    #expect(found[0]["date"]!.string == "2024-05-17" && found[0]["kind"]!.string == "lesson")
    // The folder is remembered; standard input is a text too, and a taken name is left alone.
    for _ in 0..<2 {
      let again = try griot("learn", "-", "--date", "2024-05-18", input: Array("Eat an egg.\n".utf8))
      #expect(again.status == 0, "\(again.errors)")
    }
    #expect(try griot.read("lessons/2024-05-18-eat-an-egg-2.md").hasSuffix("---\n\nEat an egg.\n"))
    #expect(try griot("lessons", "egg").output.contains("document"))
    griot.runner.environment["GRIOT_MEMORY"] = "other"
    #expect(try griot("learn", "Something.").status == 2)
    #expect(try griot("learn", " ", "--folder", "lessons").status == 2)
    #expect(try griot("learn", "x", "--folder", "lessons", "--date", "May").status == 2)
  }
}
