internal import CKernels

/// Reads one sentence after the other for ``LessonModel``: counts cues and shapes of words, allocates nothing.
/// One per thread. O(bytes).
struct SentenceReader {
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
    let (counts, seen, sentence, lexicon, and) = (tally.counts, tally.seen, tally.sentence.pointee, lexicon, and)
    let count = text.count
    var reading = Reading()
    var previous = Word(hash: 0, cues: 0)
    var beforePrevious = previous
    var opensClause = false
    // Words of ASCII letters are runs, whose hashes are known.
    var run = runs.runs + runs.seek(range.lowerBound, to: range.upperBound)
    let lastRun = runs.runs + runs.count
    var i = Self.leadIn(text)
    reading.isEnumerated = i > 0
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
            if Self.isQuote(text, i) { reading.quotes &+= 1 }
            opensClause = true
            i += Self.length(byte)
            continue
          }
          (end, hash) = (word.end, word.hash)
          isAcronym = word.capitals > 1 && word.capitals == end - i
        }
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
          let phrase = lexicon[CueLexicon.pair(CueLexicon.pair(beforePrevious.hash, previous.hash), hash)]
        {
          all |= phrase.pointee.cues
        }
        all &= ~CueLexicon.startsPhrase
        reading.cues |= all
        while all != 0 {
          counts[all.trailingZeroBitCount] &+= 1
          all &= all &- 1
        }
        let (length, last) = (end &- i, base[end &- 1] | 0x20)
        if isFirst {
          reading.first = cues
          if let entry = lexicon[CueLexicon.first(hash)] { reading.weight += entry.pointee.weight }
          reading.firstEndsInS = length >= 4 && last == 0x73
          reading.firstEndsInING = length >= 5 && last == 0x67 && base[end &- 2] == 0x6E
        } else {
          if isUpper { reading.capitalized &+= 1 }
          if opensClause, cues & LessonCue.imperative.bit != 0 { reading.innerImperatives &+= 1 }
        }
        if isAcronym { reading.acronyms &+= 1 }
        if length >= 4 {
          if last == 0x73 { reading.endingInS &+= 1 }
          if last == 0x64, base[end &- 2] | 0x20 == 0x65 { reading.endingInED &+= 1 }
        }
        beforePrevious = previous
        previous = Word(hash: hash, cues: cues)
        opensClause = hash == and
        i = end
      case .digit:
        let number = Self.number(text, i)
        reading.numbers &+= 1
        if number.isYear { reading.years &+= 1 }
        opensClause = false
        i = number.end
      case .space: i &+= 1
      default:
        switch byte {
        case 0x28: reading.parentheses &+= 1
        case 0x22: reading.quotes &+= 1
        case 0x3A: reading.colons &+= 1
        case 0x3B: reading.semicolons &+= 1
        default: break
        }
        opensClause = byte == 0x2C || byte == 0x3A || byte == 0x3B
        i &+= 1
      }
    }
    runs.leave(at: run - runs.runs)
    var last = count - 1
    while last > 0, text[last] <= 0x20 || text[last] == 0x22 || text[last] == 0x29 { last -= 1 }
    reading.isQuestion = text[last] == 0x3F
    reading.endsAsSentence = text[last] == 0x2E || text[last] == 0x21 || reading.isQuestion
    reading.counts = UnsafeRawPointer(tally.counts).loadUnaligned(as: SIMD32<Int32>.self)
    self.reading = reading
  }
}
