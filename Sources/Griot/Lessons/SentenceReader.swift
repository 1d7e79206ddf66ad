internal import CKernels

/// Reads one sentence after the other for ``LessonModel``: counts cues and shapes of words, allocates nothing.
/// One per thread. O(bytes).
struct SentenceReader {
  /// What a sentence consists of.
  struct Reading {
    /// Words by cue.
    var counts = SIMD32<Int32>(repeating: 0)
    /// Cues of the first word.
    var first: UInt32 = 0
    var words: Int32 = 0
    /// Behind “and”, a comma, a colon, a semicolon.
    var innerImperatives: Int32 = 0
    var capitalized: Int32 = 0
    var acronyms: Int32 = 0
    var numbers: Int32 = 0
    var years: Int32 = 0
    var endingInED: Int32 = 0
    var endingInS: Int32 = 0
    var firstEndsInS = false
    var firstEndsInING = false
    var parentheses: Int32 = 0
    var quotes: Int32 = 0
    var colons: Int32 = 0
    var semicolons: Int32 = 0
    var isEnumerated = false
    var endsAsSentence = false
    var isQuestion = false
    /// Sum of the weights of the distinct words.
    var weight: Float = 0

    subscript(cue: LessonCue) -> Int { Int(counts[cue.rawValue]) }
    func begins(with cue: LessonCue) -> Bool { first & cue.bit != 0 }
  }

  private let lexicon: CueLexicon
  private(set) var reading = Reading()
  /// The last sentence that held the word of a number.
  private var seen: [Int32]
  private var sentence: Int32 = 0
  private let and: UInt64

  init(_ language: LessonLanguage) {
    lexicon = LessonLanguage.lexicons[language.rawValue]
    seen = [Int32](repeating: 0, count: Int(lexicon.count) + 1)
    let words = ["and", "und", "et", "y"]
    and = CueLexicon.hash(words[language.rawValue].utf8)
  }

  private struct Word {
    var hash: UInt64
    var cues: UInt32
  }

  /// Reads a sentence.
  ///
  /// - Parameter sentence: Of the text that `runs` is about.
  mutating func read(_ runs: TextRuns, _ range: Range<Int>) {
    let text = UnsafeRawBufferPointer(rebasing: runs.text[range])
    // Words of ASCII letters are runs, whose hashes are known.
    var run = runs.runs + runs.seek(range.lowerBound, to: range.upperBound)
    let lastRun = runs.runs + runs.count
    sentence += 1
    reading = Reading()
    var i = Self.leadIn(text)
    reading.isEnumerated = i > 0
    var previous = Word(hash: 0, cues: 0)
    var beforePrevious = Word(hash: 0, cues: 0)
    var opensClause = false
    while i < text.count {
      let byte = text[i]
      let kind = Self.kind(byte)
      switch kind {
      case .letter:
        let isUpper = byte < 0x60 && byte >= 0x41
        let place = range.lowerBound + i
        while run < lastRun, Int(run.pointee.end) <= place { run += 1 }
        let runEnd = Int(run.pointee.end) - range.lowerBound
        if run.pointee.flags == 0, Int(run.pointee.start) == place,
          runEnd < text.count ? text[runEnd] != 0x27 : runEnd == text.count
        {
          let hash = run.pointee.hash | 1
          let isAcronym = isUpper && runEnd - i > 1 && text[i..<runEnd].allSatisfy { $0 & 0x20 == 0 }
          word(text, i..<runEnd, hash, isUpper: isUpper, isAcronym: isAcronym, &previous, &beforePrevious, opensClause)
          opensClause = hash == and
          i = runEnd
          continue
        }
        // A word with an apostrophe, a digit or letters beyond ASCII, byte by byte.
        var end = i
        var hash = CueLexicon.start
        var upper = 0
        while end < text.count {
          let b = text[end]
          let folded = b | 0x20
          if folded &- 0x61 < 26 {
            // Nearly all bytes of nearly all words.
            upper &+= Int((b >> 5 & 1) ^ 1)
            hash = CueLexicon.add(folded, to: hash)
            end &+= 1
            continue
          }
          let k = Self.kind(b)
          if k == .letter {
            if Self.isPunctuation(text, end) {
              guard end > i, Self.isApostrophe(text, end) else { break }
              hash = CueLexicon.add(0x27, to: hash)
              end += 3
              continue
            }
            hash = CueLexicon.add(Self.lowered(text, end), to: hash)
          } else if k == .apostrophe, end > i, end + 1 < text.count, Self.kind(text[end + 1]) == .letter {
            hash = CueLexicon.add(0x27, to: hash)
          } else {
            break
          }
          end += 1
        }
        if end == i {
          // A dash, a quotation mark, an ellipsis of several bytes.
          if Self.isQuote(text, i) { reading.quotes += 1 }
          opensClause = true
          i += Self.length(byte)
          continue
        }
        hash |= 1
        let isAcronym = upper > 1 && upper == end - i
        word(text, i..<end, hash, isUpper: isUpper, isAcronym: isAcronym, &previous, &beforePrevious, opensClause)
        opensClause = hash == and
        i = end
      case .digit:
        let start = i
        while i < text.count, Self.kind(text[i]) == .digit || text[i] == 0x2E || text[i] == 0x2C { i += 1 }
        while i > start + 1, text[i - 1] == 0x2E || text[i - 1] == 0x2C { i -= 1 }
        reading.numbers += 1
        if i - start == 4,
          text[start] == 0x31 && text[start + 1] == 0x39 || text[start] == 0x32 && text[start + 1] == 0x30
        {
          reading.years += 1
        }
        opensClause = false
      case .space: i += 1
      default:
        switch byte {
        case 0x28: reading.parentheses += 1
        case 0x22: reading.quotes += 1
        case 0x3A: reading.colons += 1
        case 0x3B: reading.semicolons += 1
        default: break
        }
        opensClause = byte == 0x2C || byte == 0x3A || byte == 0x3B
        i += 1
      }
    }
    var last = text.count - 1
    while last > 0, text[last] <= 0x20 || text[last] == 0x22 || text[last] == 0x29 { last -= 1 }
    if last >= 0 {
      reading.isQuestion = text[last] == 0x3F
      reading.endsAsSentence = text[last] == 0x2E || text[last] == 0x21 || reading.isQuestion
    }
  }

