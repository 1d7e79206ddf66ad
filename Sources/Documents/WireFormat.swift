/// The wire format of frames and pipe messages: protocol buffers' (varint, 64-bit, length-delimited), written by
/// hand because a frame has some twenty fields, sits on the hot path of ingest, and a generated codec would bring a
/// library of 100 files into the process that answers searches.
///
/// Source: https://protobuf.dev/programming-guides/encoding
public struct WireWriter: Sendable {
  public private(set) var bytes: [UInt8] = []
  public init() {}
  public init(reserving n: Int) { bytes.reserveCapacity(n) }

  @inline(__always)
  public mutating func varint(_ value: UInt64) {
    var v = value
    while v >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: v) | 0x80)
      v >>= 7
    }
    bytes.append(UInt8(v))
  }

  public mutating func field(_ number: Int, _ value: UInt64) {
    varint(UInt64(number) << 3)
    varint(value)
  }

  /// A signed number, zigzag-coded so that small negative numbers stay short.
  public mutating func field(_ number: Int, signed value: Int64) { field(number, Self.zigzag(value)) }

  public mutating func field(_ number: Int, _ value: String) {
    varint(UInt64(number) << 3 | 2)
    varint(UInt64(value.utf8.count))
    bytes.append(contentsOf: value.utf8)
  }

  public mutating func field(_ number: Int, _ value: [UInt8]) {
    varint(UInt64(number) << 3 | 2)
    varint(UInt64(value.count))
    bytes.append(contentsOf: value)
  }

  public mutating func message(_ number: Int, _ body: (inout WireWriter) -> Void) {
    var inner = WireWriter()
    body(&inner)
    field(number, inner.bytes)
  }

  public static func zigzag(_ v: Int64) -> UInt64 { UInt64(bitPattern: (v << 1) ^ (v >> 63)) }
}

/// Reads the fields of one message. Unknown fields are skipped by the caller's `default:`; every length is checked.
public struct WireReader {
  public enum Value {
    case number(UInt64)
    case bytes(Range<Int>)
  }

  public let bytes: UnsafeRawBufferPointer
  public private(set) var position: Int
  public let end: Int

  public init(_ bytes: UnsafeRawBufferPointer) { self.init(bytes, 0..<bytes.count) }

  public init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  public var isAtEnd: Bool { position >= end }

  public mutating func varint() throws(FrameError) -> UInt64 {
    var result: UInt64 = 0
    var shift: UInt64 = 0
    while position < end {
      let byte = bytes[position]
      position += 1
      guard shift < 63 || (shift == 63 && byte <= 1) else { break }
      result |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return result }
      shift += 7
    }
    throw FrameError(offset: position, what: "number runs past the end or over 64 bits")
  }

  /// The next field, or `nil` at the end.
  public mutating func next() throws(FrameError) -> (number: Int, value: Value)? {
    guard position < end else { return nil }
    let key = try varint()
    let number = Int(truncatingIfNeeded: key >> 3 & 0x1FFF_FFFF)
    switch key & 7 {
    case 0: return (number, .number(try varint()))
    case 1: return (number, .bytes(try take(8)))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else {
        throw FrameError(offset: position, what: "field \(number) is \(length) bytes, \(end - position) are left")
      }
      return (number, .bytes(try take(Int(length))))
    case 5: return (number, .bytes(try take(4)))
    default: throw FrameError(offset: position, what: "field \(number) has unknown wire type \(key & 7)")
    }
  }

  private mutating func take(_ n: Int) throws(FrameError) -> Range<Int> {
    guard end - position >= n else { throw FrameError(offset: position, what: "field runs past the end") }
    defer { position += n }
    return position..<(position + n)
  }

  public func string(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  public static func unzigzag(_ v: UInt64) -> Int64 { Int64(bitPattern: v >> 1) ^ -Int64(bitPattern: v & 1) }
}

extension WireReader.Value {
  public func number(_ field: Int) throws(FrameError) -> UInt64 {
    if case .number(let n) = self { return n }
    throw FrameError(offset: 0, what: "field \(field) should be a number")
  }

  public func range(_ field: Int) throws(FrameError) -> Range<Int> {
    if case .bytes(let r) = self { return r }
    throw FrameError(offset: 0, what: "field \(field) should be bytes")
  }
}

/// A frame that does not decode.
public struct FrameError: Error, Equatable, CustomStringConvertible {
  /// Byte offset in the frame.
  public var offset: Int
  public var what: String
  public init(offset: Int, what: String) {
    self.offset = offset
    self.what = what
  }
  public var description: String { "damaged document frame at byte \(offset): \(what)" }
}
