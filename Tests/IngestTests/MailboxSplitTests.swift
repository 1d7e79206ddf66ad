import Documents
import TestSupport
import Testing

@testable import Ingest

/// Where messages of an mbox end, by evidence (user-needs R1).
@Suite struct MailboxSplitTests {
  static func message(_ n: Int, _ body: String, separator: String = "From a@example.org Mon Jan  1 00:00:00 2024")
    -> String
  {
    "\(separator)\nFrom: A <a@example.org>\nDate: Mon, 1 Jan 2024 00:00:0\(n) +0000\nMessage-ID: <\(n)@x>\nSubject: s\(n)\n\n\(body)\n\n"
  }

  func ids(_ mbox: String) throws -> [String] { try Reading.mbox(mbox).documents.map(\.externalID) }

  @Test(arguments: [
    "From a@example.org Mon Jan  1 00:00:00 2024",  // mboxo
    "From - Mon Jan 01 00:00:00 2024",  // Thunderbird
    "From jane at example.org  Mon Jan  1 00:00:00 2024",  // Pipermail
    "From j@ne @ending from ex@mple@org  Mon Jan  1 00:00:00 2024",  // Pipermail, scrambled
    "From MAILER-DAEMON Mon Jan  1 00:00:00 2024 remote from mars",  // UUCP
    "From 1234567890123456789@xxx Mon Jan 01 00:00:00 +0000 2024",  // Google Takeout
    "From a@example.org Mon, Jan  1 00:00:00 2024",
    "From ",  // bare
    "From",
  ]) func separators(_ separator: String) throws {
    let mbox = (1...3).map { Self.message($0, "body \($0)", separator: separator) }.joined()
    #expect(try ids(mbox) == ["1@x", "2@x", "3@x"])
  }

  @Test func offsetsAreThoseOfTheFile() throws {
    let parts = (1...3).map { Self.message($0, "body \($0)") }
    let sink = try Reading.mbox(parts.joined())
    var offset = 0
    for (part, document) in zip(parts, sink.documents) {
      #expect(document.record == RecordRange(offset: UInt64(offset), length: UInt64(part.utf8.count)))
      offset += part.utf8.count
    }
  }

  @Test(arguments: [
    "From what I see, this is a sentence.",
    "From here on: two things\nNote: only one field below",
    "From a@example.org with love",
    "From a@example.org Mon Jan  1 00:00:00 2024\n\nbut no header below.",
  ]) func bodiesThatSayFrom(_ line: String) throws {
    let mbox = Self.message(1, "before\n\n\(line)\nafter") + Self.message(2, "b")
    #expect(try ids(mbox) == ["1@x", "2@x"])
  }

  @Test func quotedPatchDoesNotSplit() throws {
    let patch = """
      From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
      From: A Developer <dev@example.org>
      Date: Tue, 2 Jan 2024 10:00:00 +0000
      Subject: [PATCH] fix

      ---
       file.c | 1 +
      """
    let sink = try Reading.mbox(Self.message(1, "see my patch:\n\n\(patch)") + Self.message(2, "b"))
    #expect(sink.documents.map(\.externalID) == ["1@x", "2@x"])
    #expect(sink.documents[0].notes.contains { $0.hasPrefix("suspect boundary at byte") })
  }

  @Test func filesOfPatchesSplit() throws {
    let mbox = (1...3).map {
      Self.message($0, "patch", separator: "From 0123456789abcdef0123456789abcdef0123456\($0) Mon Sep 17 00:00:00 2001")
    }
    #expect(try ids(mbox.joined()).count == 3)
  }

  @Test func openPartsDoNotSplit() throws {
    let inner = Self.message(9, "an attached mailbox")
    let multipart = """
      From a@example.org Mon Jan  1 00:00:00 2024
      From: A <a@example.org>
      Date: Mon, 1 Jan 2024 00:00:00 +0000
      Message-ID: <1@x>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary="b1"

      --b1
      Content-Type: text/plain

      see the mailbox
      --b1
      Content-Type: text/plain; name=old.mbox

      \(inner)
      --b1--

      """
    #expect(try ids(multipart + "\n" + Self.message(2, "b")) == ["1@x", "2@x"])
    // The same without its end: cut off, and the next message is a message.
    let cut = multipart.replacing("\(inner)\n--b1--\n", with: "")
    #expect(try ids(cut + "\n" + Self.message(2, "b")) == ["1@x", "2@x"])
  }

  @Test func contentLengthIsBelievedIfItLeadsToASeparator() throws {
    let body =
      "text\n\nFrom b@example.org Tue Jan  2 00:00:00 2024\nFrom: b@example.org\nSubject: not a message\nDate: now\n\nmore\n"
    func mbox(_ length: Int) -> String {
      "From a@example.org Mon Jan  1 00:00:00 2024\nFrom: a@example.org\nMessage-ID: <1@x>\nContent-Length: \(length)\n\n\(body)\n"
        + Self.message(2, "b")
    }
    #expect(try ids(mbox(body.utf8.count)) == ["1@x", "2@x"])
    // A lie is passed over: evidence decides.
    #expect(try Reading.mbox(mbox(7)).documents.count == 3)
    #expect(try Reading.mbox(mbox(1 << 50)).documents.count == 3)
  }

