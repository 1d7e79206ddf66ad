/// Byte strings one after another with random access: an array of their ends, then the bytes. Read in place; a
/// string's pages are verified when it is read.
struct StringTable: Sendable {
  private let file: MappedFile
  private let offsets: PackedIntegers
  private let bytesStart: UInt64
  let count: Int

  /// Reads the table in a part of the file.
  init(_ file: MappedFile, _ part: Section) throws(IndexError) {
    self.file = file
    // The header of the array of ends says how much of the part it takes.
    var head = ByteReader(try file.bytes(part.offset, min(part.count, 24)))
    let width: UInt8 = head.fixed()
    _ = head.bytes(15)
    let number: UInt64 = head.fixed()
    let arraySize = 24 + (number &* UInt64(width) &+ 7) / 8
    guard !head.failed, width <= 64, number >= 1, number <= 1 << 32, arraySize <= part.count,
      let offsets = PackedIntegers(try file.bytes(part.offset, arraySize)),
      UInt64(bitPattern: offsets[offsets.count - 1]) == part.count - arraySize
    else { throw file.corrupt(part.offset, "a table of strings is not sound") }
    self.offsets = offsets
    bytesStart = part.offset + arraySize
    count = offsets.count - 1
  }

  /// The bytes of a string, verified, in place.
  func withBytes<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> R) throws(IndexError) -> R {
    precondition(index >= 0 && index < count, "a string beyond its table")
    let start = UInt64(bitPattern: offsets[index])
    let end = UInt64(bitPattern: offsets[index + 1])
    guard start <= end, end <= UInt64(bitPattern: offsets[count]) else {
      throw file.corrupt(bytesStart, "a string ends before it begins")
    }
    return body(try file.bytes(bytesStart + start, end - start))
  }

  func value(_ index: Int) throws(IndexError) -> [UInt8] { try withBytes(index) { [UInt8]($0) } }

  /// The index of a string in a table that is sorted; nil where it is not there.
  func find(_ value: [UInt8]) throws(IndexError) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      let order = try withBytes(middle) { bytes in value.withUnsafeBytes { bytes.compare($0) } }
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  static func write(_ strings: some Collection<[UInt8]>, to writer: ContentWriter) {
    var ends: [Int64] = [0]
    ends.reserveCapacity(strings.count + 1)
    for string in strings { ends.append(ends[ends.count - 1] + Int64(string.count)) }
    PackedIntegers.write(ends, to: writer)
    for string in strings { writer.append(string) }
  }
}
