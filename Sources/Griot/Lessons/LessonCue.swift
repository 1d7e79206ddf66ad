/// Classes of words and phrases that lessons and stories differ in. The same classes in every language; which words
/// belong to them says ``LessonCue/table``.
enum LessonCue: Int, CaseIterable, Sendable {
  /// should, must, need to, has to
  case obligation
  /// should be, must be: an obligation without a subject that acts
  case obligationPassive
  /// should have, could have: what was not done
  case unreal
  /// can, may, might
  case possibility
  /// Verbs as one tells others what to do with them; they count at the start of a clause.
  case imperative
  /// important, necessary, recommended
  case judgement
  /// was, had, and other verbs that tell a story
  case past
  /// is, are, have
  case present
  /// because, due to, led to
  case reason
  /// we learned, next time, in hindsight, turned out
  case hindsight
  /// when, if, before: a condition in front makes a rule
  case condition
  /// not, never, without
  case negation
  /// the, this, it, they: something known, as in a story
  case definite
  /// projects, procedures, training: what organizations learn about
  case organization
  /// always, never, every: rules
  case general
  /// failed, lost, broke, wrong
  case bad
  /// worked, helped, saved
  case good
  /// we, I, our
  case own
  /// root cause, contributing factor: a cause that is called one
  case namedCause
  /// corrective actions, to prevent: what is done about it
  case namedRemedy
  /// Months, days of the week, and times: a story
  case calendar

  var bit: UInt32 { 1 << UInt32(rawValue) }
}
