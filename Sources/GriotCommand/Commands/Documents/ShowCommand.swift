import ArgumentParser
import Glibc
import Griot

/// `griot show`.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a document, or the passage that an anchor names.",
    discussion: """
      The id stands under each hit of a search; its beginning is enough where it is unique (4 digits at least), and \
      what the source called the document (Message-ID, page title, path) does as well. An anchor is a heading or a \
      time: griot show 3f2a91c0#rollback, griot show 81d07e22#00:12:31.

      Exit status: 1 if the memory holds no such document or passage.
      """)

  @Argument(help: ArgumentHelp("Document, with an anchor for one passage of it.", valueName: "id[#anchor]"))
  var reference: String

  @Option(name: .long, help: ArgumentHelp("Passages to show before and after the one named.", valueName: "n"))
  var context: Int = 0

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    guard !reference.isEmpty else { throw CommandFailure(.usage, "the reference to a document is empty") }
    guard context >= 0 else { throw CommandFailure(.usage, "--context is a whole number from 0, not \(context)") }
    let context = try CommandContext(memory: memory.memory)
    let memory = try context.open()
    let (view, anchor) = try find(memory, context)
    var shown = view.passages[...]
    if let anchor {
      guard let index = DocumentReference.passage(anchor, in: view.passages) else {
        throw CommandFailure(.noMatch, "\(view.id) has no passage \(anchor). \(Self.anchors(view))")
      }
      shown = view.passages[max(0, index - self.context)..<min(view.passages.count, index + self.context + 1)]
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: DocumentJSON.object(view, passages: shown, addresses: addresses.addresses, to: out)
    case .text:
      let terminal = TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))
      let text = DocumentTextView(terminal, addresses: addresses.addresses)
      text.write(view, passages: shown)
      if terminal.terminal.isInteractive { text.around(view, shown) }
    }
    try out.finish()
  }

  /// An external id may itself look like a reference with an anchor: the whole text is tried first.
  private func find(
    _ memory: Memory, _ context: CommandContext
  ) throws(CommandFailure) -> (DocumentView, anchor: String?) {
    let reference = DocumentReference(self.reference)
    do throws(GriotError) {
      if reference.anchor == nil { return (try memory.document(reference.id), nil) }
      do throws(GriotError) {
        return (try memory.document(reference.id), reference.anchor)
      } catch  where error.kind == .notFound {
        return (try memory.document(self.reference), nil)
      }
    } catch {
      throw context.failure(error)
    }
  }

  private static func anchors(_ view: DocumentView) -> String {
    let anchors = view.passages.compactMap(\.anchor)
    guard !anchors.isEmpty else { return "Its passages have no anchors." }
    let shown = anchors.prefix(8).joined(separator: ", ")
    return "It has \(shown)" + (anchors.count > 8 ? " and \(anchors.count - 8) more." : ".")
  }
}
