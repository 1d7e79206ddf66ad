internal import CKernels

/// The sorted dictionary of the stems of one segment, read in place. Obtained from `SegmentReader.terms()`; lives as
/// long as the segment.
public struct TermDictionary: Sendable {
  let file: MappedFile
  let index: KeyBlockIndex
  private let formLists: Section
  let passageBits: Int
  let hasDocumentFrequencies: Bool
  /// The number of distinct stems.
  public let count: UInt64
  /// The number of entries of the dictionary of forms that are stored: see `FormDictionary`.
  let storedFormCount: UInt64

  init(_ file: MappedFile) throws(IndexError) {
    self.file = file
    index = try KeyBlockIndex(file, index: "TIDX", blocks: "TBLK")
    guard let lists = file.section("FLST"), let info = try file.bytes("TINF") else {
      throw file.corrupt(0, "sections of the dictionary are missing")
    }
    formLists = lists
    var reader = ByteReader(info)
    count = reader.fixed()
    storedFormCount = reader.fixed()
    let bits: UInt32 = reader.fixed()
    let flags: UInt32 = reader.fixed()
    guard !reader.failed, bits <= 32 else { throw file.corrupt(0, "the dictionary's numbers are not sound") }
    passageBits = Int(bits)
    hasDocumentFrequencies = flags & 1 != 0
  }

  /// The entry of a stem, or nil where the segment does not hold it.
  /// - Complexity: O(log n) comparisons, one block of terms decoded.
  public func lookup(_ stem: [UInt8]) throws(IndexError) -> TermInfo? {
    var result: Result<TermInfo?, IndexError> = .success(nil)
    stem.withUnsafeBytes { bytes in
      do throws(IndexError) { result = .success(try lookup(bytes)) } catch { result = .failure(error) }
    }
    return try result.get()
  }

  func lookup(_ stem: UnsafeRawBufferPointer) throws(IndexError) -> TermInfo? {
    let number = try index.blocks(below: stem, orEqual: true) - 1
    guard number >= 0 else { return nil }
    let bytes = try index.block(number)
    let block = try KeyBlock(bytes, index.corrupt(number))
    guard let place = try block.isCoded && !stem.isEmpty ? block.find(stem, index.corrupt(number)) : find(stem, number)
    else { return nil }
    var infos = try TermInfoReader(self, block: number, block.tail, block.flags)
    var info = TermInfo()
    try infos.skip(place)
    try infos.next(&info)
    info.ordinal = UInt64(number * TermLayout.block + place)
    return info
  }

  /// The place of a stem in a block whose keys stand as they are.
  private func find(_ stem: UnsafeRawBufferPointer, _ number: Int) throws(IndexError) -> Int? {
    var keys = try KeyReader(index.block(number), index.corrupt(number))
    defer { withExtendedLifetime(keys) {} }
    // Front coding is searched without putting keys together: `matched` is how much of the stem the key before had.
    var matched = 0
    var place = 0
    while keys.next() {
      if keys.shared < matched { return nil }
      if keys.shared == matched {
        let wanted = UnsafeRawBufferPointer(rebasing: stem[matched...])
        var same = 0
        while same < wanted.count, same < keys.rest.count, wanted[same] == keys.rest[same] { same += 1 }
        if same == wanted.count, same == keys.rest.count { return place }
        if same == wanted.count || (same < keys.rest.count && keys.rest[same] > wanted[same]) { return nil }
        matched += same
      }
      place += 1
    }
    if keys.left > 0 { throw index.corrupt(number) }
    return nil
  }

  /// The forms of a stem, by code.
  public func forms(of term: TermInfo, stem: [UInt8]) throws(IndexError) -> [TermForm] {
    var forms: [TermForm] = []
    try forEachForm(of: term, count: stem.count) { code, cut, rest, passages, documents in
      forms.append(
        TermForm(
          form: stem.dropLast(cut) + rest, code: code, passageFrequency: passages, documentFrequency: documents))
    }
    return forms
  }

  /// The code of one of the forms of a stem and how many passages hold it; nil where it is none.
  func form(
    _ wanted: [UInt8], of term: TermInfo, stem: [UInt8]
  ) throws(IndexError) -> (code: UInt32, passages: UInt32)? {
    var found: (code: UInt32, passages: UInt32)?
    let same = zip(wanted, stem).prefix { $0 == $1 }.count
    try forEachForm(of: term, count: stem.count) { code, cut, rest, passages, _ in
      let kept = stem.count - cut
      if found == nil, kept <= same, kept + rest.count == wanted.count, wanted[kept...].elementsEqual(rest) {
        found = (code, passages)
      }
    }
    return found
  }

