/// Matches over sorted places of the words of a phrase.
enum PhraseMatching {
  /// Calls `body` with the place and the frequency of each start of the words in a row.
  static func rows(
    _ words: UnsafeMutablePointer<PhraseWord>, _ count: Int, _ body: (_ place: UInt64, _ frequency: UInt32) -> Void
  ) {
    var indices = Array(repeating: 0, count: count)
    let starts = words[0].places.count
    let firstOffset = words[0].offset
    while indices[0] < starts {
      let place = words[0].places[indices[0]]
      var run = 1
      while indices[0] + run < starts, words[0].places[indices[0] + run] == place { run += 1 }
      indices[0] += run
      var frequency = run
      for word in 1..<count {
        let wanted = place - firstOffset + words[word].offset
        let end = words[word].places.count
        var index = indices[word]
        while index < end, words[word].places[index] < wanted { index += 1 }
        indices[word] = index
        if index == end { return }
        var found = 0
        while index + found < end, words[word].places[index + found] == wanted { found += 1 }
        frequency = min(frequency, found)
        if frequency == 0 { break }
      }
      if frequency > 0 { body(place, UInt32(frequency)) }
    }
  }

  /// Calls `body` with the start of each minimal window that gives every word a place of its own and is at most
  /// `slop` places wider than the words need.
  ///
  /// A window [l, r] is minimal if it holds a match and neither [l + 1, r] nor [l, r − 1] does. For each right end the
  /// greatest left end with a match is found; it starts a minimal window if no earlier right end had one so far right.
  static func windows(
    _ words: UnsafeMutablePointer<PhraseWord>, _ count: Int, slop: Int, _ body: (_ place: UInt64) -> Void
  ) {
    let events = Events(words, count)
    let width = UInt64(count + slop)
    if events.areApart {
      windows(events, count, width, body)
    } else {
      crowdedWindows(events, count, width, body)
    }
  }

  /// The places of all words in one list.
  private struct Events {
    /// Rising, place and word in one number. Places fit beside the words of any query: positions are of 32 bits, and a
    /// document of so many has fewer than 2^24 passages.
    private var sorted: [UInt64] = []
    private let wordBits: UInt64
    /// Whether no place is that of two words.
    private(set) var areApart = true

    init(_ words: UnsafeMutablePointer<PhraseWord>, _ count: Int) {
      wordBits = UInt64(Int.bitWidth - count.leadingZeroBitCount)
      var total = 0
      for word in 0..<count { total += words[word].places.count }
      sorted.reserveCapacity(total)
      for word in 0..<count {
        var last: UInt64?
        for place in words[word].places where place != last {
          sorted.append(place << wordBits | UInt64(word))
          last = place
        }
      }
      sorted.sort()
      for index in sorted.indices.dropFirst() where place(index - 1) == place(index) { areApart = false }
    }

    var count: Int { sorted.count }

    @inline(__always)
    func place(_ index: Int) -> UInt64 { sorted[index] >> wordBits }

    @inline(__always)
    func word(_ index: Int) -> Int { Int(sorted[index] & (1 << wordBits - 1)) }
  }

  /// Where no place is wanted by two words: the left end is the least of the words' last places.
  private static func windows(
    _ events: Events, _ count: Int, _ width: UInt64, _ body: (_ place: UInt64) -> Void
  ) {
    // One more than the place: 0 for none.
    var last = [UInt64](repeating: 0, count: count)
    var greatestLeft: UInt64 = 0
    for index in 0..<events.count {
      let place = events.place(index)
      last[events.word(index)] = place + 1
      var left = UInt64.max
      for word in 0..<count { left = min(left, last[word]) }
      if left > greatestLeft, place - (left - 1) < width {
        body(left - 1)
        greatestLeft = left
      }
    }
  }

  private static func crowdedWindows(
    _ events: Events, _ count: Int, _ width: UInt64, _ body: (_ place: UInt64) -> Void
  ) {
    var greatestLeft: UInt64?
    var index = 0
    var assignment = WindowAssignment(wordCount: count)
    while index < events.count {
      let right = events.place(index)
      while index < events.count, events.place(index) == right { index += 1 }
      // Grow to the left until every word has a place, within the width.
      assignment.clear()
      var at = index
      var left: UInt64?
      while at > 0, right - events.place(at - 1) < width {
        let place = events.place(at - 1)
        var atPlace: [Int] = []
        while at > 0, events.place(at - 1) == place {
          atPlace.append(events.word(at - 1))
          at -= 1
        }
        assignment.add(place: atPlace)
        if assignment.isComplete {
          left = place
          break
        }
      }
      if let left, greatestLeft == nil || left > greatestLeft! {
        body(left)
        greatestLeft = left
      }
    }
  }
}

/// Gives words places of their own: a bipartite matching that grows place by place (Kuhn's augmenting paths).
/// Queries have few words, so this is small.
struct WindowAssignment {
  /// For each word the place (index into `places`) that it has.
  private var placeOfWord: [Int]
  /// For each place the words that stand there.
  private var places: [[Int]] = []
  private var matched = 0

  init(wordCount: Int) { placeOfWord = Array(repeating: -1, count: wordCount) }

  var isComplete: Bool { matched == placeOfWord.count }

  mutating func clear() {
    places.removeAll(keepingCapacity: true)
    for word in placeOfWord.indices { placeOfWord[word] = -1 }
    matched = 0
  }

  mutating func add(place words: [Int]) {
    places.append(words)
    var visited = Array(repeating: false, count: placeOfWord.count)
    if settle(places.count - 1, &visited) { matched += 1 }
  }

  /// Finds a word for the place, moving the words of other places on to further ones if need be.
  private mutating func settle(_ place: Int, _ visited: inout [Bool]) -> Bool {
    for word in places[place] where !visited[word] {
      visited[word] = true
      if placeOfWord[word] < 0 || settle(placeOfWord[word], &visited) {
        placeOfWord[word] = place
        return true
      }
    }
    return false
  }
}
