extension Analyzer {
  /// The scripts whose dictionary ICU lacks (user-needs R19): a build of ICU without them would make one word of every
  /// sentence. Empty when all is well. Opens ICU's dictionaries: some milliseconds, for `doctor`.
  public func scriptsWithoutDictionary() -> [String] {
    let samples: [(script: String, text: String, words: Int)] = [
      ("Thai", "สวัสดีชาวโลก", 3), ("Lao", "ພາສາລາວ", 2), ("Khmer", "ខ្ញុំនិយាយភាសាខ្មែរ", 3),
      ("Burmese", "ကျွန်တော်မြန်မာစကားပြောတတ်တယ်", 4), ("Chinese", "机器学习", 2), ("Japanese", "大学で検索", 3),
    ]
    return samples.filter { sample in
      let tokens = tokens(of: sample.text)
      let words = tokens.filter { $0.kind == .cjkWord || $0.kind == .cjkSingle || $0.kind == .word }
      return words.count < sample.words
    }.map(\.script)
  }
}
