import Glibc
import SearchEngine
import Synchronization

/// A memory opened for reading: one snapshot of index and side files, immutable and shared freely.
public final class Memory: Sendable {
  public let path: String
  let reader: IndexReader
  let files: CatalogueLookup
  let languages: LanguageCounts
  /// Who is who, once somebody asked.
  let peopleBox = Mutex<PeopleTable?>(nil)
  let visibleBox = Mutex<VisiblePeople?>(nil)

  /// O(number of segments): nothing of the index is read yet.
  ///
  /// - Throws: ``GriotError`` of kind `memoryMissing` (naming the path and how to make one), `memoryIncompatible`,
  ///   `corrupt`, `denied`, `io`.
  public init(opening path: String) throws(GriotError) {
    self.path = path
    let reader = try engine(path) { () throws(IndexError) in try IndexReader.open(path) }
    self.reader = reader
    files = CatalogueLookup(reader, memory: path)
    languages = LanguageCounts(attribute: reader.attribute(MemorySchema.languagesAttribute))
  }

  /// Whether a memory lies at a path (its manifest is there), whatever its state.
  public static func exists(at path: String) -> Bool { access(path + "/manifest", F_OK) == 0 }
}
