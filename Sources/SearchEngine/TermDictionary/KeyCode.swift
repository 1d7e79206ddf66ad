internal import CKernels

/// The fixed code of dictionary keys (FORMAT.md, "Terms").
enum KeyCode {
  /// Its tables, made at the first use.
  nonisolated(unsafe) static let tables: OpaquePointer = {
    guard let tables = ck_key_code_make() else { fatalError("no memory for 17 KiB of tables") }
    return tables
  }()
}

/// The decoded keys of a block.
final class DecodedKeys {
  private let bytes: UnsafeMutablePointer<UInt8>
  private let count: Int

  /// nil where the bytes are not so many keys. They have to be readable 16 bytes behind their end.
  init?(_ coded: UnsafeRawBufferPointer, count keys: UInt32) {
    let room = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * coded.count + 16)
    bytes = room
    if let start = coded.baseAddress?.assumingMemoryBound(to: UInt8.self) {
      count = ck_keys_decode(KeyCode.tables, start, coded.count, keys, room)
    } else {
      count = 0
    }
    if count == 0 { return nil }
  }

  deinit { bytes.deallocate() }

  /// Valid as long as the object.
  var buffer: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }
}
