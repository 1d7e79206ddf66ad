import TestSupport

/// A folder with the untidiness that an ingest must survive: one of each, and one good page among them.
enum BadInput {
  static func write(into folder: ProcessFolder) throws {
    try folder.write("in/empty.md", "")
    var program: [UInt8] = [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0]
    program += (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 5) }
    try folder.write("in/page.html", program)
    try folder.write(
      "in/cut.mbox",
      """
      From ana@example.org Mon Jan  1 10:00:00 2024
      From: Ana Pérez <ana@example.org>
      Subject: pumps
      Date: Mon, 1 Jan 2024 10:00:00 +0000
      Message-ID: <1@example.org>
      Content-Type: text/plain; charset=utf-8

      The pump failed at night.

      From bo@example.org Mon Jan  1 11:00:00 2024
      From: Bo Li <bo@example.org>
      Subject: valves
      Date: Mon, 1 Jan 2024 11:00:00 +0000
      Message-ID: <2@example.org>
      Content-Type: multipart/mixed; boundary="x"

      --x
      Content-Type: text/plain

      The val
      """)
    try folder.write("in/talk.vtt", "WEBVTT\n\nNOTE nobody speaks\n")
    try folder.write(
      "in/latin.md",
      Array("# Caf".utf8) + [0xE9, 0x20, 0xFF, 0xFE] + Array(" notes\n\nThe ".utf8) + [0x80] + Array(" stuck.\n".utf8))
    try folder.write("in/long.txt", [UInt8](repeating: UInt8(ascii: "x"), count: 50_000_000))
    try folder.write("in/good.md", "# Rollback\n\nStop the workers, then roll back the deploy.\n")
  }
}
