internal import TextAnalysis

/// The stems of a batch in byte order, and for each the exact forms under it, by code.
///
/// Made once a batch, when all its terms are known: the stemmer runs once for each distinct (language, term).
struct StemTable: ~Copyable {
  struct Form {
    var bytes: UnsafeRawBufferPointer
    var occurrences: UInt64
  }
  struct Stem {
    var bytes: UnsafeRawBufferPointer
    /// The stem's forms are `forms[firstForm ..< firstForm + formCount]`.
    var firstForm: Int
    var formCount: Int
    /// The number of its positions in the batch.
    var occurrences: Int
  }

  private(set) var stems: [Stem] = []
  private(set) var forms: [Form] = []
  /// For each number of the form table: the stem's rank, and the code in the low 16 bits.
  private(set) var places: UnsafeMutablePointer<UInt64>
  /// Stems and folded forms that are not the term's own bytes.
  private let arenas: [ByteArena]

  /// The greatest code that a batch can keep. Terms beyond it (which no real text has) become stems of their own.
  private static let mostForms = 1 << 16

  private struct Item {
    var key: UInt64
    var stem: UnsafeRawBufferPointer
    var form: UnsafeRawBufferPointer
    var id: Int
  }

  /// - Parameter isShared: A second thread takes half of the terms.
  init(_ table: borrowing FormTable, _ stemmer: Stemmer, isShared: Bool = false) {
    places = HugePages.allocate(UInt64.self, capacity: max(1, table.count))
    let count = table.count
    let middle = isShared && count >= Self.leastShared ? count / 2 : count
    let first = Part()
    let second = Part()
    withUnsafePointer(to: table) { table in
      let other = middle < count ? SideThread { second.fill(table, middle..<count, Stemmer()) } : nil
      first.fill(table, 0..<middle, stemmer)
      other?.join()
    }
    arenas = [first.arena, second.arena]
    let items = Self.merged(first.items, second.items)
    forms.reserveCapacity(items.count)
    var start = 0
    while start < items.count {
      var end = start + 1
      while end < items.count, items[end].key == items[start].key, items[end].stem.compare(items[start].stem) == 0 {
        end += 1
      }
      addStem(items[start..<end], table)
      start = end
    }
  }

  deinit { places.deallocate() }

  /// Fewer terms are not worth a thread.
  private static let leastShared = 1 << 12

  /// Some of a table's terms with their stems, sorted.
  private final class Part {
    let arena = ByteArena()
    var items: [Item] = []

    func fill(_ table: UnsafePointer<FormTable>, _ ids: Range<Int>, _ stemmer: Stemmer) {
      items.reserveCapacity(ids.count)
      for id in ids {
        let term = table.pointee.bytes(id)
        let stem = arena.keep(
          stemmer.stem(term, Language(rawValue: table.pointee.entries[id].language)), unless: term)
        let form = arena.keep(stemmer.fold(term), unless: term)
        items.append(Item(key: stem.sortKey, stem: stem, form: form, id: id))
      }
      sort()
    }

    /// Brings each item from where the key came from to where it stands now, cycle by cycle: a second array of items
    /// would be the greatest thing in memory at that moment.
    private func permute(_ keys: inout [KeySort.Key]) {
      for start in keys.indices where keys[start].place != start {
        let first = items[start]
        var to = start
        while keys[to].place != start {
          let from = keys[to].place
          items[to] = items[from]
          keys[to].place = to
          to = from
        }
        items[to] = first
        keys[to].place = to
      }
    }

    /// By keys first; items of one key (stems that begin with the same eight bytes, and all forms of a stem) among
    /// each other.
    private func sort() {
      var keys = items.enumerated().map { KeySort.Key(key: $1.key, place: $0) }
      KeySort.sort(&keys)
      permute(&keys)
      var start = 0
      while start < items.count {
        var end = start + 1
        while end < items.count, items[end].key == items[start].key { end += 1 }
        if end - start > 1 { items[start..<end].sort(by: StemTable.precedes) }
        start = end
      }
    }
  }

