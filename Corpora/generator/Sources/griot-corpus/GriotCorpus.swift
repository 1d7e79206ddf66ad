import Glibc

/// `griot-corpus`: documents or queries from a seed, to standard output.
@main
struct GriotCorpus {
  static let usage = """
    usage: griot-corpus --documents N [--seed S] [--first I] [--bytes B]      documents as JSON Lines
           griot-corpus --documents N [--seed S] --queries Q                  queries over those documents

      --documents N   how many documents
      --seed S        any number; the same seed gives the same bytes (1)
      --first I       number of the first document (0): parts of one corpus can be made apart and joined
      --bytes B       stop after the document with which the output reaches B bytes
      --queries Q     write class<TAB>number<TAB>words instead: single, or, and, phrase, title

    """

  static func main() {
    var documents: Int?
    var seed = 1
    var first = 0
    var bytes = Int.max
    var queries: Int?
    var arguments = CommandLine.arguments.dropFirst()
    while let option = arguments.popFirst() {
      if option == "--help" || option == "-h" {
        say(usage, to: 1)
        return
      }
      guard ["--documents", "--seed", "--first", "--bytes", "--queries"].contains(option) else {
        fail("\(option): no such option")
      }
      guard let text = arguments.popFirst(), let value = Int(text), value >= 0 else {
        fail("\(option): a number, 0 or more, has to follow")
      }
      switch option {
      case "--documents": documents = value
      case "--seed": seed = value
      case "--first": first = value
      case "--bytes": bytes = value
      default: queries = value
      }
    }
    guard let documents else { fail("--documents is missing") }

    let model = DocumentModel(seed: UInt64(seed))
    var output = Output()
    if let queries {
      guard documents > 0 else { fail("--queries needs at least one document") }
      QueryWriter.write(queries, documents: documents, model, to: &output)
    } else {
      var document = Document()
      var index = first
      while index - first < documents, output.total < bytes {
        model.make(index, into: &document)
        model.write(document, to: &output)
        index += 1
      }
    }
    output.flush()
  }

  /// `stdout` and `stderr` are mutable globals of C, which Swift 6 does not let us touch; descriptors are numbers.
  static func say(_ text: String, to descriptor: Int32) {
    var text = text
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }

  static func fail(_ message: String) -> Never {
    say("griot-corpus: \(message)\n\(usage)", to: 2)
    exit(2)
  }
}
