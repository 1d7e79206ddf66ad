import CKernels
import Glibc
import SearchEngine
import TestSupport
import Testing

/// What happens when the disk, the process or the bytes fail: the old commit, the new one, or a named error.
@Suite struct FaultTests {
  private func copy(_ from: String, to: String) throws {
    let source = FileSystemDirectory(from)
    let target = FileSystemDirectory(to)
    for folder in ["segments", "side"] { try target.make(folder) }
    for name in try source.list("") + source.list("segments") + source.list("side") where name != "lock" {
      try write(target, name, try #require(try source.read(name)))
    }
  }

  private func write(_ directory: FileSystemDirectory, _ name: String, _ bytes: [UInt8]) throws {
    let file = try directory.create(name)
    bytes.withUnsafeBytes { buffer in
      do throws(IndexError) { try file.write(buffer) } catch { Issue.record("\(error)") }
    }
    file.close()
  }

  private func files(_ path: String) throws -> [String] {
    let directory = FileSystemDirectory(path)
    return try directory.list("").filter { $0 != "lock" } + directory.list("segments") + directory.list("side")
  }

  private func contents(_ path: String) throws -> [String: [UInt8]] {
    var contents: [String: [UInt8]] = [:]
    for name in try files(path) { contents[name] = try FileSystemDirectory(path).read(name) }
    return contents
  }

  /// Whatever step fails, the commits that were made stand, a check is content, and doing the work again ends with
  /// the bytes of an undisturbed run.
  @Test(arguments: [false, true]) func anyStepCanFail(losesPower: Bool) throws {
    let calm = TemporaryDirectory()
    try SmallIndex.writeFirst(FileSystemDirectory(calm.path))
    let first = try dump(calm.path)
    let start = TemporaryDirectory()
    try copy(calm.path, to: start.path)
    let counter = FaultyDirectory(calm.path)
    try SmallIndex.writeSecond(counter)
    let last = try dump(calm.path)
    let expected = try contents(calm.path)
    #expect(first != last)

    var outcomes: Set<String> = []
    for step in 0..<counter.stepCount {
      let directory = TemporaryDirectory()
      try copy(start.path, to: directory.path)
      let faulty = FaultyDirectory(directory.path, failingAt: step)
      do throws(IndexError) { try SmallIndex.writeSecond(faulty) } catch {
        guard case .io(_, let operation, 28) = error, operation.hasPrefix("fault") else {
          Issue.record("step \(step): \(error)")
          continue
        }
      }
      if losesPower { try faulty.losePower() }
      let reader = try IndexReader.open(directory.path)
      let report = reader.check()
      #expect(report.isSound, "step \(step): \(report.problems)")
      let found = try dump(directory.path)
      outcomes.insert("generation \(reader.generation)")
      if reader.generation == 1 { #expect(found == first, "step \(step)") }
      if reader.generation == 3 { #expect(found == last, "step \(step)") }
      // The work again, from the first commit: a product repeats what was not committed.
      if reader.generation == 1 {
        try SmallIndex.writeSecond(FileSystemDirectory(directory.path))
        #expect(try contents(directory.path) == expected, "step \(step)")
      } else {
        // The next writer removes what was left behind.
        try IndexWriter(directory.path, SmallIndex.configuration).close()
        if reader.generation == 3 { #expect(try contents(directory.path) == expected, "step \(step)") }
      }
    }
    #expect(outcomes == ["generation 1", "generation 2", "generation 3"])
  }

  /// Any byte of any file changed, any file cut at any length: a named error, or the right answer.
  @Test func anyByteCanBeWrong() throws {
    let sound = TemporaryDirectory()
    try SmallIndex.writeFirst(FileSystemDirectory(sound.path))
    try SmallIndex.writeSecond(FileSystemDirectory(sound.path))
    let expected = try dump(sound.path)
    let target = FileSystemDirectory(sound.path)
    // All bits of every byte and every length with GRIOT_LONG_TESTS=1, else a part of them.
    let isLong = getenv("GRIOT_LONG_TESTS") != nil
    let bits = isLong ? 8 : 1
    let stride = isLong ? 1 : 13
    var wrong = 0
    var errors = 0
    for name in try files(sound.path) {
      let bytes = try #require(try target.read(name))
      for i in Swift.stride(from: 0, to: bytes.count, by: stride) {
        for bit in 0..<bits {
          var damaged = bytes
          damaged[i] ^= 1 << UInt8((i + bit) % 8)
          try write(target, name, damaged)
          do throws(IndexError) {
            if try dump(sound.path) != expected { wrong += 1 }
          } catch {
            errors += 1
          }
        }
      }
      for length in Swift.stride(from: 0, to: bytes.count, by: stride) {
        try write(target, name, Array(bytes[..<length]))
        do throws(IndexError) {
          if try dump(sound.path) != expected { wrong += 1 }
        } catch {
          errors += 1
        }
      }
      try write(target, name, bytes)
      #expect(wrong == 0, "\(name): \(wrong) wrong answers")
    }
    #expect(errors > 500)
    #expect(try dump(sound.path) == expected)
  }

  /// A merge writes new checksums: over damaged bytes it has to fail, or what was wrong becomes right.
  @Test func mergesDoNotHideDamage() throws {
    let sound = TemporaryDirectory()
    try SmallIndex.writeFirst(FileSystemDirectory(sound.path))
    func merge(_ path: String) throws(IndexError) -> [String] {
      let writer = try IndexWriter(path, SmallIndex.configuration)
      defer { writer.close() }
      try writer.delete([DocumentKey(high: 7, low: 9)])
      try writer.merge(to: 1)
      try writer.commit()
      return try dump(path)
    }
    let merged = TemporaryDirectory()
    try copy(sound.path, to: merged.path)
    let expected = try merge(merged.path)
    var errors = 0
    for name in try FileSystemDirectory(sound.path).list("segments") {
      let bytes = try #require(try FileSystemDirectory(sound.path).read(name))
      for i in stride(from: 0, to: bytes.count, by: getenv("GRIOT_LONG_TESTS") == nil ? 41 : 1) {
        let damaged = TemporaryDirectory()
        try copy(sound.path, to: damaged.path)
        var wrong = bytes
        wrong[i] ^= 1 << UInt8(i % 8)
        try write(FileSystemDirectory(damaged.path), name, wrong)
        do throws(IndexError) {
          #expect(try merge(damaged.path) == expected, "\(name), byte \(i)")
        } catch {
          errors += 1
        }
      }
    }
    #expect(errors > 50)
  }

  /// The same where the checksums were made to fit: answers may be wrong then, but nothing traps or hangs.
  @Test func hostileBytesNeverTrap() throws {
    let sound = TemporaryDirectory()
    try SmallIndex.writeFirst(FileSystemDirectory(sound.path))
    try SmallIndex.writeSecond(FileSystemDirectory(sound.path))
    let target = FileSystemDirectory(sound.path)
    var random = SplitMix64(seed: 11)
    let isLong = getenv("GRIOT_LONG_TESTS") != nil
    let rounds = isLong ? 30 : 1
    let stride = isLong ? 1 : 7
    var errors = 0
    for name in try target.list("segments") {
      let bytes = try #require(try target.read(name))
      for _ in 0..<rounds {
        for i in Swift.stride(from: 0, to: contentLength(bytes), by: stride) {
          var damaged = bytes
          damaged[i] = UInt8.random(in: 0...255, using: &random)
          if Bool.random(using: &random) { damaged[i] = Bool.random(using: &random) ? 0xFF : 0 }
          reseal(&damaged)
          try write(target, name, damaged)
          do throws(IndexError) { _ = try dump(sound.path) } catch { errors += 1 }
          if i % 4 == 0 { _ = try? IndexReader.open(sound.path).check() }
        }
      }
      try write(target, name, bytes)
    }
    #expect(errors > 100)
  }

  private func contentLength(_ file: [UInt8]) -> Int {
    file.withUnsafeBytes { Int($0.loadUnaligned(fromByteOffset: file.count - 64, as: UInt64.self)) }
  }

  /// Makes the checksums of a file fit its content (FORMAT.md, "Every file").
  private func reseal(_ file: inout [UInt8]) {
    let content = contentLength(file)
    file.withUnsafeMutableBytes { file in
      let pages = (content + 4095) / 4096
      for page in 0..<pages {
        let size = min(4096, content - page * 4096)
        file.storeBytes(
          of: ck_crc32c(0, file.baseAddress! + page * 4096, size), toByteOffset: content + page * 4, as: UInt32.self)
      }
      let groups = (pages + 1023) / 1024
      for group in 0..<groups {
        let size = min(4096, pages * 4 - group * 4096)
        file.storeBytes(
          of: ck_crc32c(0, file.baseAddress! + content + group * 4096, size),
          toByteOffset: content + pages * 4 + group * 4, as: UInt32.self)
      }
      let trailer = file.count - 64
      file.storeBytes(
        of: ck_crc32c(0, file.baseAddress! + content + pages * 4, groups * 4), toByteOffset: trailer + 32,
        as: UInt32.self)
      file.storeBytes(of: ck_crc32c(0, file.baseAddress! + trailer, 56), toByteOffset: trailer + 56, as: UInt32.self)
    }
  }

  @Test func aSecondWriterIsRefused() throws {
    let directory = TemporaryDirectory()
    let writer = try IndexWriter(directory.path, SmallIndex.configuration)
    do throws(IndexError) {
      _ = try IndexWriter(directory.path, SmallIndex.configuration)
      Issue.record("two writers at once")
    } catch .locked(_, let holder) {
      #expect(holder.hasPrefix("process \(getpid()) on "))
    } catch {
      Issue.record("\(error)")
    }
    writer.close()
    try IndexWriter(directory.path, SmallIndex.configuration).close()
  }

  @Test func nothingIsNoMemory() throws {
    let directory = TemporaryDirectory()
    #expect(throws: IndexError.missing(path: directory.path)) { try IndexReader.open(directory.path) }
    #expect(throws: IndexError.missing(path: directory.path + "/no/where")) {
      try IndexReader.open(directory.path + "/no/where")
    }
  }

  @Test func aReaderKeepsItsSnapshot() throws {
    let directory = TemporaryDirectory()
    try SmallIndex.writeFirst(FileSystemDirectory(directory.path))
    let before = try dump(directory.path)
    let reader = try IndexReader.open(directory.path)
    try reader.pin()
    try SmallIndex.writeSecond(FileSystemDirectory(directory.path))
    #expect(try dump(directory.path) != before)
    // The old files are gone, the snapshot is whole.
    #expect(reader.segments.map { $0.documentCount } == [6, 140])
    #expect(try reader.segments[1].terms().lookup(Array("pump".utf8)) != nil)
    #expect(try reader.segments[1].stored(3) == Array("frame 3 of 140".utf8))
    let next = try #require(try reader.refreshed())
    #expect(next.generation == 3)
    #expect(try next.refreshed() == nil)
    // One that was not pinned says so.
    let unpinned = try IndexReader.open(directory.path)
    let writer = try IndexWriter(directory.path, SmallIndex.configuration)
    try writer.merge(to: 1)
    try writer.commit()
    #expect(throws: IndexError.self) { try unpinned.segments[0].terms() }
    #expect(try #require(try unpinned.refreshed()).segments.count == 1)
  }
}
