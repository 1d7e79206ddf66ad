import Glibc
import TestSupport
import Testing

@testable import Griot

/// Readers that crash, hang or swell at one record. The debug build of the reader does so on demand.
@Suite(.serialized) struct ReaderDeathTests {
  static func lines(_ count: Int) -> (text: String, offsets: [Int]) {
    var text = ""
    var offsets: [Int] = []
    for i in 0..<count {
      offsets.append(text.utf8.count)
      text += Lines.record("r\(i)", "record number \(i) of the tide gauge")
    }
    return (text, offsets)
  }

  @Test(arguments: Sanitizer.isOn ? ["crash", "hang"] : ["crash", "hang", "swell"]) func oneRecordIsLost(_ kind: String)
    throws
  {
    let shop = Workshop()
    let (text, offsets) = Self.lines(40)
    shop.write("fatal-box.jsonl", text)
    shop.write("other.jsonl", Lines.random(5, words: 8, seed: 3))
    setenv("GRIOT_READER_FAULT", "\(kind)@\(offsets[17])@fatal-box.jsonl", 1)
    defer { unsetenv("GRIOT_READER_FAULT") }
    let account = try shop.ingest {
      $0.recordTimeLimit = 3
      $0.readerMemoryLimit = 300 << 20
    }
    #expect(account.added == 44 && account.failed.count == 1 && account.found == 45)
    #expect(account.failed.first?.path == shop.input + "/fatal-box.jsonl:\(offsets[17])")
    #expect(try shop.search("record").total.value == 39)
    // Not tried again while the file is as it was, and not forgotten either.
    let again = try shop.ingest()
    #expect(again.unchanged == 44 && again.failed == account.failed)
  }

  @Test func theFirstAndTheLastRecord() throws {
    for index in [0, 39] {
      let shop = Workshop()
      let (text, offsets) = Self.lines(40)
      shop.write("fatal-box.jsonl", text)
      setenv("GRIOT_READER_FAULT", "crash@\(offsets[index])@fatal-box.jsonl", 1)
      defer { unsetenv("GRIOT_READER_FAULT") }
      let account = try shop.ingest()
      #expect(account.added == 39 && account.failed.count == 1, "record \(index)")
    }
  }

  @Test func amongManySmallFiles() throws {
    let shop = Workshop()
    for i in 0..<60 { shop.write("f\(i).txt", "file number \(i) about gauges") }
    setenv("GRIOT_READER_FAULT", "crash@0@f31.txt", 1)
    defer { unsetenv("GRIOT_READER_FAULT") }
    let account = try shop.ingest { $0.workers = 3 }
    #expect(account.added == 59 && account.failed.map(\.path) == [shop.input + "/f31.txt:0"])
  }

  @Test func aReaderThatIsNoneIsAnError() throws {
    let shop = Workshop()
    shop.write("a.txt", "text")
    for reader in ["/bin/true", "/bin/cat", shop.input + "/a.txt", "/nonexistent"] {
      do {
        try shop.ingest { $0.reader = reader }
        Issue.record("\(reader) passed for a reader")
      } catch let error as GriotError {
        #expect(error.kind == .io, "\(reader): \(error)")
      }
    }
  }
}
