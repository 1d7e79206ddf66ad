import CKernels
import TestSupport
import Testing

@Suite(.serialized) struct PackingTests {
  /// Memory as the index files give it: readable behind the end.
  private struct Bytes: ~Copyable {
    let start: UnsafeMutablePointer<UInt8>
    init(_ count: Int) {
      start = .allocate(capacity: count + 64)
      start.initialize(repeating: 0xA5, count: count + 64)
    }
    deinit { start.deallocate() }
  }

  private func values(_ n: Int, width: Int, _ random: inout SplitMix64) -> [UInt32] {
    let mask: UInt32 = width == 32 ? .max : (1 << UInt32(width)) - 1
    return (0..<n).map { _ in UInt32(truncatingIfNeeded: random.next()) & mask }
  }

  @Test func verticalKernelsEqualThePlainOnes() {
    var random = SplitMix64(seed: 1)
    for width in 0...32 {
      for _ in 0..<20 {
        let source = values(128, width: width, &random)
        let fast = Bytes(512)
        let plain = Bytes(512)
        ck_pack_vertical(source, UInt32(width), fast.start)
        ck_force_plain(1)
        ck_pack_vertical(source, UInt32(width), plain.start)
        ck_force_plain(0)
        #expect((0..<(16 * width)).allSatisfy { fast.start[$0] == plain.start[$0] }, "width \(width)")
        var a = [UInt32](repeating: 7, count: 128)
        var b = a
        ck_unpack_vertical(fast.start, UInt32(width), &a)
        ck_force_plain(1)
        ck_unpack_vertical(fast.start, UInt32(width), &b)
        ck_force_plain(0)
        #expect(a == source && b == source, "width \(width)")
      }
    }
  }

  @Test func horizontalKernelsKeepEveryLengthAndWidth() {
    var random = SplitMix64(seed: 2)
    for width in 0...32 {
      for n in 0...130 {
        let source = values(n, width: width, &random)
        let bytes = Bytes((n * width + 7) / 8 + 8)
        ck_pack_horizontal(source, UInt32(n), UInt32(width), bytes.start)
        var found = [UInt32](repeating: 7, count: n)
        ck_unpack_horizontal(bytes.start, UInt32(n), UInt32(width), &found)
        #expect(found == source, "n \(n), width \(width)")
      }
    }
  }

  /// Values of a small width with some great ones among them (PFOR), or such as gaps of random places are (Rice).
  private func skewed(_ n: Int, _ random: inout SplitMix64) -> [UInt32] {
    if Bool.random(using: &random) {
      let mean = Double(1 << Int.random(in: 0...24, using: &random))
      // A geometric law without logarithms: halving with the probability of one half is as skewed as is needed.
      return (0..<n).map { _ in
        var value = mean * Double.random(in: 0..<2, using: &random)
        while Bool.random(using: &random) { value += mean }
        // Now and then one whose unary part has words of zeros.
        if Int.random(in: 0..<60, using: &random) == 0 { value += mean * 150 }
        return UInt32(min(value, 4e9))
      }
    }
    let width = Int.random(in: 0...20, using: &random)
    let high = Int.random(in: width...32, using: &random)
    let share = Int.random(in: 0...40, using: &random)
    return (0..<n).map { _ in
      values(1, width: Int.random(in: 0..<100, using: &random) < share ? high : width, &random)[0]
    }
  }

  @Test(arguments: [0, 1] as [Int32]) func groupsKeepTheirValues(plain: Int32) {
    ck_force_plain(plain)
    defer { ck_force_plain(0) }
    var random = SplitMix64(seed: 3)
    var rice = 0
    for n in 1...128 {
      for vertical in [0, 1] as [Int32] {
        for _ in 0..<12 {
          let source = skewed(n, &random)
          let bytes = Bytes(Int(CK_GROUP_MAX_BYTES) + 16)
          let size = ck_encode_group(source, UInt32(n), vertical, bytes.start)
          #expect(size <= Int(CK_GROUP_MAX_BYTES))
          if bytes.start[0] & 0x40 != 0 { rice += 1 }
          #expect(ck_group_size(bytes.start, size, UInt32(n), vertical) == size)
          var found = [UInt32](repeating: 7, count: 128)
          #expect(ck_decode_group(bytes.start, size, UInt32(n), vertical, &found) == size)
          #expect(Array(found[..<n]) == source)
          // One byte less is no group.
          #expect(ck_decode_group(bytes.start, size - 1, UInt32(n), vertical, &found) == 0)
        }
      }
    }
    // Both codes were met.
    #expect(rice > 500 && rice < 2500)
  }

  @Test func gapsSumToTheirNumbers() {
    var random = SplitMix64(seed: 4)
    for n in 1...128 {
      for round in 0..<12 {
        let base: UInt32 = round % 3 == 0 ? .max : UInt32.random(in: 0...1 << 20, using: &random)
        let spread = UInt32(1) << UInt32.random(in: 0...22, using: &random)
        var next = UInt64(base &+ 1)
        var numbers: [UInt32] = []
        var gaps: [UInt32] = []
        for _ in 0..<n {
          let gap = UInt32.random(in: 0..<spread, using: &random)
          gaps.append(gap)
          numbers.append(UInt32(next + UInt64(gap)))
          next += UInt64(gap) + 1
        }
        let bytes = Bytes(Int(CK_GROUP_MAX_BYTES) + 16)
        let size = ck_encode_group(gaps, UInt32(n), 1, bytes.start)
        var found = [UInt32](repeating: 7, count: 128)
        let bound = numbers[n - 1] + 1
        #expect(ck_decode_gaps(bytes.start, size, UInt32(n), 1, base, bound, &found) == size)
        #expect(Array(found[..<n]) == numbers)
        // The last number has to stay below the bound.
        #expect(ck_decode_gaps(bytes.start, size, UInt32(n), 1, base, bound - 1, &found) == 0)
      }
    }
  }

