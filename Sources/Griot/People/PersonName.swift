import TextAnalysis

/// A name taken apart for comparison (expert-finding rules: order, accents, initials, titles, rewriting by lists).
struct PersonName {
  /// As it is shown: given name first, without titles, quotes, `via List`.
  var display: String
  /// In the order of ``display``, in lower case without diacritics, cut at hyphens and dots; apostrophes gone.
  var words: [String]
  /// The spellings of ``words`` joined: without diacritics, and with the letters that German and the Nordic languages
  /// write instead (`jorg hansen`, `joerg hansen`).
  var keys: [String]
  /// A list or a service wrote under its own address in this person's name.
  var isRewritten = false
  /// The name told which part is the family's: `Hansen, Jörg`, `KERBRAT Maëlle`.
  var orderIsKnown = false

  /// - Returns: `nil` for what holds no letter, and for an address in the place of a name.
  init?(_ text: String, _ stemmer: Stemmer) {
    if let plain = Self.plainWords(text) {
      words = plain
      keys = [plain.joined(separator: " ")]
      display = text
      return
    }
    var name = Self.trim(text[...])
    var isRewritten = false
    var orderIsKnown = false
    if name.utf8.contains(0x76) || name.utf8.contains(0x56), let via = Self.range(of: " via ", in: name) {
      name = Self.trim(name[..<via.lowerBound])
      isRewritten = true
    }
    while name.hasSuffix(")"), let open = name.lastIndex(of: "("), open != name.startIndex {
      let inside = name[name.index(after: open)...].dropLast().lowercased()
      if inside.hasPrefix("via ") || inside == "jira" || inside == "code review" || inside == "github" {
        isRewritten = true
      }
      name = Self.trim(name[..<open])
    }
    if name.contains("@") || !name.contains(where: \.isLetter) { return nil }
    var parts = name.split(separator: " ").map(String.init)
    if let comma = parts.firstIndex(where: { $0.hasSuffix(",") }) {
      let behind = parts[(comma + 1)...].filter { !Self.isTitle($0) }
      parts[comma].removeLast()
      if !behind.isEmpty {
        parts = behind + parts[...comma].filter { !$0.isEmpty }
        orderIsKnown = true
      } else {
        parts = Array(parts[...comma])
      }
    }
    let bare = parts.filter { !Self.isTitle($0) }
    if !bare.isEmpty { parts = bare }
    let capitals = parts.map(Self.isCapitals)
    if parts.count >= 2, capitals.contains(true), capitals.contains(false) {
      // `KERBRAT Maëlle`, `Yannick LE GOFF`: capitals mark the family name.
      let family = parts.indices.filter { capitals[$0] }
      let isBlock = family.last! - family.first! + 1 == family.count
      if isBlock, family.contains(where: { parts[$0].count > 2 }), family.first == 0 || family.last == parts.count - 1 {
        parts = parts.indices.filter { !capitals[$0] }.map { parts[$0] } + family.map { Self.titleCase(parts[$0]) }
        orderIsKnown = true
      }
    }
    let words = parts.flatMap { Self.words($0, stemmer, expanding: false) }
    guard !words.isEmpty else { return nil }
    self.words = words
    var keys = [words.joined(separator: " ")]
    if text.unicodeScalars.contains(where: { $0.value >= 0xC4 && Self.expansion($0) != nil }) {
      let expanded = parts.flatMap { Self.words($0, stemmer, expanding: true) }.joined(separator: " ")
      if expanded != keys[0] { keys.append(expanded) }
    }
    self.keys = keys
    self.display = parts.joined(separator: " ")
    self.isRewritten = isRewritten
    self.orderIsKnown = orderIsKnown
  }

