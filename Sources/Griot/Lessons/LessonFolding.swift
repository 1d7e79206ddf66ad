/// Groups lessons that say the same in nearly the same words.
///
/// Two are the same if their content words overlap by 0.6 (Jaccard), or if one of at least five words is nearly
/// contained in the other. Greedy from the best ranked on: what is shown represents what is folded into it.
struct LessonFolding<Stem: Hashable> {
  private var heads: [(stems: Set<Stem>, index: Int)] = []
  /// Groups by a stem, so that only those are compared that share one.
  private var byStem: [Stem: [Int]] = [:]

  /// - Returns: The group that a lesson belongs to; `nil` if it opens a new one, of the number given.
  mutating func group(_ stems: Set<Stem>, orOpen index: Int) -> Int? {
    var shared: [Int: Int] = [:]
    for stem in stems { for head in byStem[stem] ?? [] { shared[head, default: 0] += 1 } }
    let best = shared.filter { Self.isSame(stems.count, heads[$0.key].stems.count, common: $0.value) }
      .min { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    if let best { return heads[best.key].index }
    for stem in stems { byStem[stem, default: []].append(heads.count) }
    heads.append((stems, index))
    return nil
  }

  static func isSame(_ a: Int, _ b: Int, common: Int) -> Bool {
    guard common >= 2 || (a == 1 && b == 1) else { return false }
    if Double(common) >= 0.6 * Double(a + b - common) { return true }
    return min(a, b) >= 5 && Double(common) >= 0.9 * Double(min(a, b)) && max(a, b) <= 3 * min(a, b)
  }
}
