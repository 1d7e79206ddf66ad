import TestSupport
import Testing

@Test func seededNumbersRepeat() {
  var a = SplitMix64(seed: 1)
  var b = SplitMix64(seed: 1)
  #expect(a.next() == b.next())
}
