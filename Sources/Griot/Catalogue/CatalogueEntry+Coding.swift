import Documents
import SearchEngine

/// Entries are fields of a protocol buffers message (README.md, "Side state"): unknown ones are skipped, and a log
/// is valid wherever it was appended to.
extension CatalogueEntry {
  func encode(into w: inout WireWriter) {
    switch self {
    case .source(let source):
      w.message(1) {
        $0.field(1, UInt64(source.id))
        $0.field(2, source.name)
        if let language = source.language { $0.field(3, UInt64(language)) }
        if !source.templates.isEmpty { $0.field(4, Self.bytes(source.templates)) }
      }
    case .root(let root):
      w.message(2) {
        $0.field(1, UInt64(root.id))
        $0.field(2, UInt64(root.source))
        $0.field(3, root.path)
        $0.field(4, root.isFolder ? 1 : 0)
        if let kind = root.kind { $0.field(5, kind) }
        if let language = root.language { $0.field(6, language) }
      }
    case .file(let file): w.message(3) { Self.encode(file, &$0) }
    case .fileRemoved(let id): w.field(4, UInt64(id))
    case .sourceRemoved(let id): w.field(5, UInt64(id))
    case .holders(let key, let holders):
      w.message(6) {
        $0.field(1, key.bytes)
        for file in holders?.others ?? [] { $0.field(2, UInt64(file)) }
        if holders?.isOwnerGone == true { $0.field(3, 1) }
      }
    }
  }

  private static func encode(_ file: CatalogueFile, _ w: inout WireWriter) {
    // The path first: a search that looks for it stops there.
    w.field(1, UInt64(file.id))
    w.field(2, UInt64(file.root))
    w.field(3, file.path)
    w.field(4, file.size)
    w.field(5, signed: file.modified)
    w.field(6, file.inode)
    if let digest = file.digest { w.field(7, DocumentKey(high: digest.h1, low: digest.h2).bytes) }
    if !file.format.isEmpty { w.field(8, file.format) }
    if file.documents > 0 { w.field(9, file.documents) }
    if file.duplicates > 0 { w.field(10, file.duplicates) }
    if file.skipped > 0 { w.field(11, file.skipped) }
    for failure in file.failures {
      w.message(12) {
        if !failure.member.isEmpty { $0.field(1, failure.member) }
        $0.field(2, failure.offset)
        $0.field(3, failure.reason)
      }
    }
    if let reason = file.skipReason { w.field(13, reason) }
    if let reason = file.failReason { w.field(14, reason) }
    if let offset = file.nextOffset { w.field(15, offset) }
  }

  /// The next entry, or `nil` at the end.
  static func next(_ reader: inout WireReader) throws(FrameError) -> CatalogueEntry? {
    while let (number, value) = try reader.next() {
      switch number {
      case 1: return .source(try source(WireReader(reader.bytes, try value.range(1))))
      case 2: return .root(try root(WireReader(reader.bytes, try value.range(2))))
      case 3: return .file(try file(WireReader(reader.bytes, try value.range(3))))
      case 4: return .fileRemoved(UInt32(clamping: try value.number(4)))
      case 5: return .sourceRemoved(UInt32(clamping: try value.number(5)))
      case 6: return try holders(WireReader(reader.bytes, try value.range(6)))
      default: continue
      }
    }
    return nil
  }

