/// The set phrases of mail programs and list managers, in the languages they come in.
enum MailPhrases {
  enum Delimiter { case forwarded, original }

  /// A line of dashes with words in it: `-----Original Message-----`, `---------- Forwarded message ---------`; or
  /// Apple Mail's `Begin forwarded message:`.
  static func delimiter(_ line: ArraySlice<UInt8>) -> Delimiter? {
    guard line.count >= 16, line.count <= 90, let first = line.first else { return nil }
    if first == 0x2D || first == 0x5F || first == 0x3D {
      let words = line.drop { $0 == first || $0 == 0x20 }
      guard line.count - words.count >= 4 else { return nil }
      return words.hasPrefix(anyOf: forwarded) ? .forwarded : words.hasPrefix(anyOf: original) ? .original : nil
    }
    return line.hasPrefix(anyOf: begin) ? .forwarded : nil
  }

  private static let forwarded: [StaticString] = [
    "forwarded message", "forwarded by", "begin forwarded", "weitergeleitete nachricht", "message transféré",
    "message transfere", "mensaje reenviado", "doorgestuurd bericht", "mensagem encaminhada", "messaggio inoltrato",
    "videresendt", "vidarebefordrat", "пересылаемое сообщение", "forwarded mail", "weitergeleitet",
  ]
  private static let original: [StaticString] = [
    "original message", "originalnachricht", "ursprüngliche nachricht", "message d'origine", "message original",
    "mensaje original", "messaggio originale", "oorspronkelijk bericht", "mensagem original", "ursprungligt meddelande",
    "original appointment", "reply message", "исходное сообщение",
  ]
  private static let begin: [StaticString] = [
    "begin forwarded message:", "anfang der weitergeleiteten", "début du message réexpédié",
    "début du message transféré",
    "inizio messaggio inoltrato", "inicio del mensaje reenviado",
  ]

  /// `From: Jane` as the first line of a quoted header block.
  static func isQuotedFrom(_ line: ArraySlice<UInt8>) -> Bool { line.bare.hasPrefix(anyOf: from) }
  /// `Sent:`, `To:`, `Subject:` … below it.
  static func isQuotedHeader(_ line: ArraySlice<UInt8>) -> Bool { line.bare.hasPrefix(anyOf: headers) }

  private static let from: [StaticString] = ["from:", "von:", "de :", "de:", "da:", "van:", "från:", "fra:", "от:"]
  private static let headers: [StaticString] = [
    "sent:", "date:", "to:", "cc:", "subject:", "gesendet:", "datum:", "an:", "betreff:", "envoyé :", "envoyé:", "à :",
    "objet :", "objet:", "enviado:", "para:", "asunto:", "inviato:", "oggetto:", "verzonden:", "aan:", "onderwerp:",
    "skickat:", "till:", "ämne:", "отправлено:", "кому:", "тема:",
  ]

  static func startsAttribution(_ line: ArraySlice<UInt8>) -> Bool {
    line.hasPrefix(anyOf: attributionStart) && (line.contains { $0.isASCIIDigit } || namesWriting(line))
  }
  static func namesWriting(_ line: ArraySlice<UInt8>) -> Bool { attributionEnd.contains { line.contains($0) } }

  private static let attributionStart: [StaticString] = [
    "on ", "am ", "le ", "el ", "il ", "op ", "em ", "den ", "at ", "in message", "in article", "quoting", "dne ",
    "w dniu",
  ]
  private static let attributionEnd: [StaticString] = [
    " wrote", " writes", " said", " schrieb", "a écrit", "a ecrit", " escribió", " escribio", " ha scritto", " schreef",
    " escreveu", " skrev", " napsal", " napisał", "пишет", "писал", "写道", "のメッセージ", " typed", " skribis", " schreibt",
  ]

  /// A rule across the page.
  static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    guard line.count >= 8, let first = line.first, first == 0x5F || first == 0x2D || first == 0x3D || first == 0x2A
    else { return false }
    return line.allSatisfy { $0 == first || $0 == 0x20 } || line.prefix(20).allSatisfy { $0 == first }
  }

  static func isListFooter(_ text: ArraySlice<UInt8>) -> Bool { footer.contains { text.contains($0) } }

  private static let footer: [StaticString] = [
    "mailing list", "listinfo", "unsubscribe", "sponsored by", "yahoo! groups", "majordomo", "list-archive",
    "mailman", "listserv", "groups.google.com", "abmelden", "désabonner", "attachment was scrubbed",
  ]
}

extension ArraySlice where Element == UInt8 {
  /// Without emphasis marks and spaces at the front: `*From:* Jane`.
  fileprivate var bare: ArraySlice<UInt8> { drop { $0 == 0x2A || $0 == 0x20 || $0 == 0x09 } }

  /// Whether one of the (lower-case) phrases stands at the front; ASCII letters in any case.
  func hasPrefix(anyOf phrases: [StaticString]) -> Bool {
    withUnsafeBufferPointer { line in
      guard let first = line.first?.asciiLowercased else { return false }
      return phrases.contains { phrase in
        let n = phrase.utf8CodeUnitCount
        guard first == phrase.utf8Start[0], line.count >= n else { return false }
        for i in 1..<n where line[i].asciiLowercased != phrase.utf8Start[i] { return false }
        return true
      }
    }
  }

  /// Whether the (lower-case) phrase stands anywhere; ASCII letters in any case.
  func contains(_ phrase: StaticString) -> Bool {
    withUnsafeBytes { $0.find(phrase) != nil }
  }
}
