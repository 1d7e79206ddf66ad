import Documents
import Testing

@testable import Ingest

/// The mail fixtures of Python and Ruby against GMime. `Tests/Data/mail-fixtures.tsv` holds what GMime says as hashes
/// (`Benchmarks/ingest/fixtures --record`); the messages themselves are not ours to keep.
@Suite struct MailFixtureTests {
  /// Where Griot differs on purpose, and why. Whatever else differs is a fault, and so is an entry that no longer does.
  private static let differences: [String: [String: String]] = {
    let python = "Lib/test/test_email/data/", ruby = "spec/fixtures/emails/"
    return [
      python + "msg_05.txt": ["sender": "a lone word is a name, no address"],
      python + "msg_15.txt": ["date": "a date that GMime does not read is repaired"],
      python + "msg_16.txt": ["text": "the footer of a list is template"],
      python + "msg_31.txt": ["document": "neither text nor subject: skipped, with that reason"],
      ruby + "attachment_emails/attachment_pdf_non_ascii.eml": ["text": "a no-break space, which GMime takes for “ã”"],
      ruby + "attachment_emails/attachment_pdf_non_ascii_lf.eml": ["text": "the same"],
      ruby + "error_emails/bad_date_header.eml": ["date": "repaired"],
      ruby + "error_emails/bad_date_header2.eml": ["date": "repaired: the day"],
      ruby + "error_emails/bad_subject.eml": [
        "subject": "GMime tears subjects of several encoded words in a row", "sender": "the same of a name",
        "text": "the footer of a bulk mail is template",
      ],
      ruby + "error_emails/content_transfer_encoding_empty.eml": ["date": "repaired"],
      ruby + "error_emails/content_transfer_encoding_with_8bits.eml": ["sender": "the name only repeats the address"],
      ruby + "mime_emails/raw_email11.eml": ["sender": "the name only repeats the address"],
      ruby + "mime_emails/raw_email_with_binary_encoded.eml": ["subject": "of two subjects the first one counts"],
      ruby + "mime_emails/raw_email_with_multipart_mixed_quoted_boundary.eml": ["subject": "of two the first"],
      ruby + "plain_emails/mix_caps_content_type.eml": ["sender": "an address without brackets is told from its name"],
      ruby + "plain_emails/raw_email6.eml": ["text": "Latin-1 under the name of US-ASCII is read as Latin-1"],
      ruby + "plain_emails/raw_email_bad_time.eml": ["date": "the year 3609: the relay's clock counts"],
      ruby + "plain_emails/raw_email_with_bad_date.eml": ["date": "a month that is none: the year"],
      ruby + "rfc2822/example10.eml": ["sender": "comments inside a name are no part of it"],
      ruby + "rfc2822/example13.eml": ["date": "a clock torn by comments: GMime reads another one, Griot the day"],
    ]
  }()

  @Test(arguments: ["nasty/python-email", "nasty/ruby-mail"])
  func readsWhatGMimeReads(_ folder: String) throws {
    guard let root = SharedData.path(folder) else { return }
    var compared = 0
    for fixture in try Fixture.all() {
      let path = root + "/" + fixture.path
      let bytes = SharedData.read(path)
      guard !bytes.isEmpty else { continue }
      compared += 1
      let found = try fixture.differences(bytes)
      let expected = Self.differences[fixture.path] ?? [:]
      #expect(Set(found.keys) == Set(expected.keys), "\(fixture.path): \(found)")
    }
    #expect(compared > 40)
  }
}

/// One line of `mail-fixtures.tsv`.
private struct Fixture {
  var path: String
  var subject: String, name: String, address: String, time: String
  var words: Set<String>

  static func all() throws -> [Fixture] {
    let parts = #filePath.split(separator: "/").dropLast(2)
    let bytes = SharedData.read("/" + parts.joined(separator: "/") + "/Data/mail-fixtures.tsv")
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { line in
      let fields = line.split(separator: "\t").map(String.init)
      return Fixture(
        path: fields[0], subject: fields[1], name: fields[2], address: fields[3], time: fields[4],
        words: fields[5] == "-" ? [] : Set(fields[5].split(separator: " ").map(String.init)))
    }
  }

  /// What Griot has instead, by field.
  func differences(_ bytes: [UInt8]) throws -> [String: String] {
    let sink = try Reading.run(MessageReader(), bytes, format: .eml, path: path)
    guard sink.documents.count == 1, let document = sink.documents.first else {
      return ["document": "\(sink.skippedRecords) \(sink.failedRecords)"]
    }
    var out: [String: String] = [:]
    if Self.digest(document.title) != subject { out["subject"] = document.title }
    let author = document.people.first { $0.role == .author }
    // A name that only repeats the address is none.
    let isNamed = name == "-" || name == Self.digest(author?.name ?? "")
    if address != "-" || name != "-", !isNamed || address != Self.digest(author?.address ?? "") {
      out["sender"] = author.map { "\($0)" } ?? "nobody"
    }
    let seconds = document.date.map { "\($0.seconds)" } ?? "-"
    if seconds != time { out["date"] = document.date?.iso8601 ?? "none" }
    let shown = document.blocks.filter { $0.kind != .template }.map { document.text($0) }.joined(separator: "\n")
    let own = Set(Self.words(shown).map { Self.digest($0) })
    let missing = words.subtracting(own).count
    if missing > 0 { out["text"] = "without \(missing) of \(words.count) words: \(document.string.prefix(300))" }
    return out
  }

  /// Letters, digits and underscores, in lower case; what nobody sees is not there.
  private static func words(_ text: String) -> [String] {
    var out: [String] = []
    var word = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      switch scalar.value {
      case 0xAD, 0x200B...0x200F, 0x2060, 0xFEFF: continue
      default: break
      }
      if isWord(scalar) {
        word.append(scalar)
      } else if !word.isEmpty {
        out.append(String(word))
        word = String.UnicodeScalarView()
      }
    }
    if !word.isEmpty { out.append(String(word)) }
    return out
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
    default: scalar == "_" || scalar.properties.numericType != nil
    }
  }

  private static func digest(_ text: String) -> String {
    let words = words(text)
    guard !words.isEmpty else { return "-" }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in words.joined(separator: " ").utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
