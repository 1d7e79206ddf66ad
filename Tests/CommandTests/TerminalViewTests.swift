import TestSupport
import Testing

/// What a person sees on a terminal, and that none of it gets into a pipe.
@Suite struct TerminalViewTests {
  private static func hasEscapes(_ text: String) -> Bool { text.unicodeScalars.contains("\u{1B}") }

  @Test func colorOnATerminalOnly() throws {
    var griot = try SmallMemory.griot()
    griot.runner.environment["TERM"] = "xterm-256color"
    let seen = try griot.runner.runOnTerminal(["search", "valve"])
    #expect(seen.status == 0)
    #expect(seen.output.contains("The \u{1B}[1;31mvalve\u{1B}[0m sticks."))
    #expect(!Self.hasEscapes(try griot("search", "valve").output))
    #expect(Self.hasEscapes(try griot("search", "valve", "--color", "always").output))
    #expect(!Self.hasEscapes(try griot.runner.runOnTerminal(["search", "valve", "--color", "never"]).output))
    // The words are the same on both.
    let plain = try griot.runner.runOnTerminal(["search", "valve", "--color", "never"]).output
    #expect(
      SmallMemory.steady(plain.replacing("\r\n", with: "\n"), griot)
        == SmallMemory.steady(try griot("search", "valve").output, griot))
  }

  @Test func noColor() throws {
    var griot = try SmallMemory.griot()
    griot.runner.environment["TERM"] = "xterm-256color"
    griot.runner.environment["NO_COLOR"] = "1"
    #expect(!Self.hasEscapes(try griot.runner.runOnTerminal(["search", "valve"]).output))
    griot.runner.environment["NO_COLOR"] = ""
    #expect(Self.hasEscapes(try griot.runner.runOnTerminal(["search", "valve"]).output))
    griot.runner.environment["TERM"] = "dumb"
    #expect(!Self.hasEscapes(try griot.runner.runOnTerminal(["search", "valve"]).output))
  }

  @Test func linksWhereTheTerminalHasThem() throws {
    var griot = try SmallMemory.griot()
    griot.runner.environment["TERM"] = "xterm-256color"
    griot.runner.environment["VTE_VERSION"] = "7003"
    let seen = try griot.runner.runOnTerminal(["search", "turbine"]).output
    #expect(seen.contains("\u{1B}]8;;file://"))
    #expect(seen.contains("/in/talks/valves.vtt#t=1\u{1B}\\"))
    griot.runner.environment["VTE_VERSION"] = nil
    #expect(!(try griot.runner.runOnTerminal(["search", "turbine"]).output.contains("\u{1B}]8")))
  }

  @Test func onePageOfHits() throws {
    var griot = try Griot()
    griot.runner.environment["TERM"] = "xterm"
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    for i in 0..<40 {
      try griot.folder.write("in/page\(i).md", "# Page \(i)\n\nThe valve number \(i) of the plant sticks, as said.\n")
    }
    #expect(try griot("ingest", "in").status == 0)
    for rows in [24, 40] {
      let lines = try griot.runner.runOnTerminal(["search", "valve", "--color", "never"], rows: rows).output
        .split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(lines.count <= rows, "the whole answer and the prompt fit the window")
      #expect(lines.count > rows - 6)
      let summary = String(lines[lines.count - 2])
      let shown = summary.split(separator: " ")[0].split(separator: "–").last!
      #expect(summary.hasSuffix("; more with --offset \(shown)"))
    }
    // Asked for more than fit, more come; nothing waits for a key.
    let all = try griot.runner.runOnTerminal(["search", "valve", "--limit", "40", "--color", "never"]).output
    #expect(all.contains("1–40 of 40 documents"))
  }

  @Test func aPassageSaysWhereItStands() throws {
    let griot = try SmallMemory.griot()
    let arguments = ["show", "wiki/rollback.md#rollback", "--color", "never"]
    let page = try griot.runner.runOnTerminal(arguments).output
    let whole = try griot.runner.runOnTerminal(["show", "wiki/rollback.md", "--color", "never"]).output
    if whole.contains("passage ") { Issue.record("the whole document has nothing around it") }
    let piped = try griot.runner.run(arguments).output
    #expect(page.replacing("\r\n", with: "\n").hasPrefix(piped))
  }

  @Test func aBarWhileItReads() throws {
    var griot = try Griot()
    griot.runner.environment["TERM"] = "xterm"
    for (name, text) in SmallMemory.files { try griot.folder.write(name, text) }
    let seen = try griot.runner.runOnTerminal(["ingest", "in", "--memory", "m"], errorsOnTerminal: true)
    #expect(seen.status == 0)
    #expect(seen.output.contains("\r3 files, "))
    // It is gone before the account is written.
    let last = seen.output.split(separator: "\r", omittingEmptySubsequences: false).first { $0.contains("source") }
    #expect(last?.hasPrefix("\u{1B}[K") == true || seen.output.contains("\r\u{1B}[K"))
    let quiet = try griot.runner.runOnTerminal(
      ["ingest", "in", "--memory", "m", "--progress", "none"], errorsOnTerminal: true)
    #expect(!quiet.output.contains("\r3 files, "))
  }

  @Test func nothingOfADocumentReachesTheTerminal() throws {
    var griot = try Griot()
    griot.runner.environment["TERM"] = "xterm"
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    try griot.folder.write(
      "in/evil\u{1B}[2J.md",
      "# Pwn\u{1B}]0;owned\u{7}ed\n\nThe valve \u{1B}[31m\u{9B}5m \u{202E}sticks\u{202C} \u{1B}]52;c;aGk=\u{7} here.\n")
    #expect(try griot("ingest", "in").status == 0)
    for arguments in [["search", "valve"], ["show", "evil\u{1B}[2J.md"], ["sources"], ["search", "valve\u{1B}[5m"]] {
      let seen = try griot.runner.runOnTerminal(arguments + ["--color", "never"], errorsOnTerminal: true).output
      let controls = seen.unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\r" && $0 != "\n"
      }
      #expect(controls.isEmpty, "\(arguments): \(seen.debugDescription)")
      #expect(!seen.unicodeScalars.contains("\u{202E}"), "\(arguments)")
    }
  }
}
