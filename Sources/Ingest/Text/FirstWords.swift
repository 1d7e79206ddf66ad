/// The beginning of a text as a title for what has none.
enum FirstWords {
  static let longest = 80

  /// At most ``longest`` bytes, cut between words, with an ellipsis if something was cut.
  static func of(_ text: [UInt8]) -> String {
    let line = WhiteSpace.collapse(text.prefix(longest * 4))
    guard line.utf8.count > longest else { return line }
    var end = line.utf8.startIndex
    for index in line.indices {
      if line.utf8.distance(from: line.utf8.startIndex, to: index) > longest { break }
      if line[index] == " " { end = index }
    }
    if end == line.utf8.startIndex { return String(line.unicodeScalars.prefix(longest / 4)) + "…" }
    return line[..<end] + "…"
  }
}
