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
  /// - Parameter runs: Those of the document's text.
  @inline(__always)
  static func forEach(_ document: Document, _ runs: TextRuns, _ body: (UInt64) -> Void) {
    var hasher = ShingleHasher()
    for block in document.blocks {
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
      var index = runs.seek(place, to: place + 1)
      while index < runs.count {
        let run = runs.runs[index]
        let (start, end) = (Int(run.start), Int(run.end))
        if start >= range.upperBound { return }
        if run.flags & UInt32(CTEXT_RUN_HAS_NON_ASCII) == 0, start >= range.lowerBound, end <= range.upperBound {
          self.end(run.hash, body)
        } else {
          let part = max(start, range.lowerBound)..<min(end, range.upperBound)
          add(UnsafeRawBufferPointer(rebasing: runs.text[part]), body)
        }
        index += 1
      }
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

  @inline(__always)
  private mutating func end(_ word: UInt64, _ body: (UInt64) -> Void) {
    count += 1
    if count >= Self.words {
      // Multiplications by odd numbers keep the order of the words in the hash; the last step spreads the bits.
      body(Self.spread((recent.0 &* 0x9E37_79B9_7F4A_7C15 &+ recent.1) &* 0xC2B2_AE3D_27D4_EB4F &+ word))
    }
    recent = (recent.1, word)
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
