import Testing

@testable import GriotCommand

@Suite struct ConfigurationTests {
  private func read(_ text: String) throws -> ConfigurationFile {
    try ConfigurationFile(text, path: "config.yaml", home: "/home/ana")
  }

  @Test func readsFlatYAML() throws {
    let file = try read(
      """
      # defaults
      ---
      memory: ~/notes/memory   # the big one
      color: 'always'
      limit: 20
      buffer: 1GB
      workers: "3"

      """)
    #expect(file.memory == "/home/ana/notes/memory")
    #expect(file.color == .always)
    #expect(file.limit == 20)
    #expect(file.buffer == 1_000_000_000)
    #expect(file.workers == 3)
    #expect(try read("") == ConfigurationFile())
    #expect(try read("memory:\nlimit: null\r\n") == ConfigurationFile())
    #expect(try read("memory: 'it''s # here'").memory == "it's # here")
    #expect(try read("memory: a#b").memory == "a#b")
    #expect(try read("memory: Ana's notes # x").memory == "Ana's notes")
  }

  @Test(arguments: [
    (
      "limt: 3",
      "config.yaml:1: unknown key `limt`; known are author, buffer, color, lessons, limit, memory, query-log, workers"
    ),
    ("\nlimit: many", "config.yaml:2: `limit` is a whole number above 0, not `many`"),
    ("limit: 0", "config.yaml:1: `limit` is a whole number above 0, not `0`"),
    ("color: blue", "config.yaml:1: `color` is `auto`, `always` or `never`, not `blue`"),
    ("buffer: big", "config.yaml:1: `buffer` is a size such as `256MB`, not `big`"),
    ("memory", "config.yaml:1: expected `key: value`, found `memory`"),
    ("memory: [a]", "config.yaml:1: the value of `memory` is not a plain or quoted scalar on one line"),
    ("memory: \"a", "config.yaml:1: the value of `memory` is not a plain or quoted scalar on one line"),
    ("limit: 1\nlimit: 2", "config.yaml:2: `limit` is given twice"),
  ])
  func refuses(_ text: String, _ message: String) {
    #expect(throws: CommandFailure(.usage, message)) { try read(text) }
  }

  @Test func theNearerSettingWins() throws {
    var file = ConfigurationFile()
    func location(_ option: String?, _ environment: [String: String], here: Bool) throws -> MemoryLocation {
      try MemoryLocation.resolve(
        option: option, environment: Environment(environment), configuration: file,
        isDirectory: { $0 == "Index/memory" && here })
    }
    let home = ["HOME": "/home/ana"]
    let set = ["HOME": "/home/ana", "GRIOT_MEMORY": "/env"]
    #expect(try location("/opt", set, here: true) == MemoryLocation(path: "/opt", origin: .option))
    #expect(try location(nil, set, here: true) == MemoryLocation(path: "/env", origin: .environment))
    #expect(try location(nil, home, here: true) == MemoryLocation(path: "Index/memory", origin: .workingDirectory))
    #expect(try location(nil, home, here: false).path == "/home/ana/.local/share/griot")
    #expect(try location(nil, ["HOME": "/h", "XDG_DATA_HOME": "/x"], here: false).path == "/x/griot")
    #expect(try location(nil, ["HOME": "/h", "GRIOT_MEMORY": ""], here: false).origin == .standard)
    file.memory = "/configured"
    #expect(try location(nil, home, here: false) == MemoryLocation(path: "/configured", origin: .configuration))
    #expect(try location(nil, home, here: true).origin == .workingDirectory)
    #expect(throws: CommandFailure.self) { try location("", home, here: true) }
  }
}
