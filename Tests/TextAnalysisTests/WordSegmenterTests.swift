import CKernels
import Glibc
import TestSupport
import Testing

@testable import TextAnalysis

/// The fast segmenter against ICU: zero differences.
@Suite struct WordSegmenterTests {
  /// The three ways to the same answer.
  struct Trio {
    let fast = WordSegmenter()
    let portable = WordSegmenter()
    let icu = WordSegmenter()

    func difference(_ bytes: UnsafeRawBufferPointer) -> String? {
      fast.segment(bytes)
      portable.segment(bytes, kernel: ctext_words_portable)
      icu.segmentByICU(bytes)
      if let difference = fast.firstDifference(from: icu) { return "fast and ICU: " + difference }
      if let difference = portable.firstDifference(from: icu) { return "portable and ICU: " + difference }
      return nil
    }
  }

  /// Compares over pieces of a text that end at white space; returns the bytes compared and the first difference.
  private func compare(_ text: [UInt8], _ trio: Trio, piece: Int = 1 << 17) -> String? {
    var from = 0
    while from < text.count {
      var to = min(from + piece, text.count)
      while to < text.count, text[to] != 0x20, text[to] != 0x0A { to += 1 }
      let difference = text.withUnsafeBytes {
        trio.difference(UnsafeRawBufferPointer(rebasing: $0[from..<to]))
      }
      if let difference {
        let around = difference + " in bytes \(from)..<\(to)"
        return around
      }
      from = to
    }
    return nil
  }

  @Test func realText() throws {
    let trio = Trio()
    var compared = 0
    var commands: [(String, Int)] = []
    if let root = SharedTexts.root {
      commands.append(("zstd -dcq '\(root)/data/bench/docs-300k.jsonl.zst'", 40 << 20))
      // Everything native and nasty: many languages, legacy charsets as they are (ill-formed as UTF-8).
      commands.append(
        ("find '\(root)/data/native' '\(root)/data/nasty' -type f -print0 | sort -z | xargs -0 cat", 24 << 20))
    } else {
      print("SKIPPED: no shared data beside this package; set GRIOT_SHARED for the comparison over 64 MB of real text")
    }
    commands.append(
      ("find '\(SharedTexts.package)/Corpora' -type f -print0 2>/dev/null | sort -z | xargs -0r cat", 8 << 20))
    // What programs of this system say in other languages: the scripts with dictionaries first, then any.
    commands.append(
      ("cat /usr/share/locale/{ja,ko,th,zh_CN,ar,he,hi,ta,km,my,lo,el,ru,uk,de}/LC_MESSAGES/*.mo 2>/dev/null", 16 << 20)
    )
    commands.append(("cat /usr/share/i18n/locales/* 2>/dev/null", 8 << 20))
    for (command, limit) in commands {
      let text = try #require(SharedTexts.run("bash -c \"\(command)\"", limit: limit))
      compared += text.count
      let difference = compare(text, trio)
      #expect(difference == nil, "\(command)")
    }
    if SharedTexts.root != nil { #expect(compared >= 50 << 20, "the shared data or zstd is missing in part") }
    print("segmented \(compared) bytes of real text as ICU does")
  }

  /// GRIOT_RANDOM_COUNT strings (400,000 by default) from GRIOT_RANDOM_SEED.
  @Test func randomText() {
    let count = getenv("GRIOT_RANDOM_COUNT").flatMap { Int(String(cString: $0)) } ?? 400_000
    let seed = getenv("GRIOT_RANDOM_SEED").flatMap { UInt64(String(cString: $0)) } ?? 20_261_121
    let trio = Trio()
    var text = RandomText(seed: seed)
    for index in 0..<count {
      text.next(maximum: index % 50 == 0 ? 400 : 30)
      let difference = text.bytes.withUnsafeBytes { trio.difference($0) }
      if let difference {
        let scalars = String(decoding: text.bytes, as: UTF8.self).unicodeScalars
        let shown = scalars.map { String($0.value, radix: 16) }.joined(separator: " ")
        Issue.record("seed \(seed), string \(index): \(difference): \(shown)")
        return
      }
    }
  }

  /// Every character of the first two planes and some of the others, alone and between letters, digits and marks.
  @Test func everyCharacter() {
    let trio = Trio()
    var bytes: [UInt8] = []
    for value in Array(0..<UInt32(0x20400)) + Array(0xE0000..<0xE0200) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let c = Array(String(Character(scalar)).utf8)
      bytes.removeAll(keepingCapacity: true)
      for context in [
        "%", " a%", " %a", " a%b", " 1%2", " a.%b", " a%.b", " _%_", " %%", " a%1", " 東%", " ก%", " א%א ",
      ] {
        for byte in context.utf8 {
          if byte == 0x25 { bytes += c } else { bytes.append(byte) }
        }
      }
      if let difference = bytes.withUnsafeBytes({ trio.difference($0) }) {
        Issue.record("U+\(String(value, radix: 16, uppercase: true)): \(difference)")
        return
      }
    }
  }

  /// All strings of up to five characters over the symbols that the rules of ASCII know.
  @Test func exhaustiveShortText() {
    let symbols = Array("aB1_.,'@: ".utf8)
    let trio = Trio()
    for length in 1...5 {
      var digits = [Int](repeating: 0, count: length)
      var bytes = digits.map { symbols[$0] }
      while true {
        let difference = bytes.withUnsafeBytes { trio.difference($0) }
        if let difference {
          Issue.record("\(String(decoding: bytes, as: UTF8.self)): \(difference)")
          return
        }
        var place = length - 1
        while place >= 0, digits[place] == symbols.count - 1 {
          digits[place] = 0
          bytes[place] = symbols[0]
          place -= 1
        }
        if place < 0 { break }
        digits[place] += 1
        bytes[place] = symbols[digits[place]]
      }
    }
  }
}
