import Documents

/// A JSON object as a document (design §3's field list, BEIR's layout, lessons-learned records).
///
/// Texts: the first of `text`, `body`, `content`, … is the body; named texts (`abstract`, `driving_event`,
/// `recommendations`, …) and any other long string become sections under their names. Short extra values become
/// attributes. Markdown in a text stays as it is: nothing says that it is meant.
struct JSONRecordMapper {
  private var roles = JSONFieldRoles()
  private var metadataRoles = JSONFieldRoles()
  /// Strings up to this length, without line feeds, are facts about the record; longer ones are its text.
  private static let attributeLength = 120

  /// - Returns: `nil` if the record has neither text nor title.
  mutating func document(_ record: JSONNode) -> Document? {
    var document = Document(externalID: "", kind: .document)
    var pending = Pending()
    var ordinal = 0
    for member in record.children {
      take(member, roles.role(of: member.key, at: ordinal), into: &document, &pending)
      ordinal += 1
    }
    if let metadata = pending.metadata {
      ordinal = 0
      for member in metadata.children {
        let role = metadataRoles.role(of: member.key, at: ordinal)
        takeMetadata(member, role, into: &document, &pending)
        ordinal += 1
      }
    }
    pending.settle(&document)
    return document.blocks.isEmpty && document.title.isEmpty ? nil : document
  }

  /// What can be decided only when the whole record was seen.
  private struct Pending {
    var metadata: JSONNode?
    var addresses: [String] = []
    var hasKind = false
    var isLesson = false
    var hasText = false
    var typeName: String?

    func settle(_ document: inout Document) {
      let nameless = document.people.indices.filter {
        document.people[$0].role == .author && document.people[$0].address == nil
      }
      if !addresses.isEmpty, nameless.count == addresses.count {
        for (index, address) in zip(nameless, addresses) { document.people[index].address = address }
      } else {
        for address in addresses where !document.people.contains(where: { $0.address == address }) {
          document.people.append(PersonMention(name: "", address: address, role: .author))
        }
      }
      if hasKind { return }
      if isLesson {
        document.kind = .lesson
      } else if let typeName {
        let kind = DocumentKind(rawValue: typeName.lowercased())
        let known: [DocumentKind] = [.newsletter, .wiki, .transcript, .message, .lesson, .document]
        if known.contains(kind) {
          document.kind = kind
        } else {
          document.attributes.append(Attribute("type", typeName))
        }
      }
    }
  }

  private func take(
    _ member: JSONNode, _ role: JSONFieldRole, into document: inout Document, _ pending: inout Pending
  ) {
    switch role {
    case .id:
      if document.externalID.isEmpty, let id = member.scalar, !id.isEmpty {
        document.externalID = WhiteSpace.collapse(id)
      } else {
        other(member, into: &document)
      }
    case .title:
      if document.title.isEmpty, member.isString {
        document.title = WhiteSpace.collapse(member.text)
      } else {
        other(member, into: &document)
      }
    case .text:
      if !pending.hasText, member.isString {
        pending.hasText = true
        document.appendParagraphs(member.text)
      } else if !pending.hasText, member.isArray {
        pending.hasText = true
        for element in member.children { document.appendParagraphs(element.text) }
      } else {
        section(member, into: &document)
      }
    case .author: people(member, .author, into: &document)
    case .speaker: people(member, .speaker, into: &document)
    case .editor: people(member, .editor, into: &document)
    case .authorAddress:
      if member.isArray {
        pending.addresses += member.children.compactMap { PeopleParser.address($0.text) }
      } else if let address = PeopleParser.address(member.text) {
        pending.addresses.append(address)
      }
    case .date: date(member, into: &document)
    case .kind:
      if let kind = member.scalar, !kind.isEmpty {
        document.kind = DocumentKind(rawValue: WhiteSpace.collapse(kind).lowercased())
        pending.hasKind = true
      }
    case .typeName: pending.typeName = member.scalar ?? pending.typeName
    case .url:
      if document.url == nil, let url = member.scalar, !url.isEmpty {
        document.url = url
      } else {
        other(member, into: &document)
      }
    case .language:
      if let language = member.scalar, !language.isEmpty, language.utf8.count <= 35 {
        document.declaredLanguage = language
      }
    case .tags: tags(member, into: &document)
    case .metadata:
      if member.isObject { pending.metadata = member } else { other(member, into: &document) }
    case .section:
      if member.isString || member.isArray { section(member, into: &document) } else { other(member, into: &document) }
    case .lessonSection:
      pending.isLesson = true
      section(member, into: &document)
    case .other: other(member, into: &document)
    }
  }

  /// BEIR's `metadata`: the same names count where the record itself left them open; its texts are never the body.
  private func takeMetadata(
    _ member: JSONNode, _ role: JSONFieldRole, into document: inout Document, _ pending: inout Pending
  ) {
    switch role {
    case .id, .text, .title, .metadata, .section, .lessonSection, .other: other(member, into: &document)
    default: take(member, role, into: &document, &pending)
    }
  }