  private static func precedes(_ a: Item, _ b: Item) -> Bool {
    if a.key != b.key { return a.key < b.key }
    let order = a.stem.compare(b.stem)
    return order != 0 ? order < 0 : a.form.compare(b.form) < 0
  }

  /// Equal items (one form of several languages) become one form, whichever comes first.
  private static func merged(_ a: [Item], _ b: [Item]) -> [Item] {
    guard !b.isEmpty else { return a }
    var out: [Item] = []
    out.reserveCapacity(a.count + b.count)
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if precedes(b[j], a[i]) {
        out.append(b[j])
        j += 1
      } else {
        out.append(a[i])
        i += 1
      }
    }
    out += a[i...]
    out += b[j...]
    return out
  }

  /// Adds one stem from its items, which are sorted by form; items of one form (of several languages) become one.
  private mutating func addStem(_ items: ArraySlice<Item>, _ table: borrowing FormTable) {
    let rank = stems.count
    let first = forms.count
    if items.count == 1, let item = items.first {
      // Most stems: nothing to count, to sort or to number.
      let occurrences = Int(table.entries[item.id].occurrences)
      forms.append(Form(bytes: item.form, occurrences: UInt64(occurrences)))
      stems.append(Stem(bytes: item.stem, firstForm: first, formCount: 1, occurrences: occurrences))
      places[item.id] = UInt64(rank) << 16
      return
    }
    var total = 0
    /// The index of each item's form among the stem's, before they are numbered.
    var indexes: [Int] = []
    for item in items {
      if forms.count == first || forms[forms.count - 1].bytes.compare(item.form) != 0 {
        forms.append(Form(bytes: item.form, occurrences: 0))
      }
      let occurrences = Int(table.entries[item.id].occurrences)
      forms[forms.count - 1].occurrences += UInt64(occurrences)
      total += occurrences
      indexes.append(forms.count - 1 - first)
    }
    let count = forms.count - first
    precondition(count <= Self.mostForms, "a batch has more forms of one stem than a code can number")
    stems.append(Stem(bytes: items[items.startIndex].stem, firstForm: first, formCount: count, occurrences: total))
    guard count > 1 else {
      for item in items { places[item.id] = UInt64(rank) << 16 }
      return
    }
    // Codes by falling number of positions, then by bytes: the sort is over (occurrences, index), forms are sorted.
    let order = (0..<count).sorted {
      let a = forms[first + $0].occurrences
      let b = forms[first + $1].occurrences
      return a != b ? a > b : $0 < $1
    }
    var codes = [Int](repeating: 0, count: count)
    for (code, index) in order.enumerated() { codes[index] = code }
    for (item, index) in zip(items, indexes) { places[item.id] = UInt64(rank) << 16 | UInt64(codes[index]) }
    let sorted = order.map { forms[first + $0] }
    forms.replaceSubrange(first..., with: sorted)
  }
}

/// Copies of byte strings that stay where they are.
final class ByteArena {
  private var chunks: [UnsafeMutableRawPointer] = []
  private var used = 0
  private var capacity = 0

  deinit { for chunk in chunks { chunk.deallocate() } }

  /// A copy of `bytes`, or `original` where that has the same bytes.
  func keep(_ bytes: UnsafeRawBufferPointer, unless original: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if bytes.baseAddress == original.baseAddress, bytes.count <= original.count {
      return UnsafeRawBufferPointer(rebasing: original[..<bytes.count])
    }
    if bytes.count <= original.count, bytes.elementsEqual(original[..<bytes.count]) {
      return UnsafeRawBufferPointer(rebasing: original[..<bytes.count])
    }
    return keep(bytes)
  }

  func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    if used + bytes.count > capacity {
      capacity = max(1 << 16, bytes.count)
      chunks.append(.allocate(byteCount: capacity, alignment: 16))
      used = 0
    }
    let start = chunks[chunks.count - 1] + used
    if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: bytes.count) }
    used += bytes.count
    return UnsafeRawBufferPointer(start: start, count: bytes.count)
  }
}
