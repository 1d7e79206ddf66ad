import Documents

/// TTML captions (W3C Timed Text, also DFXP and IMSC) and YouTube's timed text: one recording, one document.
struct TimedTextReader: RecordReader {
  init() {}

  mutating func read(_ source: any ByteSource, _ context: ReadContext, into sink: any RecordSink) throws {
    guard sink.begin(recordAt: 0) else { return }
    let bytes = try source.whole(limit: context.limits.recordBytes)
    let range = RecordRange(offset: 0, length: UInt64(bytes.count))
    let decoded = CharsetDecoder.decode(bytes, CharsetDecoder.Hints(isMarkup: true))
    let tree = try decoded.utf8.withUnsafeBytes { try XMLTree($0) }
    guard let root = tree.root else { throw ReadError("no element in this XML") }
    var cues = Self.cues(root)
    guard !cues.isEmpty else {
      return sink.skipped(RecordProblem(member: context.member, record: range, reason: "no cues in these captions"))
    }
    RollingCaptions.flatten(&cues)
    CueSpeakers.resolve(&cues, hasVoiceTags: cues.contains { $0.speaker != nil }, isSubRip: false)
    var document = Document(externalID: "", kind: .transcript)
    document.title = root.first("title")?.line ?? ""
    document.declaredLanguage = root.attribute("xml:lang").flatMap { Feed.language($0) }
    TurnBuilder.append(cues, to: &document)
    document.record = range
    document.member = context.member
    document.take(decoded)
    document.nameByFile(context)
    document.markAnonymousSpeakers()
    sink.document(document)
  }

  private static func cues(_ root: XMLElement) -> [Cue] {
    var agents: [String: String] = [:]
    for agent in root.descendants where agent.localName == "agent" {
      if let id = agent.attribute("xml:id"), let name = agent.child("name")?.line { agents[id] = name }
    }
    let clock = TimeExpression(root)
    var out: [Cue] = []
    for element in root.descendants where element.localName == "p" || element.localName == "text" {
      // YouTube's own: seconds in `start` and `dur`, milliseconds in `t` and `d`.
      let begin = element.attribute("begin") ?? element.attribute("start") ?? element.attribute("t").map { $0 + "ms" }
      guard let start = begin.flatMap({ clock.milliseconds($0) }) else { continue }
      let length = element.attribute("dur") ?? element.attribute("d").map { $0 + "ms" }
      let end =
        element.attribute("end").flatMap { clock.milliseconds($0) }
        ?? length.flatMap { clock.milliseconds($0) }.map { start &+ $0 } ?? start
      let text = words(element)
      guard !text.isEmpty else { continue }
      let agent =
        element.attribute("ttm:agent") ?? element.all("span").lazy.compactMap { $0.attribute("ttm:agent") }.first
      out.append(
        Cue(time: TimeRange(start: start, end: max(start, end)), speaker: agent.map { agents[$0] ?? $0 }, text: text))
    }
    return out
  }

  private static func words(_ element: XMLElement) -> [UInt8] {
    var out: [UInt8] = []
    for node in element.nodes {
      if node.name.isEmpty { out += node.text } else if XMLElement.local(node.name) == "br" { out.append(0x20) }
    }
    // YouTube escapes twice.
    return Array(HTMLFragment.line(out).utf8)
  }
}

/// Times of TTML: `00:01:02.500`, `00:01:02:12` (frames), `62.5s`, `1000ms`, `90000t`.
struct TimeExpression {
  private let frameRate: Double
  private let tickRate: Double

  init(_ root: XMLElement) {
    frameRate = root.attribute("ttp:frameRate").flatMap { Double($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 30
    tickRate = root.attribute("ttp:tickRate").flatMap { Double($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 1
  }

  func milliseconds(_ text: String) -> UInt32? {
    var seconds: Double
    let parts = text.split(separator: ":")
    if parts.count > 1 {
      var numbers = parts.compactMap { Double($0) }
      guard numbers.count == parts.count, numbers.count <= 4 else { return nil }
      let frames = numbers.count == 4 ? numbers.removeLast() / frameRate : 0
      seconds = numbers.reduce(0) { $0 * 60 + $1 } + frames
    } else {
      let number = text.prefix { $0.isNumber || $0 == "." }
      guard let value = Double(number) else { return nil }
      switch text.dropFirst(number.count) {
      case "ms": seconds = value / 1000
      case "m": seconds = value * 60
      case "h": seconds = value * 3600
      case "f": seconds = value / frameRate
      case "t": seconds = value / tickRate
      default: seconds = value
      }
    }
    guard seconds.isFinite, seconds >= 0, seconds < 4_000_000 else { return nil }
    return UInt32((seconds * 1000).rounded())
  }
}
