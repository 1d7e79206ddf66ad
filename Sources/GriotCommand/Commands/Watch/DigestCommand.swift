import ArgumentParser
import Documents
import Glibc
import Griot

/// `griot digest`.
struct DigestCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, markdown }

  static let configuration = CommandConfiguration(
    commandName: "digest",
    abstract: "What we learned lately: lessons, active topics, people who are new.",
    discussion: """
      By the dates of the documents: what was written and said since then, whenever it was taken in.

      Exit status: 1 if nothing has a date since then.
      """)

  @Option(name: .long, help: ArgumentHelp("From this date on: 2024, 2024-05 or 2024-05-17.", valueName: "date"))
  var since: String

  @Option(name: .long, help: ArgumentHelp("Lessons, topics and people to list, each.", valueName: "n"))
  var limit: Int = 10

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @Option(
    name: .long, help: ArgumentHelp("Output: text for people, json for programs, or markdown.", valueName: "format"))
  var format: Format = .text
  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    guard limit > 0 else { throw CommandFailure(.usage, "--limit is a whole number above 0, not \(limit)") }
    let context = try CommandContext(memory: memory.memory)
    let service = SearchService(try context.open())
    let report: DigestReport
    do { report = try service.digest(since: since, limit: limit) } catch { throw context.failure(error) }
    let out = OutputBuffer.standardOutput()
    switch format {
    case .json: Self.json(report, to: out, addresses: addresses.addresses)
    case .markdown: out.write(Self.markdown(report))
    case .text:
      DigestView(terminal: TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))).write(report)
    }
    try out.finish()
    if report.documents == 0 { throw SilentExit(status: .noMatch) }
  }

  static func json(_ report: DigestReport, to out: OutputBuffer, addresses: Bool) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("since", report.since.iso8601)
      json.field("documents", report.documents)
      json.field("lessonCount", report.lessonCount)
      json.array("lessons") { array in
        for lesson in report.lessons {
          array.object { LessonsJSON.members(of: lesson, addresses: addresses, in: &$0) }
        }
      }
      json.array("topics") { array in
        for topic in report.topics {
          array.object {
            $0.field("name", topic.name)
            $0.field("documents", topic.documents)
            $0.field("passages", topic.passages)
            $0.field("people", topic.people)
          }
        }
      }
      json.array("people") { array in
        for person in report.people {
          array.object {
            $0.field("name", person.name)
            $0.field("documents", person.documents)
            $0.field("first", person.first.iso8601)
          }
        }
      }
    }
  }

  static func markdown(_ report: DigestReport) -> String {
    var out = "# What we learned since \(report.since.iso8601)\n\n"
    out += NumberFormat.count(report.documents, "document") + ".\n"
    if !report.lessons.isEmpty {
      out += "\n## Lessons\n\n"
      for lesson in report.lessons {
        let title = WatchText.escaped(WatchText.title(lesson.hit))
        out += "- " + WatchText.escaped(lesson.text)
        if lesson.occurrences.count > 1 { out += " (\(LessonsView.times(lesson.occurrences)))" }
        out +=
          "  \n  " + lesson.type.name + " · " + (WatchText.link(lesson.hit).map { "[\(title)](<\($0)>)" } ?? title)
          + "\n"
      }
    }
    if !report.topics.isEmpty {
      out += "\n## Topics\n\n"
      for topic in report.topics { out += "- " + WatchText.escaped(DigestView.line(topic)) + "\n" }
    }
    if !report.people.isEmpty {
      out += "\n## New people\n\n"
      for person in report.people { out += "- " + WatchText.escaped(DigestView.line(person)) + "\n" }
    }
    return out
  }
}

/// A digest for the terminal.
struct DigestView {
  let terminal: TerminalWriter

  func write(_ report: DigestReport) {
    guard report.documents > 0 else {
      terminal.line("Nothing in the memory is dated since \(report.since.iso8601).", .detail)
      return
    }
    terminal.line("\(NumberFormat.count(report.documents, "document")) since \(report.since.iso8601)", .detail)
    section("Lessons", report.lessons) { lesson in
      terminal.paragraph(lesson.text, indentation: 3, maximumLines: 4)
      var facts = [lesson.type.name]
      if lesson.occurrences.count > 1 { facts.append(LessonsView.times(lesson.occurrences)) }
      facts.append(WatchText.title(lesson.hit))
      facts.append(SearchView.reference(lesson.hit))
      terminal.line(
        "   " + TerminalWriter.truncate(facts.joined(separator: " · "), to: terminal.terminal.columns - 3), .detail)
    }
    section("Topics", report.topics) { line(Self.line($0)) }
    section("New people", report.people) { line(Self.line($0)) }
  }

  private func section<Element>(_ name: String, _ elements: [Element], _ body: (Element) -> Void) {
    guard !elements.isEmpty else { return }
    terminal.newline()
    terminal.line(name, .heading)
    for element in elements { body(element) }
  }

  private func line(_ text: String) {
    terminal.line("   " + TerminalWriter.truncate(text, to: terminal.terminal.columns - 3))
  }

  static func line(_ topic: DigestReport.Topic) -> String {
    let who = topic.people.isEmpty ? "" : ": " + topic.people.joined(separator: ", ")
    return "\(topic.name) (\(NumberFormat.count(topic.documents, "document")))" + who
  }

  static func line(_ person: DigestReport.Newcomer) -> String {
    "\(person.name) (\(NumberFormat.count(person.documents, "document")) since \(person.first.iso8601))"
  }
}
