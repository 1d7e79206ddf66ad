import SearchEngine
import TextAnalysis

/// What happens in an ingest, in order of files and records. Everything that ends on disk passes as a step through
/// ``SourceGate`` to ``BatchAssembler``, so that a checkpoint between any two steps is a consistent state.
enum IngestStep: Sendable {
  /// A file's records follow.
  case begin(CatalogueFile, resumable: Bool)
  /// To be indexed.
  case document(PendingDocument)
  /// A record whose document the memory holds already; `isRepeated` if another record stands for it.
  case present(isRepeated: Bool)
  case skipped
  case failed(CatalogueFile.Failure)
  /// Documents that go away.
  case delete([Deletion])
  /// Entries for the catalogue's log.
  case log([UInt8])
  /// The file's entry as far as only its end tells it; counts are those of the steps.
  case end(FileEnd)
}

/// A document that goes away.
struct Deletion: Sendable {
  var key: DocumentKey
  var language: Language
}
