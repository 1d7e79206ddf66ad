import Glibc
import SearchEngine

/// A memory opened for reading: one snapshot of index and side files, immutable and shared freely.
public final class Memory: Sendable {
  public let path: String
  let reader: IndexReader
  let files: CatalogueLookup
  let languages: LanguageCounts

  /// O(number of segments): nothing of the index is read yet.
  ///
  /// - Throws: ``GriotError`` of kind `memoryMissing` (naming the path and how to make one), `memoryIncompatible`,
  ///   `corrupt`, `denied`, `io`.
  ///   Calls on a snapshot that is not pinned may throw `stale` where a writer is at work: open again then.
  /// - Parameter pinned: Opens all files at once, so that writers can take nothing away; for what reads long.
  public convenience init(opening path: String, pinned: Bool = false) throws(GriotError) {
    let reader = try engine(path) { () throws(IndexError) in
      pinned ? try IndexReader.openPinned(path) : try IndexReader.open(path)
    }
    self.init(path, reader)
  }

  init(_ path: String, _ reader: IndexReader) {
    self.path = path
    self.reader = reader
    files = CatalogueLookup(reader, memory: path)
    languages = LanguageCounts(attribute: reader.attribute(MemorySchema.languagesAttribute))
  }

  /// Whether a memory lies at a path (its manifest is there), whatever its state.
  public static func exists(at path: String) -> Bool { access(path + "/manifest", F_OK) == 0 }
}
