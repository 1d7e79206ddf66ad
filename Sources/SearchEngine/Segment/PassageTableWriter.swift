/// Collects what a segment remembers of each passage and document, and writes the file of passages.
struct PassageTableWriter {
  private(set) var norms: [UInt8] = []
  /// What the norms leave out of the lengths.
  private var remainders = BitWriter()
  private var titleEnds: [UInt32] = []
  private var bodyStarts: [UInt32] = []
  private var bases: [UInt32] = []
  private var continuing: [Bool] = []
  /// The first passage of each document.
  private(set) var firsts: [UInt32] = []
  private var sequences: [UInt64] = []
  private(set) var totalLength: UInt64 = 0

  init() {}

  var passageCount: Int { norms.count }
  var documentCount: Int { firsts.count }
  var isIdentity: Bool { norms.count == firsts.count }

  /// Makes room where it is known how many there will be: growing arrays take up to three times of what they hold.
  mutating func reserve(passages: Int, documents: Int) {
    norms.reserveCapacity(passages)
    titleEnds.reserveCapacity(passages)
    bodyStarts.reserveCapacity(passages)
    bases.reserveCapacity(passages)
    continuing.reserveCapacity(passages)
    firsts.reserveCapacity(documents)
    sequences.reserveCapacity(documents)
  }

  mutating func removeAll() {
    norms.removeAll(keepingCapacity: true)
    remainders.removeAll()
    titleEnds.removeAll(keepingCapacity: true)
    bodyStarts.removeAll(keepingCapacity: true)
    bases.removeAll(keepingCapacity: true)
    continuing.removeAll(keepingCapacity: true)
    firsts.removeAll(keepingCapacity: true)
    sequences.removeAll(keepingCapacity: true)
    totalLength = 0
  }

  /// Begins a document; its passages follow. `sequence`: its place in the order of ingest, relative to anything.
  mutating func beginDocument(sequence: UInt64) {
    firsts.append(UInt32(norms.count))
    sequences.append(sequence)
  }

  /// Adds a passage of `length` counted tokens.
  mutating func addPassage(length: UInt32, titleEnd: UInt32, bodyStart: UInt32, continues: Bool, base: UInt32) {
    totalLength += UInt64(length)
    let norm = FieldNorms.encode(length)
    norms.append(norm)
    remainders.append(UInt64(length - FieldNorms.decode(norm)), FieldNorms.remainderBits(norm))
    titleEnds.append(titleEnd)
    bodyStarts.append(bodyStart)
    continuing.append(continues)
    bases.append(base)
  }

  /// The document of each passage; nil where both are one.
  func documents() -> [UInt32]? {
    guard !isIdentity else { return nil }
    var documents: [UInt32] = []
    documents.reserveCapacity(norms.count)
    for i in firsts.indices {
      let end = i + 1 < firsts.count ? Int(firsts[i + 1]) : norms.count
      for _ in Int(firsts[i])..<end { documents.append(UInt32(i)) }
    }
    return documents
  }

  /// Writes the sections; arrays of zeros are left out.
  func write(to writer: ContentWriter) {
    // First the words that are read in place: the content begins on a multiple of eight.
    if !isIdentity {
      var words = [UInt64](repeating: 0, count: (norms.count + 63) / 64)
      for first in firsts { words[Int(first >> 6)] |= 1 << UInt64(first & 63) }
      writer.begin(SectionID("DBIT"))
      for word in words { writer.append(word) }
      writer.end()
      writer.begin(SectionID("DRNK"))
      var rank: UInt32 = 0
      for (i, word) in words.enumerated() {
        if i % 8 == 0 { writer.append(rank) }
        rank += UInt32(word.nonzeroBitCount)
      }
      writer.end()
      writer.begin(SectionID("DOCF"))
      PackedIntegers.write((firsts + [UInt32(norms.count)]).lazy.map { Int64($0) }, to: writer)
      writer.end()
    }
    writer.begin(SectionID("NORM"))
    writer.append(norms)
    writer.end()
    writer.begin(SectionID("NREM"))
    var rest = remainders
    rest.finish(to: writer)
    writer.end()
    write("TEND", titleEnds.lazy.map { Int64($0) }, to: writer)
    write("BODY", bodyStarts.lazy.map { Int64($0) }, to: writer)
    write("BASE", bases.lazy.map { Int64($0) }, to: writer)
    write("CONT", continuing.lazy.map { $0 ? 1 : 0 }, to: writer)
    let start = sequences.first ?? 0
    write("SEQG", sequences.indices.lazy.map { Int64(sequences[$0] - start - UInt64($0)) }, to: writer)
  }

  private func write(_ id: StaticString, _ values: some Collection<Int64>, to writer: ContentWriter) {
    guard values.contains(where: { $0 != 0 }) else { return }
    writer.begin(SectionID(id))
    PackedIntegers.write(values, to: writer)
    writer.end()
  }
}
