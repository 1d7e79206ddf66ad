import TestSupport
import Testing

@testable import SearchEngine

/// The numbers of a dictionary's terms: passing over some leads to the same place as reading them.
@Suite struct TermNumbersTests {
  @Test func passingOverAgreesWithReading() throws {
    let directory = TemporaryDirectory()
    let configuration = IndexConfiguration(schema: RandomCorpus.schema)
    var builder = SegmentBuilder(configuration)
    for document in sampleDocuments(count: 200, seed: 11) { try builder.add(document) }
    let writer = try IndexWriter(directory.path, configuration)
    try writer.append(builder.finish())
    _ = try writer.commit()
    writer.close()
    let reader = try IndexReader.open(directory.path)
    let dictionary = try reader.segments[0].terms()

    var random = SplitMix64(seed: 12)
    var agreed = 0
    for round in 0..<4000 {
      // Bytes that are mostly a sound stream for some terms, and end somewhere; sometimes with the zeros that make long
      // codes. Exactly so many stand behind them as may be read.
      let size = Int.random(in: 3...120, using: &random)
      let isSparse = round % 3 == 0
      let tail = UnsafeMutableRawBufferPointer.allocate(byteCount: size + 16, alignment: 1)
      defer { tail.deallocate() }
      for index in 0..<(size + 16) {
        let byte = UInt8.random(in: 0...255, using: &random)
        tail[index] = isSparse ? byte & UInt8.random(in: 0...255, using: &random) & 0x2D : byte
      }
      // Three numbers of one byte come first.
      for index in 0..<3 { tail[index] &= 0x7F }
      let part = UnsafeRawBufferPointer(rebasing: tail[..<size])
      let flags = UInt64.random(in: 0...UInt64.max, using: &random)
      var read = try TermInfoReader(dictionary, block: 0, part, flags)
      var info = TermInfo()
      for count in 0..<63 {
        var skipped = try TermInfoReader(dictionary, block: 0, part, flags)
        var other = TermInfo()
        do {
          try read.next(&info)
        } catch {
          // What reading refuses may be passed over; it never traps.
          try? skipped.skip(count + 1)
          break
        }
        do {
          try skipped.skip(count)
          try skipped.next(&other)
        } catch {
          Issue.record(
            "round \(round), term \(count) of \(info.meant) is refused behind others: \(Array(part)) \(flags)")
          return
        }
        guard other.meant == info.meant else {
          Issue.record("round \(round), term \(count): \(other) for \(info)")
          return
        }
        agreed += 1
      }
    }
    #expect(agreed > 4000)
  }
}

extension TermInfo {
  /// Everything that means something: readers that go from term to term keep what an inline list had before.
  var meant: String {
    var info = self
    let isInline = form == .inlineOnce || form == .inlineMany
    if !isInline { info.passage = 0 }
    for place in (isInline ? Int(totalFrequency) : 0)..<8 {
      info.inlinePositions[place] = 0
      info.inlineCodes[place] = 0
    }
    return "\(info)"
  }
}