  private static func source(_ message: WireReader) throws(FrameError) -> CatalogueSource {
    var r = message
    var out = CatalogueSource(id: 0, name: "", language: nil)
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.id = UInt32(clamping: try value.number(1))
      case 2: out.name = r.string(try value.range(2))
      case 3: out.language = UInt8(clamping: try value.number(3))
      case 4: out.templates = templates(r.bytes[try value.range(4)])
      default: break
      }
    }
    return out
  }

  /// Eight bytes a hash, little-endian, ascending.
  private static func bytes(_ templates: TemplateBlocks) -> [UInt8] {
    templates.sorted.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64($0 * 8)) } }
  }

  private static func templates(_ bytes: Slice<UnsafeRawBufferPointer>) -> TemplateBlocks {
    let raw = UnsafeRawBufferPointer(rebasing: bytes)
    return TemplateBlocks(
      (0..<raw.count / 8).map { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) })
  }

  private static func root(_ message: WireReader) throws(FrameError) -> CatalogueRoot {
    var r = message
    var out = CatalogueRoot(id: 0, source: 0, path: [], isFolder: false, kind: nil, language: nil)
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.id = UInt32(clamping: try value.number(1))
      case 2: out.source = UInt32(clamping: try value.number(2))
      case 3: out.path = [UInt8](r.bytes[try value.range(3)])
      case 4: out.isFolder = try value.number(4) != 0
      case 5: out.kind = r.string(try value.range(5))
      case 6: out.language = r.string(try value.range(6))
      default: break
      }
    }
    return out
  }

  private static func file(_ message: WireReader) throws(FrameError) -> CatalogueFile {
    var r = message
    var out = CatalogueFile(id: 0, root: 0, path: [])
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.id = UInt32(clamping: try value.number(1))
      case 2: out.root = UInt32(clamping: try value.number(2))
      case 3: out.path = [UInt8](r.bytes[try value.range(3)])
      case 4: out.size = try value.number(4)
      case 5: out.modified = WireReader.unzigzag(try value.number(5))
      case 6: out.inode = try value.number(6)
      case 7:
        let key = DocumentKey(bytes: UnsafeRawBufferPointer(rebasing: r.bytes[try value.range(7)]))
        out.digest = key.map { Murmur128(h1: $0.high, h2: $0.low) }
      case 8: out.format = r.string(try value.range(8))
      case 9: out.documents = try value.number(9)
      case 10: out.duplicates = try value.number(10)
      case 11: out.skipped = try value.number(11)
      case 12: out.failures.append(try failure(WireReader(r.bytes, try value.range(12))))
      case 13: out.skipReason = r.string(try value.range(13))
      case 14: out.failReason = r.string(try value.range(14))
      case 15: out.nextOffset = try value.number(15)
      default: break
      }
    }
    return out
  }

  private static func failure(_ message: WireReader) throws(FrameError) -> CatalogueFile.Failure {
    var r = message
    var out = CatalogueFile.Failure(member: "", offset: 0, reason: "")
    while let (number, value) = try r.next() {
      switch number {
      case 1: out.member = r.string(try value.range(1))
      case 2: out.offset = try value.number(2)
      case 3: out.reason = r.string(try value.range(3))
      default: break
      }
    }
    return out
  }

  private static func holders(_ message: WireReader) throws(FrameError) -> CatalogueEntry {
    var r = message
    var key: DocumentKey?
    var holders = Holders()
    while let (number, value) = try r.next() {
      switch number {
      case 1: key = DocumentKey(bytes: UnsafeRawBufferPointer(rebasing: r.bytes[try value.range(1)]))
      case 2: holders.others.append(UInt32(clamping: try value.number(2)))
      case 3: holders.isOwnerGone = try value.number(3) != 0
      default: break
      }
    }
    guard let key else { throw FrameError(offset: message.position, what: "holders of no document") }
    return .holders(key, holders == Holders() ? nil : holders)
  }
}

extension DocumentKey {
  /// Sixteen bytes, in order of the key.
  var bytes: [UInt8] {
    var out: [UInt8] = []
    withUnsafeBytes(of: high.bigEndian) { out.append(contentsOf: $0) }
    withUnsafeBytes(of: low.bigEndian) { out.append(contentsOf: $0) }
    return out
  }

  init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 16 else { return nil }
    self.init(
      high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
  }

  /// 32 hexadecimal digits: the document's id as people and programs see it.
  var hex: String {
    func pad(_ n: UInt64) -> String {
      let digits = String(n, radix: 16)
      return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
    return pad(high) + pad(low)
  }
}
