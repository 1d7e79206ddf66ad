import Documents
import Glibc
import Griot
import TestSupport

@testable import Griot

/// A folder with inputs and a memory, and the reader that was built with the tests.
struct Workshop {
  let folder = TemporaryDirectory()
  var input: String { folder.path + "/in" }
  var memory: String { folder.path + "/memory" }

  init() { mkdir(folder.path + "/in", 0o755) }

  static let reader = ProcessRunner.product("griot-reader")

  func write(_ path: String, _ text: String) {
    var at = input
    for part in path.split(separator: "/").dropLast() {
      at += "/" + part
      mkdir(at, 0o755)
    }
    let descriptor = open(input + "/" + path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    precondition(descriptor >= 0, "cannot write \(path): \(errno)")
    var text = text
    text.withUTF8 { _ = Glibc.write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
  }

  /// Puts a file's modification time into the past, so that the next change is seen by its stamp.
  func age(_ path: String, seconds: Int) {
    var times = [timespec(tv_sec: time(nil) - seconds, tv_nsec: 7), timespec(tv_sec: time(nil) - seconds, tv_nsec: 7)]
    utimensat(AT_FDCWD, input + "/" + path, &times, 0)
  }

  func options(_ paths: [String]? = nil) -> IngestOptions {
    var options = IngestOptions(paths: paths ?? [input], reader: Self.reader)
    options.workers = 2
    return options
  }

  @discardableResult
  func ingest(_ paths: [String]? = nil, _ adjust: (inout IngestOptions) -> Void = { _ in }) throws -> IngestAccount {
    var options = options(paths)
    adjust(&options)
    return try Ingester(memory: memory, options: options).run()
  }

  func search(_ query: String, _ adjust: (inout SearchRequest) -> Void = { _ in }) throws -> SearchResults {
    var request = SearchRequest(query)
    adjust(&request)
    return try SearchService(Memory(opening: memory)).search(request)
  }

  /// Names of files that two memories do not have alike.
  static func differences(_ a: [String: [UInt8]], _ b: [String: [UInt8]]) -> [String] {
    Set(a.keys).union(b.keys).filter { a[$0] != b[$0] }.sorted()
  }

  /// Every file of a memory with its bytes, the lock left out.
  static func content(of memory: String) -> [String: [UInt8]] {
    var out: [String: [UInt8]] = [:]
    var walk = FileWalk(root: memory, excludes: [], avoiding: nil)
    for file in (try? walk.run(Cancellation())) ?? [] where file.name != "lock" {
      let descriptor = open(memory + "/" + file.name, O_RDONLY)
      var bytes = [UInt8](repeating: 0, count: Int(file.stamp.size))
      bytes.withUnsafeMutableBytes { _ = read(descriptor, $0.baseAddress, $0.count) }
      close(descriptor)
      out[file.name] = bytes
    }
    return out
  }
}

/// Lines of JSON.
enum Lines {
  static func record(_ id: String, _ text: String, title: String = "", author: String? = nil) -> String {
    let by = author.map { ",\"author\":\"\($0)\"" } ?? ""
    return "{\"id\":\"\(id)\",\"title\":\"\(title)\",\"text\":\"\(text)\"\(by)}\n"
  }

  /// Documents of a made-up language of 300 words, `bytes` long all together.
  static func random(_ count: Int, words: Int, seed: UInt64, prefix: String = "d") -> String {
    var rng = SplitMix64(seed: seed)
    var out = ""
    for i in 0..<count {
      let text = (0..<words).map { _ in "w\(Int.random(in: 0..<300, using: &rng))x" }.joined(separator: " ")
      out += record("\(prefix)\(i)", text, title: "document \(i)")
    }
    return out
  }
}
