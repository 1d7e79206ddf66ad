/// One line of a `.griotignore`, or one `--exclude`: the patterns of `.gitignore`.
///
/// `*` and `?` stop at slashes, `**` does not, `[…]` is a class, `\` takes the next byte as it is; a pattern with a
/// slash before its end is anchored at its folder, one without matches a name at any depth; a slash at the end
/// matches folders only; `!` takes back what an earlier line excluded.
/// Source: https://git-scm.com/docs/gitignore
struct GlobPattern: Sendable, Equatable {
  var pattern: [UInt8]
  var isNegated = false
  var foldersOnly = false
  /// Matches the whole path below its folder, not just a name.
  var isAnchored = false

  /// - Returns: `nil` for an empty line or a comment.
  init?(_ line: some Collection<UInt8>) {
    var bytes = Array(line)
    if bytes.last == 0x0D { bytes.removeLast() }
    while let last = bytes.last, last == 0x20 || last == 0x09, bytes.dropLast().last != 0x5C { bytes.removeLast() }
    guard let first = bytes.first, first != 0x23 else { return nil }  // #
    if first == 0x21 {  // !
      isNegated = true
      bytes.removeFirst()
    }
    if bytes.last == 0x2F {
      foldersOnly = true
      bytes.removeLast()
    }
    if bytes.first == 0x2F {
      isAnchored = true
      bytes.removeFirst()
    } else if bytes.contains(0x2F) {
      isAnchored = true
    }
    guard !bytes.isEmpty else { return nil }
    pattern = bytes
  }

  /// - Parameter path: Relative to the folder that the pattern belongs to, without a leading slash.
  func matches(_ path: some Collection<UInt8>, isFolder: Bool) -> Bool {
    if foldersOnly, !isFolder { return false }
    let bytes = Array(path)
    // A pattern may come from a stranger's folder: what takes longer than this matches nothing.
    var steps = 100_000
    if isAnchored { return Self.match(pattern[...], bytes[...], &steps) }
    let name = bytes.lastIndex(of: 0x2F).map { bytes[($0 + 1)...] } ?? bytes[...]
    return Self.match(pattern[...], name, &steps)
  }

  /// Greedy matching with one point of return for `*` (at most quadratic); `**` recurses, hence the budget.
  private static func match(
    _ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, _ steps: inout Int
  ) -> Bool {
    var p = pattern.startIndex
    var t = text.startIndex
    var starPattern = -1
    var starText = -1
    while steps > 0 {
      steps -= 1
      let isStar = p < pattern.endIndex && pattern[p] == 0x2A
      let isDouble = isStar && p + 1 < pattern.endIndex && pattern[p + 1] == 0x2A
      if isDouble, matchDoubleStar(pattern[p...], text[t...], &steps) { return true }
      if isStar, !isDouble {
        starPattern = p + 1
        starText = t
        p += 1
        continue
      }
      if !isDouble, t < text.endIndex, let next = single(pattern, p, text[t]) {
        p = next
        t += 1
        continue
      }
      if t == text.endIndex, p == pattern.endIndex { return true }
      // Let the last star take one byte more, unless that is a slash.
      guard starPattern >= 0, starText < text.endIndex, text[starText] != 0x2F else { return false }
      starText += 1
      t = starText
      p = starPattern
    }
    return false
  }

  private static func matchDoubleStar(
    _ pattern: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>, _ steps: inout Int
  ) -> Bool {
    var rest = pattern.drop { $0 == 0x2A }
    if rest.isEmpty { return true }
    // `**/` also stands for no folder at all.
    if rest.first == 0x2F {
      rest = rest.dropFirst()
      if match(rest, text, &steps) { return true }
      var t = text.startIndex
      while let slash = text[t...].firstIndex(of: 0x2F) {
        t = slash + 1
        if match(rest, text[t...], &steps) { return true }
      }
      return false
    }
    var t = text.startIndex
    while t <= text.endIndex {
      if match(rest, text[t...], &steps) { return true }
      t += 1
    }
    return false
  }

  /// Matches one byte of text against the element of the pattern at `p`: the place behind the element, or `nil`.
  private static func single(_ pattern: ArraySlice<UInt8>, _ p: Int, _ byte: UInt8) -> Int? {
    guard p < pattern.endIndex else { return nil }
    switch pattern[p] {
    case 0x3F: return byte == 0x2F ? nil : p + 1  // ?
    case 0x5C where p + 1 < pattern.endIndex: return pattern[p + 1] == byte ? p + 2 : nil
    case 0x5B:  // [
      guard let (end, isMember) = classMember(pattern, p, byte) else { return byte == 0x5B ? p + 1 : nil }
      return isMember && byte != 0x2F ? end : nil
    default: return pattern[p] == byte ? p + 1 : nil
    }
  }

  private static func classMember(_ pattern: ArraySlice<UInt8>, _ start: Int, _ byte: UInt8) -> (Int, Bool)? {
    var p = start + 1
    let isNegated = p < pattern.endIndex && (pattern[p] == 0x21 || pattern[p] == 0x5E)
    if isNegated { p += 1 }
    var isMember = false
    var isFirst = true
    while p < pattern.endIndex, isFirst || pattern[p] != 0x5D {
      isFirst = false
      if p + 2 < pattern.endIndex, pattern[p + 1] == 0x2D, pattern[p + 2] != 0x5D {
        if pattern[p] <= byte, byte <= pattern[p + 2] { isMember = true }
        p += 3
      } else {
        if pattern[p] == byte { isMember = true }
        p += 1
      }
    }
    guard p < pattern.endIndex else { return nil }
    return (p + 1, isMember != isNegated)
  }
}

/// The patterns that hold in a folder: those of the options, then of every `.griotignore` from the root down.
struct IgnoreRules: Sendable {
  private struct Rule {
    var pattern: GlobPattern
    /// Bytes of the folder's path (with its slash) that precede what the pattern sees.
    var prefix: Int
    var origin: String
  }
  private var rules: [Rule] = []

  init(excludes: [String]) {
    for exclude in excludes {
      if let pattern = GlobPattern(exclude.utf8) {
        rules.append(Rule(pattern: pattern, prefix: 0, origin: "--exclude"))
      }
    }
  }

  /// Adds the lines of a `.griotignore` found in `folder` (relative path, empty for the root).
  mutating func add(_ content: [UInt8], folder: [UInt8]) {
    let name = folder.isEmpty ? ".griotignore" : String(decoding: folder, as: UTF8.self) + "/.griotignore"
    for line in content.split(separator: 0x0A) {
      guard let pattern = GlobPattern(line) else { continue }
      rules.append(Rule(pattern: pattern, prefix: folder.isEmpty ? 0 : folder.count + 1, origin: name))
    }
  }

  /// Who excludes a path: the last rule that matches decides, as in git. `nil` if nobody does.
  func excluder(of path: [UInt8], isFolder: Bool) -> String? {
    for rule in rules.reversed() where rule.pattern.matches(path[rule.prefix...], isFolder: isFolder) {
      return rule.pattern.isNegated ? nil : rule.origin
    }
    return nil
  }
}
