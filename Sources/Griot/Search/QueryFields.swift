import Documents
import SearchEngine
import Synchronization
import TextAnalysis

/// What the fields of the query language and the filters of a request mean for a memory.
final class QueryFields: Sendable {
  private let reader: IndexReader
  private let people = Mutex<PeopleIndex?>(nil)
  private let failure = Mutex<IndexError?>(nil)

  private let memory: Memory?

  init(_ reader: IndexReader) {
    self.reader = reader
    memory = nil
  }

  init(_ memory: Memory) {
    reader = memory.reader
    self.memory = memory
  }

  /// Trouble that a filter met; asked for once the query is analysed.
  func takeFailure() -> IndexError? {
    failure.withLock { failure in
      defer { failure = nil }
      return failure
    }
  }

  func reading(_ field: QueryField, _ value: String) -> FieldReading {
    do {
      switch field {
      case .kind: return try keyword(MemorySchema.kind, value, "kind")
      case .source: return try keyword(MemorySchema.source, value, "source")
      case .lang: return try language(value)
      // Whoever edited a page has written at it.
      case .author: return .filter(try person(value, [.author, .editor]))
      case .speaker: return .filter(try person(value, [.speaker]))
      case .after:
        guard let date = PartialDate(value) else { return Self.noDate("after", value) }
        return .filter(.range(column: MemorySchema.date, from: date.start, below: nil))
      case .before:
        guard let date = PartialDate(value) else { return Self.noDate("before", value) }
        return .filter(.range(column: MemorySchema.date, from: nil, below: date.start))
      case .title: return .unusable("“title:” is no filter")
      }
    } catch {
      failure.withLock { $0 = error }
      return .filter(.keys([]))
    }
  }

  private static func noDate(_ field: String, _ value: String) -> FieldReading {
    .unusable("“\(field):\(value)” is no date (write 2024, 2024-05 or 2024-05-17) and was read as text")
  }

  /// A filter on a column of names: the whole name in any case, or with `*` for any part of it.
  func keyword(_ column: String, _ value: String, _ what: String) throws(IndexError) -> FieldReading {
    let wanted = value.lowercased()
    // A star stands for anything here, slashes included.
    let pattern =
      wanted.contains("*")
      ? GlobPattern(
        Array("/\(wanted.split(separator: "*", omittingEmptySubsequences: false).joined(separator: "**"))".utf8)) : nil
    var found: Set<[UInt8]> = []
    for name in try values(column) {
      let folded = String(decoding: name, as: UTF8.self).lowercased()
      if folded == wanted || pattern?.matches(folded.utf8, isFolder: false) == true { found.insert(name) }
    }
    return .filter(.keyword(column: column, values: found.sorted { $0.lexicographicallyPrecedes($1) }))
  }

  private func language(_ value: String) throws(IndexError) -> FieldReading {
    let code = Language(code: value).code
    return .filter(.keyword(MemorySchema.language, code))
  }

  func person(_ text: String, _ roles: [PersonRole]) throws(IndexError) -> Filter {
    let known = people.withLock { $0 }
    let index: PeopleIndex
    if let known {
      index = known
    } else {
      index = try PeopleIndex(reader, try table())
      people.withLock { $0 = index }
    }
    return .mentions(index.matches(text), roles: Self.mask(roles))
  }

  /// Who is who; a filter that cannot know whom it must not find finds nobody.
  private func table() throws(IndexError) -> PeopleTable? {
    do { return try memory?.people() } catch { throw .invalid(error.message) }
  }

  static func mask(_ roles: [PersonRole]) -> UInt64 { roles.reduce(0) { $0 | 1 << UInt64($1.rawValue) } }

  /// All values of a keyword column.
  func values(_ column: String) throws(IndexError) -> Set<[UInt8]> {
    var out: Set<[UInt8]> = []
    for segment in reader.segments {
      guard let values = try segment.keywords(column) else { continue }
      for ordinal in 0..<values.valueCount { out.insert(values.value(ordinal)) }
    }
    return out
  }
}
