extension PostingsWriter {
  /// Writes the skip data of a long list behind its blocks (FORMAT.md, "Table of a long list").
  func writeTable() {
    let size = PostingsLayout.superblock
    let groups = (blocks.count + size - 1) / size
    var ends: [[Impact]] = []
    var all = ImpactAccumulator()
    var merged: [Impact] = []
    var pairStart = 0
    for group in 0..<groups {
      let lastBlock = min((group + 1) * size, blocks.count) - 1
      for pair in impacts[pairStart..<blocks[lastBlock].impactsEnd] {
        all.add(frequency: pair.frequency, norm: pair.norm)
      }
      pairStart = blocks[lastBlock].impactsEnd
      merged.removeAll(keepingCapacity: true)
      all.drain(into: &merged)
      ends.append(merged)
    }
    for pairs in ends { for pair in pairs { all.add(frequency: pair.frequency, norm: pair.norm) } }
    merged.removeAll(keepingCapacity: true)
    all.drain(into: &merged)
    postings.append(UInt8(merged.count))
    write(merged[...])

    if groups > 1 {
      // Tables of the groups stand behind the entries: their sizes are known from the counts alone.
      var tableStart = 1 + 2 * merged.count + groups * PostingsLayout.superblockEntry
      for group in 0..<groups {
        let range = blockRange(group)
        postings.append(blocks[range.upperBound - 1].last)
        postings.append(dataStart(range.lowerBound))
        postings.append(positionsStart(range.lowerBound))
        postings.append(UInt32(tableStart))
        postings.append(UInt8(positionsWidth(range)))
        postings.append(UInt8(ends[group].count))
        write(ends[group][...])
        postings.append([UInt8](repeating: 0, count: 2 * (PostingsLayout.impacts - ends[group].count)))
        tableStart += tableSize(range)
      }
    } else {
      postings.append(UInt8(positionsWidth(0..<blocks.count)))
    }
    for group in 0..<groups { writeGroup(blockRange(group)) }
  }

  private func blockRange(_ group: Int) -> Range<Int> {
    let start = group * PostingsLayout.superblock
    return start..<min(start + PostingsLayout.superblock, blocks.count)
  }

  private func dataStart(_ block: Int) -> UInt64 { block == 0 ? 0 : blocks[block - 1].dataEnd }
  private func positionsStart(_ block: Int) -> UInt64 { block == 0 ? 0 : blocks[block - 1].positionsEnd }
  private func impactsStart(_ block: Int) -> Int { block == 0 ? 0 : blocks[block - 1].impactsEnd }

  /// Bytes that the ends of positions of these blocks need, relative to the first one's start.
  private func positionsWidth(_ range: Range<Int>) -> Int {
    let most = blocks[range.upperBound - 1].positionsEnd - positionsStart(range.lowerBound)
    return max(1, (71 - most.leadingZeroBitCount) / 8)
  }

  private func tableSize(_ range: Range<Int>) -> Int {
    let pairs = blocks[range.upperBound - 1].impactsEnd - impactsStart(range.lowerBound)
    return range.count * (4 + 2 + positionsWidth(range) + 1) + 2 * pairs
  }

  private func writeGroup(_ range: Range<Int>) {
    for block in range { postings.append(blocks[block].last) }
    let data = dataStart(range.lowerBound)
    for block in range { postings.append(UInt16(blocks[block].dataEnd - data)) }
    let width = positionsWidth(range)
    let start = positionsStart(range.lowerBound)
    for block in range {
      var end = (blocks[block].positionsEnd - start).littleEndian
      withUnsafeBytes(of: &end) { postings.append(UnsafeRawBufferPointer(rebasing: $0[..<width])) }
    }
    let pairs = impactsStart(range.lowerBound)
    for block in range { postings.append(UInt8(blocks[block].impactsEnd - pairs)) }
    write(impacts[pairs..<blocks[range.upperBound - 1].impactsEnd])
  }

  private func write(_ pairs: ArraySlice<Impact>) {
    for pair in pairs {
      postings.append(FieldNorms.encodeUp(pair.frequency))
      postings.append(pair.norm)
    }
  }
}
