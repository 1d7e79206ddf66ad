/// The sorted dictionary of the exact forms of one segment. Prefix, wildcard, fuzzy and regular expressions and
/// "did you mean" run on it. Obtained from `SegmentReader.forms()`; lives as long as the segment.
///
/// Forms that are the only form of a stem of the same bytes stand only in the dictionary of stems: the iterator
/// merges the two.
public struct FormDictionary: Sendable {
  let terms: TermDictionary
  let index: KeyBlockIndex

  init(_ terms: TermDictionary) throws(IndexError) {
    self.terms = terms
    index = try KeyBlockIndex(terms.file, index: "FIDX", blocks: "FBLK")
  }

  /// The stems that a form stands for, with code and frequencies, by stem; empty where the segment does not hold the
  /// form.
  public func lookup(_ form: [UInt8]) throws(IndexError) -> [FormEntry] {
    var entries: [FormEntry] = []
    var stored = StoredFormIterator(self)
    if try stored.seek(form) {
      while stored.form == form {
        entries.append(try stored.entry())
        guard try stored.next() else { break }
      }
    }
    if let term = try terms.lookup(form), term.hasTrivialForm {
      let entry = FormEntry(
        stem: form, code: 0, passageFrequency: term.passageFrequency, documentFrequency: term.documentFrequency)
      entries.insert(
        entry, at: entries.firstIndex { $0.stem.lexicographicallyPrecedes(form) == false } ?? entries.count)
    }
    return entries
  }

  /// The stems that a form stands for, by stem. Half the work of ``lookup(_:)``: frequencies are not read.
  public func stems(_ form: [UInt8]) throws(IndexError) -> [[UInt8]] {
    var stems: [[UInt8]] = []
    var stored = StoredFormIterator(self)
    if try stored.seek(form) {
      while stored.form == form {
        stems.append(stored.stem)
        guard try stored.next() else { break }
      }
    }
    if !stems.contains(form), let term = try terms.lookup(form), term.hasTrivialForm {
      stems.insert(form, at: stems.firstIndex { !$0.lexicographicallyPrecedes(form) } ?? stems.count)
    }
    return stems
  }

  /// All forms from the first one that is not below `start`, in byte order.
  public func iterator(from start: [UInt8] = []) -> FormIterator { FormIterator(self, from: start) }
}

/// Walks the forms of a segment in byte order; `seek` jumps forward, so that an automaton can skip dead ranges.
public struct FormIterator: ~Copyable {
  private let dictionary: FormDictionary
  private var stored: StoredFormIterator
  private var terms: TermIterator
  private var hasStored = false
  private var hasTerm = false
  private var started = false
  private var start: [UInt8]

  /// The current form. Valid after `next()` or `seek(_:)` answered true.
  public private(set) var form: [UInt8] = []

  init(_ dictionary: FormDictionary, from start: [UInt8]) {
    self.dictionary = dictionary
    self.start = start
    stored = StoredFormIterator(dictionary)
    terms = dictionary.terms.iterator()
  }

  /// The entries of the current form (one, but for forms that two languages stem differently).
  /// A few lookups dearer than `form`: ask it only of forms that match.
  public func entries() throws(IndexError) -> [FormEntry] { try dictionary.lookup(form) }

  /// Goes to the next form; false behind the last.
  public mutating func next() throws(IndexError) -> Bool {
    guard started else { return try seek(start) }
    while hasStored, stored.form == form { hasStored = try stored.next() }
    if hasTerm, terms.termBytes.elementsEqual(form) { try nextTrivialTerm() }
    return take()
  }

  /// Goes to the first form that is not below `target`. Forward only: a target below the current form stays there.
  public mutating func seek(_ target: [UInt8]) throws(IndexError) -> Bool {
    if !started {
      started = true
      hasStored = try stored.seek(target)
      hasTerm = try terms.seek(target)
    } else {
      if hasStored, stored.form.lexicographicallyPrecedes(target) { hasStored = try stored.seek(target) }
      if hasTerm, target.withUnsafeBytes({ terms.termBytes.compare($0) }) < 0 { hasTerm = try terms.seek(target) }
    }
    if hasTerm, !terms.hasTrivialForm { try nextTrivialTerm() }
    return take()
  }

