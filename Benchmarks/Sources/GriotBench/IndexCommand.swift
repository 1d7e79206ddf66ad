import ArgumentParser
import CSimdJSON
import Glibc
import SearchEngine
import Synchronization
import TextAnalysis

enum StopPolicy: String, ExpressibleByArgument, CaseIterable {
  /// Stop words stay in the index and in the queries.
  case keep
  /// Stop words are left out of both, as Lucene's English analyzer does.
  case drop
}

enum TokenPolicy: String, ExpressibleByArgument, CaseIterable {
  /// Words only, as peers index them.
  case plain
  /// As the product: whole identifiers, joined words and the like stand beside their parts.
  case full

  var analyzer: Analyzer.Configuration {
    self == .full ? Analyzer.Configuration() : Analyzer.Configuration(overlaps: [])
  }
}

struct IndexCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "index", abstract: "Indexes JSON Lines, one passage a document; prints what it cost as JSON.")

  @Argument(help: "JSON Lines with id, title (optional) and text.") var documents: String
  @Argument(help: "Where the index goes; replaced if it exists.") var directory: String
  @Option(help: "Threads that analyse and encode.") var threads = 2
  @Flag(help: "Store the text with each document.") var stored = false
  @Flag(help: "Give each passage its signature, for the second phase of ranking.") var signatures = false
  @Option(help: "Stop words: keep or drop.") var stop = StopPolicy.keep
  @Option(help: "Tokens: plain (words only, like for like with peers) or full (the product's).")
  var tokens = TokenPolicy.plain
  @Option(help: "Bytes of JSON Lines of one batch (one segment).") var batch = 48 << 20
  @Option(help: "Merge until at most so many segments are left; 0 leaves it to the merge policy.") var segments = 0

  func run() throws {
    let started = ContinuousClock.now
    let lines = try JSONLines(path: documents)
    removeTree(directory)
    var configuration = IndexConfiguration(
      schema: Schema(columns: [ColumnField(name: "id", type: .bytes)]), weights: FieldWeights(title: 1, heading: 1))
    configuration.batchBytes = .max  // the pieces are the batches
    configuration.analyzer = tokens.analyzer
    configuration.analyzerFingerprint = Analyzer(tokens.analyzer).fingerprint().tokens
    configuration.hasSignatures = signatures
    if stop == .drop { configuration.leftOutWords = .luceneEnglish }
    let writer = try IndexWriter(directory, configuration)
    writer.setAttribute("stop", Array(stop.rawValue.utf8))
    writer.setAttribute("tokens", Array(tokens.rawValue.utf8))
    let pieces = lines.pieces(of: batch)
    let work = BuildQueue(pieces: pieces, lines: lines, configuration: configuration, stored: stored)
    let totals = try work.run(threads: threads, into: writer)
    if segments > 0 { try writer.merge(to: segments) }
    try writer.commit()
    writer.close()
    let seconds = ContinuousClock.now - started
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let cpu =
      Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
      / 1e6
    print(
      """
      {"documents":\(totals.documents),"textBytes":\(totals.bytes),"indexBytes":\(treeSize(directory)),\
      "seconds":\(decimal(seconds / .seconds(1))),"cpuSeconds":\(decimal(cpu)),"peakBytes":\(usage.ru_maxrss * 1024),\
      "threads":\(threads),"tokens":"\(tokens.rawValue)","stop":"\(stop.rawValue)"}
      """)
  }
}

/// Builds pieces on several threads and appends them in order.
private final class BuildQueue: Sendable {
  struct Totals {
    var documents = 0
    var bytes = 0
  }

  private struct State {
    var next = 0
    var done: [Int: EncodedSegment] = [:]
    var totals = Totals()
    var failure: (any Error)?
    var appended = 0
  }

  private let pieces: [Range<Int>]
  private let lines: JSONLines
  private let configuration: IndexConfiguration
  private let stored: Bool
  private let state = Mutex(State())

  init(pieces: [Range<Int>], lines: JSONLines, configuration: IndexConfiguration, stored: Bool) {
    self.pieces = pieces
    self.lines = lines
    self.configuration = configuration
    self.stored = stored
  }

  func run(threads count: Int, into writer: IndexWriter) throws -> Totals {
    let threads = (0..<max(1, count)).map { _ in Thread { self.work(ahead: count * 2) } }
    while true {
      let (segment, finished) = state.withLock { s -> (EncodedSegment?, Bool) in
        if s.failure != nil { return (nil, true) }
        let segment = s.done.removeValue(forKey: s.appended)
        if segment != nil { s.appended += 1 }
        return (segment, segment == nil && s.appended == pieces.count)
      }
      if let segment { try writer.append(segment) } else if finished { break } else { usleep(500) }
    }
    for thread in threads { thread.join() }
    return try state.withLock { s in
      if let failure = s.failure { throw failure }
      return s.totals
    }
  }

  private func work(ahead: Int) {
    guard let parser = csimdjson_create() else { return }
    defer { csimdjson_destroy(parser) }
    var builder = SegmentBuilder(configuration)
    while true {
      // No thread runs far ahead of the writer: finished segments wait in memory.
      let index = state.withLock { s -> Int? in
        guard s.failure == nil, s.next < pieces.count else { return nil }
        if s.next > s.appended + ahead { return -1 }
        s.next += 1
        return s.next - 1
      }
      guard let index else { return }
      if index < 0 {
        usleep(500)
        continue
      }
      do {
        var totals = Totals()
        try lines.forEachDocument(in: pieces[index], parser: parser) { id, title, text in
          totals.documents += 1
          totals.bytes += title.count + text.count + (title.isEmpty ? 0 : 1)
          try builder.add(
            IndexDocument(
              key: nil, language: .english, title: Array(title), passages: [IndexPassage(body: Array(text))],
              columns: [ColumnValue(column: 0, .bytes(Array(id)))], stored: stored ? Array(text) : []))
        }
        lines.release(pieces[index])
        let segment = try builder.finish()
        state.withLock { s in
          s.done[index] = segment
          s.totals.documents += totals.documents
          s.totals.bytes += totals.bytes
        }
      } catch {
        state.withLock { $0.failure = error }
        return
      }
    }
  }
}
