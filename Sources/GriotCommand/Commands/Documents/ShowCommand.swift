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

      On a terminal, what is longer than a screen goes through $PAGER (else less), and an anchor opens the whole \
      document at its passage; with --context only the passages around it. PAGER=cat turns paging off.

      Exit status: 1 if the memory holds no such document or passage.
      """)

  @Argument(help: ArgumentHelp("Document, with an anchor for one passage of it.", valueName: "id[#anchor]"))
  var reference: String

  @Option(name: .long, help: ArgumentHelp("Passages to show before and after the one named.", valueName: "n"))
  var context: Int?

  @OptionGroup(title: "Memory") var memory: MemoryOptions
  @OptionGroup var format: AnswerFormatOptions
  @OptionGroup var addresses: AddressOptions
  @OptionGroup var color: ColorOptions

  func run() throws {
    guard !reference.isEmpty else { throw CommandFailure(.usage, "the reference to a document is empty") }
    if let context, context < 0 {
      throw CommandFailure(.usage, "--context is a whole number from 0, not \(context)")
    }
    let around = self.context
    let context = try CommandContext(memory: memory.memory)
    let memory = try context.open()
    let (view, anchor) = try DocumentReference.find(reference, in: memory, context)
    var shown = view.passages[...]
    var named: Int?
    if let anchor {
      let index = try DocumentReference.requirePassage(anchor, of: view)
      named = index
      shown = view.passages[max(0, index - (around ?? 0))..<min(view.passages.count, index + (around ?? 0) + 1)]
    }
    let out = OutputBuffer.standardOutput()
    switch format.format {
    case .json: DocumentJSON.object(view, passages: shown, addresses: addresses.addresses, to: out)
    case .text:
      let terminal = TerminalWriter(out, context.terminal(STDOUT_FILENO, color: color.color))
      if let pager = Pager(terminal.terminal, environment: context.environment) {
        // With an anchor alone the document is opened at its passage; --context says how much is wanted.
        let isWhole = around == nil
        let page = OutputBuffer()
        let writer = TerminalWriter(page, terminal.terminal)
        let passages = isWhole ? view.passages[...] : shown
        let start = DocumentTextView(writer, addresses: addresses.addresses).write(
          view, passages: passages, marking: named)
        let lines = page.bytes.count { $0 == 0x0A }
        let line = page.bytes.prefix(start ?? 0).count { $0 == 0x0A } + 1
        if lines >= terminal.terminal.rows ?? .max, pager.show(page.bytes, line: line) { return }
      }
      let text = DocumentTextView(terminal, addresses: addresses.addresses)
      text.write(view, passages: shown)
      if terminal.terminal.isInteractive { text.around(view, shown) }
    }
    try out.finish()
  }
}
