/// Walker's alias method in Vose's form (1991): one random number and one look-up per draw, whatever the distribution.
struct AliasTable {
  /// Threshold (upper 32 bits) and alias (lower 32 bits) of each outcome.
  private let cells: [UInt64]

  init(_ weights: [Double]) {
    precondition(!weights.isEmpty && weights.count < 1 << 31, "a table needs between one and 2^31 outcomes")
    let n = weights.count
    let scale = Double(n) / weights.reduce(0, +)
    var share = weights.map { $0 * scale }
    var small: [Int] = []
    var large: [Int] = []
    for (index, value) in share.enumerated() {
      if value < 1 { small.append(index) } else { large.append(index) }
    }
    var cells = [UInt64](repeating: 0, count: n)
    while let less = small.last, let more = large.last {
      small.removeLast()
      cells[less] = Self.cell(threshold: share[less], alias: more)
      share[more] -= 1 - share[less]
      if share[more] < 1 {
        large.removeLast()
        small.append(more)
      }
    }
    // What is left differs from 1 by rounding only.
    for index in small + large { cells[index] = Self.cell(threshold: 1, alias: index) }
    self.cells = cells
  }

  private static func cell(threshold: Double, alias: Int) -> UInt64 {
    UInt64(min(max(threshold, 0), 1) * 4_294_967_295) &<< 32 | UInt64(alias)
  }

  @inline(__always)
  func draw(_ random: inout SplitMix64) -> Int {
    // The high half of the product chooses the cell, the fraction that is left decides inside it.
    let product = random.next().multipliedFullWidth(by: UInt64(cells.count))
    let cell = cells[Int(truncatingIfNeeded: product.high)]
    return product.low &>> 32 <= cell &>> 32
      ? Int(truncatingIfNeeded: product.high) : Int(truncatingIfNeeded: cell & 0xFFFF_FFFF)
  }
}
