internal import CKernels
import Documents

/// Hashes of the overlapping runs of words (shingles) of a document: what its own author wrote, without quotes,
/// signatures and templates, so that a reply is no copy of what it answers.
///
/// A word is a run of ASCII letters and digits and of letters beyond ASCII, without regard to ASCII case; of scripts
/// written without spaces (three bytes of UTF-8 from U+2E80 on) every character is one. Good enough to compare texts, and
/// an order of magnitude faster than the analyzer's words, which nobody needs here.
/// Source: Broder, On the resemblance and containment of documents, 1997.
struct ShingleHasher {
  /// Words in a shingle.
  static let words = 3

  private var recent: (UInt64, UInt64) = (0, 0)
  private var count = 0

  /// Calls `body` with the hash of every shingle of a document, in order of text. Time linear in the text.
  ///
  /// - Parameters:
  ///   - blocks: Those of the document.
  ///   - runs: Those of the document's text.
  @inline(__always)
  static func forEach(_ blocks: [Block], _ runs: TextRuns, _ body: (UInt64) -> Void) {
    var hasher = ShingleHasher()
    for block in blocks {
      switch block.kind {
      case .template, .quote, .signature: continue
      default: hasher.add(runs, block.range, body)
      }
    }
  }

  /// Words of ASCII are runs, whose hashes are known; others are looked at byte by byte.
  @inline(__always)
  private mutating func add(_ runs: TextRuns, _ range: Range<Int>, _ body: (UInt64) -> Void) {
    var place = range.lowerBound
    while place < range.upperBound {
      var run = runs.runs + runs.seek(place, to: place + 1)
      let last = runs.runs + runs.count
      while run < last, Int(run.pointee.start) < range.upperBound {
        // Nearly all runs: in a row, with what is needed in registers.
        var (first, second) = recent
        var number = count
        while run < last, run.pointee.flags & UInt32(CTEXT_RUN_HAS_NON_ASCII) == 0,
          Int(run.pointee.start) >= range.lowerBound, Int(run.pointee.end) <= range.upperBound
        {
          let word = run.pointee.hash
          if number >= Self.words - 1 { body(Self.shingle(first, second, word)) }
          (first, second) = (second, word)
          number &+= 1
          run += 1
        }
        (recent, count) = ((first, second), number)
        guard run < last, Int(run.pointee.start) < range.upperBound else { break }
        let (start, end) = (Int(run.pointee.start), Int(run.pointee.end))
        let part = max(start, range.lowerBound)..<min(end, range.upperBound)
        add(UnsafeRawBufferPointer(rebasing: runs.text[part]), body)
        run += 1
      }
      if run < last { return }
      place = runs.window.upperBound
    }
  }

  private static var offset: UInt64 { 0xCBF2_9CE4_8422_2325 }

  /// A run, or a part of one: letters, digits and bytes above 0x7F, nothing else.
  private mutating func add(_ text: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
    let prime: UInt64 = 0x100_0000_01B3
    var hash = Self.offset
    for byte in text {
      // The first byte of a character of three bytes, from U+3000 on, ends the word before it.
      if byte >= 0xE3, byte < 0xF0, hash != Self.offset {
        end(hash, body)
        hash = Self.offset
      }
      hash = (hash ^ UInt64(byte >= 0x80 ? byte : byte | 0x20)) &* prime
    }
    if hash != Self.offset { end(hash, body) }
  }

  private mutating func end(_ word: UInt64, _ body: (UInt64) -> Void) {
    count += 1
    if count >= Self.words { body(Self.shingle(recent.0, recent.1, word)) }
    recent = (recent.1, word)
  }

  /// Multiplications by odd numbers keep the order of the words in the hash; the last step spreads the bits.
  @inline(__always)
  private static func shingle(_ first: UInt64, _ second: UInt64, _ third: UInt64) -> UInt64 {
    spread((first &* 0x9E37_79B9_7F4A_7C15 &+ second) &* 0xC2B2_AE3D_27D4_EB4F &+ third)
  }

  /// The finalizer of MurmurHash3: every bit of the input reaches every bit of the output.
  @inline(__always)
  static func spread(_ value: UInt64) -> UInt64 {
    var x = value
    x = (x ^ (x >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    x = (x ^ (x >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return x ^ (x >> 33)
  }
}
