import TextAnalysis

/// Finds people by their full names in running text: `Patch by Ana Pérez`, `PEREZ Ana`, `Anna van der Berg`.
///
/// Only names of two words and more that mean one person of the memory are found; a lone given name says too little.
struct NameFinder {
  private let names: FullNames
  private let stemmer = Stemmer()

  /// Words of a name at most.
  private static let longest = 4
  /// Written small inside a name.
  private static let particles: Set<String> = [
    "van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "bin", "ibn", "al", "el",
    "y",
    "zu", "ter", "ten",
  ]

  init(_ names: FullNames) { self.names = names }

  struct Found: Equatable {
    var person: Int
    /// In bytes of the text.
    var range: Range<Int>
  }

  /// In order of their places; the longest name at each place. O(text).
  func names(in utf8: UnsafeRawBufferPointer) -> [Found] {
    guard !names.hashes.isEmpty else { return [] }
    var found: [Found] = []
    /// Words that may make a name: one behind the other on a line, beginning with capitals.
    var run: [Range<Int>] = []
    func close() {
      var first = 0
      while first + 1 < run.count {
        let longest = min(Self.longest, run.count - first)
        var taken = 0
        for count in stride(from: longest, through: 2, by: -1) {
          let range = run[first].lowerBound..<run[first + count - 1].upperBound
          let text = String(decoding: UnsafeRawBufferPointer(rebasing: utf8[range]), as: UTF8.self)
          guard let name = PersonName(text, stemmer), let person = names.person(name.keys[0]) else { continue }
          found.append(Found(person: person, range: range))
          taken = count
          break
        }
        first += max(1, taken)
      }
      run.removeAll(keepingCapacity: true)
    }
    var at = 0
    while at < utf8.count {
      guard Self.isLetter(utf8[at]) else {
        // Within a name stand blanks, and the full stop of an initial; anything else ends it.
        if utf8[at] != 0x20, !(utf8[at] == 0x2E && Self.isInitial(run.last, utf8)) { close() }
        at += 1
        continue
      }
      let start = at
      while at < utf8.count, Self.isLetter(utf8[at]) || Self.joins(utf8, at) { at += 1 }
      let word = start..<at
      if Self.isCapital(utf8[start]) {
        run.append(word)
      } else if run.isEmpty || !isParticle(utf8, word) {
        close()
      } else {
        run.append(word)
      }
    }
    close()
    return found
  }

  private func isParticle(_ utf8: UnsafeRawBufferPointer, _ word: Range<Int>) -> Bool {
    word.count <= 5 && Self.particles.contains(String(decoding: utf8[word], as: UTF8.self))
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Letters beyond ASCII may be capitals: the table of names decides.
  private static func isCapital(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x41...0x5A).contains(byte) }

  /// A hyphen or an apostrophe between two letters.
  private static func joins(_ utf8: UnsafeRawBufferPointer, _ at: Int) -> Bool {
    (utf8[at] == 0x2D || utf8[at] == 0x27) && at + 1 < utf8.count && isLetter(utf8[at + 1])
  }

  private static func isInitial(_ word: Range<Int>?, _ utf8: UnsafeRawBufferPointer) -> Bool {
    guard let word else { return false }
    return word.count == 1 || word.count == 2 && utf8[word.lowerBound] >= 0x80
  }
}
