/// What stands under a heading, behind a label or in a column of a table, as its name tells.
enum SectionRole: UInt8, Sendable {
  case worked, failed, cause, recommendation
  /// Something learned; which type it is, its sentences tell.
  case lesson
  /// What happened: context of lessons, none itself.
  case event

  /// The type that the name fixes.
  var type: LessonType? {
    switch self {
    case .worked: .worked
    case .failed: .failed
    case .cause: .cause
    case .recommendation: .recommendation
    case .lesson, .event: nil
    }
  }
}

/// Reads names of sections: `3. Lessons learned:`, `WHAT WENT WELL`, `✅ Ce qui a marché`, `Ursachen [Bearbeiten]`.
struct SectionNames: Sendable {
  static let standard = SectionNames()

  private let exact: [String: SectionRole]
  /// Of several words: they may stand inside a longer name (“Lessons learned from the move”).
  private let contained: [(words: [Substring], role: SectionRole)]
  /// Indices in `contained` by their first word.
  private let containedByFirst: [Substring: [Int]]
  /// Names that stand over anything in documents that are about something else.
  private let weak: Set<String>
  /// Names longer than this are sentences.
  private static let longest = 72
  /// What the names of `exact` and of `contained` begin with.
  private let beginnings: WordFilter
  private let containedBeginnings: WordFilter

  init() {
    var beginnings = WordFilter()
    var containedBeginnings = WordFilter()
    var exact: [String: SectionRole] = [:]
    var contained: [(words: [Substring], role: SectionRole)] = []
    for (role, lines) in Self.table {
      for line in lines.split(separator: "\n") {
        for name in line.split(separator: "|") {
          let name = Self.normalize(name.utf8)
          exact[name] = role
          let words = name.split(separator: " ")
          if let first = words.first(where: { !$0.utf8.allSatisfy(Self.isDigit) }) { beginnings.insert(first.utf8) }
          guard words.count > 1 || name.utf8.count >= 12 else { continue }
          contained.append((words, role))
          containedBeginnings.insert(words[0].utf8)
        }
      }
    }
    self.exact = exact
    weak = Set(Self.weakNames.split(separator: "|").map { Self.normalize($0.utf8) })
    // The longest name wins, whatever the order of the table.
    let sorted = contained.sorted { $0.words.count > $1.words.count }
    self.contained = sorted
    containedByFirst = Dictionary(grouping: sorted.indices) { sorted[$0].words[0] }
    self.beginnings = beginnings
    self.containedBeginnings = containedBeginnings
  }

  /// - Parameters:
  ///   - name: UTF-8 of a heading.
  ///   - isLesson: Whether the document is about something learned, so that names count that say little elsewhere.
  func role(heading name: some Collection<UInt8>, isLesson: Bool) -> SectionRole? {
    guard name.count <= 2 * Self.longest, mayBeHeading(name) else { return nil }
    let name = Self.normalize(name)
    if let role = exact[name] { return isLesson || !weak.contains(name) ? role : nil }
    let words = name.split(separator: " ")
    guard words.count <= 9 else { return nil }
    var best: Int?
    for start in words.indices {
      for index in containedByFirst[words[start]] ?? []
      where index < best ?? .max && words[start...].starts(with: contained[index].words) {
        best = index
      }
    }
    return best.map { contained[$0].role }
  }

  /// The same for a label in running text, which has to be the whole name.
  func role(label name: some Collection<UInt8>, isLesson: Bool) -> SectionRole? {
    guard name.count <= Self.longest, mayBeLabel(name) else { return nil }
    let name = Self.normalize(name)
    if let role = exact[name] { return isLesson || !weak.contains(name) ? role : nil }
    // “Recommendation 3”, “Lesson #2”, “1st lesson”: the number is no part of the name.
    let words = name.split(separator: " ")
    guard words.count == 2, let number = words.firstIndex(where: { $0.utf8.allSatisfy(Self.isDigit) }) else {
      return nil
    }
    return exact[String(words[1 - number])]
  }

  /// Whether the first word that is no number begins a name. Nearly every line of every text is asked, so its bytes are
  /// looked at before anything is decoded; what is not ASCII may be anything.
  private func mayBeLabel(_ name: some Collection<UInt8>) -> Bool {
    var scanner = WordScanner(name)
    while let word = scanner.next() {
      guard let hash = word.hash else { return true }
      if !word.isNumber { return beginnings.contains(hash) }
    }
    return false
  }

  /// The same for a name that may also hold one.
  private func mayBeHeading(_ name: some Collection<UInt8>) -> Bool {
    var scanner = WordScanner(name)
    var isFirst = true
    while let word = scanner.next() {
      guard let hash = word.hash else { return true }
      if containedBeginnings.contains(hash) || isFirst && !word.isNumber && beginnings.contains(hash) { return true }
      if !word.isNumber { isFirst = false }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Letters and digits; tables of Unicode are asked about nothing that bytes tell.
  private static func isOfWord(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else { return scalar.properties.isAlphabetic || scalar.properties.numericType != nil }
    let byte = UInt8(truncatingIfNeeded: scalar.value)
    return (byte | 0x20) &- 0x61 < 26 || isDigit(byte)
  }

  /// In lower case, words of letters and digits parted by single blanks; without a number in front, what stands in
  /// square brackets (`[edit]`) and punctuation at both ends.
  static func normalize(_ name: some Collection<UInt8>) -> String {
    var words: [String] = []
    var word = ""
    var depth = 0
    for scalar in String(decoding: name, as: UTF8.self).lowercased().unicodeScalars {
      if scalar == "[" { depth += 1 }
      if depth == 0, isOfWord(scalar) {
        word.unicodeScalars.append(scalar)
      } else if !word.isEmpty,
        scalar.isASCII || scalar.properties.canonicalCombiningClass == .notReordered
      {
        words.append(word)
        word = ""
      }
      if scalar == "]", depth > 0 { depth -= 1 }
    }
    if !word.isEmpty { words.append(word) }
    // `2.1 Lessons` loses its number, `5 whys` keeps it by being in the table with it.
    while words.count > 1, words[0].utf8.allSatisfy(isDigit), words[1] != "whys" { words.removeFirst() }
    return words.joined(separator: " ")
  }
}
