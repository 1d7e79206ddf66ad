internal import CZstd

/// Reads the frames stored with documents.
struct StoredFieldsReader: Sendable {
  private let file: MappedFile
  private let blocks: Section
  /// The first document of each block, and the number of documents.
  private let firsts: PackedIntegers
  private let offsets: PackedIntegers
  let blockCount: Int
  private let recent = RecentBlocks()

  init(_ file: MappedFile, documentCount: UInt32) throws(IndexError) {
    self.file = file
    guard let blocks = file.section("SBLK"), let index = try file.bytes("SIDX") else {
      throw file.corrupt(0, "sections of the stored fields are missing")
    }
    self.blocks = blocks
    var reader = ByteReader(index)
    guard let firsts = PackedIntegers(reading: &reader), let offsets = PackedIntegers(reading: &reader),
      firsts.count == offsets.count, firsts.count >= 1, firsts[firsts.count - 1] == Int64(documentCount),
      firsts.count == 1 || firsts[0] == 0, UInt64(bitPattern: offsets[offsets.count - 1]) <= blocks.count
    else { throw file.corrupt(blocks.offset, "the index of the stored fields is not sound") }
    self.firsts = firsts
    self.offsets = offsets
    blockCount = firsts.count - 1
  }

  /// The documents of a block.
  func documents(_ block: Int) throws(IndexError) -> Range<UInt32> {
    let first = firsts[block]
    let end = firsts[block + 1]
    guard first >= 0, first < end, end <= firsts[blockCount] else {
      throw file.corrupt(blocks.offset, "a block of stored fields has no documents")
    }
    return UInt32(first)..<UInt32(end)
  }

  /// The block of a document.
  func block(of document: DocumentOrdinal) -> Int? {
    var low = 0
    var high = blockCount
    while low < high {
      let middle = (low + high) >> 1
      if firsts[middle] <= Int64(document) { low = middle + 1 } else { high = middle }
    }
    return low > 0 ? low - 1 : nil
  }

  /// A block's bytes as they stand in the file, verified.
  func bytes(_ block: Int) throws(IndexError) -> UnsafeRawBufferPointer {
    let start = offsets[block]
    let end = offsets[block + 1]
    guard start >= 0, start <= end, UInt64(end) <= blocks.count else {
      throw file.corrupt(blocks.offset, "a block of stored fields is outside of its section")
    }
    return try file.bytes(blocks.offset + UInt64(start), UInt64(end - start))
  }

  /// A block's frames, decompressed: the bytes, and where each document's frame stands in them.
  func frames(_ block: Int) throws(IndexError) -> (bytes: [UInt8], ranges: [Range<Int>]) {
    let documents = try documents(block)
    let packed = try bytes(block)
    let error = file.corrupt(blocks.offset + UInt64(offsets[block]), "a block of stored fields cannot be decompressed")
    var head = ByteReader(packed)
    let size: UInt32 = head.fixed()
    let lengthBytes: UInt32 = head.fixed()
    // zstd compresses at most some ten-thousandfold: a greater claim is damage, and would only cost memory.
    guard !head.failed, lengthBytes <= size, UInt64(size) <= UInt64(head.remaining) << 20 else { throw error }
    let source = UnsafeRawBufferPointer(start: head.pointer, count: head.remaining)
    var sound = true
    let raw = [UInt8](unsafeUninitializedCapacity: Int(size)) { room, count in
      sound =
        czstd_decompress(
          room.baseAddress, room.count > Int(size) ? Int(size) : room.count, source.baseAddress,
          source.count) != 0
      count = sound ? Int(size) : 0
    }
    guard sound else { throw error }
    var ranges: [Range<Int>] = []
    ranges.reserveCapacity(documents.count)
    var at = Int(lengthBytes)
    let isWhole = raw.withUnsafeBytes { raw in
      var lengths = ByteReader(UnsafeRawBufferPointer(rebasing: raw[..<Int(lengthBytes)]))
      for _ in documents {
        let length = lengths.varint()
        guard !lengths.failed, length <= UInt64(raw.count - at) else { return false }
        ranges.append(at..<(at + Int(length)))
        at += Int(length)
      }
      return at == raw.count && lengths.remaining == 0
    }
    guard isWhole else { throw error }
    return (raw, ranges)
  }

  /// The bytes stored with a document. Whoever reads neighbours pays for the decompression of their block once.
  func frame(_ document: DocumentOrdinal) throws(IndexError) -> [UInt8] {
    guard let number = block(of: document) else { return [] }
    let documents = try documents(number)
    guard documents.contains(document) else { return [] }
    let block: DecompressedBlock
    if let known = recent[number] {
      block = known
    } else {
      let (bytes, ranges) = try frames(number)
      block = DecompressedBlock(block: number, bytes: bytes, ranges: ranges)
      recent.insert(block)
    }
    return Array(block.bytes[block.ranges[Int(document - documents.lowerBound)]])
  }

  /// The same for many documents in ascending order, without keeping more than one block.
  func frame(_ document: DocumentOrdinal, keeping last: inout DecompressedBlock?) throws(IndexError) -> [UInt8] {
    guard let block = block(of: document) else { return [] }
    let documents = try documents(block)
    if last?.block != block {
      let (bytes, ranges) = try frames(block)
      last = DecompressedBlock(block: block, bytes: bytes, ranges: ranges)
    }
    guard documents.contains(document), let last else { return [] }
    return Array(last.bytes[last.ranges[Int(document - documents.lowerBound)]])
  }
}

/// The block of stored fields that was read last.
struct DecompressedBlock {
  var block: Int
  var bytes: [UInt8]
  var ranges: [Range<Int>]
}
