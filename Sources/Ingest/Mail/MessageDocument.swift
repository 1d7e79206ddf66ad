import Documents

/// Makes a document of one message.
struct MessageDocument {
  /// - Parameter bytes: The message from its first header on.
  /// - Returns: `nil` with a reason if there is nothing worth indexing.
  static func make(_ bytes: UnsafeRawBufferPointer) -> Result<Document, MessageProblem> {
    guard let message = MIMEMessage(bytes) else {
      return .failure(MessageProblem(reason: "not a mail message: no header could be read", isFailure: true))
    }
    var builder = MessageDocument(MailHeaders(message), MessageBody(message))
    builder.body.read()
    return builder.build()
  }

  private let headers: MailHeaders
  private var body: MessageBody
  private var document = Document(externalID: "", kind: .message)

  private init(_ headers: MailHeaders, _ body: MessageBody) {
    self.headers = headers
    self.body = body
  }

  private mutating func build() -> Result<Document, MessageProblem> {
    if headers.count == 0, body.out.isEmpty {
      return .failure(MessageProblem(reason: "empty message", isFailure: false))
    }
    document.title = headers[.subject].map { HeaderText.decode($0) } ?? ""
    document.notes = body.notes
    setDate()
    setPeople()
    setThread()
    let isNewsletter = NewsletterEvidence.isNewsletter(
      headers, body.html, subject: document.title, text: body.out.text)
    document.kind = isNewsletter ? .newsletter : .message
    if let language = headers[.contentLanguage].map({ HeaderText.decode($0) }), language.utf8.count <= 12 {
      document.declaredLanguage = language.split(separator: ",").first.map(String.init)
    }
    if let charset = body.charset {
      document.charset = charset.text.charset.name
      document.charsetSource = charset.text.source
    }
    document.replacementCount = body.replacementCount
    for name in body.attachments { document.attributes.append(Attribute("attachment", name)) }
    var out = body.out
    if out.isEmpty {
      // Only a subject, or nothing but attachments: what there is has to be found all the same.
      let names = body.attachments.joined(separator: "\n")
      if document.title.isEmpty, names.isEmpty {
        return .failure(MessageProblem(reason: "message without text or subject", isFailure: false))
      }
      document.notes.append("no text in the body")
      out.append(Block(.paragraph), (names.isEmpty ? document.title : names).utf8)
    }
    out.finish(into: &document)
    setExternalID()
    return .success(document)
  }

  private mutating func setExternalID() {
    if let id = MailHeaders.messageIDs(headers[.messageID]).first {
      document.externalID = id
      document.attributes.append(Attribute("message-id", id))
    } else {
      var hash = StableHash()
      for header in [headers[.from], headers[.date], headers[.subject]] { hash.add(header ?? []) }
      hash.add(document.text)
      document.externalID = "hash:" + hash.hexadecimal
      document.notes.append("no Message-ID: named by a hash of its content")
    }
  }

  // MARK: Date

  /// The sender's clock, unless it is plainly wrong: then the oldest relay's.
  private mutating func setDate() {
    let written = headers[.date].flatMap { DateText.parse(HeaderText.decodeBytes($0)) }
    let received = headers[.received].flatMap { raw -> DocumentDate? in
      guard let semicolon = raw.lastIndex(of: 0x3B) else { return nil }
      return DateText.parse([UInt8](raw[(semicolon + 1)...]))
    }
    if let written, Self.isSane(written) {
      if let received, Self.isSane(received), abs(written.seconds - received.seconds) > 400 * 86_400 {
        document.date = received
        document.notes.append("Date header (\(written.iso8601)) contradicts the Received headers: those are used")
      } else {
        document.date = written
      }
    } else if let received, Self.isSane(received) {
      document.date = received
      document.notes.append("no usable Date header: date of the first Received header")
    } else {
      document.notes.append(headers[.date] == nil ? "no Date header" : "Date header is no date")
    }
  }

  private static func isSane(_ date: DocumentDate) -> Bool {
    (1970...2060).contains(date.year) && date.seconds > 86_400
  }

  // MARK: People

