import TestSupport
import Testing

/// Four documents that are easy to know by heart: a wiki page, two mails in one mailbox, a recording.
enum SmallMemory {
  static let files = [
    "in/wiki/rollback.md": """
    ---
    title: Rolling back a failed deploy
    date: 2024-05-17
    author: Ana Pérez
    ---

    Deploys go out on Tuesdays. Nobody deploys on a Friday.

    ## Rollback

    Stop the queue workers, then roll back the deploy and wait for the health check before traffic returns.

    """,
    "in/mail/pumps.mbox": """
    From jo@example.org Mon Jan  8 10:00:00 2024
    From: Jo Li <jo@example.org>
    To: Ana Pérez <ana@example.org>
    Subject: Pump 3 alarm
    Date: Mon, 8 Jan 2024 10:00:00 +0000
    Message-ID: <1@example.org>
    Content-Type: text/plain; charset=utf-8

    Pump 3 raised the pressure alarm three times last night. The valve sticks.

    From ana@example.org Mon Jan  8 11:00:00 2024
    From: Ana Pérez <ana@example.org>
    To: Jo Li <jo@example.org>
    Subject: Re: Pump 3 alarm
    Date: Mon, 8 Jan 2024 11:00:00 +0000
    Message-ID: <2@example.org>
    Content-Type: text/plain; charset=utf-8

    We learned that last year: clean the valve before you change the pump.

    """,
    "in/talks/valves.vtt": """
    WEBVTT

    00:00:01.000 --> 00:00:06.000
    <v Inés Duarte>The valve of the turbine sticks after every update.

    00:12:31.000 --> 00:12:36.000
    <v Bo Berg>Then roll back the firmware, do not change the valve.

    """,
  ]

  /// A `griot` whose folder holds `in/` and the memory made of it, `memory/`, which `$GRIOT_MEMORY` names.
  static func griot() throws -> Griot {
    var griot = try Griot()
    for (name, text) in files { try griot.folder.write(name, text) }
    griot.runner.environment["GRIOT_MEMORY"] = "memory"
    let result = try griot("ingest", "in")
    #expect(result.status == 0, "\(result.errors)")
    return griot
  }

  /// Output without what differs from run to run: times and the folder.
  static func steady(_ text: String, _ griot: Griot) -> String {
    var out = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = String(line)
      while let start = line.firstRange(of: griot.folder.path)?.lowerBound {
        line.replaceSubrange(start..<line.index(start, offsetBy: griot.folder.path.count), with: "FOLDER")
      }
      line = line.replacing(#/ in [0-9.]+ m?s( \([0-9.]+ k?B/s\))?/#, with: " in TIME")
      line = line.replacing(#/"(took_us|seconds)":[0-9.e-]+/#, with: { "\"\($0.output.1)\":0" })
      line = line.replacing(#/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z$/#, with: "NOW")
      out += line + "\n"
    }
    return String(out.dropLast())
  }
}
