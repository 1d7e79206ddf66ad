import Glibc
import Testing

/// The judged queries beside `Corpora/memory` name documents that exist: a file renamed there is noticed here.
@Suite struct CorporaTests {
  /// `Corpora/` of this package.
  private static let corpora = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Corpora/"

  private static func lines(of name: String) throws -> [String] {
    try text(of: corpora + name).split(separator: "\n").map(String.init)
  }

  private static func text(of path: String) throws -> String {
    let file = try #require(fopen(path, "r"), "\(path) cannot be opened: errno \(errno)")
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func everyQueryIsDescribedAndJudged() throws {
    let queries = try Self.lines(of: "queries.tsv").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    #expect(queries.count >= 40)
    #expect(queries.allSatisfy { $0.count == 2 && !$0[1].isEmpty })
    let numbers = queries.map { String($0[0]) }
    #expect(Set(numbers).count == numbers.count, "a number is given twice")

    let wanted = try Self.lines(of: "queries-wanted.tsv").dropFirst()
    #expect(wanted.map { String($0.split(separator: "\t")[0]) } == numbers)
    #expect(wanted.allSatisfy { $0.split(separator: "\t").count == 4 })

    let judged = try Self.lines(of: "qrels.tsv").map { $0.split(separator: " ") }
    #expect(Set(judged.map { String($0[0]) }) == Set(numbers))
    for number in numbers {
      let best = judged.filter { $0[0] == number }.compactMap { Int($0[3]) }.max() ?? 0
      #expect(best == 3, "\(number) has no document that answers it")
    }
  }

  @Test func judgedDocumentsExist() throws {
    var seen: Set<String> = []
    for line in try Self.lines(of: "qrels.tsv") {
      let fields = line.split(separator: " ")
      #expect(fields.count == 4, "white space in a document's name has to be %20: \(line)")
      #expect(fields.count == 4 && ["0", "1", "2", "3"].contains(fields[3]), "grades are 0 to 3: \(line)")
      #expect(seen.insert(fields.prefix(3).joined(separator: " ")).inserted, "judged twice: \(line)")
      guard fields.count == 4 else { continue }
      let name = fields[2].split(separator: "%20", omittingEmptySubsequences: false).joined(separator: " ")
      let parts = name.split(separator: "#", maxSplits: 1)
      let path = Self.corpora + "memory/" + parts[0]
      var status = stat()
      #expect(stat(path, &status) == 0, "\(path) is judged for \(fields[0]) and does not exist")
      if parts.count == 2 {
        let record = String(parts[1])
        let text = try Self.text(of: path)
        #expect(
          text.contains("<\(record)>") || text.contains("\"id\": \"\(record)\""), "\(path) has no record \(record)")
      }
    }
  }
}
