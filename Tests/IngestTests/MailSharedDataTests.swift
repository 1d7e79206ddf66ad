import Documents
import Testing

@testable import Ingest

/// Real mail: nothing crashes, nothing is lost silently, counts agree with an independent count of the evidence.
@Suite struct MailSharedDataTests {
  @Test(arguments: ["r-announce", "r-sig-mac"])
  func pipermail(_ list: String) throws {
    guard let root = SharedData.path("native/mail/" + list) else { return }
    var total = 0
    for path in SharedData.files(below: root, suffix: ".txt") {
      let bytes = SharedData.read(path)
      let sink = try Reading.run(MailboxReader(), bytes, format: .mbox, path: path)
      let expected = Self.separators(bytes)
      #expect(sink.count == expected, "\(path)")
      #expect(sink.violations.isEmpty, "\(path): \(sink.violations)")
      #expect(sink.failedRecords.isEmpty, "\(path): \(sink.failedRecords)")
      for document in sink.documents {
        // Two messages of 1970 have a clock that nobody believes: undated, with a note.
        #expect(document.date != nil || document.notes.contains("Date header is no date"), "\(path) \(document.record)")
        #expect(!document.people.isEmpty, "\(path) \(document.record)")
      }
      total += sink.documents.count
    }
    print("\(list): \(total) messages")
  }

  /// Lines that begin with "From ", end in a four-digit year, and stand right above a "From:" field: Pipermail writes
  /// its archives just so.
  static func separators(_ bytes: [UInt8]) -> Int {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return lines.indices.dropLast().count {
      lines[$0].starts(with: "From ".utf8) && lines[$0].suffix(4).allSatisfy(\.isASCIIDigit)
        && lines[$0 + 1].starts(with: "From:".utf8)
    }
  }

  @Test func singleMessages() throws {
    guard let root = SharedData.path("native/mail/spamassassin-easy-ham") else { return }
    var counts: [String: Int] = [:]
    for path in SharedData.files(below: root, suffix: ".txt") {
      let sink = try Reading.run(MessageReader(), SharedData.read(path), format: .eml, path: path)
      #expect(sink.count == 1, "\(path)")
      #expect(sink.violations.isEmpty, "\(path): \(sink.violations)")
      guard let document = sink.documents.first else { print(path, sink.skippedRecords, sink.failedRecords); continue }
      counts[document.kind.rawValue, default: 0] += 1
      counts["charset \(document.charset) \(document.charsetSource)", default: 0] += 1
      for note in document.notes { counts["note " + note.prefix(40), default: 0] += 1 }
      if document.people.isEmpty { counts["no people", default: 0] += 1 }
      if document.replacementCount > 0 { counts["with U+FFFD", default: 0] += 1 }
    }
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) { print("  \(count) \(key)") }
  }

  @Test(arguments: ["nasty/python-email", "nasty/ruby-mail"])
  func nasty(_ folder: String) throws {
    guard let root = SharedData.path(folder) else { return }
    var documents = 0, other = 0
    for path in SharedData.files(below: root)
    where path.hasSuffix(".txt") || path.hasSuffix(".eml") || !path.contains(".") {
      let sink = try Reading.run(MessageReader(), SharedData.read(path), format: .eml, path: path)
      #expect(sink.violations.isEmpty, "\(path): \(sink.violations)")
      #expect(sink.count == 1)
      documents += sink.documents.count
      other += sink.count - sink.documents.count
      for problem in sink.skippedRecords + sink.failedRecords { print("  \(path): \(problem.reason)") }
      _ = try? Reading.run(MailboxReader(), SharedData.read(path), format: .mbox, path: path)
    }
    print("\(folder): \(documents) documents, \(other) others")
  }
}

/// The shortcut for plain messages and GMime see the same message.
@Suite struct MIMEShortcutTests {
  @Test(arguments: ["native/mail/spamassassin-easy-ham", "nasty/python-email", "nasty/ruby-mail"])
  func equalsGMime(_ folder: String) throws {
    guard let root = SharedData.path(folder) else { return }
    var compared = 0, simple = 0
    for path in SharedData.files(below: root) {
      var bytes = SharedData.read(path)
      if bytes.starts(with: "From ".utf8) { bytes.removeFirst((bytes.firstIndex(of: 0x0A) ?? -1) + 1) }
      bytes.withUnsafeBytes { raw in
        guard let a = MIMEMessage(raw), let b = MIMEMessage(raw, allowsShortcut: false) else { return }
        compared += 1
        if a.usesShortcut { simple += 1 }
        #expect(summary(a) == summary(b), "\(path)")
      }
    }
    print("\(folder): \(simple) of \(compared) messages without GMime")
  }

  private func summary(_ message: MIMEMessage) -> [String] {
    var out: [String] = []
    message.forEachHeader(of: 0) { name, value in
      // GMime keeps these with the part.
      if name.matches("content-", at: 0) { return }
      let text = String(decoding: HeaderText.collapse([UInt8](value)), as: UTF8.self)
      out.append("\(String(decoding: name, as: UTF8.self)): \(text)")
    }
    out.sort()
    for (i, part) in message.parts.enumerated() where part.kind == .leaf {
      out.append("\(part.type)/\(part.subtype) \(part.charset ?? "-") \(part.isFlowed) \(part.isAttachment)")
      out.append(String(decoding: message.content(of: i), as: UTF8.self))
    }
    return out
  }
}