  @Test func escapedFromLines() throws {
    let document = try Reading.mbox(
      Self.message(1, "a\n\n>From here\n\n> quoted\n>From the quote\n>> deep\n>>From twice"))
    let text = try #require(document.documents.first).string
    #expect(text.contains("From here"))
    #expect(!text.contains(">From here"))
    // Beside other quoted lines a quoted "From" stays a quote.
    #expect(document.documents[0].outline.contains { $0.hasPrefix("quote1:") && $0.contains("From the quote") })
  }

  @Test func separatorsLeftInHeadersAreDropped() throws {
    let mbox =
      "From - Mon Jan 01 00:00:00 2024\n>From - Mon Jan 01 00:00:00 2024\nFrom: a@example.org\nMessage-ID: <1@x>\n\nbody\n"
    let document = try #require(try Reading.mbox(mbox).documents.first)
    #expect(document.externalID == "1@x")
    #expect(document.string == "body")
  }

  @Test func truncatedLastMessage() throws {
    let whole = Self.message(1, "one") + Self.message(2, "a longer body that is cut")
    let sink = try Reading.mbox(String(whole.dropLast(12)))
    #expect(sink.documents.count == 2)
    #expect(sink.documents[1].notes.contains { $0.contains("cut off") })
  }

  @Test func noMessages() throws {
    for text in ["", "just text\nwithout a header\n", "From nobody to no one\n\nhello\n"] {
      #expect(throws: ReadError.self) { try Reading.mbox(text) }
    }
  }

  @Test func resumeGivesTheSameRecords() throws {
    let mbox = [UInt8]((1...5).map { Self.message($0, "body \($0)") }.joined().utf8)
    let all = try Reading.run(MailboxReader(), mbox, format: .mbox).documents
    for start in all.map(\.record.offset) {
      let sink = CollectedRecords()
      sink.startOffset = start
      var request = ReadRequest(path: "m", relativePath: "m")
      request.startOffset = start
      var reader = MailboxReader()
      try reader.read(MemorySource(mbox), ReadContext(request: request, format: .mbox), into: sink)
      #expect(sink.documents == all.filter { $0.record.offset >= start })
    }
  }

  /// A stream shows only part of the file at a time; the records must be those of the whole.
  @Test func windowsOfAnySize() throws {
    let mbox = [UInt8](
      (1...40).map { Self.message($0 % 9, String(repeating: "word \($0) ", count: $0 * 7)) }.joined().utf8)
    let whole = try Reading.run(MailboxReader(), mbox, format: .mbox).documents
    for size in [1, 100, 1000, 4096] {
      var reader = MailboxReader()
      reader.windowBytes = size
      let sink = CollectedRecords()
      let context = ReadContext(request: ReadRequest(path: "m", relativePath: "m"), format: .mbox)
      try reader.read(NarrowSource(mbox), context, into: sink)
      #expect(sink.documents == whole, "window \(size)")
    }
  }

  @Test func randomBytesNeverTrap() throws {
    let seed: UInt64 = 0x6D62_6F78
    var random = SplitMix64(seed: seed)
    let pieces = [
      "From a@b Mon Jan  1 00:00:00 2024\n", "From \n", "From: x@y\n", "Content-Length: 99999999999\n", "\n", "\r\n",
      "Content-Type: multipart/mixed; boundary=\"b\"\n", "--b\n", "--b--\n", ">From me\n",
      "Subject: =?utf-8?B?4oKs?=\n",
      "Date: garbage\n", "=?x?Q?=", "\u{0}", "Content-Transfer-Encoding: base64\n", "Message-ID: <>\n", "-- \n",
      "Content-Type: text/html\n", "<p>a<table><td>", "begin 644 x\nM", "> > quoted\n", "On a day Jane wrote:\n",
    ]
    for round in 0..<400 {
      var bytes: [UInt8] = round % 2 == 0 ? [UInt8]("From a@b Mon Jan  1 00:00:00 2024\nFrom: a@b\nDate: x\n".utf8) : []
      for _ in 0..<Int.random(in: 0..<60, using: &random) {
        if Bool.random(using: &random) {
          bytes += [UInt8](pieces.randomElement(using: &random)!.utf8)
        } else {
          for _ in 0..<Int.random(in: 0..<30, using: &random) {
            bytes.append(UInt8.random(in: 0...255, using: &random))
          }
        }
      }
      let box = try? Reading.run(MailboxReader(), bytes, format: .mbox)
      #expect(box?.violations.isEmpty ?? true, "seed \(seed) round \(round): \(box?.violations ?? [])")
      let single = try Reading.run(MessageReader(), bytes, format: .eml)
      #expect(single.violations.isEmpty && single.count == 1, "seed \(seed) round \(round): \(single.violations)")
    }
  }
}

/// Shows no more of a file than it is asked for, as a decompressed stream may.
final class NarrowSource: ByteSource {
  private let bytes: [UInt8]
  private let shown: UnsafeMutableRawBufferPointer

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    shown = .allocate(byteCount: bytes.count + 1, alignment: 16)
  }

  deinit { shown.deallocate() }
  var byteCount: UInt64? { nil }

  func window(from offset: UInt64, atLeast minimum: Int) -> ByteWindow {
    let start = min(Int(offset), bytes.count)
    let end = min(start + minimum, bytes.count)
    shown.copyBytes(from: bytes[start..<end])
    return ByteWindow(bytes: UnsafeRawBufferPointer(rebasing: shown[0..<(end - start)]), reachesEnd: end == bytes.count)
  }
}
