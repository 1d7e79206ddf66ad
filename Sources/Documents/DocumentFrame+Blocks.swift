/// Blocks are many and small (a cue every few seconds), so they are packed: per block one varint each for
/// `flags | kind << 4`, the gap from the block before, the length, then only what the flags announce.
extension DocumentFrame {
  private static let hasLevel: UInt64 = 1, hasAnchor: UInt64 = 2, hasTime: UInt64 = 4, hasSpeaker: UInt64 = 8

  static func encode(_ blocks: [Block]) -> [UInt8] {
    var w = WireWriter(reserving: blocks.count * 8 + 8)
    w.varint(UInt64(blocks.count))
    var previousEnd: UInt32 = 0
    var previousTime: UInt32 = 0
    for block in blocks {
      var flags: UInt64 = 0
      if block.level > 0 { flags |= hasLevel }
      if block.anchor != nil { flags |= hasAnchor }
      if block.time != nil { flags |= hasTime }
      if block.speaker != nil { flags |= hasSpeaker }
      w.varint(flags | UInt64(block.kind.rawValue) << 4)
      w.varint(UInt64(block.start - previousEnd))
      w.varint(UInt64(block.end - block.start))
      previousEnd = block.end
      if block.level > 0 { w.varint(UInt64(block.level)) }
      if let anchor = block.anchor {
        w.varint(UInt64(anchor.utf8.count))
        for byte in anchor.utf8 { w.varint(UInt64(byte)) }
      }
      if let time = block.time {
        // Cues may go back in time (overlapping speakers), hence signed.
        w.varint(WireWriter.zigzag(Int64(time.start) - Int64(previousTime)))
        w.varint(WireWriter.zigzag(Int64(time.end) - Int64(time.start)))
        previousTime = time.start
      }
      if let speaker = block.speaker { w.varint(UInt64(speaker)) }
    }
    return w.bytes
  }

  static func blocks(_ reader: WireReader) throws(FrameError) -> [Block] {
    var r = reader
    let count = try r.varint()
    guard count <= UInt64(r.end - r.position) else {
      throw FrameError(offset: r.position, what: "\(count) blocks announced in \(r.end - r.position) bytes")
    }
    var out: [Block] = []
    out.reserveCapacity(Int(count))
    var previousEnd: UInt64 = 0
    var previousTime: Int64 = 0
    for _ in 0..<count {
      let head = try r.varint()
      // A kind that a newer Griot added is shown as a paragraph rather than refused.
      let kind = BlockKind(rawValue: UInt8(clamping: head >> 4)) ?? .paragraph
      let flags = head & 15
      var block = Block(kind)
      let (start, overflow) = previousEnd.addingReportingOverflow(try r.varint())
      let (end, overflow2) = start.addingReportingOverflow(try r.varint())
      guard !overflow, !overflow2, end <= UInt64(UInt32.max) else {
        throw FrameError(offset: r.position, what: "block ends past 4 GiB")
      }
      block.start = UInt32(start)
      block.end = UInt32(end)
      previousEnd = end
      if flags & hasLevel != 0 { block.level = UInt8(truncatingIfNeeded: try r.varint()) }
      if flags & hasAnchor != 0 { block.anchor = try anchor(&r) }
      if flags & hasTime != 0 {
        let start = previousTime &+ WireReader.unzigzag(try r.varint())
        let end = start &+ WireReader.unzigzag(try r.varint())
        block.time = TimeRange(start: UInt32(clamping: start), end: UInt32(clamping: end))
        previousTime = Int64(UInt32(clamping: start))
      }
      if flags & hasSpeaker != 0 { block.speaker = Int(clamping: try r.varint()) }
      out.append(block)
    }
    return out
  }

  private static func anchor(_ r: inout WireReader) throws(FrameError) -> String {
    let count = try r.varint()
    guard count <= UInt64(r.end - r.position) else {
      throw FrameError(offset: r.position, what: "anchor of \(count) bytes runs past the end")
    }
    var bytes: [UInt8] = []
    for _ in 0..<count { bytes.append(UInt8(truncatingIfNeeded: try r.varint())) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What later code relies on without looking again: ranges inside the text, speakers inside the people.
  static func validate(_ document: Document) throws(FrameError) {
    try validate(document.blocks, textCount: document.text.count, peopleCount: document.people.count)
  }

  static func validate(_ blocks: [Block], textCount: Int, peopleCount: Int) throws(FrameError) {
    for block in blocks {
      guard Int(block.end) <= textCount else {
        throw FrameError(offset: 0, what: "block \(block.start)..<\(block.end) in \(textCount) bytes of text")
      }
      if let speaker = block.speaker, speaker >= peopleCount {
        throw FrameError(offset: 0, what: "speaker \(speaker) of \(peopleCount) people")
      }
    }
  }

  /// Whether a blocks field will decode with a text and people of such sizes: for who looks at a frame without
  /// decoding it, and must not find out later that it was damaged.
  public static func checkBlocks(_ field: WireReader, textCount: Int, peopleCount: Int) throws(FrameError) {
    try validate(try blocks(field), textCount: textCount, peopleCount: peopleCount)
  }
}
