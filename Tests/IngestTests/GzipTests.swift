import Documents
import Testing

@testable import Ingest

/// gzip: several members are one file, the check sums are looked at, and what stands in front of damage is kept.
@Suite struct GzipTests {
  private static func lines(_ range: Range<Int>) -> String {
    range.map { "Line \($0) of the log says nothing new.\n" }.joined()
  }

  private static let first = lines(0..<400)
  private static let second = lines(400..<800)

  private static func read(_ bytes: [UInt8], windows: Int? = nil) -> FileRead {
    FileRead(bytes, path: "log.txt.gz", windows: windows)
  }

  private static func text(_ reading: FileRead) -> String {
    reading.documents.map { String(decoding: $0.text, as: UTF8.self) }.joined()
  }

  private static func troubles(_ reading: FileRead) -> [String] {
    reading.failures.map(\.reason) + [reading.error].compactMap { $0 }
  }

  @Test(arguments: [nil, 1, 1000]) func membersInARowAreOneFile(_ windows: Int?) {
    let bytes = ArchiveBuilder.gzip(Array(Self.first.utf8)) + ArchiveBuilder.gzip(Array(Self.second.utf8))
    let whole = Self.read(bytes, windows: windows)
    #expect(Self.troubles(whole) == [])
    #expect(Self.text(whole).contains("Line 0 of") && Self.text(whole).contains("Line 799 of"))
    // Padding of tapes and blocks.
    let padded = Self.read(bytes + [UInt8](repeating: 0, count: 512), windows: windows)
    #expect(Self.troubles(padded) == [])
    #expect(Self.text(padded) == Self.text(whole))
  }

  @Test func wrongCheckSumsAndLengthsAreTold() {
    let bytes = Array(Self.first.utf8)
    for damaged in [
      ArchiveBuilder.gzip(bytes, checksum: 12345), ArchiveBuilder.gzip(bytes, claimedSize: 1),
      ArchiveBuilder.gzip(bytes) + ArchiveBuilder.gzip(Array(Self.second.utf8), checksum: 1),
    ] {
      let reading = Self.read(damaged)
      #expect(Self.troubles(reading).count == 1)
      #expect(Self.troubles(reading).first?.contains("gzip: incorrect") == true)
      // The text was there before its check sum: it is kept.
      #expect(Self.text(reading).contains("Line 399 of"))
    }
    var flipped = ArchiveBuilder.gzip(bytes)
    flipped[5000] ^= 1
    #expect(Self.troubles(Self.read(flipped)).count == 1)
  }

  @Test func whatStandsBeforeACutIsKept() {
    let bytes = ArchiveBuilder.gzip(Array(Self.first.utf8)) + ArchiveBuilder.gzip(Array(Self.second.utf8))
    let firstEnd = ArchiveBuilder.gzip(Array(Self.first.utf8)).count
    for cut in [firstEnd - 9, firstEnd - 1, firstEnd + 5, firstEnd + 3000, bytes.count - 9, bytes.count - 1] {
      let reading = Self.read(Array(bytes.prefix(cut)))
      #expect(Self.troubles(reading).count == 1, "cut at \(cut)")
      #expect(Self.troubles(reading).first?.contains("cut off") == true, "cut at \(cut)")
      #expect(Self.text(reading).contains("Line 390 of"), "cut at \(cut)")
    }
  }
}
