import ArgumentParser
import Glibc
import TextAnalysis

/// What analysis costs alone: text to tokens, and distinct terms to forms and stems.
@main struct AnalysisBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analysis-bench",
    abstract: "Analyses text files in passages of about a thousand bytes; the best of several passes, thread CPU time.")

  @Argument(help: "Text files, UTF-8.") var files: [String]
  @Option(help: "Passes over each file.") var passes = 5
  @Option(help: "Language of the stems.") var language = "en"
  @Option(help: "Bytes of a passage, cut at white space.") var passage = 1024

  func run() throws {
    for path in files {
      guard let text = read(path) else { throw ValidationError("\(path): cannot be read") }
      let result = measure(text)
      print(
        "{\"file\":\"\(path)\",\"bytes\":\(text.count),\"tokens\":\(result.tokens),\"positions\":\(result.positions),"
          + "\"distinct\":\(result.distinct),\"analyze_mb_s\":\(result.analyze),\"stems_per_s\":\(result.stems)}")
    }
  }

  private struct Result {
    var tokens = 0
    var positions = 0
    var distinct = 0
    var analyze = 0
    var stems = 0
  }

  private func measure(_ text: [UInt8]) -> Result {
    let analyzer = Analyzer()
    let stemmer = Stemmer()
    let language = Language(code: language)
    var buffer = TokenBuffer()
    var result = Result()
    var best = Double.infinity
    var terms: Set<[UInt8]> = []
    let passages = cut(text)
    text.withUnsafeBytes { bytes in
      for pass in 0..<max(1, passes) {
        let start = seconds()
        result.tokens = 0
        result.positions = 0
        for range in passages {
          analyzer.analyze(UnsafeRawBufferPointer(rebasing: bytes[range]), into: &buffer)
          result.tokens += buffer.count
          result.positions += buffer.positionCount
        }
        best = min(best, seconds() - start)
        if pass > 0 { continue }
        for range in passages {
          analyzer.analyze(UnsafeRawBufferPointer(rebasing: bytes[range]), into: &buffer)
          for index in 0..<buffer.count { terms.insert(buffer.term(buffer[index])) }
        }
      }
    }
    result.distinct = terms.count
    result.analyze = Int(Double(text.count) / best / 1e6)
    let start = seconds()
    var length = 0
    for term in terms {
      term.withUnsafeBytes { length += stemmer.stem($0, language).count + stemmer.fold($0).count }
    }
    result.stems = length == 0 ? 0 : Int(Double(terms.count) / (seconds() - start))
    return result
  }

  private func cut(_ text: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var from = 0
    while from < text.count {
      var to = min(from + passage, text.count)
      while to < text.count, text[to] != 0x20, text[to] != 0x0A { to += 1 }
      ranges.append(from..<to)
      from = to
    }
    return ranges
  }

  private func read(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var text: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = fread(&chunk, 1, chunk.count, file)
      if got == 0 { return text }
      text.append(contentsOf: chunk[..<got])
    }
  }

  private func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
