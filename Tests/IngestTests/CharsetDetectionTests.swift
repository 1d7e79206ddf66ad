import Glibc
import Testing

@testable import Ingest

@Suite struct CharsetDetectionTests {
  /// Text of a set whose folders name the charset must come out as that charset would have it.
  @Test func chardetSet() throws {
    guard let root = SharedData.path("nasty/chardet/tests") else { return }
    var right = 0, total = 0
    var wrong: [String] = []
    for path in SharedData.files(below: root) where path.split(separator: "/").count > 1 {
      let relative = path.dropFirst(root.utf8.count + 1)
      guard let slash = relative.firstIndex(of: "/") else { continue }
      var folder = String(relative[..<slash])
      for language in [
        "-croatian", "-czech", "-hungarian", "-polish", "-slovak", "-slovene", "-bulgarian", "-russian",
        "-arabic", "-greek", "-turkish", "-hebrew", "-romanian",
      ] where folder.hasSuffix(language) {
        folder.removeLast(language.count)
      }
      total += 1
      let bytes = SharedData.read(path)
      let (ok, text): (Bool, DecodedText) = bytes.withUnsafeBytes { raw in
        let text = CharsetDecoder.decode(raw)
        guard let expected = Charset.named(folder) else { return (false, text) }
        let skip = ByteOrderMark.find(raw)?.1 ?? 0
        let reference =
          folder.hasPrefix("UTF-16") || folder.hasPrefix("UTF-32") || folder == "utf-8-sig"
          ? (ByteOrderMark.find(raw)?.0 ?? expected) : expected
        let (want, _) = CharsetDecoder.convert(UnsafeRawBufferPointer(rebasing: raw[skip...]), reference)
        return (want == text.utf8, text)
      }
      if ok {
        right += 1
      } else {
        wrong.append(
          "\(relative): \(text.charset.name) \(text.source) \(bytes.withUnsafeBytes { CharsetDetector.uchardet($0) ?? "-" })"
        )
      }
    }
    print("chardet: \(right) of \(total)")
    for line in wrong.sorted() { print("  \(line)") }
    #expect(right * 100 >= total * 93)
  }
}
