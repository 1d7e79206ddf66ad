import CKernels

extension TokenFilter {
  /// An emoji sequence as one token without its variation selectors, and the emoji inside it as overlaps: `👍🏽` is
  /// also `👍`, `👨‍👩‍👧` also `👨`, `👩`, `👧` (user-needs R20).
  func addEmoji(_ segment: ctext_segment, _ buffer: inout TokenBuffer) {
    let end = Int(segment.end)
    let whole = buffer.byteCount
    var members: [(start: Int, end: Int, termStart: Int, termLength: Int)] = []
    var member = (start: Int(segment.start), termStart: whole, termLength: 0, isClosed: false)
    var at = Int(segment.start)
    while at < end {
      var scalar: Int32 = 0
      let length = ctext_decode(text, at, end, &scalar)
      if scalar == 0x200D {
        members.append((member.start, at, member.termStart, member.termLength))
      }
      if scalar != 0xFE0E, scalar != 0xFE0F {
        for byte in at..<at + length { buffer.store(text[byte]) }
        if scalar == 0x200D {
          member = (at + length, buffer.byteCount, 0, false)
        } else {
          // A skin tone ends what the member is by itself.
          if scalar >= 0x1F3FB, scalar <= 0x1F3FF, member.termLength > 0 { member.isClosed = true }
          if !member.isClosed { member.termLength += length }
        }
      }
      at += length
    }
    members.append((member.start, end, member.termStart, member.termLength))
    let wholeLength = buffer.byteCount - whole
    buffer.append(
      termStart: whole, termLength: wholeLength, start: Int(segment.start), end: end, positionIncrement: 1, kind: .emoji
    )
    guard allowedOverlaps.contains(.emojiParts) else { return }
    for member in members where member.termLength < wholeLength {
      buffer.append(
        termStart: member.termStart, termLength: member.termLength, start: member.start, end: member.end,
        positionIncrement: 0, kind: .emojiPart)
    }
  }
}
