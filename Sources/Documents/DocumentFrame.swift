/// The document frame: how a document travels over the pipe **and** how it is stored (Index/FORMAT.md, "Frames").
///
/// Fields are numbered and never renumbered; a reader skips those that it does not know, so that old stored frames
/// stay readable and new ones do not break an older Griot.
public enum DocumentFrame {
  enum Field {
    static let externalID = 1, kind = 2, title = 3, date = 4, datePrecision = 5, dateOffset = 6
    static let declaredLanguage = 7, detectedLanguage = 8, person = 9, url = 10, member = 11
    static let recordOffset = 12, recordLength = 13, charset = 14, charsetSource = 15, replacements = 16
    static let note = 17, attribute = 18, text = 19, blocks = 20
  }

  public static func encode(_ document: Document) -> [UInt8] {
    var w = WireWriter(reserving: document.text.count + document.blocks.count * 8 + 512)
    w.field(Field.externalID, document.externalID)
    w.field(Field.kind, document.kind.rawValue)
    if !document.title.isEmpty { w.field(Field.title, document.title) }
    if let date = document.date {
      w.field(Field.date, signed: date.seconds)
      w.field(Field.datePrecision, UInt64(date.precision.rawValue))
      if let offset = date.offsetMinutes { w.field(Field.dateOffset, signed: Int64(offset)) }
    }
    if let language = document.declaredLanguage { w.field(Field.declaredLanguage, language) }
    if let detected = document.detectedLanguage {
      w.message(Field.detectedLanguage) {
        $0.field(1, detected.code)
        $0.field(2, UInt64(clamping: detected.percent))
        $0.field(3, detected.isReliable ? 1 : 0)
        $0.field(4, UInt64(clamping: detected.letters))
      }
    }
    for person in document.people {
      w.message(Field.person) {
        $0.field(1, person.name)
        if let address = person.address { $0.field(2, address) }
        $0.field(3, UInt64(person.role.rawValue))
      }
    }
    if let url = document.url { w.field(Field.url, url) }
    if !document.member.isEmpty { w.field(Field.member, document.member) }
    w.field(Field.recordOffset, document.record.offset)
    w.field(Field.recordLength, document.record.length)
    w.field(Field.charset, document.charset)
    w.field(Field.charsetSource, UInt64(document.charsetSource.rawValue))
    if document.replacementCount > 0 { w.field(Field.replacements, UInt64(document.replacementCount)) }
    for note in document.notes { w.field(Field.note, note) }
    for attribute in document.attributes {
      w.message(Field.attribute) {
        $0.field(1, attribute.name)
        $0.field(2, attribute.value)
      }
    }
    w.field(Field.text, document.text)
    w.field(Field.blocks, encode(document.blocks))
    return w.bytes
  }

  /// - Throws: ``FrameError`` for bytes that are no frame; never traps.
  public static func decode(_ bytes: UnsafeRawBufferPointer) throws(FrameError) -> Document {
    var document = Document(externalID: "", kind: .document)
    var reader = WireReader(bytes)
    while let (number, value) = try reader.next() {
      try read(number, value, reader, into: &document)
    }
    try validate(document)
    return document
  }

  /// Looks at the text and the blocks of a frame where they lie, and decodes nothing else.
  ///
  /// - Parameter body: Gets the text, which is gone when it returns, and blocks that lie in it.
  /// - Throws: ``FrameError`` for bytes that are no frame; never traps.
  public static func withText<R>(
    of bytes: [UInt8], _ body: (UnsafeRawBufferPointer, [Block]) -> R
  ) throws(FrameError) -> R {
    let result = bytes.withUnsafeBytes { raw in
      Result { () throws(FrameError) in
        var text = 0..<0
        var blocks: [Block] = []
        var people = 0
        var reader = WireReader(raw)
        while let (number, value) = try reader.next() {
          switch number {
          case Field.person: people += 1
          case Field.text: text = try value.range(number)
          case Field.blocks: blocks = try self.blocks(WireReader(raw, try value.range(number)))
          default: break
          }
        }
        try validate(blocks, textCount: text.count, peopleCount: people)
        return body(UnsafeRawBufferPointer(rebasing: raw[text]), blocks)
      }
    }
    return try result.get()
  }

  public static func decode(_ bytes: [UInt8]) throws(FrameError) -> Document {
    let result = bytes.withUnsafeBytes { raw in Result { () throws(FrameError) in try decode(raw) } }
    return try result.get()
  }

  private static func read(
    _ number: Int, _ value: WireReader.Value, _ reader: WireReader, into document: inout Document
  ) throws(FrameError) {
    func string() throws(FrameError) -> String { reader.string(try value.range(number)) }
    switch number {
    case Field.externalID: document.externalID = try string()
    case Field.kind: document.kind = DocumentKind(rawValue: try string())
    case Field.title: document.title = try string()
    case Field.date:
      let seconds = WireReader.unzigzag(try value.number(number))
      document.date = DocumentDate(seconds: seconds, precision: document.date?.precision ?? .second)
    case Field.datePrecision:
      let raw = UInt8(truncatingIfNeeded: try value.number(number))
      document.date?.precision = DocumentDate.Precision(rawValue: raw) ?? .second
    case Field.dateOffset:
      document.date?.offsetMinutes = Int16(truncatingIfNeeded: WireReader.unzigzag(try value.number(number)))
    case Field.declaredLanguage: document.declaredLanguage = try string()
    case Field.detectedLanguage:
      document.detectedLanguage = try language(WireReader(reader.bytes, try value.range(number)))
    case Field.person: document.people.append(try person(WireReader(reader.bytes, try value.range(number))))
    case Field.url: document.url = try string()
    case Field.member: document.member = try string()
    case Field.recordOffset: document.record.offset = try value.number(number)
    case Field.recordLength: document.record.length = try value.number(number)
    case Field.charset: document.charset = try string()
    case Field.charsetSource:
      document.charsetSource = CharsetSource(rawValue: UInt8(truncatingIfNeeded: try value.number(number))) ?? .assumed
    case Field.replacements: document.replacementCount = Int(clamping: try value.number(number))
    case Field.note: document.notes.append(try string())
    case Field.attribute:
      document.attributes.append(try attribute(WireReader(reader.bytes, try value.range(number))))
    case Field.text: document.text = [UInt8](reader.bytes[try value.range(number)])
    case Field.blocks: document.blocks = try blocks(WireReader(reader.bytes, try value.range(number)))
    default: break
    }
  }

  private static func language(_ r: WireReader) throws(FrameError) -> DetectedLanguage {
    var r = r
    var out = DetectedLanguage(code: "", percent: 0, isReliable: false, letters: 0)
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.code = r.string(try value.range(1))
      case 2: out.percent = Int(clamping: try value.number(2))
      case 3: out.isReliable = try value.number(3) != 0
      case 4: out.letters = Int(clamping: try value.number(4))
      default: break
      }
    }
    return out
  }

  private static func person(_ r: WireReader) throws(FrameError) -> PersonMention {
    var r = r
    var out = PersonMention(name: "", role: .mentioned)
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.name = r.string(try value.range(1))
      case 2: out.address = r.string(try value.range(2))
      case 3: out.role = PersonRole(rawValue: UInt8(truncatingIfNeeded: try value.number(3))) ?? .mentioned
      default: break
      }
    }
    return out
  }

  private static func attribute(_ r: WireReader) throws(FrameError) -> Attribute {
    var r = r
    var out = Attribute("", "")
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.name = r.string(try value.range(1))
      case 2: out.value = r.string(try value.range(2))
      default: break
      }
    }
    return out
  }
}
