internal import CArchive
import Glibc

/// libarchive over a ``ByteSource``: members one after the other.
final class ArchiveHandle {
  enum Kind { case file, directory, link, other }

  struct Member {
    /// As the archive has it; `nil` if the name is no UTF-8 or missing.
    var path: String?
    var target: String?
    /// As the archive says, which may be a lie; `nil` if it does not say.
    var size: UInt64?
    var kind: Kind
    var isEncrypted: Bool
  }

  private let source: any ByteSource
  /// libarchive gets a file in blocks of this size: only when it asks for the next one can pages be given back.
  private static let blockBytes = 1 << 20
  private var handle: OpaquePointer?
  private var pullError: (any Error)?

  /// - Throws: ``ReadError`` if this is no archive.
  init(_ source: any ByteSource) throws {
    self.source = source
    let size = source.canGoBack ? source.byteCount.flatMap { Int64(exactly: $0) } ?? -1 : -1
    let context = Unmanaged.passUnretained(self).toOpaque()
    handle = carchive_open(
      { context, offset, bytes in
        guard let context, let bytes else { return -1 }
        return Unmanaged<ArchiveHandle>.fromOpaque(context).takeUnretainedValue().pull(offset, bytes)
      }, context, size)
    if handle == nil {
      throw pullError ?? ReadError("not readable as an archive: \(String(cString: carchive_why_not()))")
    }
  }

  deinit { carchive_close(handle) }

  private func pull(_ offset: UInt64, _ bytes: UnsafeMutablePointer<UnsafePointer<UInt8>?>) -> Int {
    do {
      let window = try source.window(from: offset, atLeast: 64 << 10)
      bytes.pointee = window.bytes.bindMemory(to: UInt8.self).baseAddress
      return min(window.bytes.count, Self.blockBytes)
    } catch {
      pullError = error
      return -1
    }
  }

  /// Headers between members could not be read: what they named is lost.
  var isDamaged: Bool { carchive_is_damaged(handle) != 0 }
  /// At the end: why not all may be well although every member could be read.
  var doubt: String? { carchive_doubt(handle).map { String(cString: $0) } }
  /// A compressed file without members, and the compression is real.
  var isBare: Bool { carchive_is_bare(handle) != 0 }
  var isFiltered: Bool { carchive_is_filtered(handle) != 0 }
  /// Members can be passed over without reading them.
  var passesOverFreely: Bool { !isFiltered && source.canGoBack && carchive_is_zip(handle) != 0 }

  /// The next member; `nil` at the end.
  ///
  /// - Throws: ``ReadError`` if the rest cannot be read.
  func next() throws -> Member? {
    var member = carchive_member()
    let result = carchive_next(handle, &member)
    if result == 0 { return nil }
    guard result > 0 else {
      throw pullError ?? ReadError("damaged archive: \(String(cString: carchive_error(handle)))")
    }
    let kind: Kind =
      switch UInt32(member.kind) {
      case carchive_directory.rawValue: .directory
      case carchive_link.rawValue: .link
      case carchive_other.rawValue: .other
      default: .file
      }
    return Member(
      path: member.path.flatMap { Self.name($0) }, target: member.target.flatMap { Self.name($0) },
      size: member.size < 0 ? nil : UInt64(member.size), kind: kind, isEncrypted: member.isEncrypted != 0)
  }

  /// Names of old archives are in the charset of their time.
  private static func name(_ pointer: UnsafePointer<CChar>) -> String {
    let bytes = UnsafeRawBufferPointer(start: pointer, count: strlen(pointer))
    return String(decoding: CharsetDecoder.decode(bytes).utf8, as: UTF8.self)
  }

  /// Reads on in the member.
  ///
  /// - Returns: How many bytes were put into the buffer, 0 at the member's end.
  /// - Throws: ``ReadError`` if the member is damaged.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = carchive_read(handle, buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count)
    guard count >= 0 else { throw pullError ?? ReadError(String(cString: carchive_error(handle))) }
    return count
  }
}
