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
      let offsets = try PackedIntegers(file, part.offset, arraySize),
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

  /// Verifies every page of the strings, and that no string ends before it begins: afterwards no read fails.
  /// - Parameter mostStrings: more strings than this are damage; distinct ones are at most one more than bytes.
  func verifyAll(mostStrings: UInt64) throws(IndexError) {
    guard UInt64(count) <= mostStrings else { throw file.corrupt(bytesStart, "a table has more strings than bytes") }
    try file.verify(bytesStart, UInt64(bitPattern: offsets[count]))
    for i in 0..<count where offsets[i] > offsets[i + 1] || offsets[i] < 0 {
      throw file.corrupt(bytesStart, "a string ends before it begins")
    }
  }

  /// A string of a table of which `verifyAll` was content.
  private func verified(_ index: Int) -> UnsafeRawBufferPointer {
    precondition(index >= 0 && index < count, "a string beyond its table")
    let start = file.base + Int(bytesStart) + Int(offsets[index])
    return UnsafeRawBufferPointer(start: start, count: Int(offsets[index + 1] - offsets[index]))
  }

  /// Bytes of all strings.
  var byteCount: UInt64 { UInt64(bitPattern: offsets[count]) }

  func verifiedValue(_ index: Int) -> [UInt8] { [UInt8](verified(index)) }

  /// The index of a string in a sorted table of which `verifyAll` was content; nil where it is not there.
  func verifiedFind(_ value: [UInt8]) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      let order = value.withUnsafeBytes { verified(middle).compare($0) }
      if order == 0 { return middle }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return nil
  }

  func value(_ index: Int) throws(IndexError) -> [UInt8] { try withBytes(index) { [UInt8]($0) } }

  static func write(_ strings: some Collection<[UInt8]>, to writer: ContentWriter) {
    var ends: [Int64] = [0]
    ends.reserveCapacity(strings.count + 1)
    for string in strings { ends.append(ends[ends.count - 1] + Int64(string.count)) }
    PackedIntegers.write(ends, to: writer)
    for string in strings { writer.append(string) }
  }
}
