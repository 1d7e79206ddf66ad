/// The lengths of the passages of a segment in one byte each, by Lucene's code (`SmallFloat.intToByte4`): lengths up
/// to 39 are exact, greater ones keep four significant bits and are rounded down.
///
/// Pages are verified as they are read: a query of rare words needs few of them. Damage is reported to the segment, and
/// the byte read means nothing.
public struct FieldNorms: @unchecked Sendable {
  /// One byte a passage, verified only where `touch` was called. Lives as long as the segment.
  let bytes: UnsafePointer<UInt8>
  public let count: Int
  private let file: MappedFile
  /// Where the bytes begin in the file.
  private let start: Int

  /// The norms in a file of passages; nothing of them is read yet.
  init(_ file: MappedFile, count: UInt32) throws(IndexError) {
    guard let section = file.section("NORM"), section.count == UInt64(count) else {
      throw file.corrupt(0, "the norms are missing or too few")
    }
    self.file = file
    start = Int(section.offset)
    bytes = file.base + start
    self.count = Int(count)
  }

  /// The norm of a passage, which is below `count`.
  @inline(__always)
  public subscript(passage: PassageID) -> UInt8 {
    let place = start &+ Int(passage)
    if !file.isVerified(page: place &>> FileLayout.pageShift) { file.touch(UInt64(place), 1) }
    return bytes[Int(passage)]
  }

  /// The norm of a passage if its page was read before: for bounds that are worth a look, but no reading.
  @inline(__always)
  func known(_ passage: PassageID) -> UInt8? {
    file.isVerified(page: (start &+ Int(passage)) &>> FileLayout.pageShift) ? bytes[Int(passage)] : nil
  }

  /// Verifies what holds the norms of these passages, which increase.
  @inline(__always)
  func touch(_ passages: UnsafePointer<PassageID>, _ count: Int) {
    guard count > 0 else { return }
    let first = (start &+ Int(passages[0])) &>> FileLayout.pageShift
    let last = (start &+ Int(passages[count &- 1])) &>> FileLayout.pageShift
    if !file.areVerified(first, last) { touchEach(passages, count) }
  }

  /// Passages far apart do not need the pages between them.
  @inline(never)
  private func touchEach(_ passages: UnsafePointer<PassageID>, _ count: Int) {
    var known = -1
    for index in 0..<count {
      let place = start &+ Int(passages[index])
      if place &>> FileLayout.pageShift == known { continue }
      known = place &>> FileLayout.pageShift
      file.touch(UInt64(place), 1)
    }
  }

  /// The number of small lengths that have a byte of their own: 255 minus the greatest code of a 31-bit number.
  static let free: UInt8 = 24

  /// The greatest byte whose length is not above `length`.
  public static func encode(_ length: UInt32) -> UInt8 {
    let length = min(length, UInt32(Int32.max))
    if length < UInt32(free) { return UInt8(length) }
    return free + UInt8(code4(length - UInt32(free)))
  }

  /// The length that a norm's byte stands for.
  public static func decode(_ norm: UInt8) -> UInt32 { lengths[Int(norm)] }

  /// The lengths of all 256 bytes.
  public static let lengths: [UInt32] = (0...255).map { byte in
    byte < Int(free) ? UInt32(byte) : UInt32(free) + decode4(UInt32(byte) - UInt32(free))
  }

  /// The same as floats, for kernels; also the frequencies of the codes of impacts. Never written again.
  nonisolated(unsafe) static let frequencies: UnsafePointer<Float> = {
    let table = UnsafeMutablePointer<Float>.allocate(capacity: 256)
    table.initialize(from: lengths.map { Float($0) }, count: 256)
    return UnsafePointer(table)
  }()

  /// For each norm the bits of the length that it stands for: the parameters of the codes of positions.
  nonisolated(unsafe) static let lengthBits: UnsafePointer<UInt8> = {
    let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    table.initialize(from: lengths.map { UInt8(32 - $0.leadingZeroBitCount) }, count: 256)
    return UnsafePointer(table)
  }()

  /// Lucene's `longToInt4`: a number below 8 is itself; others are a shift (times 8) and the three bits that follow
  /// the highest one.
  private static func code4(_ value: UInt32) -> UInt32 {
    let bits = UInt32(32 - value.leadingZeroBitCount)
    if bits < 4 { return value }
    let shift = bits - 4
    return (value >> shift) & 7 | (shift + 1) << 3
  }

  private static func decode4(_ code: UInt32) -> UInt32 {
    let bits = code & 7
    let shift = Int32(code >> 3) - 1
    return shift < 0 ? bits : (bits | 8) << UInt32(shift)
  }
}

extension FieldNorms {
  /// How many low bits of a length its norm leaves out.
  static func remainderBits(_ norm: UInt8) -> Int { norm < free ? 0 : max(0, Int(norm - free) >> 3 - 1) }

  /// The smallest norm-like byte whose number is not below `frequency`: how impacts keep frequencies in one byte.
  static func encodeUp(_ frequency: UInt32) -> UInt8 {
    let byte = encode(frequency)
    return decode(byte) >= frequency || byte == 255 ? byte : byte + 1
  }
}
