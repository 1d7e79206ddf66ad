import Documents

/// One message of a chat, whatever the program called its parts.
struct ChatMessage {
  var author = ""
  var address: String?
  var isMachine = false
  var date: DocumentDate?
  /// UTF-8, line feeds between lines.
  var text: [UInt8] = []
  /// The channel, stream, room; what stands in the message wins over what the export is named.
  var channel = ""
  var topic = ""
  var files: [String] = []

  /// - Parameter people: Names of the export's own ids.
  /// - Returns: `nil` if the object is no message.
  init?(_ node: JSONNode, _ people: ChatPeople) {
    guard node.isObject else { return nil }
    // Mattermost wraps each post.
    let node = node.member("post") ?? node.member("direct_post") ?? node
    if let type = node.member("type")?.scalar, Self.isOther(type) { return nil }
    if let subtype = node.member("subtype")?.scalar, Self.noise.contains(subtype) { return nil }
    takeText(node)
    takeAuthor(node, people)
    for name in [
      "ts", "timestamp", "sent", "date_sent", "create_at", "origin_server_ts", "created_at", "date", "sentAt",
    ] {
      guard date == nil, let member = node.children.first(where: { $0.key.elementsEqual(name.utf8) }) else { continue }
      date = Self.date(member)
    }
    for name in ["channel", "display_recipient", "stream", "room", "room_id", "channel_name"] {
      if channel.isEmpty, let found = node.children.first(where: { $0.key.elementsEqual(name.utf8) }) {
        channel = found.scalar ?? found.member("name")?.scalar ?? ""
      }
    }
    topic = node.member("subject")?.scalar ?? node.member("topic")?.scalar ?? ""
    attachments(node)
    guard date != nil || !author.isEmpty, !text.isEmpty || !files.isEmpty else { return nil }
    text = Array(ChatMarkup.plain(text, people))
  }

  /// Kinds of events that carry no words of a person.
  private static func isOther(_ type: String) -> Bool {
    if type.hasPrefix("m.") { return type != "m.room.message" }
    return ["service", "user", "team", "emoji", "version", "role", "scheme", "uj", "ul"].contains(type)
      || type.hasPrefix("system_")
  }

  private static let noise: Set<String> = [
    "channel_join", "channel_leave", "channel_archive", "group_join", "group_leave", "pinned_item", "bot_add",
  ]

  private mutating func takeText(_ node: JSONNode) {
    for name in ["text", "content", "message", "msg", "body"] {
      guard let member = node.children.first(where: { $0.key.elementsEqual(name.utf8) }) else { continue }
      if member.isString {
        text = Array(member.text)
      } else if member.isArray {
        // Telegram: strings and marked pieces.
        for part in member.children {
          if part.isString { text += part.text } else if let piece = part.member("text") { text += piece.text }
        }
      } else if let body = member.member("body") ?? member.member("text"), body.isString {
        text = Array(body.text)
      }
      if !text.isEmpty { break }
    }
    let isHTML =
      node.member("content_type")?.scalar?.hasSuffix("html") ?? false
      || text.first == 0x3C && text.starts(with: "<p".utf8) && HTMLFragment.isLikely(text)
    guard isHTML else { return }
    var out = BlockWriter()
    HTMLFragment.write(text, to: &out)
    text = out.text
  }

  private mutating func takeAuthor(_ node: JSONNode, _ people: ChatPeople) {
    if let profile = node.member("user_profile") {
      author = people.name(of: profile)
    }
    for name in [
      "sender_full_name", "from", "fromUser", "author", "user", "u", "sender", "username", "from_name", "name",
      "bot_profile",
    ]
    where author.isEmpty {
      guard let member = node.children.first(where: { $0.key.elementsEqual(name.utf8) }) else { continue }
      if member.isObject {
        author = people.name(of: member)
        address = member.member("email")?.scalar.flatMap { PeopleParser.address($0) }
        if member.member("isBot")?.scalar == "true" || name == "bot_profile" { isMachine = true }
      } else if let id = member.scalar {
        author = people.name(ofID: id) ?? id
      }
    }
    address = address ?? node.member("sender_email")?.scalar.flatMap { PeopleParser.address($0) }
    if node.member("bot_id")?.scalar != nil, node.member("user")?.scalar == nil { isMachine = true }
    // `@jane:example.org`
    if author.hasPrefix("@"), let colon = author.firstIndex(of: ":") {
      author = String(author[author.index(after: author.startIndex)..<colon])
    }
    author = WhiteSpace.collapse(author)
  }