  /// Calls `body` with the code of each form of a stem of `count` bytes, how many bytes of the stem it drops and what
  /// stands for them, in how many passages and documents it stands.
  func forEachForm(
    of term: TermInfo, count: Int, _ body: (UInt32, Int, UnsafeRawBufferPointer, UInt32, UInt32) -> Void
  ) throws(IndexError) {
    if term.hasTrivialForm {
      return body(
        0, 0, UnsafeRawBufferPointer(start: nil, count: 0), term.passageFrequency, term.documentFrequency)
    }
    // A form takes at least a byte, and at most the longest key and four numbers: verify what it can need at most.
    let most = UInt64(term.formCount) * UInt64(TermLayout.longest + 24)
    guard term.formsOffset < formLists.count, term.formCount <= formLists.count else {
      throw file.corrupt(formLists.offset, "a list of forms is outside of its section")
    }
    var reader = ByteReader(
      try file.bytes(formLists.offset + term.formsOffset, min(most, formLists.count - term.formsOffset)))
    for code in 0..<term.formCount {
      guard let (cut, rest) = reader.edit(ofCount: count) else { break }
      var passages = term.passageFrequency
      var documents = term.documentFrequency
      if term.formCount > 1 {
        passages = reader.varint32()
        documents = passages
        if hasDocumentFrequencies { documents = passages &- min(passages, reader.varint32()) }
      }
      body(code, cut, rest, passages, documents)
    }
    if reader.failed {
      throw file.corrupt(formLists.offset + term.formsOffset, "a list of forms is not sound")
    }
  }

  /// All stems from the first one that is not below `start`, in byte order.
  public func iterator(from start: [UInt8] = []) -> TermIterator { TermIterator(self, from: start) }
}

/// Decodes the numbers of a block's terms, one after another.
struct TermInfoReader {
  private let dictionary: TermDictionary
  private let block: Int
  private var bits: BitReader
  private var flags: UInt64
  private var postings: UInt64
  private var positions: UInt64
  private var forms: UInt64

  init(_ dictionary: TermDictionary, block: Int, _ tail: UnsafeRawBufferPointer, _ flags: UInt64) throws(IndexError) {
    self.dictionary = dictionary
    self.block = block
    self.flags = flags
    var reader = ByteReader(tail)
    postings = reader.varint()
    positions = reader.varint()
    forms = reader.varint()
    guard !reader.failed else { throw dictionary.index.corrupt(block) }
    bits = BitReader(reader.pointer, count: reader.remaining)
  }

  /// Passes over the next `count` terms of the block. Throws where their numbers do not fit it.
  mutating func skip(_ count: Int) throws(IndexError) {
    guard count > 0 else { return }
    var place = ck_term_place(bit: UInt64(bits.bit), postings: postings, positions: positions, forms: forms)
    let isSound = ck_terms_skip(
      bits.base, UInt64(bits.bitCount), UInt32(count), flags, UInt32(dictionary.passageBits),
      dictionary.hasDocumentFrequencies ? 1 : 0, &place)
    guard isSound != 0, !bits.failed else { throw dictionary.index.corrupt(block) }
    bits.move(to: Int(place.bit))
    (postings, positions, forms) = (place.postings, place.positions, place.forms)
    flags >>= UInt64(count)
  }

  /// Decodes the next term's numbers into `info`, all but the ordinal.
  mutating func next(_ info: inout TermInfo) throws(IndexError) {
    let hasForms = flags & 1 != 0
    flags >>= 1
    let form = PostingsForm(rawValue: UInt8(bits.read(2)))!
    info.form = form
    info.hasTrivialForm = !hasForms
    info.formCount = hasForms ? UInt32(truncatingIfNeeded: bits.readGolomb(0)) &+ 1 : 1
    info.postingsOffset = postings
    info.positionsOffset = positions
    info.listBytes = 0
    info.tableBytes = 0
    info.positionBytes = 0
    switch form {
    case .inlineOnce, .inlineMany:
      info.passage = UInt32(truncatingIfNeeded: bits.read(dictionary.passageBits))
      let frequency = form == .inlineOnce ? 1 : Int(bits.read(3)) + 1
      info.passageFrequency = 1
      info.documentFrequency = 1
      info.totalFrequency = UInt64(frequency)
      let codeBits = info.formCount < 2 ? 0 : 32 - (info.formCount - 1).leadingZeroBitCount
      var position: UInt32 = 0
      for i in 0..<frequency {
        let gap = bits.readGolomb(i == 0 ? TermLayout.positionOrder : TermLayout.gapOrder)
        position &+= UInt32(truncatingIfNeeded: gap)
        info.inlinePositions[i] = position
        info.inlineCodes[i] = UInt32(truncatingIfNeeded: bits.read(codeBits))
      }
    case .short, .long:
      info.passageFrequency = UInt32(truncatingIfNeeded: bits.readGolomb(form == .short ? 1 : 7)) &+ 1
      info.totalFrequency = UInt64(info.passageFrequency) &+ readWide(1)
      info.documentFrequency = info.passageFrequency
      if dictionary.hasDocumentFrequencies {
        info.documentFrequency &-= UInt32(truncatingIfNeeded: bits.readGolomb(0))
      }
      info.listBytes = readWide(TermLayout.listBytesOrder)
      if form == .long {
        info.tableBytes = readWide(TermLayout.listBytesOrder)
        info.positionBytes = readWide(TermLayout.positionBytesOrder)
      }
      postings &+= info.listBytes &+ info.tableBytes
      positions &+= info.positionBytes
      guard info.documentFrequency > 0, info.documentFrequency <= info.passageFrequency,
        form == .long || info.passageFrequency < UInt32(PostingsLayout.block)
      else { throw dictionary.index.corrupt(block) }
    }
    info.formsOffset = forms
    if hasForms { forms &+= bits.readGolomb(TermLayout.listBytesOrder) }
    if bits.failed { throw dictionary.index.corrupt(block) }
  }

  private mutating func readWide(_ k: Int) -> UInt64 {
    if bits.read(1) == 0 { return bits.readGolomb(k) }
    let low = bits.read(32)
    return bits.read(32) << 32 | low
  }
}
