import TestSupport
import Testing

/// `griot ingest --watch`, with real processes and real changes.
@Suite struct WatchTests {
  @Test func whatChangesIsTakenIn() throws {
    let griot = try Griot()
    try griot.folder.write("in/a.md", "# A\n\nA crane on the quay.\n")
    var shell = griot.runner
    shell.executable = "/bin/sh"
    shell.environment["GRIOT_MEMORY"] = "memory"
    shell.timeLimit = 300
    let script = """
      griot=$1
      until_status() {
        wanted=$1; shift; tries=0
        while [ $tries -lt 600 ]; do
          "$griot" search "$@" >/dev/null 2>&1; [ $? -eq $wanted ] && return 0
          tries=$((tries + 1)); sleep 0.1
        done
        echo "never $wanted: $*"
      }
      "$griot" ingest in --prune --watch --format json >out 2>err & watch=$!
      until_status 0 crane
      # A new folder with a file in it, and a file that is moved in.
      mkdir in/sub; printf '# B\\n\\nA dredger in the channel.\\n' >in/sub/b.md
      until_status 0 dredger
      printf '# C\\n\\nA pilot boat.\\n' >c.md; mv c.md in/sub/c.md
      until_status 0 '"pilot boat"'
      printf '# B\\n\\nA barge in the channel.\\n' >in/sub/b.md
      until_status 0 barge
      rm in/a.md
      until_status 1 crane
      kill -TERM $watch; wait $watch; echo "status $?"
      """
    let result = try shell.run(["-c", script, "sh", ProcessRunner.product("griot")])
    #expect(result.output == "status 0\n", "\(result.errors)")
    let accounts = try JSONValue.lines(String(decoding: ProcessFolder.read(griot.folder["out"]), as: UTF8.self))
    #expect(accounts.count >= 4)
    #expect(accounts[0]["added"]?.int == 1)
    for account in accounts.dropFirst() {
      #expect(["added", "updated", "removed"].contains { account[$0]?.int != 0 })
    }
    #expect(accounts.last?["documents"]?.int == 2)
  }

  @Test func watchNeedsPaths() throws {
    let griot = try Griot()
    try griot.folder.write("in/a.md", "# A\n\nText.\n")
    let result = try griot("ingest", "in", "--watch", "--dry-run", "--memory", "m")
    #expect(result.status == 2)
    #expect(result.errors.contains("--dry-run"))
  }
}
