extension SentenceReader {
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
}
