/// Who is named by which document: a table of distinct (name, address) pairs, and a list of (pair, role) a document.
/// Lives as long as the segment.
public struct MentionsColumn: Sendable {
  /// nil where nobody is named.
  private let names: StringTable?
  private let addresses: StringTable?
  private let starts: PackedIntegers
  private let ordinals: PackedIntegers
  private let roles: PackedIntegers

  init(
    _ names: StringTable, _ addresses: StringTable, starts: PackedIntegers, _ ordinals: PackedIntegers,
    roles: PackedIntegers
  ) {
    self.names = names
    self.addresses = addresses
    self.starts = starts
    self.ordinals = ordinals
    self.roles = roles
  }

  /// Nobody is named.
  init() {
    names = nil
    addresses = nil
    starts = PackedIntegers(zeros: 0)
    ordinals = PackedIntegers(zeros: 0)
    roles = PackedIntegers(zeros: 0)
  }

  /// The number of distinct (name, address) pairs.
  public var count: UInt32 { UInt32(names?.count ?? 0) }

  /// The name and address of a pair. Pairs are sorted by (name, address) as bytes.
  public func mention(_ ordinal: UInt32) throws(IndexError) -> (name: [UInt8], address: [UInt8]) {
    guard let names, let addresses else { return ([], []) }
    return (try names.value(Int(ordinal)), try addresses.value(Int(ordinal)))
  }

  /// Calls `body` with each (pair, role) of the document, in the order in which the document gave them.
  @inline(__always)
  public func forEach(_ document: DocumentOrdinal, _ body: (_ ordinal: UInt32, _ role: UInt8) -> Void) {
    guard let names else { return }
    for i in PackedIntegers.list(starts, Int(document), within: ordinals.count) {
      let ordinal = ordinals[i]
      guard ordinal >= 0, ordinal < Int64(names.count) else { continue }
      body(UInt32(truncatingIfNeeded: ordinal), UInt8(truncatingIfNeeded: roles[i]))
    }
  }
}