  private mutating func setPeople() {
    let listAddress = headers[.listPost].flatMap { Self.listPostAddress($0) }
    var seen: Set<PersonMention> = []
    func add(_ list: [MailAddress], _ role: PersonRole, to document: inout Document) {
      for mailbox in list {
        guard !mailbox.name.isEmpty || mailbox.address != nil else { continue }
        let mention = PersonMention(name: mailbox.name, address: mailbox.address, role: role)
        if seen.insert(mention).inserted { document.people.append(mention) }
      }
    }
    var authors = headers[.from].map { AddressList.parse($0, limit: 16) } ?? []
    let original = headers[.originalFrom].map { AddressList.parse($0, limit: 1) }?.first
    for i in authors.indices {
      authors[i] = Self.unwrapped(authors[i], original: original, replyTo: headers[.replyTo], list: listAddress)
    }
    add(authors, .author, to: &document)
    if let sender = headers[.sender].map({ AddressList.parse($0, limit: 1) })?.first, !Self.isMachine(sender),
      !authors.contains(where: { $0.address?.lowercased() == sender.address?.lowercased() })
    {
      add([sender], .mentioned, to: &document)
    }
    for header in [headers[.to], headers[.cc]] {
      add(header.map { AddressList.parse($0) } ?? [], .recipient, to: &document)
    }
  }

  /// Lists that must not break DMARC send as "Jane Doe via List": the author is Jane, the address is the list's.
  private static func unwrapped(
    _ author: MailAddress, original: MailAddress?, replyTo: [UInt8]?, list: String?
  ) -> MailAddress {
    guard let via = author.name.range(ofASCII: " via "), !author.name[..<via.lowerBound].isEmpty else { return author }
    let name = MailAddress.unquoted(String(author.name[..<via.lowerBound]))
    if let original, original.address != nil { return MailAddress(name: name, address: original.address) }
    let reply = replyTo.map { AddressList.parse($0, limit: 4) } ?? []
    let own = reply.first { $0.address != list && $0.address != author.address && $0.name == name }
    return MailAddress(name: name, address: own?.address)
  }

  private static func listPostAddress(_ raw: [UInt8]) -> String? {
    guard let start = raw.firstRange(ofASCII: "mailto:")?.upperBound else { return nil }
    return MailAddress.normalized([UInt8](raw[start...].prefix { $0 != 0x3E && $0 != 0x3F }))
  }

  private static func isMachine(_ mailbox: MailAddress) -> Bool {
    guard let address = mailbox.address else { return true }
    let local = [UInt8](address.utf8).prefix { $0 != 0x40 }
    return machines.contains { local.contains($0) }
  }

  private static let machines: [StaticString] = [
    "bounce", "-admin", "owner", "request", "noreply", "no-reply", "daemon", "postmaster", "listserv", "errors",
  ]

  // MARK: Thread and list

  private mutating func setThread() {
    if let parent = MailHeaders.messageIDs(headers[.inReplyTo]).first {
      document.attributes.append(Attribute("in-reply-to", parent))
    }
    let references = MailHeaders.messageIDs(headers[.references])
    if !references.isEmpty {
      document.attributes.append(Attribute("references", references.suffix(24).joined(separator: " ")))
    }
    if let raw = headers[.subject] {
      let text = String(decoding: HeaderText.collapse(raw), as: UTF8.self)
      if text != document.title { document.attributes.append(Attribute("subject", text)) }
    }
    guard let raw = headers[.listID] ?? headers[.mailingList] else { return }
    let text = HeaderText.decode(raw)
    if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
      document.attributes.append(Attribute("list-id", String(text[text.index(after: open)..<close])))
      let name = MailAddress.unquoted(String(text[..<open]).trimmingSpaces)
      if !name.isEmpty { document.attributes.append(Attribute("list", name)) }
    } else if !text.isEmpty {
      document.attributes.append(Attribute("list-id", text))
    }
  }
}

/// Why a message gave no document.
struct MessageProblem: Error, Equatable {
  var reason: String
  /// It could not be read; otherwise there is nothing to read.
  var isFailure: Bool
}

extension String {
  func range(ofASCII text: StaticString) -> Range<String.Index>? {
    guard let found = [UInt8](utf8).firstRange(ofASCII: text) else { return nil }
    return utf8.index(startIndex, offsetBy: found.lowerBound)..<utf8.index(startIndex, offsetBy: found.upperBound)
  }

  var trimmingSpaces: String {
    String(decoding: HeaderText.collapse([UInt8](utf8)), as: UTF8.self)
  }
}
