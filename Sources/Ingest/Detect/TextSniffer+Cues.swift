/// Subtitles and transcripts.
extension TextSniffer {
  /// An arrow line with a comma or dot in its clocks among the first lines.
  var hasSubRipTiming: Bool { lines(12).contains { CueTiming($0) != nil } }

  /// The same, for a VTT whose header is missing.
  var hasWebVTTTiming: Bool { lines(40).contains { CueTiming($0) != nil } }

  /// Turns of named speakers make up the text (user-needs R23).
  var hasSpeakerLabels: Bool { SpeakerLabels.fit(lines(400)) }
}

/// Wikis and chats.
extension TextSniffer {
  /// `%META:…{` at the start of a line, or TWiki's headings in a text file.
  func isTWikiTopic(_ name: FileName) -> Bool {
    if starts(with: "%META:TOPICINFO{") || starts(with: "%META:TOPICPARENT{") { return true }
    guard name.extension == "txt" || name.extension.isEmpty else { return false }
    let lines = lines(400)
    if lines.contains(where: { $0.starts(with: "%META:TOPIC".utf8) || $0.starts(with: "%META:FORM{".utf8) }) {
      return true
    }
    return lines.prefix(40).contains { line in
      line.starts(with: "---+".utf8) && line.dropFirst(3).drop { $0 == 0x2B || $0 == 0x21 }.first?.isBlank ?? false
    }
  }

  /// Messages with clock and author, as one program or another names them; nothing else has all of a row's words.
  var isChatExport: Bool {
    let range = start..<min(head.count, start + (16 << 10))
    func all(_ words: StaticString...) -> Bool { words.allSatisfy { contains($0, in: range) } }
    return all("\"ts\":", "\"type\":", "\"text\":") && (all("\"user\":") || all("\"bot_id\":"))  // Slack
      || all("\"guild\":", "\"channel\":", "\"messages\":")  // DiscordChatExporter
      || all("\"fromuser\":", "\"sent\":")  // Gitter
      || all("\"origin_server_ts\":", "\"sender\":")  // Matrix
      || all("\"zerver_message\":") || all("\"sender_full_name\":", "\"content\":")  // Zulip
      || all("\"messages\":", "\"from_id\":", "\"date\":")  // Telegram
      || all("\"rid\":", "\"msg\":", "\"u\":")  // Rocket.Chat
      || all("\"type\":", "\"post\":", "\"create_at\":", "\"message\":")  // Mattermost
  }

  /// Most lines say who said something at what time, or are events of such a log.
  var isChatLog: Bool {
    var said = 0
    var others = 0
    for line in lines(120) where !line.isEmpty {
      if ChatLogLine(line) != nil {
        said += 1
      } else if !line.starts(with: "---".utf8), !line.starts(with: "***".utf8), line.first?.isASCIIDigit != true,
        line.first != 0x5B
      {
        others += 1
      }
    }
    return said >= 2 && said > 2 * others
  }
}
