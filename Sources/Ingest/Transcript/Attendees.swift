import Documents

/// Who hides behind initials: `Frank Yung-Fong Tang (FYT)`, or rows of a table of attendees.
enum Attendees {
  static func initials(_ blocks: [(block: Block, text: [UInt8])]) -> [String: String] {
    var out: [String: String] = [:]
    var columns: (name: Int, initials: Int)?
    for (block, text) in blocks {
      if block.kind == .tableRow {
        let cells = String(decoding: text, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
          .map { WhiteSpace.collapse($0) }
        if let found = header(cells) {
          columns = found
        } else if let columns, cells.count > max(columns.name, columns.initials) {
          let (name, initials) = (cells[columns.name], cells[columns.initials])
          if isInitials(initials), !name.isEmpty { out[initials] = out[initials] ?? name }
        }
      } else {
        columns = nil
        if block.kind != .code { harvest(text, into: &out) }
      }
    }
    return out
  }

  private static func header(_ cells: [String]) -> (name: Int, initials: Int)? {
    let lower = cells.map { $0.lowercased() }
    let marks = ["abbreviation", "abbrev", "initials", "acronym", "abbr", "tla", "kürzel"]
    guard let initials = lower.firstIndex(where: { cell in marks.contains { cell.contains($0) } }),
      let name = lower.firstIndex(where: { $0.contains("name") || $0 == "delegate" || $0 == "attendee" })
    else { return nil }
    return (name, initials)
  }

  /// `FYT`, `AvW`: two to four letters or digits, a capital first and two capitals at least.
  static func isInitials(_ text: String) -> Bool {
    (2...4).contains(text.utf8.count) && text.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit }
      && text.utf8.first?.isASCIIUppercase == true && text.utf8.filter(\.isASCIIUppercase).count >= 2
  }

  /// `Michael Folkson` of `Michael Folkson (MF)`.
  static func withoutInitials(_ name: String) -> String {
    guard name.hasSuffix(")"), let open = name.lastIndex(of: "("), open > name.startIndex else { return name }
    let inside = String(name[name.index(after: open)...].dropLast())
    return isInitials(inside) ? WhiteSpace.trim(name[..<open]) : name
  }

  /// `Name Surname (NS)`: up to five capitalised words before the bracket whose initials fit the first letter.
  private static func harvest(_ text: [UInt8], into out: inout [String: String]) {
    var i = 0
    while let open = text[i...].firstIndex(of: UInt8(ascii: "(")) {
      i = open + 1
      guard let close = text[i...].prefix(5).firstIndex(of: UInt8(ascii: ")")) else { continue }
      let initials = String(decoding: text[i..<close], as: UTF8.self)
      guard isInitials(initials), open > 0, text[open - 1] == 0x20 else { continue }
      let before = String(decoding: text[max(0, open - 60)..<open], as: UTF8.self)
      var words: [Substring] = []
      for word in before.split(whereSeparator: { $0 == " " || $0.isNewline }).reversed() {
        guard let first = word.first, first.isUppercase, !word.contains(where: { ",;:()*".contains($0) }) else { break }
        words.insert(word, at: 0)
        if words.count == 5 { break }
      }
      guard words.count >= 2, words[0].first?.uppercased() == String(initials.first!) else { continue }
      let name = words.joined(separator: " ")
      out[initials] = out[initials] ?? name
    }
  }
}
