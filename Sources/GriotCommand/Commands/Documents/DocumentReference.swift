import Griot

/// `ID[#anchor]` as people copy it from a hit.
struct DocumentReference: Equatable {
  var id: String
  /// Without the `#`; `nil` for the whole document.
  var anchor: String?

  /// An id is hexadecimal, so that its first `#` parts it from the anchor. Other references are external ids, which
  /// may hold a `#` of their own: the last one parts.
  init(_ text: String) {
    let first = text.firstIndex(of: "#")
    let isID = first.map { text[..<$0].utf8.allSatisfy(Self.isHexadecimal) } ?? false
    guard let split = isID ? first : text.lastIndex(of: "#"), split != text.startIndex else {
      id = text
      anchor = nil
      return
    }
    id = String(text[..<split])
    let rest = text[text.index(after: split)...]
    anchor = rest.isEmpty ? nil : String(rest)
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// The passage that an anchor names: the one that carries it, the first whose anchor begins so (a hit may show it
  /// cut, with an ellipsis), for a time the one that is running then.
  static func passage(_ anchor: String, in passages: [DocumentView.Passage]) -> Int? {
    let wanted = bare(anchor.hasSuffix("…") ? String(anchor.dropLast()) : anchor)
    if let exact = passages.firstIndex(where: { $0.anchor.map(bare) == wanted }) { return exact }
    if Hyperlink.seconds(wanted) == nil {
      return wanted.isEmpty ? nil : passages.firstIndex { $0.anchor.map { bare($0).hasPrefix(wanted) } ?? false }
    }
    guard let time = Hyperlink.seconds(wanted) else { return nil }
    return passages.lastIndex { $0.anchor.flatMap { Hyperlink.seconds(bare($0)) }.map { $0 <= time } ?? false }
  }

  private static func bare(_ anchor: String) -> String { anchor.hasPrefix("#") ? String(anchor.dropFirst()) : anchor }
}
