import Documents

/// The spans of one document as its columns hold them.
///
/// `lessons` (bytes): for each span, in order, varint start − end of the span before, varint length, one byte
/// `type << 6 | rule`, one byte confidence in 255ths. `lesson_types` (keywords): the names of the types that occur
/// with at least ``LessonSpan/shownConfidence``, and `weak` where only weaker ones do; so a filter finds documents
/// with lessons without opening any of them. Neither has a value for a document without lessons.
enum LessonColumn {
  static let weak = "weak"

  static func encode(_ spans: [LessonSpan]) -> [UInt8] {
    var w = WireWriter()
    var end = 0
    for span in spans {
      w.varint(UInt64(span.range.lowerBound - end))
      w.varint(UInt64(span.range.count))
      w.varint(UInt64(span.type.rawValue) << 6 | UInt64(span.rule.rawValue))
      w.varint(UInt64(span.level))
      end = span.range.upperBound
    }
    return w.bytes
  }

  /// - Parameter count: Bytes of the document's text: spans lie inside.
  /// - Throws: ``FrameError`` for bytes that are no spans of such a text.
  static func decode(_ bytes: [UInt8], textBytes count: Int) throws(FrameError) -> [LessonSpan] {
    let result = bytes.withUnsafeBytes { raw in
      Result { () throws(FrameError) in
        var reader = WireReader(raw)
        var spans: [LessonSpan] = []
        var end = 0
        while !reader.isAtEnd {
          let offset = reader.position
          let (gap, length) = (try reader.varint(), try reader.varint())
          let (code, level) = (try reader.varint(), try reader.varint())
          guard gap <= UInt64(count - end), length <= UInt64(count - end) - gap, code < 256, level < 256,
            let type = LessonType(rawValue: UInt8(code >> 6)), let rule = LessonRule(rawValue: UInt8(code & 63))
          else { throw FrameError(offset: offset, what: "a lesson that does not lie in its document") }
          let start = end + Int(gap)
          end = start + Int(length)
          spans.append(LessonSpan(range: start..<end, type: type, rule: rule, level: UInt8(level)))
        }
        return spans
      }
    }
    return try result.get()
  }

  /// Values of `lesson_types`, each once.
  static func types(_ spans: [LessonSpan]) -> [String] {
    guard !spans.isEmpty else { return [] }
    let shown = LessonType.allCases.filter { type in
      spans.contains { $0.type == type && $0.confidence >= LessonSpan.shownConfidence }
    }
    return shown.isEmpty ? [weak] : shown.map(\.name)
  }
}
