import ArgumentParser
import Glibc
import Griot

/// `griot open`.
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open",
    abstract: "Open the original of a hit where it says so.",
    discussion: """
      Takes what stands under a hit: an id (its beginning is enough) or what the source called the document, with an \
      anchor for a place in it. A page with an address opens there at its heading; a recording that lies beside its \
      transcript (same name: talk.vtt, talk.mp4) opens at the second.

      The program is $BROWSER if it is set, else xdg-open. --print only tells the path or address, for scripts.

      Exit status: 1 if the memory holds no such document or passage, or the original is gone ('griot show' still \
      has its text).
      """)

  @Argument(help: ArgumentHelp("Document, with an anchor for a place in it.", valueName: "id[#anchor]"))
  var reference: String

  @Flag(name: .long, help: "Print the path or address instead of opening it.")
  var print = false

  @OptionGroup(title: "Memory") var memory: MemoryOptions

  func run() throws {
    guard !reference.isEmpty else { throw CommandFailure(.usage, "the reference to a document is empty") }
    let context = try CommandContext(memory: memory.memory)
    let memory = try context.open()
    let (view, anchor) = try DocumentReference.find(reference, in: memory, context)
    var place: String?
    if let anchor {
      let index = try DocumentReference.requirePassage(anchor, of: view)
      // The second that was asked for, not the one at which its passage begins.
      place = Hyperlink.seconds(anchor) == nil ? view.passages[index].anchor : anchor
    }
    let original = try Original(of: view, anchor: place) { access($0, F_OK) == 0 }
    if print {
      let out = OutputBuffer.standardOutput()
      out.line(original.address)
      try out.finish()
      return
    }
    Notes.print(original.notes)
    try Opener(context.environment).open(original.address)
  }
}