  private mutating func nextTrivialTerm() throws(IndexError) {
    repeat { hasTerm = try terms.next() } while hasTerm && !terms.hasTrivialForm
  }

  private mutating func take() -> Bool {
    if hasStored, !hasTerm || stored.form.withUnsafeBytes({ terms.termBytes.compare($0) }) >= 0 {
      form = stored.form
    } else if hasTerm {
      form = terms.term
    } else {
      return false
    }
    return true
  }
}

/// Walks the stored entries of the dictionary of forms: (form, stem) in byte order.
struct StoredFormIterator {
  private let dictionary: FormDictionary
  private var block = -1
  private var keys: KeyReader?
  private var tail = ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
  private(set) var form: [UInt8] = []
  /// The stem as an edit of the form: a search steps over many that it does not want.
  private var edit: (cut: Int, rest: UnsafeRawBufferPointer) = (0, UnsafeRawBufferPointer(start: nil, count: 0))
  var stem: [UInt8] { form.dropLast(edit.cut) + [UInt8](edit.rest) }
  private(set) var code: UInt32 = 0

  init(_ dictionary: FormDictionary) { self.dictionary = dictionary }

  /// The current entry with its frequencies, which stand with the stem.
  func entry() throws(IndexError) -> FormEntry {
    let terms = dictionary.terms
    let stem = stem
    guard let term = try terms.lookup(stem), code < term.formCount else {
      throw terms.file.corrupt(0, "the dictionary of forms names a stem or a form that is not there")
    }
    let form = try terms.forms(of: term, stem: stem)[Int(code)]
    guard form.form == self.form else {
      throw terms.file.corrupt(0, "a form and its stem name different forms")
    }
    return FormEntry(
      stem: stem, code: code, passageFrequency: form.passageFrequency, documentFrequency: form.documentFrequency)
  }

  mutating func next() throws(IndexError) -> Bool {
    if block < 0 { guard try open(0) else { return false } }
    return try step()
  }

  mutating func seek(_ target: [UInt8]) throws(IndexError) -> Bool {
    if block >= 0, keys == nil { return false }
    let below: Result<Int, IndexError> = target.withUnsafeBytes { bytes in
      // Not those equal to it: entries of one form may begin in the block before.
      do throws(IndexError) { return .success(try dictionary.index.blocks(below: bytes, orEqual: false)) } catch {
        return .failure(error)
      }
    }
    let wanted = max(0, try below.get() - 1)
    if wanted > block {
      guard try open(wanted), try step() else { return false }
    }
    while form.withUnsafeBytes({ form in target.withUnsafeBytes { form.compare($0) } }) < 0 {
      guard try step() else { return false }
    }
    return true
  }

  private mutating func open(_ number: Int) throws(IndexError) -> Bool {
    block = number
    keys = nil
    form = []
    guard number < dictionary.index.count else { return false }
    let reader = try KeyReader(try dictionary.index.block(number), dictionary.index.corrupt(number))
    tail = ByteReader(reader.tail)
    keys = reader
    return true
  }

  private mutating func step() throws(IndexError) -> Bool {
    guard keys != nil else { return false }
    while !keys!.next() {
      if keys!.left > 0 { throw dictionary.index.corrupt(block) }
      guard try open(block + 1) else { return false }
    }
    form.removeSubrange(keys!.shared...)
    form.append(contentsOf: keys!.rest)
    guard let edit = tail.edit(ofCount: form.count) else { throw dictionary.index.corrupt(block) }
    self.edit = edit
    code = tail.varint32()
    if tail.failed { throw dictionary.index.corrupt(block) }
    return true
  }
}
