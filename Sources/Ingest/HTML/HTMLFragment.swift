import Documents

/// HTML that somebody put into another format: the content of a feed's item, a page of a book. All of it is content,
/// except what is hidden.
enum HTMLFragment {
  /// Appends the fragment's blocks.
  ///
  /// - Parameter utf8: Valid UTF-8.
  static func write(_ utf8: [UInt8], to out: inout BlockWriter) {
    guard let tree = utf8.withUnsafeBytes({ HTMLTree($0) }) else { return }
    HTMLVisibility(isMail: true).mark(tree)
    HTMLBlocks.write(tree, to: &out)
  }

  /// The words alone, on one line.
  static func line(_ utf8: [UInt8]) -> String {
    guard utf8.contains(0x3C) || utf8.contains(0x26) else { return WhiteSpace.collapse(utf8) }
    guard let tree = utf8.withUnsafeBytes({ HTMLTree($0) }) else { return "" }
    HTMLVisibility(isMail: true).mark(tree)
    return tree.plainText(0, limit: 2000)
  }

  /// Whether a text that may be either is HTML: it has a tag or a character reference.
  static func isLikely(_ utf8: [UInt8]) -> Bool {
    utf8.withUnsafeBytes { bytes in
      var i = 0
      while i < bytes.count {
        if bytes[i] == 0x3C, i + 1 < bytes.count, bytes[i + 1].isASCIILetter || bytes[i + 1] == 0x2F {
          return true
        }
        if bytes[i] == 0x26, i + 2 < bytes.count, bytes[i + 1] == 0x23 || bytes[i + 1].isASCIILetter,
          bytes[i...].prefix(10).contains(0x3B)
        {
          return true
        }
        i += 1
      }
      return false
    }
  }
}
