/// A definition as the column of acronyms holds it, to be found by what somebody types: the short form or the long one.
///
/// `s` or `l`, what is typed in lower case, tab, the form that it stands for as the text has it, tab, the typed form as
/// the text has it. Columns keep their values sorted, so that all entries of a form stand together.
struct AcronymEntry: Hashable {
  enum Direction: UInt8 {
    case short = 0x73
    case long = 0x6C
  }

  var direction: Direction
  var typed: String
  var meant: String

  /// A definition in both directions.
  static func both(_ definition: AcronymDefinition) -> [AcronymEntry] {
    [
      AcronymEntry(direction: .short, typed: definition.short, meant: definition.long),
      AcronymEntry(direction: .long, typed: definition.long, meant: definition.short),
    ]
  }

  static func prefix(_ direction: Direction, _ typed: String) -> [UInt8] {
    [direction.rawValue] + key(typed).utf8 + [0x09]
  }

  /// One blank between words, no capitals: how forms are compared.
  static func key(_ form: String) -> String {
    let key = form.lowercased()
    // Most are one word, which needs neither cutting nor joining.
    if key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) { return key }
    return key.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  var bytes: [UInt8] {
    let meant = meant.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let typed = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return Self.prefix(direction, typed) + meant.utf8 + [0x09] + typed.utf8
  }

  init(direction: Direction, typed: String, meant: String) {
    self.direction = direction
    self.typed = typed
    self.meant = meant
  }

  /// nil for bytes that are no entry.
  init?(_ bytes: [UInt8]) {
    let fields = bytes.split(separator: 0x09, omittingEmptySubsequences: false)
    guard fields.count == 3, let first = bytes.first, let direction = Direction(rawValue: first)
    else { return nil }
    self.direction = direction
    meant = String(decoding: fields[1], as: UTF8.self)
    typed = String(decoding: fields[2], as: UTF8.self)
  }
}
