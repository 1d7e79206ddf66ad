internal import CKernels

/// How long a text is, in words, as far as splitting is concerned: cheap, monotone, never less than the number of
/// white-space separated words.
///
/// Scripts without spaces count half a word a character (Han, Kana, Hangul) or a quarter (Thai, Lao); a run of eight
/// bytes without any white space counts as a word's third, so that base64 and minified code are long too. Finding
/// true words is the analyzer's business and costs twenty times as much.
enum WordWeight {
  /// The weight of `bytes`, in words: `ctext_word_weight` of the kernels, which counts twelfths of a word.
  static func of(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    return ctext_word_weight(base.assumingMemoryBound(to: UInt8.self), bytes.count)
  }
}
