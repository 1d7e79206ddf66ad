internal import CKernels

/// Reads one sentence after the other for ``LessonModel``: counts cues and shapes of words, allocates nothing.
/// One per thread. O(bytes).
struct SentenceReader {
  /// What a sentence consists of.
  struct Reading {
    /// Words by cue.
    var counts = SIMD32<Int32>(repeating: 0)
    /// The cues that there are.
    var cues: UInt32 = 0
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
    @inline(__always)
    func has(_ cue: LessonCue) -> Bool { cues & cue.bit != 0 }
    func begins(with cue: LessonCue) -> Bool { first & cue.bit != 0 }
  }

  /// What is written while a sentence is read, beside the words: in plain memory, for it is written at every word.
  private final class Tally {
    /// Words of this sentence by cue.
    let counts: UnsafeMutablePointer<Int32>
    /// The last sentence that held the word of a number.
    let seen: UnsafeMutablePointer<Int32>
    /// The number of this sentence.
    let sentence: UnsafeMutablePointer<Int32>

    init(words: Int) {
      sentence = .allocate(capacity: 1)
      sentence.initialize(to: 0)
      counts = .allocate(capacity: Self.cues)
      seen = .allocate(capacity: words)
      seen.initialize(repeating: 0, count: words)
    }

    deinit {
      sentence.deallocate()
      counts.deallocate()
      seen.deallocate()
    }

    static let cues = 32
  }

  private let lexicon: CueLexicon
  private(set) var reading = Reading()
  private let tally: Tally
  private let and: UInt64

  init(_ language: LessonLanguage) {
    lexicon = LessonLanguage.lexicons[language.rawValue]
    tally = Tally(words: Int(lexicon.count) + 1)
    let words = ["and", "und", "et", "y"]
    and = CueLexicon.hash(words[language.rawValue].utf8)
  }

  private struct Word {
    var hash: UInt64
    var cues: UInt32
  }

  /// Where the walk through a sentence is, and what it has found.
  private struct Walk {
    let base: UnsafePointer<UInt8>
    let lexicon: CueLexicon
    let counts: UnsafeMutablePointer<Int32>
    let seen: UnsafeMutablePointer<Int32>
    let sentence: Int32
    var reading = Reading()
    var previous = Word(hash: 0, cues: 0)
    var beforePrevious = Word(hash: 0, cues: 0)
    var opensClause = false

    /// Takes in a word.
    @inline(__always)
    mutating func add(_ start: Int, _ end: Int, _ hash: UInt64, isUpper: Bool, isAcronym: Bool) {
      let isFirst = reading.words == 0
      reading.words &+= 1
      var cues: UInt32 = 0
      if let entry = lexicon[hash] {
        cues = entry.pointee.cues
        let number = Int(entry.pointee.number)
        if entry.pointee.weight != 0, seen[number] != sentence {
          seen[number] = sentence
          reading.weight += entry.pointee.weight
        }
      }
      var all = cues
      if previous.cues & CueLexicon.startsPhrase != 0,
        let phrase = lexicon[CueLexicon.pair(previous.hash, hash)]
      {
        all |= phrase.pointee.cues
      }
      if beforePrevious.cues & CueLexicon.startsPhrase != 0,
        let phrase = lexicon[
          CueLexicon.pair(CueLexicon.pair(beforePrevious.hash, previous.hash), hash)]
      {
        all |= phrase.pointee.cues
      }
      var rest = all & ~CueLexicon.startsPhrase
      reading.cues |= rest
      while rest != 0 {
        counts[rest.trailingZeroBitCount] &+= 1
        rest &= rest &- 1
      }
      let last = base[end &- 1] | 0x20
      let count = end &- start
      if isFirst {
        reading.first = cues
        if let entry = lexicon[CueLexicon.first(hash)] { reading.weight += entry.pointee.weight }
        reading.firstEndsInS = count >= 4 && last == 0x73
        reading.firstEndsInING = count >= 5 && last == 0x67 && base[end &- 2] == 0x6E
      } else {
        if isUpper { reading.capitalized &+= 1 }
        if opensClause, cues & LessonCue.imperative.bit != 0 { reading.innerImperatives &+= 1 }
      }
      if isAcronym { reading.acronyms &+= 1 }
      if count >= 4 {
        if last == 0x73 { reading.endingInS &+= 1 }
        if last == 0x64, base[end &- 2] | 0x20 == 0x65 { reading.endingInED &+= 1 }
      }
      beforePrevious = previous
      previous = Word(hash: hash, cues: cues)
    }
  }

