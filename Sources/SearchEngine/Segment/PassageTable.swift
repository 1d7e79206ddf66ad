/// How the passages of a segment lie in their documents and texts. Lives as long as the segment. A class: half a
/// kilobyte of fields would be copied, and counted, wherever a loop hands it on.
public final class PassageTable: @unchecked Sendable {
  /// True where every document has one passage: then both numbers are equal.
  public let isIdentity: Bool
  public let passageCount: UInt32
  public let documentCount: UInt32
  private let titleEnds: PackedIntegers
  private let bodyStarts: PackedIntegers
  private let bases: PackedIntegers
  private let continuing: PackedIntegers
  private let firsts: PackedIntegers
  private let sequenceGaps: PackedIntegers
  /// A bit for each passage that begins a document, and the number of such bits before every eighth word.
  private let begins: UnsafePointer<UInt64>
  private let ranks: UnsafePointer<UInt32>
  /// Where both stand in the file, whose pages are verified as they are read.
  private let beginsStart: UInt64
  private let ranksStart: UInt64
  private let file: MappedFile

  init(_ file: MappedFile, passageCount: UInt32, documentCount: UInt32) throws(IndexError) {
    func packed(_ id: StaticString, _ count: UInt32) throws(IndexError) -> PackedIntegers {
      guard let section = file.section(id) else { return PackedIntegers(zeros: Int(count)) }
      guard let array = try PackedIntegers(file, section.offset, section.count), array.count == Int(count) else {
        throw file.corrupt(section.offset, "an array of passages has the wrong size")
      }
      return array
    }
    self.passageCount = passageCount
    self.documentCount = documentCount
    titleEnds = try packed("TEND", passageCount)
    bodyStarts = try packed("BODY", passageCount)
    bases = try packed("BASE", passageCount)
    continuing = try packed("CONT", passageCount)
    sequenceGaps = try packed("SEQG", documentCount)
    self.file = file
    guard let bits = file.section("DBIT"), let ranks = file.section("DRNK") else {
      guard passageCount == documentCount else {
        throw file.corrupt(0, "the map of passages to documents is missing")
      }
      isIdentity = true
      firsts = PackedIntegers(zeros: 0)
      begins = UnsafePointer(bitPattern: 16)!
      self.ranks = UnsafePointer(bitPattern: 16)!
      beginsStart = 0
      ranksStart = 0
      return
    }
    isIdentity = false
    firsts = try packed("DOCF", documentCount + 1)
    let words = (Int(passageCount) + 63) / 64
    guard bits.count == UInt64(words) * 8, ranks.count == UInt64((words + 7) / 8) * 4, bits.offset % 8 == 0,
      ranks.offset % 4 == 0
    else { throw file.corrupt(0, "the map of passages to documents is not sound") }
    beginsStart = bits.offset
    ranksStart = ranks.offset
    begins = UnsafeRawPointer(file.base + Int(bits.offset)).assumingMemoryBound(to: UInt64.self)
    self.ranks = UnsafeRawPointer(file.base + Int(ranks.offset)).assumingMemoryBound(to: UInt32.self)
  }

  /// The document that a passage belongs to. O(1).
  @inline(__always)
  public func document(of passage: PassageID) -> DocumentOrdinal {
    isIdentity ? passage : rank(passage)
  }

  private func rank(_ passage: PassageID) -> DocumentOrdinal {
    let word = Int(passage >> 6)
    let group = word & ~7
    file.touch(ranksStart &+ UInt64(group >> 1), 4)
    file.touch(beginsStart &+ UInt64(8 &* group), UInt64(8 &* (word &- group &+ 1)))
    var count = ranks[word >> 3]
    for i in group..<word { count &+= UInt32(begins[i].nonzeroBitCount) }
    // Bits up to and with the passage's own.
    let mask = UInt64.max >> UInt64(63 - passage & 63)
    count &+= UInt32((begins[word] & mask).nonzeroBitCount)
    // The bits may be damaged where the checksums are not; no document is beyond the last.
    return min(count &- 1, documentCount &- 1)
  }

