public import Documents

/// Cuts a document into passages. A pure function of the document:
///
/// - Every block that is no template lies in exactly one passage, as its text or as its heading; templates
///   (navigation, footers) lie in none. Quotes and signatures stay where they are.
/// - A heading opens a passage. Short sections that follow each other are joined up to the target; the headings inside
///   stay in the text.
/// - Longer text is cut softly: at a change of speaker or a block's end rather than at a sentence's, near equal parts,
///   none of more than 1.5 × the target.
public struct PassageSplitter: Sendable {
  /// The length aimed at, in words (see ``WordWeight`` for texts without spaces).
  ///
  /// 300 is what the design names: long enough for the words of a question to meet, short enough to be read as a hit.
  public var targetWords: Int

  public init(targetWords: Int = 300) {
    precondition(targetWords >= 8, "passages of a few words are no passages")
    self.targetWords = targetWords
  }

  /// A section is called short up to here and is then joined with its neighbours.
  var shortWords: Int { targetWords / 3 }
  /// A section is left whole up to here.
  var wholeWords: Int { targetWords * 5 / 4 }
  var maximumWords: Int { targetWords * 3 / 2 }

  /// - Returns: At least one passage (an empty one for a document without text, so that its title can be found), in
  ///   order of their ranges, which do not overlap.
  public func passages(of document: Document) -> [Passage] {
    document.text.withUnsafeBytes { text in
      // The usual line of JSON: one block that cannot be too long whatever stands in it.
      if document.blocks.count == 1, document.blocks[0].kind != .template, document.blocks[0].kind != .heading {
        let block = document.blocks[0]
        let slice = UnsafeRawBufferPointer(rebasing: text[block.range])
        if slice.count / 2 < wholeWords || WordWeight.of(slice) <= wholeWords {
          return [passage(document, 0..<1, block.range, headings: [], number: 1, continues: false)]
        }
      }
      var out: [Passage] = []
      for group in groups(sections(document, text)) { emit(group, document, text, into: &out) }
      if out.isEmpty { out.append(Passage(range: 0..<0, headings: [], anchor: "#p1", speakers: [], continues: false)) }
      return out
    }
  }

  /// A run of blocks under one heading, or several runs that were joined.
  struct Section {
    /// Indices of the heading blocks over the text, outermost first.
    var headings: [Int] = []
    /// Level of the first heading, 0 for text without one.
    var level = 0
    /// Indices of the blocks of the text.
    var body: Range<Int>
    var words = 0
    var headingWords = 0
    /// The section was interrupted by a template block and goes on here.
    var continues = false
    /// Stands right behind the section before, so that both can be one slice.
    var isAdjacent = true
  }

  /// Headings in a row that stand over one text; more are text themselves.
  private static let deepestHeadings = 4

  private func sections(_ document: Document, _ text: UnsafeRawBufferPointer) -> [Section] {
    var out: [Section] = []
    var open: Section?
    var wasTemplate = false
    for (index, block) in document.blocks.enumerated() {
      let words = block.kind == .template ? 0 : WordWeight.of(UnsafeRawBufferPointer(rebasing: text[block.range]))
      switch block.kind {
      case .template:
        if let section = open, section.body.count > 0 {
          out.append(section)
          // What follows belongs to the same heading, but not to the same slice.
          open = Section(level: section.level, body: index + 1..<index + 1, continues: true, isAdjacent: false)
        }
        wasTemplate = true
        continue
      case .heading where words <= shortWords:
        if var section = open, section.body.isEmpty, let last = section.headings.last, !wasTemplate,
          block.level > document.blocks[last].level, section.headings.count < Self.deepestHeadings
        {
          section.headings.append(index)
          section.headingWords += words
          section.body = index + 1..<index + 1
          open = section
        } else {
          close(&open, into: &out)
          open = Section(
            headings: [index], level: Int(block.level), body: index + 1..<index + 1, headingWords: words,
            isAdjacent: !wasTemplate)
        }
      default:
        if open == nil { open = Section(body: index..<index, isAdjacent: !wasTemplate) }
        // Between a heading and its text: heading and text cannot be one slice of the passage before.
        if wasTemplate { open!.isAdjacent = false }
        if open!.body.isEmpty { open!.body = index..<index + 1 } else { open!.body = open!.body.lowerBound..<index + 1 }
        open!.words += words
      }
      wasTemplate = false
    }
    close(&open, into: &out)
    return out
  }