  private func date(_ member: JSONNode, into document: inout Document) {
    let found = member.isString ? DateParser.parse(member.text) : member.number.flatMap { DateParser.parse(epoch: $0) }
    guard let found else {
      other(member, into: &document)
      return
    }
    // `year` beside `date`: the finer one wins.
    if let old = document.date, old.precision.rawValue >= found.precision.rawValue {
      other(member, into: &document)
    } else {
      document.date = found
    }
  }

  private func people(_ member: JSONNode, _ role: PersonRole, into document: inout Document) {
    if member.isArray {
      for element in member.children { people(element, role, into: &document) }
    } else if member.isObject {
      var name = ""
      var address: String?
      for field in member.children {
        guard let value = field.scalar else { continue }
        switch String(decoding: field.key, as: UTF8.self).lowercased() {
        case "name", "display_name", "displayname", "full_name", "real_name": name = value
        case "login", "username", "handle": if name.isEmpty { name = value }
        case "email", "address", "mail": address = PeopleParser.address(value)
        default: break
        }
      }
      if !name.isEmpty || address != nil {
        document.people.append(PersonMention(name: WhiteSpace.collapse(name), address: address, role: role))
      }
    } else if member.isString {
      document.people += PeopleParser.parse(member.text, role: role)
    }
  }

  private func tags(_ member: JSONNode, into document: inout Document) {
    let values =
      member.isArray
      ? member.children.compactMap(\.scalar)
      : (member.scalar ?? "").split(whereSeparator: { $0 == "," || $0 == ";" }).map(String.init)
    for value in values {
      let tag = WhiteSpace.collapse(value)
      if !tag.isEmpty { document.attributes.append(Attribute("tag", tag)) }
    }
  }

  /// A named text: its name as a heading, then its paragraphs. Lists become list items, objects nested sections.
  private func section(_ member: JSONNode, into document: inout Document, level: Int = 2) {
    if member.isString {
      guard !WhiteSpace.trim(member.text).isEmpty else { return }
      document.appendHeading(JSONFieldRole.heading(member.key), level: level)
      document.appendParagraphs(member.text)
    } else if member.isArray || member.isObject {
      guard member.children.contains(where: { !$0.isNull }) else { return }
      if !member.key.isEmpty { document.appendHeading(JSONFieldRole.heading(member.key), level: level) }
      for element in member.children {
        if member.isArray, element.isObject, let line = Self.line(element) {
          document.append(Block(.listItem, level: 1), line.utf8)
        } else if element.isArray || element.isObject {
          section(element, into: &document, level: min(level + 1, 6))
        } else if member.isObject, element.isString {
          section(element, into: &document, level: min(level + 1, 6))
        } else if let text = element.scalar {
          document.append(Block(.listItem, level: 1), WhiteSpace.collapse(text).utf8)
        }
      }
    } else if let text = member.scalar {
      document.appendHeading(JSONFieldRole.heading(member.key), level: level)
      document.append(Block(.paragraph), text.utf8)
    }
  }

  /// A flat object in a list, as one line: its values, in order. `nil` if it is not flat.
  private static func line(_ object: JSONNode) -> String? {
    var values: [String] = []
    for child in object.children {
      if child.isArray || child.isObject { return nil }
      if let value = child.scalar, !value.isEmpty { values.append(WhiteSpace.collapse(value)) }
    }
    return values.isEmpty ? nil : values.joined(separator: " ")
  }

  private func other(_ member: JSONNode, into document: inout Document) {
    if member.isString {
      let text = member.text
      if text.count > Self.attributeLength || text.contains(0x0A) {
        section(member, into: &document)
        return
      }
    }
    if member.isArray {
      attributes(of: member, into: &document)
    } else if member.isObject {
      if Self.holdsLongText(member) {
        section(member, into: &document)
      } else {
        attributes(of: member, into: &document)
      }
    } else if let value = member.scalar, !value.isEmpty {
      document.attributes.append(Attribute(String(decoding: member.key, as: UTF8.self), value))
    }
  }

  /// Lists of short values become one attribute each, lists with long texts a section.
  private func attributes(of member: JSONNode, into document: inout Document) {
    if Self.holdsLongText(member) {
      section(member, into: &document)
      return
    }
    let name = String(decoding: member.key, as: UTF8.self)
    var count = 0
    for element in member.children {
      guard count < 64 else { break }
      guard let value = element.scalar, !value.isEmpty else { continue }
      let child = member.isObject ? name + "." + String(decoding: element.key, as: UTF8.self) : name
      document.attributes.append(Attribute(child, value))
      count += 1
    }
  }

  private static func holdsLongText(_ node: JSONNode) -> Bool {
    for child in node.children {
      if child.isString, child.text.count > attributeLength || child.text.contains(0x0A) { return true }
      if child.isArray || child.isObject, holdsLongText(child) { return true }
    }
    return false
  }
}
