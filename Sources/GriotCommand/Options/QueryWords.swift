import ArgumentParser
import Griot

/// The words of a query among the arguments. They take what ArgumentParser does not know, so that `-word` excludes a
/// word without quotes; a mistyped option must not become a query, though, unless it stands behind `--`.
enum QueryWords {
  /// - Parameter options: Of the command, to tell the one that was meant.
  /// - Throws: `ValidationError` that names the option.
  static func check(_ words: [String], options: [String] = []) throws {
    guard !CommandLine.arguments.contains("--") else { return }
    for word in words where word.hasPrefix("--") && !word.contains(where: \.isWhitespace) {
      let name = String(word.prefix { $0 != "=" })
      let nearest = Similarity.nearest(name, in: options).map { ". Did you mean '\($0)'?" } ?? ""
      throw ValidationError("Unknown option '\(name)'\(nearest)")
    }
  }

  /// The words as one text; the first `--` only parts options from words.
  static func joined(_ words: [String]) -> String {
    var words = words
    if let end = words.firstIndex(of: "--") { words.remove(at: end) }
    return words.count == 1 ? words[0] : words.joined(separator: " ")
  }
}
