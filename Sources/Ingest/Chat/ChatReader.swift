import Documents

/// Chat exports as JSON: Slack, Mattermost, Zulip, Gitter, Matrix, Discord, Rocket.Chat, Telegram. A day of a channel
/// (and topic, where there are topics) is a document, its messages the turns of its speakers.
struct ChatReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    let parser = try JSONParser()
    let head = ChatHead(source, context, parser)
    var cursor = JSONElementCursor(source, limit: context.limits.recordBytes)
    var days = ChatDays(head, context, sink)
    var count = 0
    while true {
      let next: JSONElementCursor.Element?
      do {
        next = try cursor.next()
      } catch {
        // What was said before the damage was read.
        days.flush()
        throw error
      }
      guard let element = next else { break }
      do {
        let tree = try parser.parse(element.bytes, readable: element.bytes.count)
        if let message = ChatMessage(tree.root, head.people) {
          count += 1
          days.add(message, element.offset, UInt64(element.bytes.count))
        }
        // Mattermost hangs the answers on the post.
        for reply in tree.root.member("post")?.member("replies")?.children.map({ $0 }) ?? [] {
          guard var message = ChatMessage(reply, head.people) else { continue }
          message.channel = tree.root.member("post")?.member("channel")?.scalar ?? ""
          days.add(message, element.offset, UInt64(element.bytes.count))
        }
      } catch {
        days.flush()
        guard sink.begin(recordAt: element.offset) else { continue }
        let record = RecordRange(offset: element.offset, length: UInt64(element.bytes.count))
        sink.failed(
          RecordProblem(member: context.member, record: record, reason: "byte \(element.offset): \(error)"))
      }
    }
    days.flush()
    if count == 0, sink.begin(recordAt: cursor.end) {
      let record = RecordRange(offset: cursor.end, length: 0)
      sink.skipped(RecordProblem(member: context.member, record: record, reason: "no messages in this chat export"))
    }
  }
}

/// What an export says before its messages, and the list of its users.
struct ChatHead {
  private(set) var people = ChatPeople()
  private(set) var channel = ""
  private(set) var place = ""

  init(_ source: any ByteSource, _ context: ReadContext, _ parser: borrowing JSONParser) {
    // Slack: a folder for each channel, `users.json` beside the folders.
    let folders = FileName(context.memberPath).folders
    if Self.isDay(FileName(context.memberPath).stem), let folder = folders.last { channel = String(folder) }
    if context.member.isEmpty {
      let path = Self.users(beside: context.request.path)
      if let file = try? MappedFile(path: path), file.bytes.count < 64 << 20 {
        // The mapping must outlive the copying.
        defer { withExtendedLifetime(file) {} }
        take([UInt8](file.bytes), parser)
      }
    } else if let path = context.member.split(separator: "!").last,
      let bytes = context.siblings?.bytes(of: Self.users(beside: String(path)))
    {
      take(bytes, parser)
    }
    guard let window = try? source.window(from: 0, atLeast: 64 << 10) else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: window.bytes.prefix(64 << 10))
    guard let first = bytes.first(where: { !$0.isWhiteSpace }), first == 0x7B else { return }
    channel = Self.name(bytes, "channel") ?? Self.value(bytes, "room_name") ?? Self.value(bytes, "name") ?? channel
    place = Self.name(bytes, "guild") ?? ""
  }

  private static func isDay(_ stem: String) -> Bool { NameFacts.date(in: stem)?.precision == .day }

  /// `export/users.json` for `export/general/2019-05-01.json`.
  private static func users(beside path: String) -> String {
    OfficePackage.folder(String(OfficePackage.folder(path).dropLast())) + "users.json"
  }

  private mutating func take(_ json: [UInt8], _ parser: borrowing JSONParser) {
    // The parser may read a little past the end of its input.
    let padded = json + [UInt8](repeating: 0x20, count: 64)
    padded.withUnsafeBytes { bytes in
      let content = UnsafeRawBufferPointer(rebasing: bytes[..<json.count])
      if let tree = try? parser.parse(content, readable: bytes.count) { people.add(tree.root) }
    }
  }

  /// `"guild": {… "name": "x" …}` before the messages.
  private static func name(_ bytes: UnsafeRawBufferPointer, _ key: String) -> String? {
    guard let at = bytes.firstOffset(of: Array("\"\(key)\"".utf8)),
      at < bytes.firstOffset(of: Array("\"messages\"".utf8)) ?? bytes.count
    else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[(at + key.utf8.count + 2)...].prefix(2000))
    guard let value = rest.first(where: { !$0.isWhiteSpace && $0 != 0x3A }) else { return nil }
    return value == 0x7B ? self.value(rest, "name") : self.value(UnsafeRawBufferPointer(rebasing: bytes[at...]), key)
  }

  private static func value(_ bytes: UnsafeRawBufferPointer, _ key: String) -> String? {
    guard let at = bytes.firstOffset(of: Array("\"\(key)\"".utf8)) else { return nil }
    var i = at + key.utf8.count + 2
    while i < bytes.count, bytes[i].isWhiteSpace || bytes[i] == 0x3A { i += 1 }
    guard i < bytes.count, bytes[i] == 0x22, let end = JSONValueScanner.end(bytes, from: i), end - i < 400 else {
      return nil
    }
    let text = String(decoding: bytes[(i + 1)..<(end - 1)], as: UTF8.self)
    return text.contains("\\") ? nil : text
  }
}