  /// The words of a name that nothing has to be done to but lower case: ASCII letters, single blanks, no titles, no
  /// word of capitals. Most names are; what `init` does with them all comes to the same, at ten times the cost.
  private static func plainWords(_ text: String) -> [String]? {
    var words: [String] = []
    var word: [UInt8] = []
    var capitals = 0
    func end() -> Bool {
      guard !word.isEmpty, capitals < 2 || capitals < word.count else { return false }
      let lower = String(decoding: word, as: UTF8.self)
      guard lower != "via", !titles.contains(lower) else { return false }
      words.append(lower)
      word.removeAll(keepingCapacity: true)
      capitals = 0
      return true
    }
    for byte in text.utf8 {
      switch byte {
      case 0x61...0x7A: word.append(byte)
      case 0x41...0x5A:
        word.append(byte | 0x20)
        capitals += 1
      case 0x20: if !end() { return nil }
      default: return nil
      }
    }
    return end() ? words : nil
  }

  /// Whether it can stand for one person: two words that are no initials, or a name in a script without spaces.
  var isFull: Bool {
    let long = words.filter { $0.unicodeScalars.count >= 2 }
    if long.count >= 2 { return true }
    guard let word = long.first, words.count == 1 else { return false }
    let scalars = word.unicodeScalars
    return (2...6).contains(scalars.count)
      && scalars.allSatisfy {
        (0x3040...0x30FF).contains($0.value) || (0x3400...0x9FFF).contains($0.value)
          || (0xAC00...0xD7A3).contains($0.value)
      }
  }

  var first: String { words[0] }
  var last: String { words[words.count - 1] }

  // MARK: Parts

  private static func words(_ part: String, _ stemmer: Stemmer, expanding: Bool) -> [String] {
    var lower = ""
    for scalar in part.unicodeScalars {
      switch scalar {
      // The final sigma is a sigma.
      case "ς":
        lower += "σ"
        continue
      case "'", "’", "‘", "`", "´", "ʼ", "\"": continue
      default: break
      }
      if expanding, let expansion = expansion(scalar) {
        lower += expansion
      } else {
        lower.unicodeScalars.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    let folded = String(decoding: stemmer.fold(Array(lower.utf8)), as: UTF8.self)
    return folded.split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static func expansion(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "ä", "Ä", "æ", "Æ": "ae"
    case "ö", "Ö", "ø", "Ø": "oe"
    case "ü", "Ü": "ue"
    case "å", "Å": "aa"
    default: nil
    }
  }

  private static func isCapitals(_ part: String) -> Bool {
    let letters = part.filter(\.isLetter)
    // `A.-S.` are initials.
    return letters.count >= 2 && !part.contains(".") && letters.allSatisfy(\.isUppercase)
  }

  private static func titleCase(_ part: String) -> String {
    var out = ""
    var isFirst = true
    for character in part {
      out += isFirst ? character.uppercased() : character.lowercased()
      isFirst = !character.isLetter
    }
    return out
  }

  private static func isTitle(_ part: String) -> Bool {
    titles.contains(part.lowercased().filter { $0 != "." && $0 != "," })
  }

  private static let titles: Set<String> = [
    "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "sir", "dame", "jr", "sr", "ii", "iii", "iv", "phd", "md",
    "esq", "dipl-ing", "dipling", "mag", "msc", "bsc", "mba", "herr", "frau", "hr", "mme", "mlle", "ing",
  ]

  private static func trim(_ text: Substring) -> Substring {
    var text = text
    while let first = text.first, isJunk(first) { text.removeFirst() }
    while let last = text.last, isJunk(last) { text.removeLast() }
    return text
  }

  private static func isJunk(_ character: Character) -> Bool {
    switch character {
    case " ", "\"", "'", "“", "”", "„", "<", ">", ",", ";", "*", "_", "\t", "`": true
    default: false
    }
  }

  private static func range(of needle: String, in text: Substring) -> Range<Substring.Index>? {
    let wanted = Array(needle)
    var start = text.startIndex
    while start != text.endIndex {
      var at = start
      var i = 0
      while i < wanted.count, at != text.endIndex, text[at].lowercased() == String(wanted[i]) {
        at = text.index(after: at)
        i += 1
      }
      if i == wanted.count, start != text.startIndex { return start..<at }
      start = text.index(after: start)
    }
    return nil
  }
}