  private func close(_ section: inout Section?, into out: inout [Section]) {
    if let section, !section.body.isEmpty || !section.headings.isEmpty { out.append(section) }
    section = nil
  }

  /// Joins short sections with what follows them on the same level or below.
  private func groups(_ sections: [Section]) -> [[Section]] {
    var out: [[Section]] = []
    var words = 0
    for section in sections {
      if let first = out.last?.first, section.isAdjacent, !section.headings.isEmpty,
        section.level >= first.level, words + section.headingWords + section.words <= targetWords,
        words < shortWords || section.words < shortWords
      {
        out[out.count - 1].append(section)
        words += section.headingWords + section.words
      } else {
        out.append([section])
        words = section.words
      }
    }
    return out
  }

  private func emit(
    _ group: [Section], _ document: Document, _ text: UnsafeRawBufferPointer, into out: inout [Passage]
  ) {
    let blocks = document.blocks
    let first = group[0]
    let headings = first.headings.map { blocks[$0].range }
    // From the first block behind the headings to the last of the group; inner headings are text.
    let lower = first.body.isEmpty && group.count > 1 ? group[1].headings[0] : first.body.lowerBound
    let upper = max(group[group.count - 1].body.upperBound, (group[group.count - 1].headings.last ?? -1) + 1)
    guard lower < upper else {
      let end = headings.last?.upperBound ?? 0
      var passage = passage(
        document, lower..<lower, end..<end, headings: headings, number: out.count + 1, continues: first.continues)
      if let anchor = first.headings.last.flatMap({ blocks[$0].anchor }) { passage.anchor = "#" + anchor }
      out.append(passage)
      return
    }
    let start = out.count
    if group.count > 1 || first.words <= wholeWords {
      let range = Int(blocks[lower].start)..<Int(blocks[upper - 1].end)
      out.append(
        passage(
          document, lower..<upper, range, headings: headings, number: out.count + 1, continues: first.continues))
    } else {
      split(document, text, lower..<upper, headings, continues: first.continues, into: &out)
    }
    if let anchor = first.headings.reversed().lazy.compactMap({ blocks[$0].anchor }).first {
      out[start].anchor = "#" + anchor
    }
  }

  /// Makes one passage over a slice of the text; `blocks` are those that it touches.
  func passage(
    _ document: Document, _ blocks: Range<Int>, _ range: Range<Int>, headings: [Range<Int>], number: Int,
    continues: Bool
  ) -> Passage {
    var speakers: [Int] = []
    for index in blocks {
      if let speaker = document.blocks[index].speaker, !speakers.contains(speaker) { speakers.append(speaker) }
    }
    var anchor = "#p\(number)"
    if let block = blocks.first.map({ document.blocks[$0] }) {
      if let time = block.time {
        anchor = Self.clock(time.start)
      } else if let id = block.anchor, Int(block.start) == range.lowerBound {
        anchor = "#" + id
      }
    }
    return Passage(range: range, headings: headings, anchor: anchor, speakers: speakers, continues: continues)
  }

  /// `HH:MM:SS` of a moment in a recording.
  static func clock(_ milliseconds: UInt32) -> String {
    let seconds = Int(milliseconds) / 1000
    func pad(_ n: Int) -> String { n < 10 ? "0\(n)" : "\(n)" }
    return "\(pad(seconds / 3600)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
  }
}
