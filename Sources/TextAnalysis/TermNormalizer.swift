import CICU

/// NFKC_Casefold, the form in which terms are compared.
enum TermNormalizer {
  static func normalize(_ utf8: UnsafeRawBufferPointer) -> [UInt8] {
    let source = utf8.assumingMemoryBound(to: UInt8.self).baseAddress
    var capacity = utf8.count * 2 + 16
    while true {
      var needed = 0
      let out = [UInt8](unsafeUninitializedCapacity: capacity) { target, count in
        needed = Int(cicu_nfkc_casefold(source, utf8.count, target.baseAddress, capacity))
        count = max(0, min(needed, capacity))
      }
      if needed <= capacity { return out }
      capacity = needed
    }
  }
}
