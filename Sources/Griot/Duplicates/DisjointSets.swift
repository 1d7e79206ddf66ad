/// Union–find with path halving; the smaller index leads (Tarjan 1975).
struct DisjointSets: Sendable {
  private var parent: [UInt32]

  init(count: Int) { parent = (0..<UInt32(count)).map { $0 } }

  mutating func find(_ index: Int) -> Int {
    var i = index
    while parent[i] != UInt32(i) {
      parent[i] = parent[Int(parent[i])]
      i = Int(parent[i])
    }
    return i
  }

  mutating func union(_ a: Int, _ b: Int) {
    let left = find(a), right = find(b)
    if left < right { parent[right] = UInt32(left) } else { parent[left] = UInt32(right) }
  }

  /// Joins what another one over the same numbers has joined. O(count).
  mutating func formUnion(_ other: DisjointSets) {
    var other = other
    for index in other.parent.indices where other.parent[index] != UInt32(index) { union(index, other.find(index)) }
  }

  /// Sets of two and more, members ascending, ordered by their first.
  mutating func groups() -> [[UInt32]] {
    var members: [Int: [UInt32]] = [:]
    for index in parent.indices {
      let root = find(index)
      if root != index { members[root, default: [UInt32(root)]].append(UInt32(index)) }
    }
    return members.values.sorted { $0[0] < $1[0] }
  }
}
