import TestSupport
import Testing

@testable import GriotCommand

@Suite struct JSONWriterTests {
  private func escaped(_ text: String) -> String {
    let out = OutputBuffer()
    JSONWriter.escape(text, into: out)
    return out.text
  }

  @Test func writesKeysInOrderAndCommasBetween() {
    let out = OutputBuffer()
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("none", String?.none)
      json.array("list") { list in
        list.element("a")
        list.object { $0.field("x", true) }
        list.array { _ in }
        list.array {
          $0.element(1)
          $0.element(-2)
        }
      }
      json.object("empty") { _ in }
      json.field("score", Float(0.1))
      json.field("seconds", 1.5)
      json.field("nan", Double.nan)
      json.field("words", ["b", "c"])
    }
    #expect(
      out.text
        == #"{"version":1,"none":null,"list":["a",{"x":true},[],[1,-2]],"empty":{},"score":0.1,"seconds":1.5,"#
        + #""nan":null,"words":["b","c"]}"# + "\n")
  }

  @Test func escapesWhatMustNotStand() {
    #expect(escaped("a\"b\\c\n\t\r\u{8}\u{0}\u{1B}[0m/é漢😀") == #""a\"b\\c\n\t\r\u0008\u0000\u001b[0m/é漢😀""#)
    #expect(
      escaped("\u{7F}\u{80}\u{9F}\u{A0}\u{2028}\u{2029}\u{2027}")
        == "\"\\u007f\\u0080\\u009f\u{A0}\\u2028\\u2029\u{2027}\"")
    #expect(escaped("") == "\"\"")
  }

  @Test func everyScalarComesBack() throws {
    // Both sides share nothing; a strict reader gets back what the writer was given, scalar by scalar.
    var text = ""
    for value in UInt32(0)...0x10FFFF where value < 0x3000 || value % 251 == 0 {
      if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
    }
    let value = try JSONValue(parsing: escaped(text))
    #expect(value == .string(text))
  }

  @Test func randomTextComesBack() throws {
    let seed: UInt64 = 0x5EED_0001
    var random = SplitMix64(seed: seed)
    for _ in 0..<2000 {
      var text = ""
      for _ in 0..<Int.random(in: 0..<40, using: &random) {
        let range: ClosedRange<UInt32> = [0...0x7F, 0x80...0xFF, 0x2000...0x2040, 0...0x10FFFF].randomElement(
          using: &random)!
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.unicodeScalars.append(scalar) }
      }
      let json = escaped(text)
      #expect(try JSONValue(parsing: json) == .string(text), "seed \(seed), \(text.debugDescription)")
      #expect(!json.utf8.contains { $0 < 0x20 || $0 == 0x7F }, "seed \(seed), \(text.debugDescription)")
    }
  }

  @Test func everyFiniteFloatReadsBack() throws {
    var random = SplitMix64(seed: 7)
    for _ in 0..<2000 {
      let value = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &random))
      let out = OutputBuffer()
      JSONWriter.line(out) { $0.field("x", value) }
      let parsed = try JSONValue(parsing: out.text)["x"]!
      if value.isFinite {
        guard case .number(let digits) = parsed else { Issue.record("\(value) became \(parsed)"); continue }
        #expect(Float(digits) == value)
      } else {
        #expect(parsed == .null)
      }
    }
  }
}

@Suite struct JSONParserTests {
  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "-", "1e", "tru", "\"\n\"", "\"\\x\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\u00g0\"", "\"\\u+123\"", "'a'", "1 2", "{a:1}", "\"abc", "[1 2]", "nan",
  ])
  func refuses(_ text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
  }

  @Test func readsAll() throws {
    let value = try JSONValue(
      parsing: #" { "a" : [ 1 , -0.5e+3 , "x\ud83d\ude00\u0000\/" , null , true , false ] , "b":{}} "#)
    #expect(value.keys == ["a", "b"])
    #expect(value["a"]?[1]?.double == -500)
    #expect(value["a"]?[2]?.string == "x😀\u{0}/")
    #expect(value["b"] == .object([]))
  }
}
