/// What a member of a JSON record, or a column of a table, is for.
enum JSONFieldRole {
  case id, title, text, author, authorAddress, speaker, editor, date, kind, typeName, url, language, tags, metadata
  /// A named text of its own: a section under its name, in the order of the record.
  case section
  /// As `section`, and it tells that the record is a lesson.
  case lessonSection
  /// Anything else.
  case other

  /// Names are compared in lower case with `-`, blanks and camel case as `_`.
  static func named(_ key: some Sequence<UInt8>) -> JSONFieldRole {
    var name: [UInt8] = []
    for byte in key {
      if byte.isASCIIUppercase {
        if let last = name.last, last != 0x5F, !last.isASCIIUppercase, last.isASCIILetter { name.append(0x5F) }
        name.append(byte | 0x20)
      } else {
        name.append(byte == 0x2D || byte == 0x20 ? 0x5F : byte)
      }
    }
    return table[String(decoding: name, as: UTF8.self)] ?? .other
  }

  private static let table: [String: JSONFieldRole] = {
    let names: [(JSONFieldRole, [String])] = [
      (
        .id, ["id", "_id", "uid", "uuid", "guid", "doc_id", "docid", "docno", "document_id", "lesson_id", "message_id"]
      ),
      (.title, ["title", "subject", "headline", "heading", "name", "meeting"]),
      (
        .text,
        ["text", "body", "content", "contents", "message", "full_text", "fulltext", "raw_text", "body_text", "passage"]
      ),
      (
        .author,
        [
          "author", "authors", "by", "from", "creator", "creators", "user", "user_name", "username",
          "author_name", "written_by", "contributor", "contributors",
        ]
      ),
      (.authorAddress, ["author_email", "authoremail", "email", "author_address", "from_email", "user_email"]),
      (.speaker, ["speaker", "speakers"]),
      (.editor, ["editor", "editors"]),
      (
        .date,
        [
          "date", "created", "created_at", "published", "published_at", "timestamp", "ts", "time", "datetime", "sent",
          "date_published", "publish_date", "pub_date", "pubdate", "created_on", "date_created", "year", "lesson_date",
        ]
      ),
      (.kind, ["kind"]),
      (.typeName, ["type", "doc_type", "document_type"]),
      (.url, ["url", "link", "permalink", "href", "source_url", "web_url", "uri"]),
      (.language, ["lang", "language", "locale"]),
      (.tags, ["tags", "tag", "keywords", "categories", "category", "labels", "topics", "topic"]),
      (.metadata, ["metadata", "meta"]),
      (
        .section,
        [
          "abstract", "summary", "description", "background", "introduction", "conclusion", "notes", "impact",
          "evidence", "details", "answer", "question", "comment", "comments",
        ]
      ),
      (
        .lessonSection,
        [
          "driving_event", "lesson", "lessons", "lesson_learned", "lessons_learned", "recommendation",
          "recommendations", "root_cause", "root_causes", "what_went_well", "what_went_wrong", "what_happened",
          "corrective_action", "corrective_actions", "contributing_factors",
        ]
      ),
    ]
    var out: [String: JSONFieldRole] = [:]
    for (role, group) in names { for name in group { out[name] = role } }
    return out
  }()

  /// `driving_event`, `drivingEvent` → `Driving event`.
  static func heading(_ key: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    for byte in key {
      if byte == 0x5F || byte == 0x2D || byte == 0x20 {
        if let last = out.last, last != 0x20 { out.append(0x20) }
      } else if byte.isASCIIUppercase, let last = out.last, last.isASCIILetter, !last.isASCIIUppercase {
        out += [0x20, byte | 0x20]
      } else {
        out.append(byte)
      }
    }
    if let first = out.first, first.isASCIILetter { out[0] = first & ~0x20 }
    return WhiteSpace.collapse(out)
  }
}

/// Roles of the members of records that mostly look alike: the members of one record stand where they stood in the
/// record before, so a comparison of bytes replaces the lookup of a name.
struct JSONFieldRoles {
  private var known: [(key: [UInt8], role: JSONFieldRole)] = []

  mutating func role(of key: UnsafeBufferPointer<UInt8>, at ordinal: Int) -> JSONFieldRole {
    if ordinal < known.count, known[ordinal].key.elementsEqual(key) { return known[ordinal].role }
    let role = JSONFieldRole.named(key)
    if ordinal < known.count {
      known[ordinal] = (Array(key), role)
    } else if ordinal == known.count, ordinal < 256 {
      known.append((Array(key), role))
    }
    return role
  }
}