  /// The first passage of a document. O(1).
  @inline(__always)
  func firstPassage(of document: DocumentOrdinal) -> PassageID {
    isIdentity ? document : min(UInt32(truncatingIfNeeded: firsts[Int(document)]), passageCount)
  }

  /// The passages of a document, in their order.
  public func passages(of document: DocumentOrdinal) -> Range<PassageID> {
    if isIdentity { return document..<(document + 1) }
    let first = firstPassage(of: document)
    return first..<max(first, firstPassage(of: document + 1))
  }

  /// The passages of the document that a passage belongs to; at least the passage itself. Costs no more memory than
  /// `document(of:)`: where only the passage is known, this is cheaper than `passages(of:)` of its document.
  func siblings(of passage: PassageID) -> Range<PassageID> {
    if isIdentity { return passage..<(passage + 1) }
    // Back to the bit that begins the document, and on to the one that begins the next.
    var word = Int(passage >> 6)
    touchBits(word)
    var bits = begins[word] & UInt64.max >> UInt64(63 - passage & 63)
    while bits == 0, word > 0 {
      word -= 1
      touchBits(word)
      bits = begins[word]
    }
    let first = bits == 0 ? 0 : PassageID(word << 6 + 63 - bits.leadingZeroBitCount)
    word = Int(passage >> 6)
    bits = passage & 63 == 63 ? 0 : begins[word] & UInt64.max << UInt64(passage & 63 + 1)
    let words = (Int(passageCount) + 63) / 64
    while bits == 0, word + 1 < words {
      word += 1
      touchBits(word)
      bits = begins[word]
    }
    let end = bits == 0 ? passageCount : PassageID(word << 6 + bits.trailingZeroBitCount)
    // Damaged bits may lie beyond the last passage.
    return first..<max(passage + 1, min(end, passageCount))
  }

  @inline(__always)
  private func touchBits(_ word: Int) { file.touch(beginsStart &+ UInt64(8 &* word), 8) }

  /// The first position of the passage that is not of the title: positions below answer `title:`.
  public func titleEnd(_ passage: PassageID) -> UInt32 { UInt32(truncatingIfNeeded: titleEnds[Int(passage)]) }

  /// The first position of the passage's body, behind title and heading.
  public func bodyStart(_ passage: PassageID) -> UInt32 { UInt32(truncatingIfNeeded: bodyStarts[Int(passage)]) }

  /// True where the body continues the body of the previous passage: phrases may cross.
  public func continues(_ passage: PassageID) -> Bool { continuing[Int(passage)] != 0 }

  /// What to add (wrapping) to a body position to get its place in the whole text that the split passages share.
  /// 0 for a passage that continues nothing. Two body positions of one chain of continuing passages are adjacent in
  /// the text exactly when their sums are.
  public func positionBase(_ passage: PassageID) -> UInt32 { UInt32(truncatingIfNeeded: bases[Int(passage)]) }

  /// The exact lengths of all passages, in order: norms and what they leave out.
  static func lengths(_ file: MappedFile, count: UInt32) throws(IndexError) -> [UInt32] {
    let norms = try FieldNorms(file, count: count)
    _ = try file.bytes("NORM")
    guard let bytes = try file.bytes("NREM") else { throw file.corrupt(0, "the remainders of the lengths are missing") }
    let none = UnsafePointer<UInt8>(bitPattern: 16)!
    var bits = BitReader(
      bytes.baseAddress.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) } ?? none, count: bytes.count)
    var lengths: [UInt32] = []
    lengths.reserveCapacity(Int(count))
    for i in 0..<Int(count) {
      let width = FieldNorms.remainderBits(norms.bytes[i])
      // An empty section has no bytes to look at.
      let rest = width == 0 ? 0 : UInt32(truncatingIfNeeded: bits.read(width))
      lengths.append(FieldNorms.decode(norms.bytes[i]) &+ rest)
    }
    if bits.failed { throw file.corrupt(0, "the remainders of the lengths are too few") }
    return lengths
  }

  func sequenceGap(_ document: DocumentOrdinal) -> UInt64 { UInt64(bitPattern: sequenceGaps[Int(document)]) }
}
