import Documents
import SearchEngine

/// Operations on the saved searches of a memory. Those that change something take the writer's lock for a moment.
public enum Watches {
  /// In order of name.
  public static func list(_ memory: Memory) throws(GriotError) -> [Watch] { try load(memory).watches }

  /// Saves a search. It reports what comes from now on, or with `fromStart` what is there, too.
  ///
  /// - Throws: ``GriotError`` of kind `usage` for a name that is taken or unfit, or a request that means nothing.
  public static func add(
    _ name: String, _ request: SearchRequest, memory path: String, fromStart: Bool
  ) throws(GriotError) -> Watch {
    guard !name.isEmpty, name.utf8.count <= Watch.longestName, !name.contains(where: { $0.isNewline || $0 == "\t" })
    else {
      throw GriotError(.usage, "“\(name)” cannot name a watch: one line of 1 to \(Watch.longestName) bytes can")
    }
    var added: Watch?
    try change(path) { (list, memory) throws(GriotError) in
      guard !list.watches.contains(where: { $0.name == name }) else {
        throw GriotError(.usage, "there is a watch “\(name)” already; remove it first, or take another name")
      }
      // A date that is none shall be told now, not to the mail of every morning.
      guard try SearchService(memory).prepare(request, corrects: false).query != nil else {
        throw GriotError(.usage, "a watch needs words or filters")
      }
      let watch = Watch(name: name, request: request, next: fromStart ? 0 : try memory.nextSequence())
      list.watches.append(watch)
      added = watch
    }
    return added!
  }

  /// - Throws: ``GriotError`` of kind `notFound`.
  public static func remove(_ name: String, memory path: String) throws(GriotError) {
    try change(path) { (list, _) throws(GriotError) in
      guard let index = list.watches.firstIndex(where: { $0.name == name }) else {
        throw GriotError(.notFound, "there is no watch “\(name)”; griot watch list names them")
      }
      list.watches.remove(at: index)
    }
  }

  /// Notes that everything in the snapshot of `report` was reported for its watches.
  public static func advance(_ report: WatchReport, memory path: String, time: Int64) throws(GriotError) {
    let names = Set(report.results.map(\.watch.name))
    try change(path) { (list, _) throws(GriotError) in
      for i in list.watches.indices where names.contains(list.watches[i].name) {
        list.watches[i].next = max(list.watches[i].next, report.next)
        list.watches[i].lastRun = time
      }
    }
  }

  static func load(_ memory: Memory) throws(GriotError) -> WatchList {
    let bytes = try engine(memory.path) { () throws(IndexError) in try memory.reader.sideFile(WatchList.fileName) }
    guard let bytes else { return WatchList() }
    do { return try WatchList(bytes) } catch { throw GriotError(error, memory: memory.path, what: "watches") }
  }

  private static func change(
    _ path: String, _ body: (inout WatchList, Memory) throws(GriotError) -> Void
  ) throws(GriotError) {
    let writer = try Maintenance.open(path, for: "griot watch")
    defer { writer.close() }
    // Behind the lock: nobody else changes it between reading and writing.
    let memory = try Memory(opening: path)
    var list = try load(memory)
    try body(&list, memory)
    let bytes = list.bytes
    try engine(path) { () throws(IndexError) in
      try writer.replaceSideFile(WatchList.fileName, bytes)
      try writer.commit()
    }
  }
}

extension Watches {
  /// Watches with how many of the last documents each has not reported: what stays true when a replay gives all
  /// documents new sequence numbers in the same order.
  struct Unreported {
    var list: WatchList
    var counts: [UInt64]

    /// - Parameter end: One more than the last of the new numbers, which have no gaps.
    func renumbered(end: UInt64) -> [UInt8] {
      var list = list
      for i in list.watches.indices { list.watches[i].next = end - min(end, counts[i]) }
      return list.bytes
    }
  }

  /// `nil` for a memory without watches.
  static func unreported(_ memory: Memory) throws(GriotError) -> Unreported? {
    let list = try load(memory)
    if list.watches.isEmpty { return nil }
    let counts = try engine(memory.path) { () throws(IndexError) in
      var counts = [UInt64](repeating: 0, count: list.watches.count)
      for segment in memory.reader.segments {
        for ordinal in 0..<segment.documentCount where segment.isLive(ordinal) {
          let sequence = try segment.sequence(ordinal)
          for i in counts.indices where sequence >= list.watches[i].next { counts[i] += 1 }
        }
      }
      return counts
    }
    return Unreported(list: list, counts: counts)
  }
}

extension Memory {
  /// The sequence number that the next document will get, or a smaller one above all that were given.
  func nextSequence() throws(GriotError) -> UInt64 {
    try engine(path) { () throws(IndexError) in
      var next: UInt64 = 0
      for segment in reader.segments { next = max(next, try segment.sequenceEnd) }
      return next
    }
  }
}
