import Glibc
import TestSupport
import Testing

/// What has hurt other programs that take in files (`Tests/Data/hostile.py`): each file is one line of the account.
@Suite struct HostileSetTests {
  @Test func everythingIsAccountedForAndTheRunGoesOn() throws {
    var griot = try Griot()
    var python = griot.runner
    python.executable = "/usr/bin/python3"
    guard access(python.executable, X_OK) == 0 else {
      print("HOSTILE SET NOT TESTED: it is made by /usr/bin/python3, which is not here")
      return
    }
    let script = Self.file.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    let made = try python.run([script + "/Data/hostile.py", griot.folder["in"]])
    let files = try #require(Int(made.output.split(separator: "\n").last ?? ""), "\(made.errors)")
    #expect(files >= 100)
    try griot.folder.write("in/zz-good.md", "# Good\n\nThe last file mentions a windlass.\n")
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    griot.runner.timeLimit = 900
    let result = try griot("ingest", "in", "--format", "json", "--progress", "none")
    #expect(result.status == 5, "\(result.errors)")
    let account = try JSONValue(parsing: result.output)
    func number(_ key: String) -> Int { account[key]?.int ?? -1 }
    let skipped = account["skipped"]!.array, failed = account["failed"]!.array
    #expect(number("files") == files + 1)
    #expect(
      number("found")
        == number("added") + number("updated") + number("unchanged") + skipped.count + failed.count)
    for problem in skipped + failed {
      let reason = problem["reason"]?.string ?? ""
      #expect(!reason.isEmpty && !reason.contains("crashed the reader"), "\(problem["path"]?.string ?? ""): \(reason)")
    }
    // Nothing was lost behind the hostile ones, nothing outside was read, and the memory is whole.
    #expect(try griot("search", "windlass").status == 0)
    #expect(try griot("search", "root:x:0:0").output.contains("/bin/") == false)
    #expect(try griot("check").status == 0)
    // Known trouble is not tried again.
    let second = try JSONValue(parsing: try griot("ingest", "in", "--format", "json", "--progress", "none").output)
    #expect(second["added"]?.int == 0 && second["updated"]?.int == 0)
  }

  private static let file = #filePath
}
