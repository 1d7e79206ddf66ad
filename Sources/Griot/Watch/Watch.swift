import Documents

/// A saved search: what to look for among documents that come in.
public struct Watch: Sendable {
  public var name: String
  /// Query and filters; limits and orders are of no concern.
  public var request: SearchRequest
  /// Documents from this sequence number on have not been reported yet.
  public internal(set) var next: UInt64
  /// Seconds since 1970; `nil` before the first run.
  public internal(set) var lastRun: Int64?

  init(name: String, request: SearchRequest, next: UInt64) {
    self.name = name
    self.request = request
    self.next = next
    lastRun = nil
  }

  public static let longestName = 100
}

/// The watches of a memory, in order of name: the side file `watches` of its commits.
///
/// A protocol buffers message: field 1, once a watch, with 1 name, 2 query, 3 next sequence number, 4 time of the last
/// run (zigzag; left out before the first), 5 kind, 6 source, 7 language, 8 person (`role` or nothing, a colon, the
/// name), each once a value, 9 after, 10 before.
struct WatchList: Sendable {
  static let fileName = "watches"

  var watches: [Watch] = []

  init() {}

  /// - Throws: ``FrameError`` for bytes that are no list of watches.
  init(_ bytes: [UInt8]) throws(FrameError) {
    let result = bytes.withUnsafeBytes { raw in
      Result { () throws(FrameError) in
        var reader = WireReader(raw)
        var watches: [Watch] = []
        while let (field, value) = try reader.next() {
          guard field == 1, case .bytes(let range) = value else { continue }
          watches.append(try Self.watch(raw, range))
        }
        return watches
      }
    }
    watches = try result.get()
  }

  private static func watch(_ raw: UnsafeRawBufferPointer, _ range: Range<Int>) throws(FrameError) -> Watch {
    var reader = WireReader(raw, range)
    var watch = Watch(name: "", request: SearchRequest(""), next: 0)
    while let (field, value) = try reader.next() {
      switch (field, value) {
      case (1, .bytes(let r)): watch.name = text(raw, r)
      case (2, .bytes(let r)): watch.request.query = text(raw, r)
      case (3, .number(let n)): watch.next = n
      case (4, .number(let n)): watch.lastRun = WireReader.unzigzag(n)
      case (5, .bytes(let r)): watch.request.kinds.append(text(raw, r))
      case (6, .bytes(let r)): watch.request.sources.append(text(raw, r))
      case (7, .bytes(let r)): watch.request.languages.append(text(raw, r))
      case (8, .bytes(let r)):
        let parts = text(raw, r).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw FrameError(offset: r.lowerBound, what: "a person without a role") }
        let role = PersonRole.allCases.first { $0.description == parts[0] }
        watch.request.people.append(PersonFilter(role: role, text: String(parts[1])))
      case (9, .bytes(let r)): watch.request.after = text(raw, r)
      case (10, .bytes(let r)): watch.request.before = text(raw, r)
      default: break
      }
    }
    return watch
  }

  private static func text(_ raw: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    String(decoding: UnsafeRawBufferPointer(rebasing: raw[range]), as: UTF8.self)
  }

  var bytes: [UInt8] {
    var w = WireWriter()
    for watch in watches.sorted(by: { $0.name < $1.name }) {
      w.message(1) { w in
        let request = watch.request
        w.field(1, watch.name)
        w.field(2, request.query)
        w.field(3, watch.next)
        if let time = watch.lastRun { w.field(4, signed: time) }
        for kind in request.kinds { w.field(5, kind) }
        for source in request.sources { w.field(6, source) }
        for language in request.languages { w.field(7, language) }
        for person in request.people { w.field(8, (person.role?.description ?? "") + ":" + person.text) }
        if let after = request.after { w.field(9, after) }
        if let before = request.before { w.field(10, before) }
      }
    }
    return w.bytes
  }
}
