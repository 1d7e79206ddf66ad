import Glibc

/// What ``LessonModel`` weighs. Shares are of the words of the sentence.
enum LessonFeature: String, CaseIterable, Sendable {
  // Cues: 1 if there is one, or their number up to a bound.
  case obligation, obligationPassive, unreal, possibility, judgement, reason, hindsight, negation, general, bad, good
  case own, calendar, condition, past, present, organization
  // Mood and tense of the whole.
  case imperativeFirst, imperativeInTheStory, imperativeInside, conditionFirst, onlyPast, noPast, noPastNoNumber
  case obligationNoPast, possibilityNoPast, enumeratedImperative
  // Persons and things: a story has names, numbers and articles, a lesson has plurals.
  case definiteShare, definiteFirst, capitalizedShare, acronyms, numbers, hasNumber, hasYear, participleShare
  case pluralShare, pluralFirst, gerundFirst
  // Shape.
  case short, medium, long, length, parenthesis, quotation, colon, semicolon, unfinished, question, enumerated
  /// The weights of the words, over the root of their number.
  case words

  /// How many there are.
  static let count = allCases.count

  /// - Parameter values: Room for ``count``.
  static func values(_ r: SentenceReader.Reading, into values: UnsafeMutablePointer<Float>) {
    let words = Float(max(1, r.words))
    var next = values
    @inline(__always) func set(_ value: Float) {
      next.pointee = value
      next += 1
    }
    @inline(__always) func flag(_ value: Bool) { set(value ? 1 : 0) }
    @inline(__always) func has(_ cue: LessonCue) -> Bool { r.has(cue) }
    flag(has(.obligation))
    flag(has(.obligationPassive))
    flag(has(.unreal))
    flag(has(.possibility))
    flag(has(.judgement))
    flag(has(.reason))
    flag(has(.hindsight))
    flag(has(.negation))
    flag(has(.general))
    flag(has(.bad))
    flag(has(.good))
    flag(has(.own))
    flag(has(.calendar))
    flag(has(.condition))
    set(Float(min(3, r[.past])))
    set(Float(min(2, r[.present])))
    set(Float(min(3, r[.organization])) / 2)
    let imperative = r.begins(with: .imperative)
    let isModal = has(.obligation) || has(.possibility)
    flag(imperative && !has(.past))
    flag(imperative && has(.past))
    flag(r.innerImperatives > 0)
    flag(r.begins(with: .condition))
    flag(has(.past) && !isModal)
    flag(!has(.past))
    flag(!has(.past) && r.numbers == 0)
    flag(has(.obligation) && !has(.past))
    flag(has(.possibility) && !has(.past))
    flag(r.isEnumerated && imperative)
    set(Float(r[.definite]) / words * 3)
    flag(r.begins(with: .definite))
    set(Float(r.capitalized) / words * 3)
    set(Float(min(3, r.acronyms)))
    set(Float(min(4, r.numbers)))
    flag(r.numbers > 0)
    flag(r.years > 0)
    set(Float(r.endingInED) / words * 3)
    set(Float(r.endingInS) / words * 3)
    flag(r.firstEndsInS)
    flag(r.firstEndsInING)
    flag(words < 8)
    flag(words >= 8 && words <= 30)
    flag(words > 35)
    set(Float(log(Double(words))))
    flag(r.parentheses > 0)
    flag(r.quotes > 0)
    flag(r.colons > 0)
    flag(r.semicolons > 0)
    flag(!r.endsAsSentence)
    flag(r.isQuestion)
    flag(r.isEnumerated)
    set(r.weight * 3 / words.squareRoot())
  }
}
