import Glibc
import SearchEngine

/// The file of queries by class, and the dump of what was found.
enum BenchFile {
  struct Line {
    var name: String
    var qid: String
    var words: String
    var shape: BenchQueryMaker.Shape
  }

  static func read(_ path: String) throws -> [Line] {
    guard let file = fopen(path, "r") else { throw BenchError("cannot open \(path)") }
    defer { fclose(file) }
    var out: [Line] = []
    var buffer: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(buffer) }
    while getline(&buffer, &capacity, file) > 0, let buffer {
      let fields = String(cString: buffer).split(separator: "\t", maxSplits: 2)
      guard fields.count == 3 else { throw BenchError("\(path): three fields were expected, line \(out.count + 1)") }
      let shape: BenchQueryMaker.Shape
      switch fields[0] {
      case "single", "or", "title": shape = .any
      case "and": shape = .all
      case "phrase": shape = .phrase
      default: throw BenchError("\(path): unknown class \(fields[0]), line \(out.count + 1)")
      }
      let words = fields[2].filter { $0 != "\n" && $0 != "\r" }
      out.append(Line(name: String(fields[0]), qid: String(fields[1]), words: words, shape: shape))
    }
    return out
  }

  /// Counts come from the counting path, the top from the pruning path: the dump shows both.
  static func dump(
    _ queries: [Line], _ searcher: Searcher, _ maker: BenchQueryMaker, _ top: Int, to path: String
  ) throws {
    guard let file = fopen(path, "w") else { throw BenchError("cannot write \(path)") }
    defer { fclose(file) }
    for line in queries {
      let query = maker.query(line.words, line.shape)
      let hits = try searcher.search(query, SearchOptions(limit: top)).hits
      var ids: [String] = []
      for hit in hits {
        let column = try searcher.reader.segments[hit.segment].bytes("id")
        ids.append(String(decoding: try column?.value(hit.document) ?? [], as: UTF8.self))
      }
      fputs("\(line.name)\t\(line.qid)\t\(try searcher.count(query))\t\(ids.joined(separator: " "))\n", file)
    }
  }
}
