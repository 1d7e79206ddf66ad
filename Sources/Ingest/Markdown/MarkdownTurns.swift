import Documents

/// Turns of speakers in Markdown: meeting notes with `ABC: …` paragraphs, interviews with `**Jane Doe:** …`.
enum MarkdownTurns {
  /// Makes the paragraphs of a dialogue cues with speakers. Initials are resolved by the attendees that the text names
  /// (`Frank Yung-Fong Tang (FYT)`, or a table with names and abbreviations).
  ///
  /// - Returns: Whether this is a dialogue.
  static func mark(_ blocks: inout [(block: Block, text: [UInt8])], people: inout [PersonMention]) -> Bool {
    guard isDialogue(blocks) else { return false }
    let names = Attendees.initials(blocks)
    var speakers: [String: Int] = [:]
    for (index, person) in people.enumerated() where person.role == .speaker {
      speakers[person.name] = speakers[person.name] ?? index
    }
    var current: Int?
    for index in blocks.indices {
      let kind = blocks[index].block.kind
      guard kind == .paragraph || kind == .listItem else {
        // A heading ends a turn; lists, code and quotes stand inside it.
        if kind == .heading { current = nil }
        continue
      }
      let text = blocks[index].text
      let label = text.withUnsafeBufferPointer { SpeakerLabel($0) }
      if let label {
        let name = names[label.name] ?? Attendees.withoutInitials(label.name)
        if let known = speakers[name] {
          current = known
        } else {
          people.append(PersonMention(name: name, role: .speaker))
          current = people.count - 1
          speakers[name] = current
        }
        var rest = text[label.words...]
        rest = rest.drop { $0.isWhiteSpace }
        if rest.isEmpty {
          // Words below: the label's paragraph gives its time and goes.
          blocks[index].text = []
        } else {
          blocks[index].text = Array(rest)
        }
        if let time = label.time {
          blocks[index].block.time = TimeRange(start: time, end: time)
          blocks[index].block.anchor = Clock.anchor(time)
        }
      }
      guard let current, kind == .paragraph || label != nil else { continue }
      blocks[index].block = turn(blocks[index].block, current)
    }
    carryTimes(&blocks)
    return true
  }

  private static func turn(_ block: Block, _ speaker: Int) -> Block {
    Block(.cue, anchor: block.anchor, time: block.time, speaker: speaker)
  }

  /// The clock of a label that stood alone goes to the words below it; empty blocks vanish.
  private static func carryTimes(_ blocks: inout [(block: Block, text: [UInt8])]) {
    var pending: Block?
    for index in blocks.indices {
      if blocks[index].text.isEmpty {
        pending = blocks[index].block
      } else if let head = pending {
        if blocks[index].block.kind == .cue, blocks[index].block.time == nil {
          blocks[index].block.time = head.time
          blocks[index].block.anchor = head.anchor
        }
        pending = nil
      }
    }
    blocks.removeAll { $0.text.isEmpty }
  }

  /// Labels open a good part of the paragraphs, and people speak more than once.
  private static func isDialogue(_ blocks: [(block: Block, text: [UInt8])]) -> Bool {
    var paragraphs = 0
    var names: [String: Int] = [:]
    var certain = 0
    for (block, text) in blocks where block.kind == .paragraph {
      paragraphs += 1
      guard let label = text.withUnsafeBufferPointer({ SpeakerLabel($0) }) else { continue }
      names[label.name, default: 0] += 1
      if label.isCertain { certain += 1 }
    }
    let repeated = names.values.filter { $0 >= 2 }
    let turns = repeated.reduce(0, +)
    if certain >= 3, certain * 4 >= paragraphs { return true }
    return turns >= 4 && repeated.count >= 2 && turns * 4 >= paragraphs
  }
}
