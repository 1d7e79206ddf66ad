import Glibc

/// What the organization itself says of its short forms: the file `glossary.tsv` in the memory, for people to edit.
///
/// A line is `SHORT TAB long form`; several lines of one short form are several meanings. `-SHORT TAB long form` strikes
/// a mined meaning out, `-SHORT` all of them. Empty lines and lines that begin with `#` say nothing. Forms are compared
/// without regard to case. A memory without the file has an empty glossary.
public struct Glossary: Sendable, Equatable {
  public static let fileName = "glossary.tsv"

  public private(set) var definitions: [AcronymDefinition] = []
  private var struck: Set<String> = []
  private var struckPairs: Set<[String]> = []

  public init() {}

  public init(text: String) {
    for line in text.split(whereSeparator: \.isNewline) where line.first != "#" {
      let fields = line.split(separator: "\t", maxSplits: 1).map { Self.trimmed($0) }
      guard var short = fields.first, !short.isEmpty else { continue }
      if short.hasPrefix("-"), short.count > 1 {
        short.removeFirst()
        if fields.count > 1, !fields[1].isEmpty {
          struckPairs.insert([AcronymEntry.key(short), AcronymEntry.key(fields[1])])
        } else {
          struck.insert(AcronymEntry.key(short))
        }
      } else if fields.count > 1, !fields[1].isEmpty {
        definitions.append(AcronymDefinition(short: short, long: fields[1]))
      }
    }
  }

  /// Reads the glossary of a memory.
  /// - Throws: ``GriotError`` if the file is there and cannot be read, or is no text of a sensible size.
  init(memory: String) throws(GriotError) {
    let path = memory + "/" + Self.fileName
    guard let file = fopen(path, "re") else {
      if errno == ENOENT {
        self.init()
        return
      }
      throw GriotError(
        errno == EACCES ? .denied : .io, "cannot read \(path): \(FileWalk.text(errno))")
    }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var room = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&room, 1, room.count, file), count > 0 {
      bytes += room[..<count]
      guard bytes.count <= Self.mostBytes else {
        throw GriotError(
          .usage, "\(path) is longer than \(Self.mostBytes >> 20) MiB: a glossary is a short list")
      }
    }
    self.init(text: String(decoding: bytes, as: UTF8.self))
  }

  private static let mostBytes = 16 << 20

  /// Whether a mined meaning was struck out.
  func strikes(_ definition: AcronymDefinition) -> Bool {
    let short = AcronymEntry.key(definition.short)
    return struck.contains(short)
      || struckPairs.contains([short, AcronymEntry.key(definition.long)])
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