  /// Reads a sentence.
  ///
  /// - Parameter range: Of the text that `runs` is about.
  mutating func read(_ runs: TextRuns, _ range: Range<Int>) {
    let text = UnsafeRawBufferPointer(rebasing: runs.text[range])
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self), !text.isEmpty else {
      reading = Reading()
      return
    }
    tally.sentence.pointee &+= 1
    tally.counts.initialize(repeating: 0, count: Tally.cues)
    var walk = Walk(
      base: base, lexicon: lexicon, counts: tally.counts, seen: tally.seen, sentence: tally.sentence.pointee)
    let (count, and) = (text.count, and)
    // Words of ASCII letters are runs, whose hashes are known.
    var run = runs.runs + runs.seek(range.lowerBound, to: range.upperBound)
    let lastRun = runs.runs + runs.count
    var i = Self.leadIn(text)
    walk.reading.isEnumerated = i > 0
    while i < count {
      let byte = base[i]
      if byte == 0x20 {
        i &+= 1
        continue
      }
      switch Self.kind(byte) {
      case .letter:
        let place = range.lowerBound &+ i
        while run < lastRun, Int(run.pointee.end) <= place { run += 1 }
        let runEnd = Int(run.pointee.end) &- range.lowerBound
        let isUpper = byte &- 0x41 < 26
        var end = runEnd
        var hash = run.pointee.hash | 1
        var isAcronym = false
        if run.pointee.flags == 0, Int(run.pointee.start) == place,
          runEnd < count ? base[runEnd] != 0x27 : runEnd == count
        {
          isAcronym = isUpper && end &- i > 1
          var letter = i
          while isAcronym, letter < end {
            isAcronym = base[letter] & 0x20 == 0
            letter &+= 1
          }
        } else {
          let word = Self.word(text, i)
          if word.end == i {
            // A dash, a quotation mark, an ellipsis of several bytes.
            if Self.isQuote(text, i) { walk.reading.quotes &+= 1 }
            walk.opensClause = true
            i += Self.length(byte)
            continue
          }
          (end, hash) = (word.end, word.hash)
          isAcronym = word.capitals > 1 && word.capitals == end - i
        }
        walk.add(i, end, hash, isUpper: isUpper, isAcronym: isAcronym)
        walk.opensClause = hash == and
        i = end
      case .digit:
        i = Self.number(text, i, &walk.reading)
        walk.opensClause = false
      case .space: i &+= 1
      default:
        switch byte {
        case 0x28: walk.reading.parentheses &+= 1
        case 0x22: walk.reading.quotes &+= 1
        case 0x3A: walk.reading.colons &+= 1
        case 0x3B: walk.reading.semicolons &+= 1
        default: break
        }
        walk.opensClause = byte == 0x2C || byte == 0x3A || byte == 0x3B
        i &+= 1
      }
    }
    runs.leave(at: run - runs.runs)
    var last = count - 1
    while last > 0, text[last] <= 0x20 || text[last] == 0x22 || text[last] == 0x29 { last -= 1 }
    walk.reading.isQuestion = text[last] == 0x3F
    walk.reading.endsAsSentence = text[last] == 0x2E || text[last] == 0x21 || walk.reading.isQuestion
    walk.reading.counts = UnsafeRawPointer(tally.counts).loadUnaligned(as: SIMD32<Int32>.self)
    reading = walk.reading
  }

  /// A word with an apostrophe, beside a digit or with letters beyond ASCII, byte by byte: its end, which is `start` where
  /// none begins.
  private static func word(
    _ text: UnsafeRawBufferPointer, _ start: Int
  ) -> (end: Int, hash: UInt64, capitals: Int) {
    var end = start
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
      let k = kind(b)
      if k == .letter {
        if isPunctuation(text, end) {
          guard end > start, isApostrophe(text, end) else { break }
          hash = CueLexicon.add(0x27, to: hash)
          end += 3
          continue
        }
        hash = CueLexicon.add(lowered(text, end), to: hash)
      } else if k == .apostrophe, end > start, end + 1 < text.count, kind(text[end + 1]) == .letter {
        hash = CueLexicon.add(0x27, to: hash)
      } else {
        break
      }
      end += 1
    }
    return (end, hash | 1, upper)
  }

  /// - Returns: The end of the number that starts here.
  private static func number(_ text: UnsafeRawBufferPointer, _ start: Int, _ reading: inout Reading) -> Int {
    var i = start
    while i < text.count, text[i] &- 0x30 < 10 || text[i] == 0x2E || text[i] == 0x2C { i += 1 }
    while i > start + 1, text[i - 1] == 0x2E || text[i - 1] == 0x2C { i -= 1 }
    reading.numbers &+= 1
    if i - start == 4,
      text[start] == 0x31 && text[start + 1] == 0x39 || text[start] == 0x32 && text[start + 1] == 0x30
    {
      reading.years &+= 1
    }
    return i
  }
}
