import Testing

@testable import GriotCommand

@Suite struct PagerTests {
  private static let terminal = Terminal(
    isInteractive: true, columns: 80, rows: 24, usesColor: false, usesHyperlinks: false)

  private func command(_ variables: [String: String], line: Int = 7, _ terminal: Terminal = terminal) -> String? {
    Pager(terminal, environment: Environment(variables))?.beginning(at: line)
  }

  @Test func isWhatTheEnvironmentSays() {
    #expect(command([:]) == "less -R +7")
    #expect(command(["PAGER": "/usr/bin/less -S"]) == "/usr/bin/less -S +7")
    #expect(command(["PAGER": "more"]) == "more +7")
    #expect(command(["PAGER": "more"], line: 1) == "more")
    #expect(command(["PAGER": "bat --plain"]) == "bat --plain")
  }

  @Test func thereIsNoneWhereNothingIsToBePaged() {
    #expect(command([:], .plain) == nil)
    #expect(command(["PAGER": ""]) == nil)
    #expect(command(["PAGER": "/bin/cat -v"]) == nil)
    #expect(command(["TERM": "dumb"]) == nil)
  }

  @Test func runsAndTellsWhatIsMissing() throws {
    let good = try #require(Pager(Self.terminal, environment: Environment(["PAGER": "head -c 2 > /dev/null; exit 3"])))
    #expect(good.show(Array("text\n".utf8), line: 1))
    // Leaves before it has read everything.
    let early = try #require(Pager(Self.terminal, environment: Environment(["PAGER": "true"])))
    #expect(early.show([UInt8](repeating: 0x61, count: 1 << 20), line: 1))
    let missing = try #require(Pager(Self.terminal, environment: Environment(["PAGER": "no-such-pager-here"])))
    #expect(!missing.show(Array("text\n".utf8), line: 1))
  }
}
