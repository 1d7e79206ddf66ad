import Testing

@testable import GriotCommand

@Suite struct NumberFormatTests {
  @Test func groups() {
    #expect(NumberFormat.grouped(0) == "0")
    #expect(NumberFormat.grouped(999) == "999")
    #expect(NumberFormat.grouped(1000) == "1,000")
    #expect(NumberFormat.grouped(-1_234_567) == "-1,234,567")
    #expect(NumberFormat.grouped(UInt64.max) == "18,446,744,073,709,551,615")
    #expect(NumberFormat.count(1, "document") == "1 document")
    #expect(NumberFormat.count(2, "entry", "entries") == "2 entries")
  }

  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9_949, "9.9 kB"), (9_950, "10 kB"), (999_499, "999 kB"),
    (999_500, "1.0 MB"), (321_000_000, "321 MB"), (5_000_000_000, "5.0 GB"), (Int.max, "9.2 EB"),
  ])
  func sizes(_ bytes: Int, _ text: String) { #expect(NumberFormat.bytes(bytes) == text) }

  @Test(arguments: [
    (0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 00 s"), (185, "3 min 05 s"),
    (3599.6, "1 h 00 min"), (7620, "2 h 07 min"), (Double.infinity, "?"), (-1, "?"),
  ])
  func durations(_ seconds: Double, _ text: String) { #expect(NumberFormat.duration(seconds) == text) }

  @Test func decimals() {
    #expect(NumberFormat.decimal(0.05, 1) == "0.1")
    #expect(NumberFormat.decimal(-0.04, 1) == "0.0")
    #expect(NumberFormat.decimal(-1.25, 1) == "-1.3")
    #expect(NumberFormat.decimal(12.3456, 3) == "12.346")
  }

  @Test func parsesSizes() {
    #expect(NumberFormat.parseBytes("256MB") == 256_000_000)
    #expect(NumberFormat.parseBytes("256 MiB") == 256 << 20)
    #expect(NumberFormat.parseBytes("1.5g") == 1_500_000_000)
    #expect(NumberFormat.parseBytes("4096") == 4096)
    #expect(NumberFormat.parseBytes("4096B") == 4096)
    #expect(NumberFormat.parseBytes("1kib") == 1024)
    for wrong in ["", "MB", "12 parsecs", "-1", "1.2.3", "1e99", "99999999999T", "4i", "٣MB"] {
      #expect(NumberFormat.parseBytes(wrong) == nil, "\(wrong)")
    }
  }
}
