import Documents
import TextAnalysis

/// What is looked up in a frame without decoding it: some twenty varints at its front. Runs on the thread that reads
/// the pipe, so that the one thread which sees all documents in order has little to do per document.
struct FrameHeader: Sendable, BitwiseCopyable {
  /// Place of the external id in the frame.
  var idStart = 0
  var idCount = 0
  var recordOffset: UInt64 = 0
  var recordLength: UInt64 = 0
  var textCount = 0
  var declaredLanguage: Language?
  var detectedLanguage: Language?
  var isReliable = false
  var letters = 0
  /// Of everything but the place of the record in its file: equal for a record that only moved.
  var digest: UInt64 = 0

  /// Field numbers of ``DocumentFrame``; part of the stored format.
  private enum Field {
    static let externalID = 1, declaredLanguage = 7, detectedLanguage = 8, recordOffset = 12, recordLength = 13
    static let person = 9, text = 19, blocks = 20
  }

  init(_ frame: UnsafeRawBufferPointer) throws(FrameError) {
    var reader = WireReader(frame)
    var placeStart: Int?
    var placeEnd = 0
    var people = 0
    var blocks: Range<Int>?
    while true {
      let start = reader.position
      guard let (number, value) = try reader.next() else { break }
      switch number {
      case Field.externalID:
        let range = try value.range(number)
        idStart = range.lowerBound
        idCount = range.count
      case Field.declaredLanguage:
        declaredLanguage = Self.language(reader.string(try value.range(number)))
      case Field.detectedLanguage: try detected(WireReader(frame, try value.range(number)))
      case Field.recordOffset:
        recordOffset = try value.number(number)
        placeStart = placeStart ?? start
        placeEnd = reader.position
      case Field.recordLength:
        recordLength = try value.number(number)
        placeStart = placeStart ?? start
        placeEnd = reader.position
      case Field.person: people += 1
      case Field.text: textCount = try value.range(number).count
      case Field.blocks: blocks = try value.range(number)
      default: break
      }
    }
    // A damaged frame is one failed record here; further on it would be the end of the ingest.
    if let blocks {
      try DocumentFrame.checkBlocks(WireReader(frame, blocks), textCount: textCount, peopleCount: people)
    }
    let cut = placeStart ?? frame.count
    let before = Murmur128.hash(UnsafeRawBufferPointer(rebasing: frame[..<cut]))
    let after = UnsafeRawBufferPointer(rebasing: frame[max(cut, placeEnd)...])
    digest = Murmur128.hash(after, seed: before).h1
  }

  private mutating func detected(_ message: WireReader) throws(FrameError) {
    var r = message
    while let (number, value) = try r.next() {
      switch number {
      case 1: detectedLanguage = Self.language(r.string(try value.range(1)))
      case 3: isReliable = try value.number(3) != 0
      case 4: letters = Int(clamping: try value.number(4))
      default: break
      }
    }
  }

  /// `nil` for what is no language that an index knows (`und`, `xx`).
  private static func language(_ code: String) -> Language? {
    let language = Language(code: code)
    return language == .other ? nil : language
  }
}
