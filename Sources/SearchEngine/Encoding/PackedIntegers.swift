/// An array of 64-bit integers of one width with random access: a minimum, and the differences from it, packed
/// horizontally. Width 0 (all values equal) takes no room beyond the 24 bytes of the header.
///
///     width (u8), 7 bytes of zeros, minimum (i64), count (u64), ceil(count * width / 8) bytes
struct PackedIntegers: @unchecked Sendable {
  let count: Int
  let minimum: Int64
  let width: Int
  private let payload: UnsafePointer<UInt8>
  private let mask: UInt64
  /// The file whose pages are verified as elements are read, and where the payload lies in it; nil where all of the
  /// array was verified at once.
  private var file: MappedFile?
  /// The same file for the hot path, where a strong reference would be counted up and down at every element read.
  private var uncounted: Unmanaged<MappedFile>?
  private var payloadStart: UInt64 = 0
  private var payloadEnd: UInt64 = 0

  /// All zeros, for parts that a file leaves out.
  init(zeros count: Int) {
    self.count = count
    minimum = 0
    width = 0
    mask = 0
    payload = UnsafePointer(bitPattern: 16)!
  }

  /// Reads the array in `bytes`, which have to stay mapped (with 8 readable bytes behind). nil where they are not one.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var reader = ByteReader(bytes)
    self.init(reading: &reader)
  }

  /// An array that is verified page by page as it is read: a query that needs ten elements of a million reads ten
  /// pages. Damage is reported to the file's log, and the element read means nothing. nil where the header is not one.
  init?(_ file: MappedFile, _ offset: UInt64, _ length: UInt64) throws(IndexError) {
    guard offset <= file.count, length <= file.count - offset else { return nil }
    try file.verify(offset, min(length, 24))
    self.init(UnsafeRawBufferPointer(start: file.base + Int(offset), count: Int(length)))
    self.file = file
    uncounted = Unmanaged.passUnretained(file)
    payloadStart = offset + 24
    payloadEnd = offset + length
  }

  /// Reads one array out of several.
  init?(reading reader: inout ByteReader) {
    let width: UInt8 = reader.fixed()
    _ = reader.bytes(7)
    minimum = reader.fixed()
    let count: UInt64 = reader.fixed()
    guard !reader.failed, width <= 64, count <= UInt64(UInt32.max) + 1 else { return nil }
    self.width = Int(width)
    self.count = Int(count)
    guard let found = reader.bytes((self.count * self.width + 7) / 8) else { return nil }
    payload = UnsafePointer(found.baseAddress!.assumingMemoryBound(to: UInt8.self))
    mask = width == 64 ? .max : (1 << UInt64(width)) - 1
  }

  /// The value at `index`, which is below `count` (callers take it from a checked number).
  @inline(__always)
  subscript(index: Int) -> Int64 {
    assert(index >= 0 && index < count)
    if width == 0 { return minimum }
    let bit = index &* width
    if let uncounted {
      let start = payloadStart &+ UInt64(bit &>> 3)
      uncounted._withUnsafeGuaranteedRef { $0.touch(start, min(9, payloadEnd &- start)) }
    }
    let at = UnsafeRawPointer(payload + (bit &>> 3))
    var value = at.loadUnaligned(as: UInt64.self).littleEndian &>> UInt64(bit & 7)
    if width > 56 {
      // The value may reach into a ninth byte.
      let ninth = UInt64(at.load(fromByteOffset: 8, as: UInt8.self))
      value |= bit & 7 == 0 ? 0 : ninth &<< UInt64(64 - (bit & 7))
    }
    return minimum &+ Int64(bitPattern: value & mask)
  }

  /// The same for callers that can throw where the array is verified as it is read.
  func value(at index: Int) throws(IndexError) -> Int64 {
    if let file, width > 0 {
      let start = payloadStart + UInt64(index * width >> 3)
      try file.verify(start, min(9, payloadEnd - start))
    }
    return self[index]
  }

  /// Appends an array.
  static func write(_ values: some Collection<Int64>, to writer: ContentWriter) {
    let minimum = values.min() ?? 0
    let spread = UInt64(bitPattern: (values.max() ?? 0) &- minimum)
    let width = 64 - spread.leadingZeroBitCount
    writer.append(UInt8(width))
    writer.append([UInt8](repeating: 0, count: 7))
    writer.append(minimum)
    writer.append(UInt64(values.count))
    guard width > 0 else { return }
    var bits = BitWriter()
    for value in values {
      bits.append(UInt64(bitPattern: value &- minimum), width)
      if bits.bytes.count >= 1 << 15 { bits.drain(to: writer) }
    }
    bits.finish(to: writer)
  }
}
