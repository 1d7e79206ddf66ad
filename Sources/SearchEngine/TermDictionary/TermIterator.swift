/// Walks the stems of a segment in byte order.
public struct TermIterator: ~Copyable {
  private let dictionary: TermDictionary
  private let start: [UInt8]
  private var block = -1
  private var keys: KeyReader?
  private var infos: TermInfoReader?
  private var place = 0
  private var pending = 0
  private let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: TermLayout.longest)
  private var count = 0
  private var current = TermInfo()
  private var flags: UInt64 = 0

  init(_ dictionary: TermDictionary, from start: [UInt8]) {
    self.dictionary = dictionary
    self.start = start
  }

  deinit { bytes.deallocate() }

  /// The current stem, copied. Valid after `next()` answered true.
  public var term: [UInt8] { [UInt8](termBytes) }

  /// The current stem, in the iterator's memory.
  var termBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: bytes, count: count) }

  /// Whether the current stem's only form is the stem itself. Cheaper than `info()`.
  var hasTrivialForm: Bool { flags >> UInt64(place - 1) & 1 == 0 }

  /// The current stem's numbers.
  public mutating func info() throws(IndexError) -> TermInfo {
    if infos == nil {
      guard let keys else { return current }
      infos = try TermInfoReader(dictionary, block: block, keys.tail, keys.flags)
      pending = place
    }
    if pending > 0 {
      try infos!.skip(pending - 1)
      try infos!.next(&current)
      pending = 0
    }
    current.ordinal = UInt64(block * TermLayout.block + place - 1)
    return current
  }

  /// Goes to the next stem; false behind the last.
  public mutating func next() throws(IndexError) -> Bool {
    if block < 0 { return try seek(start) }
    return try step()
  }

  /// Goes to the first stem that is not below `target`. Forward only.
  public mutating func seek(_ target: [UInt8]) throws(IndexError) -> Bool {
    if block >= 0, keys == nil { return false }
    var wanted = 0
    if !target.isEmpty {
      let below: Result<Int, IndexError> = target.withUnsafeBytes { bytes in
        do throws(IndexError) { return .success(try dictionary.index.blocks(below: bytes, orEqual: true)) } catch {
          return .failure(error)
        }
      }
      wanted = max(0, try below.get() - 1)
    }
    if wanted > block {
      guard try open(wanted) else { return false }
      guard try step() else { return false }
    }
    while target.withUnsafeBytes({ termBytes.compare($0) }) < 0 {
      guard try step() else { return false }
    }
    return true
  }

  private mutating func open(_ number: Int) throws(IndexError) -> Bool {
    block = number
    keys = nil
    infos = nil
    place = 0
    pending = 0
    count = 0
    guard number < dictionary.index.count else { return false }
    let reader = try KeyReader(try dictionary.index.block(number), dictionary.index.corrupt(number))
    flags = reader.flags
    keys = reader
    return true
  }

  private mutating func step() throws(IndexError) -> Bool {
    guard keys != nil else { return false }
    while !keys!.next() {
      if keys!.left > 0 { throw dictionary.index.corrupt(block) }
      guard try open(block + 1) else { return false }
    }
    let shared = keys!.shared
    let rest = keys!.rest
    if let from = rest.baseAddress {
      UnsafeMutableRawPointer(bytes + shared).copyMemory(from: from, byteCount: rest.count)
    }
    count = shared + rest.count
    place += 1
    pending += 1
    return true
  }
}
