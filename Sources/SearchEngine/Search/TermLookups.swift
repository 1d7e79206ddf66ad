/// Looks terms up in all segments of an index. One that remembers serves thousands of queries of one thread (saved
/// searches), which ask for the same words again and again.
public final class TermLookups {
  let dictionaries: [TermDictionary]
  let forms: [FormDictionary]
  private let remembers: Bool
  private var slots: [TermMatch: TermSlot] = [:]
  /// Whether a stem stands in a segment from `firstSegment` on.
  private var held: [[UInt8]: Bool] = [:]
  private var firstSegment = 0

  /// Terms beyond this many are forgotten altogether.
  private static let most = 1 << 14

  /// - Throws: `.corrupt` where a dictionary is damaged.
  public convenience init(_ reader: IndexReader) throws(IndexError) { try self.init(reader, remembering: true) }

  init(_ reader: IndexReader, remembering: Bool) throws(IndexError) {
    remembers = remembering
    var dictionaries: [TermDictionary] = []
    var forms: [FormDictionary] = []
    for segment in reader.segments {
      dictionaries.append(try segment.terms())
      forms.append(try segment.forms())
    }
    self.dictionaries = dictionaries
    self.forms = forms
  }

  /// Whether a segment from `first` on holds any of the stems.
  func holds(_ alternatives: [TermMatch], from first: Int) throws(IndexError) -> Bool {
    if first != firstSegment || held.count >= Self.most {
      firstSegment = first
      held.removeAll()
    }
    for match in alternatives where try holds(match.stem) { return true }
    return false
  }

  private func holds(_ stem: [UInt8]) throws(IndexError) -> Bool {
    if remembers, let known = held[stem] { return known }
    var found = false
    for dictionary in dictionaries.dropFirst(firstSegment) where try dictionary.lookup(stem) != nil {
      found = true
      break
    }
    if remembers { held[stem] = found }
    return found
  }

  /// Where a term stands and in how many passages.
  func slot(_ match: TermMatch) throws(IndexError) -> TermSlot {
    guard remembers else { return try look(up: match) }
    if let known = slots[match] { return known }
    let slot = try look(up: match)
    if slots.count >= Self.most { slots.removeAll() }
    slots[match] = slot
    return slot
  }

  private func look(up match: TermMatch) throws(IndexError) -> TermSlot {
    var slot = TermSlot(isLookedUp: true)
    for index in dictionaries.indices {
      guard let info = try dictionaries[index].lookup(match.stem) else {
        slot.segments.append(nil)
        continue
      }
      guard let form = match.form else {
        slot.segments.append(SegmentTerm(info: info, code: nil))
        slot.passageFrequency += UInt64(info.passageFrequency)
        continue
      }
      guard let entry = try forms[index].lookup(form).first(where: { $0.stem == match.stem }) else {
        slot.segments.append(nil)
        continue
      }
      slot.segments.append(SegmentTerm(info: info, code: info.formCount == 1 ? nil : entry.code))
      slot.passageFrequency += UInt64(entry.passageFrequency)
    }
    return slot
  }
}
