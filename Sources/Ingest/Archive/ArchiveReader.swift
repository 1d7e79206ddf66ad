import Documents

/// Archives (zip, tar, 7z, RAR) and compressed files (gzip, bzip2, xz, Zstandard, …), nested as they come: every
/// member is detected and read as a file would be, straight out of the stream.
struct ArchiveReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    var context = context
    context.archiveDepth += 1
    guard context.archiveDepth <= context.limits.archiveNesting else {
      throw ReadError("archives nested deeper than \(context.limits.archiveNesting) levels")
    }
    let budget = context.budget ?? ExpansionBudget(fileBytes: source.byteCount ?? 0, context.limits)
    context.budget = budget
    let bytes = try Self.withIndex(source, context)
    let archive = try ArchiveHandle(bytes)
    context.siblings = ArchiveSiblings(bytes, budget)
    var base: UInt64 = 0
    var number = 0
    while true {
      let member: ArchiveHandle.Member?
      do {
        member = try archive.next()
      } catch {
        // Nothing came of it: the file failed as a whole.
        if number == 0 { throw error }
        let rest = MemberSink(sink, base: base, path: context.member, identity: context.identity)
        return rest.close(failed: "\(error): the members behind the first \(number) are lost")
      }
      guard let member else { break }
      number += 1
      guard number <= context.limits.members else { throw ReadError("over \(context.limits.members) members") }
      if number == 1, archive.isBare, !archive.isFiltered { throw ReadError("damaged: the compression cannot be read") }
      let place = Place(member, number, context, isBare: archive.isBare)
      guard let place else { continue }
      let out = MemberSink(sink, base: base, path: place.context.member, identity: place.context.identity)
      var length = member.size.map { min($0, 1 << 40) } ?? 0
      if let reason = place.failed {
        out.close(failed: reason)
      } else if let reason = place.skipped {
        out.close(skipped: reason)
      } else {
        let again = Again(source: bytes, member: number, budget: budget)
        let data = MemberSource(archive, budget, again: again)
        // Of a member that is damaged at once there is nothing to read, and one line to be said.
        let start = try data.window(from: 0, atLeast: 1)
        if !start.bytes.isEmpty || data.damage == nil { try Self.read(data, place.context, out, budget) }
        if !archive.passesOverFreely { try data.drain { sink.working() } }
        if let damage = data.damage {
          out.close(failed: "cut off or damaged (\(damage)); what came before was read")
        }
        if member.size == nil { length = data.byteCount ?? 0 }
      }
      base = base.capped(plus: max(length, out.end)).capped(plus: 1)
    }
    if archive.isDamaged {
      let rest = MemberSink(sink, base: base, path: context.member, identity: context.identity)
      return rest.close(failed: "damaged archive: headers of members could not be read, what they named is lost")
    }
    if let doubt = archive.doubt {
      let rest = MemberSink(sink, base: base, path: context.member, identity: context.identity)
      return rest.close(failed: "damaged (\(doubt)): its members were read, but may not be what they were")
    }
    if number == 0 {
      let empty = MemberSink(sink, base: 0, path: context.member, identity: context.identity)
      empty.close(skipped: "an archive without members")
    }
  }

  private static func read(
    _ data: MemberSource, _ context: ReadContext, _ sink: MemberSink, _ budget: ExpansionBudget
  ) throws {
    do {
      try MemberReading.read(data, context, into: sink)
    } catch {
      // A bomb is the whole file's business.
      if budget.isSpent { throw error }
      sink.close(failed: "\(error)")
    }
  }

  /// Zip, 7z and RAR keep their index at the end, or are read best with all bytes at hand: one that comes out of a
  /// stream is held in memory if it is small enough.
  private static func withIndex(_ source: any ByteSource, _ context: ReadContext) throws -> any ByteSource {
    guard !source.canGoBack, [.zip, .sevenZip, .rar].contains(context.format) else { return source }
    let limit = context.limits.recordBytes
    let window = try source.window(from: 0, atLeast: limit + 1)
    if window.reachesEnd { return MemorySource(window.bytes) }
    if context.format == .zip { return source }
    throw ReadError("\(context.format.name) of over \(limit >> 20) MiB inside another archive: unpack it first")
  }
}

/// Where a member stands and how it is to be taken.
private struct Place {
  var context: ReadContext
  var failed: String?
  var skipped: String?

  /// - Returns: `nil` for folders.
  init?(_ member: ArchiveHandle.Member, _ number: Int, _ outer: ReadContext, isBare: Bool) {
    if member.kind == .directory { return nil }
    context = outer
    // Records of an archive are passed over by the sink; offsets inside are the member's own.
    context.request.startOffset = 0
    if isBare {
      context.namePath = Self.uncompressed(outer.memberPath)
      return
    }
    let raw = member.path ?? "member-\(number)"
    let parts = raw.replacing("\\", with: "/").split(separator: "/").filter { $0 != "." }
    let path = parts.joined(separator: "/")
    context.member = outer.member.isEmpty ? path : outer.member + "!" + path
    context.namePath = Self.folder(outer.memberPath) + path
    if raw.hasPrefix("/") || parts.contains("..") || path.isEmpty {
      failed = "a path that leads out of the archive"
    } else if member.kind == .link {
      skipped = "a link in an archive (to \(member.target ?? "nowhere")): not followed"
    } else if member.kind == .other {
      skipped = "not a regular file"
    } else if member.isEncrypted {
      failed = "encrypted"
    } else if parts.first == "__MACOSX" || parts.contains(where: { $0.hasPrefix(".") }) {
      skipped = "hidden file"
    }
  }

  /// The archive's name stands for a folder in guesses by name.
  private static func folder(_ path: String) -> String {
    var name = path
    while let cut = suffix(of: name, archives + compressions) { name = cut }
    return name + "/"
  }

  private static func uncompressed(_ path: String) -> String { suffix(of: path, compressions) ?? path }

  private static let archives = [".zip", ".tar", ".7z", ".tgz", ".tbz2", ".tbz", ".txz", ".rar", ".jar"]
  private static let compressions = [".gz", ".bz2", ".xz", ".zst", ".lzma", ".lz4", ".lz", ".z", ".bz"]

  private static func suffix(of path: String, _ suffixes: [String]) -> String? {
    let lower = path.lowercased()
    for suffix in suffixes where lower.hasSuffix(suffix) && lower.utf8.count > suffix.utf8.count {
      return String(path.dropLast(suffix.count))
    }
    return nil
  }
}
