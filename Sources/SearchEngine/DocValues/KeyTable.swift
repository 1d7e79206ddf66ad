/// The keys of a segment's documents: in the order of the documents, and a permutation in the order of the keys.
struct KeyTable: Sendable {
  private let file: MappedFile
  private let keys: Section
  private let order: PackedIntegers

  /// nil in a segment without keys.
  static func open(_ file: MappedFile, documentCount: UInt32) throws(IndexError) -> KeyTable? {
    guard let keys = file.section("KEYS") else { return nil }
    guard keys.count == UInt64(documentCount) * 16, let section = file.section("KORD"),
      let order = try PackedIntegers(file, section.offset, section.count), order.count == Int(documentCount)
    else { throw file.corrupt(keys.offset, "the table of keys is not sound") }
    return KeyTable(file: file, keys: keys, order: order)
  }

  func key(_ document: DocumentOrdinal) throws(IndexError) -> DocumentKey {
    let at = keys.offset + UInt64(document) * 16
    try file.verify(at, 16)
    let bytes = UnsafeRawPointer(file.base + Int(at))
    return DocumentKey(
      high: bytes.loadUnaligned(as: UInt64.self).bigEndian,
      low: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self).bigEndian)
  }

  /// The document at a place of the order of keys.
  func document(at place: Int) throws(IndexError) -> DocumentOrdinal {
    let document = try order.value(at: place)
    guard document >= 0, document < Int64(order.count) else {
      throw file.corrupt(keys.offset, "the order of keys names a document that is not there")
    }
    return DocumentOrdinal(document)
  }

  /// The newest document with the key. O(log n).
  func document(_ key: DocumentKey) throws(IndexError) -> DocumentOrdinal? {
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) >> 1
      if try self.key(document(at: middle)) <= key { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let document = try document(at: low - 1)
    return try self.key(document) == key ? document : nil
  }

  /// Calls `body` with every document of the key, oldest first.
  func forEach(_ key: DocumentKey, _ body: (DocumentOrdinal) -> Void) throws(IndexError) {
    guard let newest = try document(key) else { return }
    var low = 0
    var high = order.count
    while low < high {
      let middle = (low + high) >> 1
      if try self.key(document(at: middle)) < key { low = middle + 1 } else { high = middle }
    }
    while low < order.count {
      let document = try document(at: low)
      body(document)
      if document == newest { return }
      low += 1
    }
  }

  /// Writes the sections; keys that are equal stand in the order of their documents.
  static func write(_ keys: [DocumentKey], to writer: ContentWriter) {
    writer.begin(SectionID("KEYS"))
    for key in keys {
      writer.append(key.high.bigEndian)
      writer.append(key.low.bigEndian)
    }
    writer.end()
    let order = (0..<DocumentOrdinal(keys.count)).sorted {
      let (left, right) = (keys[Int($0)], keys[Int($1)])
      return left != right ? left < right : $0 < $1
    }
    writer.begin(SectionID("KORD"))
    PackedIntegers.write(order.lazy.map { Int64($0) }, to: writer)
    writer.end()
  }
}
