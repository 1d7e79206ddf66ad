import Testing

@testable import Griot

@Suite struct LessonSubstanceTests {
  @Test func announcements() {
    for text in [
      "The vendor outlined several remediation steps.", "We have implemented several measures to prevent recurrence.",
      "The plant committed to multiple improvements to operations.", "They plan architectural changes to prevent this.",
      "Wir haben mehrere Maßnahmen beschlossen.", "Plusieurs mesures ont été prises.",
    ] { #expect(LessonSubstance.announces(text.utf8), "\(text)") }
  }

  @Test func statements() {
    for text in [
      "Several measures were taken, including a second valve.", "Add a second valve.",
      "Several valves stick after every update.", "Corrective actions: clean the valve, then change the pump.",
      "We prevent it by several measures.", "",
      "Several measures were taken to prevent a recurrence of the fault that stopped the pump, so that the valve is now cleaned every week.",
    ] { #expect(!LessonSubstance.announces(text.utf8), "\(text)") }
  }

  @Test func whatSaysLessRanksLower() {
    #expect(LessonSubstance.factor("Add a second valve.".utf8) == 1)
    #expect(LessonSubstance.factor("Several measures were taken.".utf8) < 1)
  }
}
