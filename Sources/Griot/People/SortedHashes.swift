extension Array where Element == UInt64 {
  /// The first place of a hash in a sorted array; `nil` where it is not there. O(log n).
  func sortedIndex(of hash: UInt64) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) >> 1
      if self[middle] < hash { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == hash ? low : nil
  }
}
