import Documents
import Glibc
import Testing

@testable import Ingest

/// Main content against people's judgement, by the article extraction benchmark's own metric: 4-word shingles, precision
/// and recall per page, their means, F1 of the means.
@Suite struct HTMLBoilerplateTests {
  @Test func articleExtraction() throws {
    guard let root = SharedData.path("boilerplate") else { return }
    let truth = try GroundTruth(SharedData.read(root + "/ground-truth.json"))
    var precision = 0.0, recall = 0.0
    var pages: [(Double, String)] = []
    let dump = getenv("GRIOT_DUMP").map { String(cString: $0) }
    for (id, body) in truth.bodies {
      let html = SharedData.readCompressed("\(root)/html/\(id).html.gz")
      let (text, layout) = try Reading.content(html)
      let score = Shingles.score(body, text)
      precision += score.precision
      recall += score.recall
      let f =
        score.precision + score.recall == 0 ? 0 : 2 * score.precision * score.recall / (score.precision + score.recall)
      pages.append(
        (
          f,
          "\(id.prefix(8)) P \(rounded(score.precision)) R \(rounded(score.recall)) \(layout) \(truth.urls[id] ?? "")"
        ))
      if let dump, id.hasPrefix(dump) { print("=== truth\n\(body)\n=== got\n\(text)\n===") }
    }
    let n = Double(truth.bodies.count)
    let p = precision / n, r = recall / n
    let f1 = 2 * p * r / (p + r)
    for (f, line) in pages.sorted(by: { $0.0 < $1.0 }).prefix(30) { print("  \(rounded(f)) \(line)") }
    print("main content: \(truth.bodies.count) pages, precision \(rounded(p)), recall \(rounded(r)), F1 \(rounded(f1))")
    #expect(f1 >= 0.90)
  }

  private func rounded(_ x: Double) -> Double { (x * 1000).rounded() / 1000 }
}

extension Reading {
  /// The text of a page's content, without template blocks.
  static func content(_ html: [UInt8]) throws -> (String, layout: String) {
    guard let document = try run(HTMLReader(), html, format: .html).documents.first else { return ("", "") }
    let blocks = document.blocks.filter { $0.kind != .template }
    let text = blocks.map { String(decoding: document.text[$0.range], as: UTF8.self) }.joined(separator: "\n")
    return (text, document.attribute("layout") ?? document.kind.rawValue)
  }
}

enum Shingles {
  /// Words as the benchmark cuts them: runs of `\w`.
  static func words(_ text: String) -> [Substring] {
    text.split { !($0.isLetter || $0.isNumber || $0 == "_") }
  }

  static func counts(_ text: String) -> [String: Int] {
    let words = words(text)
    var out: [String: Int] = [:]
    if words.isEmpty { return out }
    let n = min(4, words.count)
    for i in 0...(words.count - n) { out[words[i..<(i + n)].joined(separator: " "), default: 0] += 1 }
    return out
  }

  static func score(_ truth: String, _ text: String) -> (precision: Double, recall: Double) {
    let a = counts(truth), b = counts(text)
    var tp = 0, fp = 0, fn = 0
    for key in Set(a.keys).union(b.keys) {
      let t = a[key] ?? 0, p = b[key] ?? 0
      tp += min(t, p)
      fp += max(0, p - t)
      fn += max(0, t - p)
    }
    let precision = tp + fp == 0 ? (fn == 0 ? 1 : 0) : Double(tp) / Double(tp + fp)
    let recall = tp + fn == 0 ? 1 : Double(tp) / Double(tp + fn)
    return (precision, recall)
  }
}

/// Just enough JSON for `{"id": {"articleBody": "…", "url": "…"}}`.
struct GroundTruth {
  var bodies: [(String, String)] = []
  var urls: [String: String] = [:]

  init(_ json: [UInt8]) throws {
    var i = 0
    var depth = 0
    var id = "", key = ""
    while i < json.count {
      switch json[i] {
      case 0x7B: depth += 1
      case 0x7D: depth -= 1
      case 0x22:
        let (text, end) = Self.string(json, i + 1)
        i = end
        var next = i + 1
        while next < json.count, json[next] <= 0x20 { next += 1 }
        let isKey = next < json.count && json[next] == 0x3A
        if isKey, depth == 1 {
          id = text
        } else if isKey {
          key = text
        } else if key == "articleBody" {
          bodies.append((id, text))
        } else if key == "url" {
          urls[id] = text
        }
      default: break
      }
      i += 1
    }
  }

  private static func string(_ json: [UInt8], _ start: Int) -> (String, Int) {
    var units: [UInt16] = []
    var out = ""
    var raw: [UInt8] = []
    func flush() {
      out += String(decoding: raw, as: UTF8.self)
      raw = []
      out += String(decoding: units, as: UTF16.self)
      units = []
    }
    var i = start
    while json[i] != 0x22 {
      if json[i] == 0x5C {
        i += 1
        if json[i] == 0x75 {
          if units.isEmpty { flush() }
          units.append(UInt16(String(decoding: json[(i + 1)...(i + 4)], as: UTF8.self), radix: 16)!)
          i += 5
          continue
        }
        if !units.isEmpty { flush() }
        raw.append([0x6E: 0x0A, 0x74: 0x09, 0x72: 0x0D][json[i]] ?? json[i])
      } else {
        if !units.isEmpty { flush() }
        raw.append(json[i])
      }
      i += 1
    }
    flush()
    return (out, i)
  }
}
