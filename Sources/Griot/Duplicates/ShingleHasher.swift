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
  static func forEach(_ document: Document, _ body: (UInt64) -> Void) {
    document.text.withUnsafeBytes { text in
      var hasher = ShingleHasher()
      for block in document.blocks {
        switch block.kind {
        case .template, .quote, .signature: continue
        default: hasher.add(UnsafeRawBufferPointer(rebasing: text[block.range]), body)
        }
      }
    }
  }

  private mutating func add(_ text: UnsafeRawBufferPointer, _ body: (UInt64) -> Void) {
    let offset: UInt64 = 0xCBF2_9CE4_8422_2325, prime: UInt64 = 0x100_0000_01B3
    var hash = offset
    for byte in text {
      let folded = byte | 0x20
      if byte >= 0x80 || (folded >= 0x61 && folded <= 0x7A) || (byte >= 0x30 && byte <= 0x39) {
        if byte >= 0xE2, byte < 0xF0, hash != offset {
          // The first byte of such a character ends the word before it.
          if byte >= 0xE3 { end(&hash, body) }
        }
        hash = (hash ^ UInt64(byte >= 0x80 ? byte : folded)) &* prime
      } else if hash != offset {
        end(&hash, body)
      }
    }
    if hash != offset { end(&hash, body) }
  }

  private mutating func end(_ hash: inout UInt64, _ body: (UInt64) -> Void) {
    let word = hash
    hash = 0xCBF2_9CE4_8422_2325
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
