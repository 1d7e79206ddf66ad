/// Finds the forms that a pattern accepts in the forms dictionary of a segment. Prefixes and the literal beginnings of
/// patterns bound the range; what is in the range is tested form by form.
enum FormScan {
  /// Calls `body` with the entries of each accepted form, in byte order.
  /// - Parameters:
  ///   - limit: The most forms to accept.
  ///   - scan: The most forms to look at.
  /// - Returns: false if a limit ended the scan before the range did.
  static func run(
    _ pattern: PatternQuery.Pattern, _ forms: FormDictionary, limit: Int, scan: Int, _ body: ([FormEntry]) -> Void
  ) throws(IndexError) -> Bool {
    let matcher = PatternMatcher(pattern)
    let prefix = matcher.prefix
    var iterator = forms.iterator(from: prefix)
    var accepted = 0
    var seen = 0
    while try iterator.next() {
      let form = iterator.form
      if !form.starts(with: prefix) { return true }
      if seen == scan { return false }
      seen += 1
      if matcher.accepts(form) {
        if accepted == limit { return false }
        accepted += 1
        body(try iterator.entries())
      }
    }
    return true
  }
}
