import Documents
import SearchEngine

/// A source by its stable name.
struct CatalogueSource: Sendable, Equatable {
  var id: UInt32
  var name: String
  /// Number of the language that most of its documents are in; decided once, from its first documents.
  var language: UInt8?
  /// Blocks that it repeats, decided likewise (``TemplateBlocks``).
  var templates = TemplateBlocks.none
}

/// A path that was ingested as (a part of) a source.
struct CatalogueRoot: Sendable, Equatable {
  var id: UInt32
  var source: UInt32
  /// Absolute, links resolved; bytes as the system has them.
  var path: [UInt8]
  var isFolder: Bool
  /// `--kind` and `--lang` of the ingest: with others, files have to be read again.
  var kind: String?
  var language: String?
}

/// A file as it was when it was last met.
struct CatalogueFile: Sendable, Equatable {
  /// A record that could not be read, or killed its reader. Not tried again while the file's bytes are the same.
  struct Failure: Sendable, Equatable {
    var member: String
    var offset: UInt64
    var reason: String
  }

  var id: UInt32
  var root: UInt32
  /// Relative to the root.
  var path: [UInt8]
  /// Without the device, whose number changes from boot to boot.
  var size: UInt64 = 0
  var modified: Int64 = 0
  var inode: UInt64 = 0
  /// Of the bytes; `nil` if they were not all read, so that the next ingest reads again.
  var digest: Murmur128?
  var format = ""
  /// Records that are documents of the memory, those included that were there already.
  var documents: UInt64 = 0
  /// Of these: records that another file or another record of this file also holds.
  var duplicates: UInt64 = 0
  /// Records without text worth indexing.
  var skipped: UInt64 = 0
  var failures: [Failure] = []
  /// Not read at all: hidden, excluded, a pipe, no reader for its format.
  var skipReason: String?
  /// Failed as a whole.
  var failReason: String?
  /// An ingest was cut short in this file: records from here on are not in the memory yet.
  var nextOffset: UInt64?

  init(id: UInt32, root: UInt32, path: [UInt8]) {
    self.id = id
    self.root = root
    self.path = path
  }

  mutating func take(_ stamp: FileStamp) {
    size = stamp.size
    modified = stamp.modified
    inode = stamp.inode
  }

  func isStamped(_ stamp: FileStamp) -> Bool {
    size == stamp.size && modified == stamp.modified && inode == stamp.inode
  }
}

/// One entry of the catalogue's log.
enum CatalogueEntry: Sendable, Equatable {
  case source(CatalogueSource)
  case root(CatalogueRoot)
  case file(CatalogueFile)
  case fileRemoved(UInt32)
  case sourceRemoved(UInt32)
  /// `nil` if only the document's own file holds it.
  case holders(DocumentKey, Holders?)
}

/// Who holds a document that was met more than once, beside the file of its `file` column.
struct Holders: Sendable, Equatable {
  /// Ascending.
  var others: [UInt32] = []
  /// The file of the column holds it no more.
  var isOwnerGone = false
}
