import Documents
import Testing

@testable import Ingest

@Suite struct MailMessageTests {
  @Test func headersBecomeFacts() throws {
    let document = try Reading.message(
      """
      From: =?iso-8859-1?Q?J=F6rg_M=FCller?= <Joerg@Example.ORG>
      Sender: Office <office@example.org>
      To: "Doe, Jane" <jane@example.org>, Team: a@example.org, b@example.org;
      Cc: c@example.org (Carl Roe)
      Subject: =?utf-8?B?w4RyZ2Vy?= =?utf-8?Q?_mit_dem_M=C3?=
       =?utf-8?Q?=B6wenmodem?=
      Date: Wed, 17 Oct 2018 10:00:00 +0200 (CEST)
      Message-ID: <one@example.org>
      In-Reply-To: Your message <zero@example.org>
      References: <a@x> <zero@example.org>
      List-Id: The crew <crew.example.org>

      Hello.
      """)
    #expect(document.title == "Ärger mit dem Möwenmodem")
    #expect(document.externalID == "one@example.org")
    #expect(document.date?.iso8601 == "2018-10-17T08:00:00Z")
    #expect(document.date?.offsetMinutes == 120)
    #expect(
      document.people == [
        PersonMention(name: "Jörg Müller", address: "Joerg@example.org", role: .author),
        PersonMention(name: "Office", address: "office@example.org", role: .mentioned),
        PersonMention(name: "Doe, Jane", address: "jane@example.org", role: .recipient),
        PersonMention(name: "", address: "a@example.org", role: .recipient),
        PersonMention(name: "", address: "b@example.org", role: .recipient),
        PersonMention(name: "Carl Roe", address: "c@example.org", role: .recipient),
      ])
    #expect(document.attribute("in-reply-to") == "zero@example.org")
    #expect(document.attribute("references") == "a@x zero@example.org")
    #expect(document.attribute("list-id") == "crew.example.org")
    #expect(document.attribute("list") == "The crew")
    #expect(document.kind == .message)
  }

  @Test func addressesAsTheyCome() {
    func parse(_ text: String) -> [MailAddress] { AddressList.parse([UInt8](text.utf8)) }
    func one(_ name: String, _ address: String?) -> [MailAddress] { [MailAddress(name: name, address: address)] }
    #expect(parse("keitt at nceas.ucsb.edu (Timothy H. Keitt)") == one("Timothy H. Keitt", "keitt@nceas.ucsb.edu"))
    #expect(parse("pd@me@ @ending from cb@@dk (Peter Dalgaard)") == one("Peter Dalgaard", nil))
    #expect(parse("n@m@t|o|| @end|ng |rom ucd@v|@@edu (Norman)") == one("Norman", nil))
    #expect(parse("Doe, Jane <j@x.org>") == one("Doe, Jane", "j@x.org"))
    #expect(parse("'Jane Doe' <j@x.org>") == one("Jane Doe", "j@x.org"))
    #expect(parse("\"=?utf-8?Q?J=C3=B6rg?=\" <j@x.org>") == one("Jörg", "j@x.org"))
    #expect(parse("j@x.org") == one("", "j@x.org"))
    #expect(parse("<j@x.org>") == one("", "j@x.org"))
    #expect(parse("j@x.org <j@x.org>") == one("", "j@x.org"))
    #expect(parse("undisclosed-recipients:;").isEmpty)
    #expect(parse("").isEmpty)
    #expect(parse("a@x.org, a@X.ORG, b@x.org").map(\.address) == ["a@x.org", "b@x.org"])
    #expect(parse("Jane (work (new)) <j@x.org>") == one("Jane", "j@x.org"))
    #expect(parse("Pete(A \\) chap) <pete(his account)@silly.test(his host)>") == one("Pete", "pete@silly.test"))
    #expect(parse("Jane <j(@x.org>").count <= 1)
    #expect(parse("\"unterminated <j@x.org>").count <= 1)
  }

  @Test func viaListsAreUnwrapped() throws {
    func author(_ headers: String) throws -> PersonMention? {
      try Reading.message("\(headers)\nSubject: s\nMessage-ID: <1@x>\n\nbody\n").people.first
    }
    #expect(
      try author("From: Jane Doe via crew <crew@lists.example.org>\nReply-To: Jane Doe <jane@example.org>")
        == PersonMention(name: "Jane Doe", address: "jane@example.org", role: .author))
    #expect(
      try author("From: 'Jane Doe' via crew <crew@lists.example.org>\nX-Original-From: Jane Doe <jane@example.org>")
        == PersonMention(name: "Jane Doe", address: "jane@example.org", role: .author))
    #expect(
      try author("From: Jane Doe via crew <crew@lists.example.org>")
        == PersonMention(name: "Jane Doe", role: .author))
  }

  @Test func datesAndTheirDoubts() throws {
    func date(_ headers: String) throws -> (String?, [String]) {
      let document = try Reading.message("From: a@x.org\n\(headers)\nMessage-ID: <1@x>\nSubject: s\n\nbody\n")
      return (document.date?.iso8601, document.notes)
    }
    let received = "Received: from x by y; Tue, 2 Jan 2024 10:00:00 +0000"
    #expect(try date("Date: 1 Jan 2024 10:00 GMT").0 == "2024-01-01T10:00:00Z")
    #expect(try date("Date: Fri, 05 Jan 101 10:00:00 -0500").0 == "2001-01-05T15:00:00Z")
    let future = try date("Date: Tue, 2 Jan 2036 10:00:00 +0000\n\(received)")
    #expect(future.0 == "2024-01-02T10:00:00Z")
    #expect(future.1.contains { $0.contains("contradicts") })
    #expect(try date("Date: yesterday\n\(received)").0 == "2024-01-02T10:00:00Z")
    #expect(try date("Date: yesterday").0 == nil)
    #expect(try date("Date: yesterday").1.contains("Date header is no date"))
  }

  @Test func dateText() {
    let cases: [(String, String?)] = [
      ("Tue Feb  1 19:58:41 2000", "2000-02-01T19:58:41Z"),
      ("Mon, 14 Jan 2002 10:20:30 PST", "2002-01-14T18:20:30Z"),
      ("2019-11-18T12:30:00+01:00", "2019-11-18T11:30:00Z"),
      ("2019-11-18T12:30:00.123Z", "2019-11-18T12:30:00Z"),
      ("2019-11-18", "2019-11-18"),
      ("November 18, 2019", "2019-11-18"),
      ("18. März 2019", "2019-03-18"),
      ("19 October 2017, at 10:27", "2017-10-19T10:27:00Z"),
      ("一月 11, 2018", "2018-01-11"),
      ("2018年1月11日", "2018-01-11"),
      ("Jan 11, 2018 3:05 PM", "2018-01-11T15:05:00Z"),
      ("2019/05/17 10:22", "2019-05-17T10:22:00Z"),
      ("17.05.2019", "2019-05-17"),
      ("March 2020", "2020-03"),
      ("31 February 2020", nil),
      ("no date at all", nil),
      ("", nil),
    ]
    for (text, expected) in cases { #expect(DateText.parse(text)?.iso8601 == expected, "\(text)") }
  }

  @Test func quotesSignaturesAndFooters() throws {
    let document = try Reading.message(
      """
      From: a@x.org
      Subject: s
      Message-ID: <1@x>

      Yes, the modem was dead again last night and I had to drive there at four.

      On Mon, 1 Jan 2024, Jane Doe <jane@example.org>
      wrote:
      > was it the modem?
      >> deeper
      >
      > second

      My own last words stand here and are longer than a line of a signature.

      -- 
      Jörg
      Sterna eG
      _______________________________________________
      crew mailing list
      https://lists.example.org/listinfo/crew
      """)
    #expect(
      document.outline == [
        "paragraph:Yes, the modem was dead again last night and I had to drive there at four.",
        "quote1:On Mon, 1 Jan 2024, Jane Doe <jane@example.org> wrote:",
        "quote1:was it the modem?", "quote2:deeper", "quote1:second",
        "paragraph:My own last words stand here and are longer than a line of a signature.",
        "signature:-- \nJörg\nSterna eG",
        "template:_______________________________________________\ncrew mailing list\nhttps://lists.example.org/listinfo/crew",
      ])
  }

  @Test func littleBesideASignatureIsNoSignature() throws {
    let long = String(repeating: "This is the real text of the message. ", count: 20)
    let document = try Reading.message("From: a@x.org\nMessage-ID: <1@x>\n\nHi\n-- \n\(long)\n")
    #expect(!document.blocks.contains { $0.kind == .signature })
  }

  @Test func forwardedAndOriginalMessages() throws {
    let forwarded = try Reading.message(
      "From: a@x.org\nMessage-ID: <1@x>\n\nsee below\n\n---------- Forwarded message ---------\nFrom: b@x.org\n\ntheir text\n"
    )
    #expect(forwarded.blocks.map(\.kind) == [.paragraph, .forwarded, .forwarded])
    let original = try Reading.message(
      "From: a@x.org\nMessage-ID: <1@x>\n\nmy answer\n\nFrom: B <b@x.org>\nSent: Monday\nTo: A\nSubject: question\n\ntheir text\n"
    )
    #expect(original.blocks.map(\.kind) == [.paragraph, .quote, .quote])
  }

  @Test func flowedText() throws {
    let document = try Reading.message(
      "From: a@x.org\nMessage-ID: <1@x>\nMIME-Version: 1.0\nContent-Type: text/plain; format=flowed; delsp=yes\n\nOne li \nne of te \nxt.\n\n> quoted \n> on\n"
    )
    #expect(document.outline == ["paragraph:One line of text.", "quote1:quotedon"])
  }

  @Test func hardBreaksOfProseAreTakenOut() throws {
    let document = try Reading.message(
      """
      From: a@x.org
      Message-ID: <1@x>

      This paragraph was wrapped at some seventy columns by a mail program that
      did not know better, and the breaks mean nothing.

      Short lines
      keep theirs
      like a poem
      """)
    #expect(
      document.outline == [
        "paragraph:This paragraph was wrapped at some seventy columns by a mail program that did not know better, and the breaks mean nothing.",
        "paragraph:Short lines\nkeep theirs\nlike a poem",
      ])
  }

  static let multipart = """
    From: a@x.org
    Message-ID: <1@x>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=m

    preamble
    --m
    Content-Type: multipart/alternative; boundary=a

    --a
    Content-Type: text/plain; charset=utf-8
    Content-Transfer-Encoding: quoted-printable

    PLAIN
    --a
    Content-Type: text/html; charset=utf-8

    <p>The <b>HTML</b> text is here, and it is long enough to be the real thing.</p>
    <p>It has a second paragraph, so that nobody takes it for a stub of the other part.
    It goes on for a while about the weather, the water and the wind, until it has more
    than four hundred bytes, which is where a text part that says next to nothing is no
    longer believed to be all there is. Then it comes to an end, as all things do.</p>
    --a--
    --m
    Content-Type: application/pdf; name="=?utf-8?Q?M=C3=B6we.pdf?="
    Content-Disposition: attachment
    Content-Transfer-Encoding: base64

    JVBERi0xLjQK
    --m
    Content-Type: message/rfc822

    From: Jane <jane@example.org>
    Subject: inner
    Date: Mon, 1 Jan 2024 00:00:00 +0000

    the inner text
    --m--
    epilogue
    """

  @Test func partsAreChosen() throws {
    let plain = try Reading.message(
      Self.multipart.replacing("PLAIN", with: "The modem is dead =E2=80=93 again, and it is long enough."))
    #expect(plain.outline.first == "paragraph:The modem is dead – again, and it is long enough.")
    #expect(plain.attribute("attachment") == "Möwe.pdf")
    #expect(
      plain.outline.suffix(2) == [
        "forwarded1:From: Jane <jane@example.org>\nDate: Mon, 1 Jan 2024 00:00:00 +0000\nSubject: inner",
        "forwarded1:the inner text",
      ])
    let stub = try Reading.message(
      Self.multipart.replacing("PLAIN", with: "Your mail client does not support HTML. View in a browser."))
    #expect(stub.outline.first == "paragraph:The HTML text is here, and it is long enough to be the real thing.")
    let empty = try Reading.message(Self.multipart.replacing("PLAIN", with: ""))
    #expect(empty.outline.first == "paragraph:The HTML text is here, and it is long enough to be the real thing.")
  }

  @Test func encodedFilesAndArmourAreNoText() throws {
    let document = try Reading.message(
      """
      From: a@x.org
      Message-ID: <1@x>

      Before.

      begin 644 file.bin
      M=&AE('%U:6-K(&)R;W=N(&9O>"!J=6UP<R!O=F5R('1H92!L87IY(&1O9RX*
      `
      end

      After.
      -----BEGIN PGP SIGNATURE-----

      iQEzBAEBCAAdFiEE
      -----END PGP SIGNATURE-----
      """)
    #expect(document.blocks.map(\.kind) == [.paragraph, .paragraph, .signature, .signature])
    #expect(!document.string.contains("M=&AE"))
  }

  /// What stands behind the signed part is its signature, unless it is text.
  @Test func signedMessages() throws {
    func body(_ second: String) throws -> [String] {
      try Reading.message(
        "From: a@x.org\nMessage-ID: <1@x>\nContent-Type: multipart/signed; boundary=b\n\n--b\n\nsigned words\n"
          + "--b\nContent-Type: \(second)\n\nbehind them\n--b--\n"
      ).outline
    }
    #expect(try body("application/pgp-signature") == ["paragraph:signed words"])
    #expect(try body("text/plain") == ["paragraph:signed words", "paragraph:behind them"])
  }

  @Test func messagesWithoutText() throws {
    let subject = try Reading.message("From: a@x.org\nSubject: only this\nMessage-ID: <1@x>\n\n")
    #expect(subject.outline == ["paragraph:only this"])
    #expect(subject.notes.contains("no text in the body"))
    #expect(try Reading.eml("").skippedRecords.count + Reading.eml("").failedRecords.count == 1)
    let unnamed = try Reading.message("From: a@x.org\nSubject: x\n\nbody\n")
    #expect(unnamed.externalID.hasPrefix("hash:"))
    #expect(unnamed.externalID == (try Reading.message("From: a@x.org\nStatus: RO\nSubject: x\n\nbody\n")).externalID)
  }

  @Test func newslettersByTheirMarks() throws {
    func kind(_ headers: String, _ body: String = "news") throws -> DocumentKind {
      try Reading.message("\(headers)\nSubject: Harbour news\nMessage-ID: <1@x>\n\n\(body)\n").kind
    }
    #expect(try kind("From: Harbour newsletter <n@x.org>\nList-Unsubscribe: <https://x.org/u>") == .newsletter)
    #expect(try kind("From: n@x.org\nList-Unsubscribe: <https://x.org/u>\nX-Mailer: MailChimp Mailer") == .newsletter)
    #expect(
      try kind("From: jane@x.org\nList-Unsubscribe: <mailto:u@x.org>\nList-Post: <mailto:crew@x.org>") == .message)
    #expect(try kind("From: newsletter@x.org\nIn-Reply-To: <0@x>\nList-Unsubscribe: <https://x.org/u>") == .message)
    #expect(try kind("From: jane@x.org") == .message)
  }

  /// A thousand levels cost one message, and do not run the stack over.
  @Test func deepNesting() throws {
    for depth in [100, 10_000] {
      var text = "From: a@x.org\nMessage-ID: <1@x>\nSubject: deep\nMIME-Version: 1.0\n"
      for level in 0..<depth { text += "Content-Type: multipart/mixed; boundary=b\(level)\n\n--b\(level)\n" }
      text += "Content-Type: text/plain\n\nbottom\n"
      #expect(try Reading.eml(text).count == 1)
      let embedded = String(repeating: "Content-Type: message/rfc822\n\n", count: depth)
      #expect(try Reading.eml("From: a@x.org\nMessage-ID: <1@x>\nSubject: deep\n\(embedded)text\n").count == 1)
    }
  }
}
