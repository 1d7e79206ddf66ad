import Documents
import SearchEngine
import TextAnalysis

/// A document that goes into the index, still as the frame that its reader sent.
struct PendingDocument: Sendable {
  var frame: FrameReference
  var key: DocumentKey
  var file: UInt32
  var source: String
  /// Language of the document that this one takes the place of.
  var replaces: Language?
  /// Path of the file for people; only set where nothing is indexed.
  var shown = ""
  /// Decided by ``SourceGate``.
  var language: Language = .other
  /// What the source repeats in every document; decided by ``SourceGate``.
  var templates = TemplateBlocks.none
}

/// Turns frames into what the engine takes in: decodes, splits, fills the columns. One per thread.
struct DocumentIndexing {
  let splitter = PassageSplitter()
  let finder = LessonFinder()
  private let runs = TextRuns()
  private let repeated = Repeated()
  /// So many definitions of one document are kept: a list of abbreviations, not a book of them.
  private static let mostAcronyms = 256

  /// Values that document after document has: one array for all of them, which is also told from others at once.
  private final class Repeated {
    struct Value {
      private var string = ""
      private var last: [UInt8] = []

      mutating func bytes(_ string: String) -> [UInt8] {
        if string != self.string {
          self.string = string
          last = Array(string.utf8)
        }
        return last
      }
    }

    var kind = Value()
    var source = Value()
    var language = Value()
  }

  func indexDocument(_ pending: PendingDocument) throws(FrameError) -> IndexDocument {
    var document = try DocumentFrame.decode(pending.frame.bytes)
    let isMarked = pending.templates.mark(&document)
    return indexDocument(
      document, key: pending.key, source: pending.source, language: pending.language, file: pending.file,
      digest: pending.frame.header.digest,
      stored: isMarked ? DocumentFrame.encode(document) : [UInt8](pending.frame.bytes))
  }

  /// - Parameter stored: The frame that `document` was decoded from.
  func indexDocument(
    _ document: Document, key: DocumentKey, source: String, language: Language, file: UInt32, digest: UInt64,
    stored: [UInt8]
  ) -> IndexDocument {
    typealias Column = MemorySchema.Column
    var columns: [ColumnValue] = []
    columns.reserveCapacity(14)
    func set(_ column: Column, _ value: ColumnValue.Value) {
      columns.append(ColumnValue(column: column.rawValue, value))
    }
    if let date = document.date { set(.date, .integer(date.seconds)) }
    set(.kind, .bytes(repeated.kind.bytes(document.kind.rawValue)))
    set(.source, .bytes(repeated.source.bytes(source)))
    set(.language, .bytes(repeated.language.bytes(language.code)))
    set(.externalID, .bytes(Array(document.externalID.utf8)))
    set(.file, .integer(Int64(file)))
    set(.digest, .integer(Int64(bitPattern: digest)))
    let (signature, lessons) = runs.of(document.text) {
      (DocumentSignature(document.blocks, runs), finder.lessons(in: document, runs, language: language))
    }
    if let signature, signature.words != .zero { set(.signature, .bytes(signature.bytes)) }
    if !lessons.isEmpty {
      set(.lessons, .bytes(LessonColumn.encode(lessons)))
      for type in LessonColumn.types(lessons) { set(.lessonTypes, .bytes(Array(type.utf8))) }
    }
    for definition in AcronymFinder.acronyms(in: document.text).prefix(Self.mostAcronyms) {
      for entry in AcronymEntry.both(definition) { set(.acronyms, .bytes(entry.bytes)) }
    }
    let title = Array(document.title.utf8)
    let passages = splitter.passages(of: document).map { passage in
      var heading = passage.headings.isEmpty ? [] : Array((passage.heading(in: document.text) ?? "").utf8)
      // A heading that repeats the title (the first one of most pages) would count twice.
      if heading == title { heading = [] }
      // Most documents are one passage: their text is not copied for it.
      let isWhole = passage.range == 0..<document.text.count
      return IndexPassage(
        heading: heading, body: isWhole ? document.text : Array(document.text[passage.range]),
        continues: passage.continues)
    }
    return IndexDocument(
      key: key, language: language, title: title, passages: passages, columns: columns,
      mentions: document.people.map {
        Mention(name: Array($0.name.utf8), address: Array(($0.address ?? "").utf8), role: $0.role.rawValue)
      },
      stored: stored)
  }
}
