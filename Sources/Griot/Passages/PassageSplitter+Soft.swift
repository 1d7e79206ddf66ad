import Documents

extension PassageSplitter {
  /// Cuts the text of one long section into nearly equal passages.
  func split(
    _ document: Document, _ text: UnsafeRawBufferPointer, _ blocks: Range<Int>, _ headings: [Range<Int>],
    continues: Bool, into out: inout [Passage]
  ) {
    let atoms = atoms(document, text, blocks)
    var left = atoms.reduce(0) { $0 + $1.weight }
    var next = 0
    var block = blocks.lowerBound
    var isFirst = true
    while next < atoms.count {
      let end = cut(atoms, from: next, left: left)
      for atom in atoms[next..<end] { left -= atom.weight }
      var range = atoms[next].start..<atoms[end - 1].end
      while range.upperBound > range.lowerBound, text[range.upperBound - 1] <= 0x20 {
        range = range.lowerBound..<range.upperBound - 1
      }
      next = end
      guard !range.isEmpty else { continue }
      while block + 1 < blocks.upperBound, Int(document.blocks[block].end) <= range.lowerBound { block += 1 }
      var last = block
      while last + 1 < blocks.upperBound, Int(document.blocks[last + 1].start) < range.upperBound { last += 1 }
      out.append(
        passage(
          document, block..<last + 1, range, headings: isFirst ? headings : [], number: out.count + 1,
          continues: isFirst ? continues : true))
      isFirst = false
    }
  }

  /// Whole blocks where they are small, else their sentences.
  private func atoms(
    _ document: Document, _ text: UnsafeRawBufferPointer, _ blocks: Range<Int>
  ) -> [SoftBreaks.Atom] {
    var atoms: [SoftBreaks.Atom] = []
    for index in blocks {
      let block = document.blocks[index]
      let slice = UnsafeRawBufferPointer(rebasing: text[block.range])
      let weight = WordWeight.of(slice)
      if weight <= targetWords / 4 {
        atoms.append(
          SoftBreaks.Atom(start: Int(block.start), end: Int(block.end), weight: weight, quality: .block))
      } else {
        SoftBreaks.atoms(of: text, block.range, limit: maximumWords, into: &atoms)
      }
      guard !atoms.isEmpty else { continue }
      let isTurn =
        index + 1 < blocks.upperBound && block.speaker != nil && document.blocks[index + 1].speaker != block.speaker
      atoms[atoms.count - 1].quality = isTurn ? .speaker : .block
    }
    return atoms
  }

  /// The end of the passage that starts at atom `start`: near an equal share of what is left, at a good break.
  private func cut(_ atoms: [SoftBreaks.Atom], from start: Int, left: Int) -> Int {
    guard left > wholeWords else { return atoms.count }
    let parts = max(2, (left + targetWords / 2) / targetWords)
    let share = Double(left) / Double(parts)
    var weight = 0
    var best = start + 1
    var bestCost = Double.infinity
    for index in start..<atoms.count {
      weight += atoms[index].weight
      guard weight <= maximumWords || index == start else { break }
      // Being off by a tenth of a share is worth one step of quality.
      let cost = abs(Double(weight) - share) / share - 0.1 * Double(atoms[index].quality.rawValue)
      if cost < bestCost {
        bestCost = cost
        best = index + 1
      }
    }
    return best
  }
}
