/// Numbers values in the order in which they come, each once.
///
/// The first few are looked through instead of kept in a table: that is all that most queries have, and making the type
/// of a dictionary takes a fresh process longer than looking through them (a tenth of a millisecond and more).
struct Numbering<Value: Hashable> {
  private(set) var values: [Value] = []
  private var numbers: [Value: Int] = [:]

  private static var few: Int { 16 }

  var count: Int { values.count }

  /// The number of a value; nil where it has none yet.
  func number(of value: Value) -> Int? {
    values.count <= Self.few ? values.firstIndex(of: value) : numbers[value]
  }

  /// Adds a value that has no number, and gives it the next one.
  mutating func append(_ value: Value) {
    values.append(value)
    if values.count == Self.few + 1 {
      for (number, value) in values.enumerated() { numbers[value] = number }
    } else if values.count > Self.few {
      numbers[value] = values.count - 1
    }
  }

  mutating func removeAll() {
    values.removeAll()
    numbers.removeAll()
  }
}
