internal import CKernels

/// What exists in a memory: the one file that is replaced, atomically, by a commit.
struct Manifest: Equatable, Sendable {
  /// Counts the commits.
  var generation: UInt64 = 0
  var nextSegment: SegmentID = 1
  var nextSequence: UInt64 = 0
  var analyzerFingerprint: UInt64 = 0
  /// In the order of ingest.
  var segments: [SegmentRecord] = []
  /// By name.
  var sideFiles: [SideFile] = []
  /// By name.
  var attributes: [Attribute] = []

  struct SideFile: Equatable, Sendable {
    var name: [UInt8]
    var generation: UInt64
    /// Bytes behind are no part of the file: they were appended by a writer that did not commit.
    var length: UInt64
    /// CRC32C of the valid bytes.
    var sum: UInt32

    var fileName: String { "side/\(String(decoding: name, as: UTF8.self))-\(generation)" }
  }

  struct Attribute: Equatable, Sendable {
    var name: [UInt8]
    var value: [UInt8]
  }

  static let fileName = "manifest"
  static let temporaryName = "manifest.new"
  /// "GRIOTMEM"
  private static let magic: UInt64 = 0x4D45_4D54_4F49_5247

  /// Every file that the manifest names.
  var fileNames: Set<String> {
    var names: Set<String> = []
    for segment in segments { names.formUnion(segment.fileNames) }
    for file in sideFiles { names.insert(file.fileName) }
    return names
  }

  /// magic (u64), version (u32), bytes of the body (u32), body, CRC32C of all before (u32)
  func encoded() -> [UInt8] {
    var body: [UInt8] = []
    for number in [generation, nextSegment, nextSequence, analyzerFingerprint] { body.append(varint: number) }
    body.append(varint: UInt64(segments.count))
    for segment in segments {
      body.append(varint: segment.id)
      for number in [segment.documentCount, segment.deletedCount, segment.passageCount] {
        body.append(varint: UInt64(number))
      }
      body.append(varint: segment.totalLength)
      body.append(varint: segment.firstSequence)
      body.append(segment.weights.title)
      body.append(segment.weights.heading)
      body.append(varint: segment.liveGeneration)
      body.append(varint: UInt64(segment.fileSizes.count))
      for size in segment.fileSizes { body.append(varint: size) }
    }
    body.append(varint: UInt64(sideFiles.count))
    for file in sideFiles {
      body.append(prefixed: file.name)
      body.append(varint: file.generation)
      body.append(varint: file.length)
      body.append(littleEndian: file.sum)
    }
    body.append(varint: UInt64(attributes.count))
    for attribute in attributes {
      body.append(prefixed: attribute.name)
      body.append(prefixed: attribute.value)
    }
    var bytes: [UInt8] = []
    bytes.append(littleEndian: Self.magic)
    bytes.append(littleEndian: FileLayout.formatVersion)
    bytes.append(littleEndian: UInt32(body.count))
    bytes += body
    bytes.append(littleEndian: bytes.withUnsafeBytes { ck_crc32c(0, $0.baseAddress, $0.count) })
    return bytes
  }

  /// Reads a manifest, and checks all that can be checked without the files.
  init(_ bytes: [UInt8]) throws(IndexError) {
    func corrupt(_ offset: Int, _ what: String) -> IndexError {
      .corrupt(file: Self.fileName, offset: UInt64(offset), what: what)
    }
    let result: Result<Manifest, IndexError> = bytes.withUnsafeBytes { bytes in
      guard bytes.count >= 20, bytes.loadUnaligned(as: UInt64.self).littleEndian == Self.magic else {
        return .failure(corrupt(0, "this is no manifest"))
      }
      let version = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian
      let sum = bytes.loadUnaligned(fromByteOffset: bytes.count - 4, as: UInt32.self).littleEndian
      guard ck_crc32c(0, bytes.baseAddress, bytes.count - 4) == sum else {
        return .failure(corrupt(0, "the manifest does not have its checksum"))
      }
      guard version <= FileLayout.formatVersion else {
        return .failure(
          .formatTooNew(file: Self.fileName, found: version, supported: FileLayout.formatVersion))
      }
      var reader = ByteReader(UnsafeRawBufferPointer(rebasing: bytes[12..<(bytes.count - 4)]))
      let size: UInt32 = reader.fixed()
      guard Int(size) == reader.remaining else { return .failure(corrupt(12, "the manifest has another length")) }
      var manifest = Manifest()
      guard manifest.read(&reader), reader.remaining == 0 else {
        return .failure(corrupt(16, "the manifest is not sound"))
      }
      return .success(manifest)
    }
    self = try result.get()
  }

  init() {}

  private mutating func read(_ reader: inout ByteReader) -> Bool {
    generation = reader.varint()
    nextSegment = reader.varint()
    nextSequence = reader.varint()
    analyzerFingerprint = reader.varint()
    let segmentCount = reader.varint()
    while segments.count < segmentCount, !reader.failed {
      var segment = SegmentRecord(
        id: reader.varint(), documentCount: reader.varint32(), deletedCount: reader.varint32(),
        passageCount: reader.varint32(), totalLength: reader.varint(), firstSequence: reader.varint(),
        weights: FieldWeights(title: reader.fixed(), heading: reader.fixed()), liveGeneration: reader.varint(),
        fileSizes: [])
      let sizes = reader.varint()
      while segment.fileSizes.count < sizes, !reader.failed { segment.fileSizes.append(reader.varint()) }
      guard segment.deletedCount <= segment.documentCount, segment.documentCount <= segment.passageCount,
        segment.passageCount > 0, segment.passageCount < UInt32.max,
        segment.fileSizes.count >= FileKind.ofSegment.count
      else { return false }
      segments.append(segment)
    }
    let fileCount = reader.varint()
    while sideFiles.count < fileCount, !reader.failed {
      let file = SideFile(
        name: reader.lengthPrefixed(), generation: reader.varint(), length: reader.varint(), sum: reader.fixed())
      guard SideFile.isName(file.name) else { return false }
      sideFiles.append(file)
    }
    let attributeCount = reader.varint()
    while attributes.count < attributeCount, !reader.failed {
      attributes.append(Attribute(name: reader.lengthPrefixed(), value: reader.lengthPrefixed()))
    }
    return !reader.failed
  }
}

extension Manifest.SideFile {
  /// Names become parts of file names: letters, digits, `.`, `_` and `-`, not at the start, at most 64.
  static func isName(_ name: [UInt8]) -> Bool {
    guard let first = name.first, name.count <= 64, first != 0x2E, first != 0x2D else { return false }
    return name.allSatisfy {
      ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D
    }
  }
}

extension [UInt8] {
  mutating func append(prefixed bytes: [UInt8]) {
    append(varint: UInt64(bytes.count))
    append(contentsOf: bytes)
  }
}
