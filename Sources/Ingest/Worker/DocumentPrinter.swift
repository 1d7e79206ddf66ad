import Documents
import Glibc

/// `griot-reader FILE…`: what the readers see, for whoever works on them.
enum DocumentPrinter {
  static func print(_ files: [String], limits: ReadLimits) -> Int32 {
    var failures = false
    for path in files {
      let request = ReadRequest(path: path, relativePath: path)
      let sink = PrintingSink(request)
      do {
        let source = try MappedFile(path: path)
        let detection = FormatDetector.detect(source, path: path)
        let found = ReaderRegistry.reader(for: detection.format)
        let missing = found == nil ? MagicNumbers.noReader(detection.format.name) : nil
        let reason = detection.skipReason ?? missing
        sink.line("=== \(path): \(detection.format.rawValue)\(reason.map { ", skipped: \($0)" } ?? "")")
        guard reason == nil, var reader = found else { continue }
        try reader.read(source, ReadContext(request: request, format: detection.format, limits: limits), into: sink)
      } catch {
        sink.line("failed: \(error)")
        failures = true
      }
    }
    return failures ? 5 : 0
  }
}

private final class PrintingSink: RecordSink {
  private let finisher: DocumentFinisher
  init(_ request: ReadRequest) { finisher = DocumentFinisher(request) }

  func line(_ text: String) { Swift.print(text) }

  func begin(recordAt offset: UInt64) -> Bool { true }
  func skipped(_ problem: RecordProblem) { line("skipped at \(problem.record.offset): \(problem.reason)") }
  func failed(_ problem: RecordProblem) { line("failed at \(problem.record.offset): \(problem.reason)") }

  func document(_ document: consuming Document) {
    finisher.finish(&document)
    let d = document
    line("--- \(d.kind) id=\(d.externalID) at \(d.record.offset)+\(d.record.length)")
    line("title: \(d.title)")
    if let date = d.date { line("date: \(date.iso8601)") }
    if let language = d.declaredLanguage { line("language: \(language)") }
    if let l = d.detectedLanguage { line("detected: \(l.code) \(l.percent)% reliable=\(l.isReliable) of \(l.letters)") }
    if let url = d.url { line("url: \(url)") }
    for (i, p) in d.people.enumerated() { line("person \(i): \(p.role) \(p.name) <\(p.address ?? "")>") }
    for a in d.attributes { line("\(a.name): \(a.value)") }
    for n in d.notes { line("note: \(n)") }
    line("charset: \(d.charset) (\(d.charsetSource)), replaced \(d.replacementCount)")
    for b in d.blocks {
      var head = "[\(b.kind)\(b.level > 0 ? " \(b.level)" : "")"
      if let anchor = b.anchor { head += " #\(anchor)" }
      if let time = b.time { head += " \(time.start)…\(time.end)" }
      if let speaker = b.speaker { head += " speaker \(speaker)" }
      line(head + "] " + String(decoding: d.text[b.range], as: UTF8.self))
    }
  }
}
