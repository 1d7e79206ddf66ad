internal import CKernels

/// The skip data of up to 32 blocks of a long list, read in place.
struct SkipGroup {
  /// The number of the group and of its first block in the list, and how many blocks it has.
  var number = -1
  var firstBlock = 0
  var count = 0
  /// The last passage before the group's first block (`PostingsLayout.firstBase` for the list's first).
  var base: UInt32 = PostingsLayout.firstBase
  /// Where the first block's postings and positions begin in their files.
  var data: UInt64 = 0
  var positions: UInt64 = 0
  private var lasts = UnsafeRawPointer(bitPattern: 16)!
  private var dataEnds = UnsafeRawPointer(bitPattern: 16)!
  private var positionsEnds = UnsafeRawPointer(bitPattern: 16)!
  private var positionsWidth = 1
  private var impactEnds = UnsafeRawPointer(bitPattern: 16)!
  private var pairs = UnsafeRawPointer(bitPattern: 16)!

  init() {}

  /// nil where `bytes` (from the group's table to the end of the list's table) are too short.
  init?(
    number: Int, blocks: Range<Int>, base: UInt32, data: UInt64, positions: UInt64, positionsWidth: Int,
    _ bytes: UnsafeRawBufferPointer
  ) {
    self.number = number
    firstBlock = blocks.lowerBound
    count = blocks.count
    self.base = base
    self.data = data
    self.positions = positions
    self.positionsWidth = positionsWidth
    let fixed = count * (4 + 2 + positionsWidth + 1)
    guard (1...8).contains(positionsWidth), count > 0, bytes.count >= fixed else { return nil }
    lasts = bytes.baseAddress!
    dataEnds = lasts + 4 * count
    positionsEnds = dataEnds + 2 * count
    impactEnds = positionsEnds + positionsWidth * count
    pairs = impactEnds + count
    guard bytes.count >= fixed + 2 * Int(impactEnd(count - 1)) else { return nil }
  }

  /// The size of the fixed part of a group's table, which says how many pairs follow.
  static func fixedSize(_ count: Int, positionsWidth: Int) -> Int { count * (7 + positionsWidth) }

  @inline(__always)
  func last(_ i: Int) -> UInt32 { (lasts + 4 &* i).loadUnaligned(as: UInt32.self).littleEndian }

  /// The last passage of the group.
  var last: UInt32 { count == 0 ? PostingsLayout.firstBase : last(count - 1) }

  @inline(__always)
  func baseOf(_ i: Int) -> UInt32 { i == 0 ? base : last(i &- 1) }

  /// The first block from `i` on whose last passage is not below `target`. There has to be one.
  @inline(__always)
  func find(_ target: UInt32, from i: Int) -> Int {
    var i = i
    while last(i) < target { i &+= 1 }
    return i
  }

  /// The block's bytes in the file of postings. Where the table is damaged the end can be below the start.
  @inline(__always)
  func dataRange(_ i: Int) -> (start: UInt64, end: UInt64) {
    func end(_ i: Int) -> UInt64 { UInt64((dataEnds + 2 &* i).loadUnaligned(as: UInt16.self).littleEndian) }
    return (data &+ (i == 0 ? 0 : end(i &- 1)), data &+ end(i))
  }

  func positionsRange(_ i: Int) -> (start: UInt64, end: UInt64) {
    func end(_ i: Int) -> UInt64 {
      var value: UInt64 = 0
      for k in 0..<positionsWidth {
        value |= UInt64(positionsEnds.load(fromByteOffset: i * positionsWidth + k, as: UInt8.self)) << UInt64(8 * k)
      }
      return value
    }
    return (positions &+ (i == 0 ? 0 : end(i &- 1)), positions &+ end(i))
  }

  /// Copies the last passages of all blocks.
  func copyLasts(to out: UnsafeMutablePointer<UInt32>) {
    for i in 0..<count { out[i] = last(i) }
  }

  /// The greatest share of each block.
  func bounds(_ weight: TermWeight, to out: UnsafeMutablePointer<Score>) {
    guard count > 0 else { return }
    ck_bounds(
      pairs.assumingMemoryBound(to: UInt8.self), impactEnds.assumingMemoryBound(to: UInt8.self), UInt32(count),
      FieldNorms.frequencies, weight.inverseLengths, weight.weight, out)
  }

  private func impactEnd(_ i: Int) -> UInt8 { impactEnds.load(fromByteOffset: i, as: UInt8.self) }

  /// Copies the block's pairs; answers how many.
  @inline(__always)
  func impacts(_ i: Int, into out: UnsafeMutablePointer<Impact>) -> Int {
    let start = i == 0 ? 0 : Int(impactEnd(i &- 1))
    let end = Int(impactEnd(i))
    guard end >= start, end &- start <= PostingsLayout.impacts, end <= Int(impactEnd(count &- 1)) else { return 0 }
    return Impact.read(pairs + 2 &* start, count: end &- start, into: out)
  }
}

extension Impact {
  @inline(__always)
  static func read(_ pairs: UnsafeRawPointer, count: Int, into out: UnsafeMutablePointer<Impact>) -> Int {
    for i in 0..<count {
      let frequency = pairs.load(fromByteOffset: 2 &* i, as: UInt8.self)
      out[i] = Impact(
        frequency: FieldNorms.decode(frequency), norm: pairs.load(fromByteOffset: 2 &* i &+ 1, as: UInt8.self))
    }
    return count
  }
}
