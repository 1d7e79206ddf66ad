import CKernels
import TestSupport
import Testing

@testable import SearchEngine

/// The code of dictionary keys: what goes in comes out, and other bytes are refused or are other keys, never a trap.
@Suite struct KeyCodeTests {
  /// Sorted distinct keys, as a block keeps them: words, numbers, other scripts, long ones.
  private func block(_ random: inout SplitMix64) -> KeyBlockWriter {
    let alphabets = ["etaoinshrdlu", "0123456789abcdef", "αβγδежзи東京", "etaoin"]
    let alphabet = Array(alphabets[Int.random(in: 0..<4, using: &random)])
    var words = Set<String>()
    let isLong = Int.random(in: 0..<6, using: &random) == 0
    for _ in 0..<Int.random(in: 1...64, using: &random) {
      let count = Int.random(in: 1...(isLong ? 120 : 9), using: &random)
      words.insert(String((0..<count).map { _ in alphabet.randomElement(using: &random)! }))
    }
    var writer = KeyBlockWriter()
    for word in words.map({ Array($0.utf8) }).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      word.withUnsafeBytes { writer.add($0) }
    }
    return writer
  }

  /// The keys of a block put together.
  private func keys(_ writer: borrowing KeyBlockWriter) -> [[UInt8]] {
    var words: [[UInt8]] = []
    writer.keys.withUnsafeBytes { bytes in
      var reader = ByteReader(bytes)
      for _ in 0..<writer.count {
        let head: UInt8 = reader.fixed()
        let shared = Int(head >> 4) + (head >> 4 == 15 ? Int(reader.varint()) : 0)
        let count = Int(head & 15) + (head & 15 == 15 ? Int(reader.varint()) : 0)
        words.append((words.last.map { Array($0.prefix(shared)) } ?? []) + [UInt8](reader.bytes(count)!))
      }
    }
    return words
  }

  @Test func keysComeOutAsTheyWentIn() {
    var random = SplitMix64(seed: 41)
    var coded = 0
    for round in 0..<400 {
      let writer = block(&random)
      var out = [UInt8](repeating: 0xA5, count: 2 * writer.keys.count + 16)
      let size = ck_keys_encode(KeyCode.tables, writer.keys, writer.keys.count, UInt32(writer.count), &out)
      #expect(size < writer.keys.count)
      if size == 0 { continue }
      coded += 1
      let found = out.withUnsafeBytes {
        DecodedKeys(UnsafeRawBufferPointer(rebasing: $0[..<size]), count: UInt32(writer.count)).map {
          [UInt8]($0.buffer)
        }
      }
      #expect(found == writer.keys, "round \(round)")
      let words = keys(writer)
      func find(_ key: [UInt8]) -> Int32 {
        ck_keys_find(KeyCode.tables, out, size, UInt32(writer.count), key, key.count)
      }
      for (place, word) in words.enumerated() {
        #expect(find(word) == Int32(place), "round \(round)")
        // Neighbours of a key: shorter, longer, changed.
        for other in [Array(word.dropLast()), word + [97], word.dropLast() + [word[word.count - 1] ^ 1]]
        where !other.isEmpty {
          #expect(find(other) == Int32(words.firstIndex(of: other) ?? -1), "round \(round)")
        }
      }
      // Damage: any bit.
      for _ in 0..<20 {
        var damaged = out
        damaged[Int.random(in: 0..<size, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        damaged.withUnsafeBytes {
          _ = DecodedKeys(UnsafeRawBufferPointer(rebasing: $0[..<size]), count: UInt32(writer.count))
        }
        let word = words.randomElement(using: &random)!
        let place = ck_keys_find(KeyCode.tables, damaged, size, UInt32(writer.count), word, word.count)
        #expect(place >= -2 && place < Int32(writer.count))
      }
    }
    #expect(coded > 150)
  }

  @Test func codesAreCompleteAndFree() {
    for which in 0..<2 {
      var room = 0
      for byte in 0..<256 { room += 1 << (12 - Int(ck_key_code_length(KeyCode.tables, UInt32(which), UInt8(byte)))) }
      #expect(room == 1 << 12)
    }
  }
}
