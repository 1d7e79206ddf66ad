/// Writes forms that come sorted, for a `FormRun` to read: of each the edit from the form before, the edit to its stem,
/// and its code.
struct FormRunWriter {
  private(set) var bytes: [UInt8] = []
  private var last: [UInt8] = []

  mutating func add(_ form: UnsafeRawBufferPointer, stem: UnsafeRawBufferPointer, code: UInt32) {
    last.withUnsafeBytes { bytes.appendEdit(from: $0, to: form) }
    bytes.appendEdit(from: form, to: stem)
    bytes.append(varint: UInt64(code))
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: form)
  }
}

/// Walks sorted forms that a `FormRunWriter` wrote.
struct FormRun {
  private var reader: ByteReader
  private(set) var form: [UInt8] = []
  private(set) var stem: [UInt8] = []
  private(set) var code: UInt32 = 0
  /// Sorts as the form's first eight bytes.
  private var key: UInt64 = 0

  /// `bytes` have to stay where they are.
  private init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes) }

  /// Goes to the next form; false behind the last.
  private mutating func next() -> Bool {
    guard reader.remaining > 0 else { return false }
    guard let (cut, rest) = reader.edit(ofCount: form.count) else { preconditionFailure("a run of forms is cut") }
    form.removeLast(cut)
    form.append(contentsOf: rest)
    guard let (cut, rest) = reader.edit(ofCount: form.count) else { preconditionFailure("a run of forms is cut") }
    stem.removeAll(keepingCapacity: true)
    stem.append(contentsOf: form[..<(form.count - cut)])
    stem.append(contentsOf: rest)
    code = UInt32(reader.varint())
    key = form.withUnsafeBytes { $0.sortKey }
    return true
  }

  /// By form, then by stem: no two entries are equal.
  private static func isBefore(_ a: borrowing FormRun, _ b: borrowing FormRun) -> Bool {
    if a.key != b.key { return a.key < b.key }
    let order = a.form.withUnsafeBytes { a in b.form.withUnsafeBytes { a.compare($0) } }
    return order != 0
      ? order < 0 : a.stem.withUnsafeBytes { a in b.stem.withUnsafeBytes { a.compare($0) } } < 0
  }

  /// Calls `body` with the entries of all runs, sorted. O(n log runs), with a heap of the runs.
  static func merge(
    _ runs: [UnsafeRawBufferPointer],
    _ body: (_ form: UnsafeRawBufferPointer, _ stem: UnsafeRawBufferPointer, _ code: UInt32) -> Void
  ) {
    let walks = UnsafeMutablePointer<FormRun>.allocate(capacity: runs.count)
    defer { walks.deinitialize(count: runs.count).deallocate() }
    var heap: [Int] = []
    for (i, run) in runs.enumerated() {
      (walks + i).initialize(to: FormRun(run))
      if walks[i].next() { heap.append(i) }
    }
    func sift(from place: Int) {
      var place = place
      while true {
        var least = place
        for child in 2 * place + 1...2 * place + 2
        where child < heap.count && isBefore(walks[heap[child]], walks[heap[least]]) { least = child }
        if least == place { return }
        heap.swapAt(place, least)
        place = least
      }
    }
    for place in heap.indices.reversed() { sift(from: place) }
    while let first = heap.first {
      walks[first].form.withUnsafeBytes { form in
        walks[first].stem.withUnsafeBytes { body(form, $0, walks[first].code) }
      }
      if !walks[first].next() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
      }
      sift(from: 0)
    }
  }
}