  @inline(__always)
  private mutating func word(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ hash: UInt64, isUpper: Bool, isAcronym: Bool,
    _ previous: inout Word, _ beforePrevious: inout Word, _ opensClause: Bool
  ) {
    let isFirst = reading.words == 0
    reading.words += 1
    let entry = lexicon[hash]
    var cues: UInt32 = 0
    if let entry {
      cues = entry.cues
      if entry.weight != 0, seen[Int(entry.number)] != sentence {
        seen[Int(entry.number)] = sentence
        reading.weight += entry.weight
      }
    }
    var all = cues
    if previous.cues & CueLexicon.startsPhrase != 0, let phrase = lexicon[CueLexicon.pair(previous.hash, hash)] {
      all |= phrase.cues
    }
    if beforePrevious.cues & CueLexicon.startsPhrase != 0,
      let phrase = lexicon[CueLexicon.pair(CueLexicon.pair(beforePrevious.hash, previous.hash), hash)]
    {
      all |= phrase.cues
    }
    var rest = all & ~CueLexicon.startsPhrase
    while rest != 0 {
      reading.counts[rest.trailingZeroBitCount] += 1
      rest &= rest - 1
    }
    let last = text[range.upperBound - 1] | 0x20
    let count = range.count
    if isFirst {
      reading.first = cues
      if let entry = lexicon[CueLexicon.first(hash)] { reading.weight += entry.weight }
      reading.firstEndsInS = count >= 4 && last == 0x73
      reading.firstEndsInING = count >= 5 && last == 0x67 && text[range.upperBound - 2] == 0x6E
    } else {
      if isUpper { reading.capitalized += 1 }
      if opensClause, cues & LessonCue.imperative.bit != 0 { reading.innerImperatives += 1 }
    }
    if isAcronym { reading.acronyms += 1 }
    if count >= 4 {
      if last == 0x73 { reading.endingInS += 1 }
      if last == 0x64, text[range.upperBound - 2] | 0x20 == 0x65 { reading.endingInED += 1 }
    }
    beforePrevious = previous
    previous = Word(hash: hash, cues: cues)
  }
}
