import Glibc

/// The bytes of one member, decompressed as they are asked for; what lies behind the reader is forgotten.
final class MemberSource: ByteSource {
  private let archive: ArchiveHandle
  private let budget: ExpansionBudget
  private var storage: UnsafeMutableRawPointer?
  private var capacity = 0
  /// Offset of the first byte in `storage`, and how many are there.
  private var start: UInt64 = 0
  private var count = 0
  private var reachesEnd = false
  /// Why the member ended before its end; what came before was given to the reader.
  private(set) var damage: String?
  private static let pieceBytes = 256 << 10

  private let beginning: Again

  init(_ archive: ArchiveHandle, _ budget: ExpansionBudget, again: Again) {
    self.archive = archive
    self.budget = budget
    beginning = again
  }

  func again() throws -> (any ByteSource)? { try beginning.open() }

  deinit { free(storage) }

  /// The archive's word on sizes is not believed: only the end tells.
  var byteCount: UInt64? { reachesEnd ? start + UInt64(count) : nil }
  var canGoBack: Bool { false }

  func window(from offset: UInt64, atLeast minimum: Int) throws -> ByteWindow {
    guard offset >= start else { throw ReadError("a reader went back in a stream") }
    forget(before: offset)
    while offset > start, !reachesEnd {
      try fill(more: Self.pieceBytes)
      forget(before: offset)
    }
    while count < minimum, !reachesEnd { try fill(more: max(Self.pieceBytes, min(minimum - count, 8 << 20))) }
    let from = min(Int(offset - start), count)
    let bytes = UnsafeRawBufferPointer(start: storage, count: count)
    return ByteWindow(bytes: UnsafeRawBufferPointer(rebasing: bytes[from...]), reachesEnd: reachesEnd)
  }

  /// Reads to the member's end, for its length and its check sum.
  func drain(_ working: () -> Void) throws {
    while !reachesEnd {
      working()
      forget(before: start + UInt64(count))
      try fill(more: Self.pieceBytes)
    }
  }

  private func forget(before offset: UInt64) {
    let gone = Int(min(offset - start, UInt64(count)))
    guard gone > 0 else { return }
    // Moving what is kept must not cost more than what was read.
    guard gone == count || gone >= count - gone || gone >= 4 << 20 else { return }
    if let storage, gone < count { memmove(storage, storage + gone, count - gone) }
    count -= gone
    start += UInt64(gone)
  }

  private func fill(more: Int) throws {
    if count + more > capacity {
      let wanted = max(count + more, min(capacity * 2, capacity + (64 << 20)))
      guard let grown = realloc(storage, wanted) else { throw ReadError("not enough memory for this member") }
      storage = grown
      capacity = wanted
    }
    do {
      let got = try archive.read(into: UnsafeMutableRawBufferPointer(start: storage! + count, count: more))
      if got == 0 { reachesEnd = true }
      count += got
      try budget.spend(got)
    } catch let error as ReadError where !budget.isSpent {
      damage = error.description
      reachesEnd = true
    }
  }
}

/// How much one file on the disk may swell to, over all its nested archives together: a bomb of any build costs one
/// failure.
final class ExpansionBudget {
  private var rest: Int
  private let limit: Int
  private(set) var isSpent = false

  init(fileBytes: UInt64, _ limits: ReadLimits) {
    let (byRatio, overflow) = Int(clamping: fileBytes).multipliedReportingOverflow(by: limits.expansionRatio)
    limit = max(limits.expansionFloor, overflow ? .max : byRatio)
    rest = limit
  }

  func spend(_ bytes: Int) throws {
    rest -= bytes
    guard rest < 0 else { return }
    isSpent = true
    throw ReadError("unpacks to over \(limit >> 20) MiB: a decompression bomb, or to be unpacked by hand")
  }
}

/// How to get at the bytes of a member a second time: by unpacking up to it once more.
struct Again {
  let source: any ByteSource
  /// Counted from 1.
  let member: Int
  let budget: ExpansionBudget

  /// - Returns: `nil` if the bytes of the archive are gone.
  func open() throws -> MemberSource? {
    guard let bytes = try source.again() else { return nil }
    let archive = try ArchiveHandle(bytes)
    for _ in 0..<member { guard try archive.next() != nil else { return nil } }
    return MemberSource(archive, budget, again: self)
  }
}

/// Members of an archive by name, for a reader that needs another file to understand its own (Slack's list of users).
/// Each is looked for once.
final class ArchiveSiblings {
  private let source: any ByteSource
  private let budget: ExpansionBudget
  private var found: [String: [UInt8]?] = [:]
  /// A larger one is not read.
  private static let mostBytes = 64 << 20

  init(_ source: any ByteSource, _ budget: ExpansionBudget) {
    self.source = source
    self.budget = budget
  }

  /// - Returns: `nil` if there is none, or the archive cannot be read twice.
  func bytes(of path: String) -> [UInt8]? {
    if let known = found[path] { return known }
    let bytes = try? read(path)
    found[path] = .some(bytes)
    return bytes
  }

  private func read(_ path: String) throws -> [UInt8]? {
    guard let bytes = try source.again() else { return nil }
    let archive = try ArchiveHandle(bytes)
    var number = 0
    while let member = try archive.next() {
      number += 1
      guard member.kind == .file, member.path == path else { continue }
      let again = Again(source: bytes, member: number, budget: budget)
      let data = MemberSource(archive, budget, again: again)
      // The bytes are the source's own: it must outlive the copying.
      defer { withExtendedLifetime(data) {} }
      return [UInt8](try data.whole(limit: Self.mostBytes))
    }
    return nil
  }
}
