/// Which of some names somebody may have meant.
enum Similarity {
  /// The nearest name, if it is near: at most two edits, and fewer than half of its letters.
  static func nearest(_ word: String, in names: [String]) -> String? {
    let candidates = names.map { (name: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= 2 && best.distance * 2 < best.name.utf8.count ? best.name : nil
  }

  /// Edits (insert, delete, replace, swap of neighbours) that turn one word into the other.
  /// Source: "optimal string alignment", Boytsov 2011.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    // A name of the command line is short; longer input is near to nothing.
    guard a.count <= 64, b.count <= 64 else { return 64 }
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