/// Gathers messages until their day is over.
struct ChatDays {
  private struct Conversation {
    var channel: String
    var topic: String
    var messages: [ChatMessage] = []
    var start: UInt64
    var end: UInt64
  }

  private let head: ChatHead
  private let context: ReadContext
  private let sink: any RecordSink
  private var day: Int64?
  private var open: [Conversation] = []
  /// So many messages, or bytes, make a document in any case.
  private static let mostMessages = 5000
  private var gathered = 0

  init(_ head: ChatHead, _ context: ReadContext, _ sink: any RecordSink) {
    self.head = head
    self.context = context
    self.sink = sink
  }

  mutating func add(_ message: ChatMessage, _ offset: UInt64, _ length: UInt64) {
    let day = message.date.map { $0.seconds / 86_400 } ?? self.day
    if day != self.day || gathered >= Self.mostMessages { flush() }
    self.day = day
    gathered += 1
    let channel = message.channel.isEmpty ? head.channel : message.channel
    let end = offset + length
    if let index = open.firstIndex(where: { $0.channel == channel && $0.topic == message.topic }) {
      open[index].messages.append(message)
      open[index].end = max(open[index].end, end)
    } else {
      open.append(
        Conversation(channel: channel, topic: message.topic, messages: [message], start: offset, end: end))
    }
  }

  mutating func flush() {
    let done = open
    open = []
    gathered = 0
    var last: UInt64?
    for conversation in done {
      // A post and its answers share a place, but never open two conversations.
      guard conversation.start != last, sink.begin(recordAt: conversation.start) else { continue }
      last = conversation.start
      sink.document(document(conversation))
    }
  }

  private func document(_ conversation: Conversation) -> Document {
    var document = Document(externalID: "", kind: .transcript)
    let first = conversation.messages.lazy.compactMap(\.date).min()
    var title = conversation.channel
    if !head.place.isEmpty { title = head.place + (title.isEmpty ? "" : " / " + title) }
    if !conversation.topic.isEmpty { title += (title.isEmpty ? "" : ": ") + conversation.topic }
    if title.isEmpty { title = NameFacts(context.memberPath).title }
    if let first { title += ", " + first.iso8601.prefix(10) }
    document.title = title
    document.date = first
    if !conversation.channel.isEmpty { document.attributes.append(Attribute("channel", conversation.channel)) }
    if !conversation.topic.isEmpty { document.attributes.append(Attribute("topic", conversation.topic)) }
    for message in conversation.messages {
      let speaker = message.author.isEmpty ? nil : document.speaker(message.author)
      if let speaker, let address = message.address { document.people[speaker].address = address }
      var text = Array(WhiteSpace.trim(String(decoding: ZeroWidth.strip(message.text), as: UTF8.self)).utf8)
      for file in message.files {
        if !text.isEmpty { text.append(0x0A) }
        text += "[\(file)]".utf8
      }
      document.append(Block(.cue, anchor: message.date.map(\.iso8601), speaker: speaker), text)
    }
    for name in Set(conversation.messages.filter(\.isMachine).map(\.author)).sorted() where !name.isEmpty {
      document.attributes.append(Attribute("bot", name))
    }
    document.record = RecordRange(offset: conversation.start, length: conversation.end - conversation.start)
    document.member = context.member
    document.charsetSource = .validUTF8
    return document
  }
}
