/// One generated document: words as numbers, so that a query can be cut out of it and a line of JSON written from it.
struct Document {
  /// A token packs its kind into the upper two bits.
  struct Token: Equatable {
    var bits: UInt32

    static func stem(_ rank: Int, form: Int) -> Token { Token(bits: UInt32(rank) &<< 3 | UInt32(form)) }
    static func function(_ index: Int) -> Token { Token(bits: 1 &<< 30 | UInt32(index)) }
    static func number(_ value: Int) -> Token { Token(bits: 2 &<< 30 | UInt32(value)) }
    static let comma = Token(bits: 3 &<< 30)
    static let stop = Token(bits: 3 &<< 30 | 1)
    static let paragraph = Token(bits: 3 &<< 30 | 2)

    var kind: UInt32 { bits &>> 30 }
    var isStem: Bool { kind == 0 }
    var isMark: Bool { kind == 3 }
    var rank: Int { Int(bits &>> 3) }
    var form: Int { Int(bits & 7) }
    var payload: Int { Int(bits & 0x3FFF_FFFF) }
  }

  enum Kind: Int, CaseIterable {
    case message, wiki, newsletter, transcript, lesson

    var name: StaticString {
      switch self {
      case .message: "message"
      case .wiki: "wiki"
      case .newsletter: "newsletter"
      case .transcript: "transcript"
      case .lesson: "lesson"
      }
    }

    /// Share of all documents, and median and spread of the log-normal length in words.
    var shape: (share: Double, median: Double, sigma: Double) {
      switch self {
      case .message: (0.67, 26, 1.05)
      case .wiki: (0.14, 180, 0.95)
      case .newsletter: (0.08, 240, 0.6)
      case .transcript: (0.06, 900, 0.6)
      case .lesson: (0.05, 130, 0.6)
      }
    }
  }

  var index = 0
  var kind = Kind.message
  var person = 0
  /// Years since `Topics.firstYear`, month and day from 1.
  var year = 0
  var month = 1
  var day = 1
  var title: [Token] = []
  var text: [Token] = []
}