  @Test func gapsThatLeave32BitsAreNoBlock() {
    for n in [3, 128] as [UInt32] {
      let gaps = [UInt32](repeating: 0x8000_0000, count: Int(n))
      let bytes = Bytes(Int(CK_GROUP_MAX_BYTES) + 16)
      let size = ck_encode_group(gaps, n, 1, bytes.start)
      var found = [UInt32](repeating: 0, count: 128)
      #expect(ck_decode_gaps(bytes.start, size, n, 1, .max, .max, &found) == 0)
    }
  }

  @Test func anyPartOfManyGroupsIsReadAlone() {
    var random = SplitMix64(seed: 5)
    for n in [1, 2, 127, 128, 129, 255, 256, 257, 1000, 5000] {
      let source = skewed(n, &random)
      let bytes = Bytes(ck_groups_bound(n))
      let size = ck_encode_groups(source, n, bytes.start)
      let end = UnsafePointer(bytes.start + size)
      #expect(ck_groups_end(bytes.start, end, UInt32(n)) == end)
      var groups = ck_groups()
      #expect(ck_groups_open(&groups, bytes.start, end, UInt32(n)) == 1)
      for _ in 0..<200 {
        let from = Int.random(in: 0..<n, using: &random)
        let count = Int.random(in: 0...(n - from), using: &random)
        var found = [UInt32](repeating: 7, count: count)
        #expect(ck_groups_read(&groups, bytes.start, UInt32(from), UInt32(count), &found) == 1)
        #expect(found == Array(source[from..<(from + count)]))
      }
      var one: [UInt32] = [0]
      #expect(ck_groups_read(&groups, bytes.start, UInt32(n), 1, &one) == 0)
    }
  }

  /// Random bytes are no group, or a group; never a trap or a read far away (the sanitizers see those).
  @Test func anyBytesCanBeGiven() {
    var random = SplitMix64(seed: 6)
    for _ in 0..<20_000 {
      let limit = Int.random(in: 0...80, using: &random)
      let bytes = Bytes(limit)
      for i in 0..<limit { bytes.start[i] = UInt8.random(in: 0...255, using: &random) }
      // Small widths, of all three kinds of header.
      if limit > 0 { bytes.start[0] &= 0xCF }
      let n = UInt32.random(in: 1...128, using: &random)
      var found = [UInt32](repeating: 0, count: 128)
      _ = ck_decode_group(bytes.start, limit, n, 1, &found)
      if ck_decode_gaps(bytes.start, limit, n, 1, .max, 1 << 20, &found) > 0 {
        #expect(zip(found[..<Int(n)], found[1..<Int(n)]).allSatisfy { $0 < $1 } && found[Int(n) - 1] < 1 << 20)
      }
      var groups = ck_groups()
      let end = UnsafePointer(bytes.start + limit)
      _ = ck_groups_end(bytes.start, end, n * 3)
      if ck_groups_open(&groups, bytes.start, end, n * 3) == 1 {
        var many = [UInt32](repeating: 0, count: Int(n) * 3)
        _ = ck_groups_read(&groups, bytes.start, 0, n * 3, &many)
      }
    }
  }

  @Test func checksumsAreCastagnolis() {
    // RFC 3720, B.4.
    #expect(ck_crc32c(0, [UInt8](repeating: 0, count: 32), 32) == 0x8A91_36AA)
    #expect(ck_crc32c(0, [UInt8](repeating: 0xFF, count: 32), 32) == 0x62A8_AB43)
    #expect(ck_crc32c(0, (0..<32).map { UInt8($0) }, 32) == 0x46DD_794E)
    var random = SplitMix64(seed: 8)
    for n in [0, 1, 7, 8, 100, 4079, 4080, 4081, 4096, 9000] {
      let bytes = (0..<n).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(ck_crc32c(0, bytes, n) == ck_crc32c_plain(0, bytes, n), "\(n) bytes")
      let first = ck_crc32c(0, bytes, n / 3)
      let rest = bytes[(n / 3)...].withUnsafeBytes { ck_crc32c(first, $0.baseAddress, $0.count) }
      #expect(rest == ck_crc32c(0, bytes, n), "\(n) bytes in two parts")
    }
  }

  @Test func lowerBoundsAreFound() {
    var random = SplitMix64(seed: 9)
    for n in 0...128 {
      let values = (0..<n).map { _ in UInt32.random(in: 0..<300, using: &random) }.sorted()
      for target in 0..<301 as Range<UInt32> {
        let from = Int.random(in: 0...n, using: &random)
        let expected = values[from...].firstIndex { $0 >= target } ?? n
        #expect(ck_lower_bound(values, UInt32(from), UInt32(n), target) == UInt32(expected))
      }
    }
  }
}