  private mutating func attachments(_ node: JSONNode) {
    for name in ["files", "attachments"] {
      guard let list = node.children.first(where: { $0.key.elementsEqual(name.utf8) }), list.isArray else { continue }
      for file in list.children.prefix(32) {
        let title = file.member("title")?.scalar ?? file.member("name")?.scalar ?? file.member("fileName")?.scalar
        if let title, !title.isEmpty { files.append(WhiteSpace.collapse(title)) }
        for key in ["pretext", "text", "fallback"] {
          guard let member = file.children.first(where: { $0.key.elementsEqual(key.utf8) }), member.isString else {
            continue
          }
          if !member.text.isEmpty {
            if !text.isEmpty { text.append(0x0A) }
            text += member.text
            break
          }
        }
      }
    }
  }

  /// Seconds or milliseconds since 1970, as a number or as digits with a fraction (Slack), or a written date.
  private static func date(_ node: JSONNode) -> DocumentDate? {
    if let number = node.number { return DateParser.parse(epoch: number) }
    guard let text = node.scalar else { return nil }
    if let seconds = Double(text) { return DateParser.parse(epoch: seconds) }
    return DateParser.parse(text)
  }
}

/// Names of people by the ids that an export uses.
struct ChatPeople {
  private var names: [String: String] = [:]

  init() {}

  /// - Parameter list: `users.json`, or the members of an export that list people.
  mutating func add(_ list: JSONNode) {
    guard list.isArray else { return }
    for user in list.children {
      guard let id = user.member("id")?.scalar ?? user.member("username")?.scalar else { continue }
      let name = self.name(of: user)
      if !name.isEmpty { names[id] = name }
    }
  }

  var isEmpty: Bool { names.isEmpty }
  func name(ofID id: String) -> String? { names[id] }

  /// The fullest name that a profile gives.
  func name(of profile: JSONNode) -> String {
    let inner = profile.member("profile")
    for key in ["real_name", "full_name", "displayName", "display_name", "global_name", "nickname"] {
      if let name = Self.text(profile, key) ?? inner.flatMap({ Self.text($0, key) }) { return name }
    }
    for key in ["name", "username", "login"] { if let name = Self.text(profile, key) { return name } }
    let id = profile.member("id")?.scalar ?? ""
    return names[id] ?? id
  }

  private static func text(_ node: JSONNode, _ key: String) -> String? {
    guard node.isObject, let member = node.children.first(where: { $0.key.elementsEqual(key.utf8) }) else { return nil }
    let name = member.scalar.map { WhiteSpace.collapse($0) } ?? ""
    return name.isEmpty ? nil : name
  }
}

/// `<@U024|jane>`, `<#C1|general>`, `<https://x.org|label>` of Slack; entities.
enum ChatMarkup {
  static func plain(_ text: [UInt8], _ people: ChatPeople) -> [UInt8] {
    guard text.contains(0x3C) || text.contains(0x26) else { return text }
    var out: [UInt8] = []
    var i = 0
    while i < text.count {
      if text[i] == 0x26 {
        let (piece, length) = CharacterReference.read(text, at: i)
        out += piece
        i += length
      } else if text[i] == 0x3C, i + 1 < text.count, let close = text[i...].prefix(2000).firstIndex(of: 0x3E),
        let shown = reference(text[(i + 1)..<close], people)
      {
        out += shown.utf8
        i = close + 1
      } else {
        out.append(text[i])
        i += 1
      }
    }
    return out
  }

  private static func reference(_ inside: ArraySlice<UInt8>, _ people: ChatPeople) -> String? {
    guard let first = inside.first else { return nil }
    let text = String(decoding: inside, as: UTF8.self)
    let parts = text.split(separator: "|", maxSplits: 1).map(String.init)
    let label = parts.count > 1 ? parts[1] : nil
    switch first {
    case 0x40:
      let id = String((parts.first ?? "").drop { $0 == "@" || $0 == "!" || $0 == "&" })
      return "@" + (label ?? people.name(ofID: id) ?? id)
    case 0x23: return "#" + (label ?? String((parts.first ?? "").dropFirst()))
    case 0x21: return "@" + (label ?? String((parts.first ?? "").dropFirst()))
    default:
      let target = parts.first ?? ""
      guard target.hasPrefix("http") || target.hasPrefix("mailto:") else { return nil }
      return label ?? target
    }
  }
}
