import CKernels
import Glibc

@testable import Documents
@testable import Griot
@testable import SearchEngine

/// Decoders of byte strings: the manifest, frames, messages of the pipe, the catalogue, archives.
enum ByteTargets {
  /// The checksum is made to fit.
  static let manifest = FuzzTarget(name: "manifest", seeds: { [Array(FuzzIndex.shared.manifestBytes.dropLast(4))] }) {
    var bytes = Array($0)
    bytes.append(littleEndian: bytes.withUnsafeBytes { ck_crc32c(0, $0.baseAddress, $0.count) })
    guard let manifest = try? Manifest(bytes) else { return }
    // What was understood is written and read as the same.
    let again = try? Manifest(manifest.encoded())
    precondition(again == manifest, "a manifest changes when it is written again")
    _ = manifest.fileNames
  }

  static let frame = FuzzTarget(name: "frame", seeds: { [DocumentFrame.encode(document())] }) { bytes in
    let header = try? FrameHeader(bytes)
    guard let document = try? DocumentFrame.decode(bytes) else { return }
    // What the decoder takes, the look at its front takes as well: an ingest relies on it.
    precondition(header != nil, "a frame that can be decoded has no header")
    let encoded = DocumentFrame.encode(document)
    guard let again = try? DocumentFrame.decode(encoded) else { fatalError("a document cannot be read back") }
    precondition(DocumentFrame.encode(again) == encoded, "a document changes when it is written again")
    if document.text.count < 4096, document.blocks.count < 256 { _ = PassageSplitter().passages(of: document) }
  }

  static let pipe = FuzzTarget(
    name: "pipe",
    seeds: {
      var out: [UInt8] = []
      PipeMessage.hello(version: 1).encode(into: &out)
      PipeMessage.document(DocumentFrame.encode(document())).encode(into: &out)
      PipeMessage.recordFailed(RecordProblem(member: "m", record: RecordRange(offset: 1, length: 2), reason: "r"))
        .encode(into: &out)
      PipeMessage.fileEnd(FileSummary(format: "text", records: 1, bytes: 2)).encode(into: &out)
      return [out]
    }
  ) { bytes in
    var at = 0
    while at < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[at...])
      let length = (try? PipeMessage.frame(in: rest))?.messageLength
      guard let (_, count) = try? PipeMessage.decode(rest) else { return }
      precondition(count > 0 && length == count, "two readings of one message differ in length")
      at += count
    }
  }

  /// The base or, where the first byte is odd, the log.
  static let catalogue = FuzzTarget(
    name: "catalogue",
    seeds: {
      var catalogue = Catalogue()
      let source = catalogue.newSource("mail")
      let root = catalogue.newRoot(source: source.id, path: Array("/mail".utf8), isFolder: true)
      for name in ["a.mbox", "b/c.eml"] {
        var file = CatalogueFile(id: catalogue.newFileID(), root: root.id, path: Array(name.utf8))
        file.digest = Murmur128.hash(Array(name.utf8))
        file.failures = [.init(member: "x", offset: 7, reason: "broken")]
        catalogue.record(.file(file))
      }
      catalogue.record(.holders(DocumentKey(high: 1, low: 2), Holders(others: [1, 2], isOwnerGone: true)))
      return [[0] + catalogue.base(), [1] + catalogue.takeLog()]
    }
  ) { bytes in
    guard let flag = bytes.first else { return }
    let rest = Array(bytes.dropFirst())
    let parsed = flag & 1 == 0 ? try? Catalogue(base: rest, log: nil) : try? Catalogue(base: nil, log: rest)
    rest.withUnsafeBytes { raw in
      for id: UInt32 in [0, 1, 2, .max] { _ = try? CatalogueBase.file(id, in: raw) }
      _ = try? CatalogueBase.holders(DocumentKey(high: 1, low: 2), in: raw)
      _ = try? CatalogueBase.roots(in: raw)
    }
    // Numbers are given out from one on: a hostile number would make a table of gigabytes.
    guard let parsed, let last = parsed.files.keys.max(), let first = parsed.files.keys.min(), last - first < 1000
    else { return }
    let base = parsed.base()
    guard let again = try? Catalogue(base: base, log: nil) else { fatalError("a catalogue cannot be read back") }
    precondition(again.base() == base, "a catalogue changes when it is written again")
  }

  /// Through the reader of archives, as `griot restore` gets them.
  static let tar = FuzzTarget(
    name: "tar",
    seeds: {
      let body = Array("manifest bytes".utf8)
      let header = TarHeader(name: "manifest", count: UInt64(body.count), modified: 7)
      let large = TarHeader(name: "segments/0000000001.post", count: 1 << 40, modified: 7)
      return [
        header.encoded() + body + [UInt8](repeating: 0, count: header.padding + 1024), large.encoded(),
      ]
    }
  ) { bytes in
    let descriptor = open(FuzzIndex.shared.path + "/tar", O_RDWR | O_CREAT | O_TRUNC, 0o600)
    defer { close(descriptor) }
    _ = write(descriptor, bytes.baseAddress, bytes.count)
    lseek(descriptor, 0, SEEK_SET)
    var reader = TarReader(descriptor, path: "fuzz")
    while let header = try? reader.next() {
      _ = IndexReceiver.isName(header.name)
      let isWhole: Void? = try? reader.content(of: header) { (_) throws(GriotError) in }
      guard isWhole != nil else { return }
    }
  }

  private static func document() -> Document {
    var document = Document(externalID: "1@example.org", kind: DocumentKind(rawValue: "message"), title: "Pump 3")
    document.date = DocumentDate(seconds: 1_700_000_000, precision: .second, offsetMinutes: 60)
    document.people = [PersonMention(name: "Ann Lee", address: "ann@example.org", role: .author)]
    document.attributes = [Attribute("list-id", "pumps")]
    document.notes = ["a note"]
    document.append(Block(.heading, level: 2, anchor: "valves"), Array("Valves".utf8))
    document.append(Block(.paragraph), Array("The valve sticks, clean it before you change the pump.".utf8))
    return document
  }
}
