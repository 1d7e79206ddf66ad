/// One newsletter issue, wiki page, recording, message or lesson, as a reader saw it.
///
/// The text is one UTF-8 buffer; ``Block``s say what each stretch of it is. Everything derived (passages, the
/// language decision, lessons, identities) is a pure function of this value and is computed after the pipe, so that
/// a stored document can be replayed when one of those functions changes.
public struct Document: Sendable, Equatable {
  /// What the source called it: Message-ID without angle brackets, JSON `id`, page title, or the path of the file
  /// relative to the source. Not unique in a memory.
  public var externalID: String
  public var kind: DocumentKind
  public var title: String
  public var date: DocumentDate?
  /// The language that the source declares (BCP 47, e.g. `de`, `pt-BR`).
  public var declaredLanguage: String?
  /// What the detector says about the text. A decision is taken later, by source.
  public var detectedLanguage: DetectedLanguage?
  /// Everybody named in a role, in order of first appearance; ``Block/speaker`` points into it.
  public var people: [PersonMention]
  public var url: String?
  /// Path of the member inside the file (archives), empty for the file itself.
  public var member: String
  /// Where the record starts in the (decompressed) file, and its length there, in bytes.
  public var record: RecordRange
  /// The charset that the bytes were decoded from (IANA name), and who said so.
  public var charset: String
  public var charsetSource: CharsetSource
  /// How many U+FFFD the decoding had to put in (those of the source not counted).
  public var replacementCount: Int
  /// What was lost or doubtful while reading, for `griot extract` and `griot doctor`.
  public var notes: [String]
  /// Further named facts, in reading order: `message-id`, `in-reply-to`, `references`, `list-id`, `tag`, `alias`,
  /// `breadcrumb`, `namespace`, `revision`, …. Names may repeat.
  public var attributes: [Attribute]
  /// The readable text. Blocks are separated by one or more line feeds that belong to no block.
  public var text: [UInt8]
  /// Ascending, not overlapping stretches of ``text``.
  public var blocks: [Block]

  public init(externalID: String, kind: DocumentKind, title: String = "") {
    self.externalID = externalID
    self.kind = kind
    self.title = title
    date = nil
    declaredLanguage = nil
    detectedLanguage = nil
    people = []
    url = nil
    member = ""
    record = RecordRange(offset: 0, length: 0)
    charset = "UTF-8"
    charsetSource = .assumed
    replacementCount = 0
    notes = []
    attributes = []
    text = []
    blocks = []
  }

  /// The first value of a named attribute.
  public func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

  /// Appends a block with its text, separated from the one before by a line feed.
  ///
  /// - Parameter utf8: Valid UTF-8. An empty block is not appended.
  @inlinable  // Readers live in another module: unspecialised, this would copy byte by byte.
  public mutating func append(_ block: Block, _ utf8: some Collection<UInt8>) {
    guard !utf8.isEmpty else { return }
    if !text.isEmpty { text.append(0x0A) }
    var block = block
    block.start = UInt32(text.count)
    text.append(contentsOf: utf8)
    block.end = UInt32(text.count)
    blocks.append(block)
  }
}

/// A byte range in a file.
public struct RecordRange: Sendable, Equatable, Hashable {
  public var offset: UInt64
  public var length: UInt64
  public init(offset: UInt64, length: UInt64) {
    self.offset = offset
    self.length = length
  }
}

/// A named fact about a document.
public struct Attribute: Sendable, Equatable {
  public var name: String
  public var value: String
  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// What a statistical detector thinks of the language of a text.
public struct DetectedLanguage: Sendable, Equatable {
  /// ISO 639-1 where there is one, else the detector's own code.
  public var code: String
  /// Share of the text in that language, 0…100.
  public var percent: Int
  public var isReliable: Bool
  /// Letters that the decision rests on.
  public var letters: Int
  public init(code: String, percent: Int, isReliable: Bool, letters: Int) {
    self.code = code
    self.percent = percent
    self.isReliable = isReliable
    self.letters = letters
  }
}

/// Who named the charset of a document, in the order in which they are asked (user-needs R3).
public enum CharsetSource: UInt8, Sendable, CaseIterable {
  case assumed = 0, declared, byteOrderMark, markup, validUTF8, detected, fallback
}
