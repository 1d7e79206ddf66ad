import SearchEngine
import TestSupport

/// Everything that an index answers, as text: two indexes say the same exactly when their dumps are equal. Throws what
/// the index throws, and asks `checkDamage` as a query does.
func dump(_ directory: String) throws(IndexError) -> [String] {
  let reader = try IndexReader.open(directory)
  var lines: [String] = ["generation \(reader.generation)"]
  for name in reader.sideFileNames {
    let bytes = try reader.sideFile(name)
    lines.append("side \(name) \(String(decoding: bytes ?? [], as: UTF8.self))")
  }
  for segment in reader.segments { try dump(segment, &lines) }
  try reader.checkDamage()
  return lines
}

private func dump(_ segment: SegmentReader, _ lines: inout [String]) throws(IndexError) {
  lines.append(
    "segment \(segment.id) \(segment.documentCount) \(segment.liveDocumentCount) \(segment.passageCount) \(segment.totalLength)"
  )
  let terms = try segment.terms()
  var iterator = terms.iterator()
  while try iterator.next() {
    let stem = iterator.term
    guard let info = try terms.lookup(stem) else {
      lines.append("lost \(stem)")
      continue
    }
    var line = "term \(String(decoding: stem, as: UTF8.self)) \(info.passageFrequency) \(info.documentFrequency)"
    let forms = try terms.forms(of: info, stem: stem)
    for form in forms {
      line += " \(String(decoding: form.form, as: UTF8.self)):\(form.passageFrequency):\(form.documentFrequency)"
    }
    var cursor = try segment.postings(info)
    var positions = try segment.positions(info)
    while cursor.passage != .noMore {
      line += " @\(cursor.passage)"
      let frequency = positions.read(&cursor)
      let codes = positions.readCodes(&cursor)
      for i in 0..<min(frequency, codes) { line += ",\(positions.positions[i])/\(positions.codes[i])" }
      _ = cursor.advance()
    }
    try segment.checkDamage()
    lines.append(line)
  }
  var forms = try segment.forms().iterator()
  while try forms.next() {
    lines.append("form \(forms.form) " + (try forms.entries()).map { "\($0.stem)/\($0.code)" }.joined(separator: " "))
  }
  let table = try segment.passages()
  let norms = try segment.norms()
  for passage in 0..<segment.passageCount {
    lines.append(
      "passage \(table.document(of: passage)) \(norms[passage]) \(table.titleEnd(passage)) "
        + "\(table.bodyStart(passage)) \(table.positionBase(passage)) \(table.continues(passage))")
  }
  let kinds = try segment.keywords("kind")
  let tags = try segment.keywords("tags")
  let dates = try segment.integers("date")
  let prints = try segment.fixed("print")
  let mentions = try segment.mentions()
  if let marks = try segment.inverted("marks") {
    for ordinal in 0..<marks.valueCount {
      let live = try marks.documents(ordinal).filter { segment.isLive($0) }
      lines.append("mark \(try marks.value(ordinal)) \(live)")
    }
  }
  for document in 0..<segment.documentCount {
    var line = "document \(segment.isLive(document)) \(try segment.sequence(document)) \(table.passages(of: document))"
    if let key = try segment.key(document) {
      line += " \(key.high) \(key.low) \(String(describing: try segment.document(key)))"
    }
    line += " \(kinds?[document].flatMap { kinds?.value($0) } ?? []) \(dates?[document] ?? -1)"
    line += " \(try prints?.value(document) ?? [])"
    tags?.forEach(document) { line += " \(tags!.value($0))" }
    var pairs: [(UInt32, UInt8)] = []
    mentions.forEach(document) { pairs.append(($0, $1)) }
    for (pair, role) in pairs { line += " \(try mentions.mention(pair)) \(role)" }
    line += " \(try segment.stored(document))"
    lines.append(line)
  }
}

/// A small index with every structure of the format in it: several segments, deleted documents, long lists, side files.
enum SmallIndex {
  static let configuration: IndexConfiguration = {
    var configuration = IndexConfiguration(schema: RandomCorpus.schema)
    configuration.mergePolicy = MergePolicy(factor: 1000)
    return configuration
  }()

  static func documents(_ count: Int, seed: UInt64, passages: Int, firstKey: UInt64) -> [IndexDocument] {
    var random = SplitMix64(seed: seed)
    var documents = RandomCorpus(
      .init(
        documents: count, passages: passages, words: 8, vocabulary: 30, hasTitles: true, hasHeadings: true,
        continuing: 0.3),
      random: &random, firstKey: firstKey
    ).documents
    for i in documents.indices { documents[i].stored = Array("frame \(i) of \(count)".utf8) }
    return documents
  }

  /// Writes the first commit, and the work that leads to the second one.
  static func writeFirst(_ directory: any Directory) throws(IndexError) {
    let writer = try IndexWriter(directory, configuration)
    try append(documents(6, seed: 1, passages: 3, firstKey: 0), to: writer)
    try append(documents(140, seed: 2, passages: 1, firstKey: 6), to: writer)
    try writer.appendSideFile("catalogue", Array("one\n".utf8))
    try writer.commit()
    writer.close()
  }

  static func writeSecond(_ directory: any Directory) throws(IndexError) {
    let writer = try IndexWriter(directory, configuration)
    try append(documents(4, seed: 3, passages: 2, firstKey: 2), to: writer)
    try writer.appendSideFile("catalogue", Array("two\n".utf8))
    try writer.replaceSideFile("people", Array("Ann\n".utf8))
    try writer.delete([DocumentKey(high: 7, low: 0), DocumentKey(high: 7, low: 50)])
    writer.setAttribute("colour", Array("blue".utf8))
    try writer.commit()
    try writer.merge(to: 2)
    try writer.commit()
    writer.close()
  }

  private static func append(_ documents: [IndexDocument], to writer: IndexWriter) throws(IndexError) {
    var builder = SegmentBuilder(configuration)
    for document in documents { try builder.add(document) }
    try writer.append(builder.finish())
  }
}
