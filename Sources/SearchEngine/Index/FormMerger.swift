/// Joins the forms that several segments have of one stem, and numbers them anew.
struct FormMerger {
  private struct Form {
    var bytes: [UInt8]
    var passages: UInt32
    var documents: UInt32
  }
  private var forms: [Form] = []
  private var ids: [[UInt8]: Int] = [:]
  /// For each source its forms' numbers in `forms`.
  private var sourceIDs: [[Int]] = []
  private var codes: [UInt32] = []

  mutating func begin() {
    forms.removeAll(keepingCapacity: true)
    ids.removeAll(keepingCapacity: true)
    sourceIDs.removeAll(keepingCapacity: true)
  }

  /// Adds the forms of one source, by code. Forms without passages are given a number but not kept.
  mutating func add(_ list: [TermForm]) {
    var numbers: [Int] = []
    numbers.reserveCapacity(list.count)
    for form in list {
      let id: Int
      if let found = ids[form.form] {
        id = found
      } else {
        id = forms.count
        ids[form.form] = id
        forms.append(Form(bytes: form.form, passages: 0, documents: 0))
      }
      forms[id].passages += form.passageFrequency
      forms[id].documents += form.documentFrequency
      numbers.append(id)
    }
    sourceIDs.append(numbers)
  }

  /// Numbers the forms by falling passage frequency, then by bytes; answers them by code.
  mutating func number() -> [TermForm] {
    let order = forms.indices.filter { forms[$0].passages > 0 }.sorted { a, b in
      forms[a].passages != forms[b].passages
        ? forms[a].passages > forms[b].passages : forms[a].bytes.lexicographicallyPrecedes(forms[b].bytes)
    }
    codes = [UInt32](repeating: 0, count: forms.count)
    for (code, id) in order.enumerated() { codes[id] = UInt32(code) }
    return order.enumerated().map { code, id in
      TermForm(
        form: forms[id].bytes, code: UInt32(code), passageFrequency: forms[id].passages,
        documentFrequency: forms[id].documents)
    }
  }

  /// The new codes of a source's forms, by their old codes.
  func newCodes(_ source: Int) -> [UInt32] { sourceIDs[source].map { codes[$0] } }
}
