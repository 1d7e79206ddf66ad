internal import Yams

/// YAML between `---` lines.
enum YAMLFrontMatter {
  typealias Entries = [FrontMatterEntry]

  /// - Returns: The members of the top-level mapping, in order; a failure with YAML's opinion otherwise.
  static func parse(_ text: String) -> Result<Entries, ReadError> {
    do {
      guard let node = try compose(yaml: text) else { return .success([]) }
      guard case .map(let entries) = value(node, depth: 0) else {
        return .failure(ReadError("not a mapping"))
      }
      return .success(entries)
    } catch {
      return .failure(ReadError(WhiteSpace.collapse(String("\(error)".prefix(160)))))
    }
  }

  /// Bounded, because aliases let a few lines unfold into gigabytes.
  private static func value(_ node: Node, depth: Int) -> FrontMatterValue {
    switch node {
    case .scalar(let scalar): return .scalar(scalar.string)
    case .sequence(let sequence):
      guard depth < 4 else { return .list([]) }
      return .list(sequence.prefix(256).map { value($0, depth: depth + 1) })
    case .mapping(let mapping):
      guard depth < 4 else { return .map([]) }
      return .map(mapping.prefix(256).map { FrontMatterEntry($0.key.string ?? "", value($0.value, depth: depth + 1)) })
    case .alias: return .scalar("")
    }
  }

  /// `key: value` lines and `- item` lists; everything else is passed over.
  static func parseTolerantly(_ text: String) -> Entries {
    var entries: Entries = []
    for line in text.split(whereSeparator: \.isNewline) {
      let trimmed = WhiteSpace.trim(line)
      if trimmed.isEmpty || trimmed.hasPrefix("#") { continue }
      if trimmed.hasPrefix("- "), !entries.isEmpty {
        let item = FrontMatterValue.scalar(unquoted(trimmed.dropFirst(2)))
        let last = entries.count - 1
        switch entries[last].value {
        case .list(let items): entries[last].value = .list(items + [item])
        case .scalar(let text) where text.isEmpty: entries[last].value = .list([item])
        default: break
        }
        continue
      }
      guard line.first?.isWhitespace == false, let colon = trimmed.firstIndex(of: ":") else { continue }
      let key = WhiteSpace.trim(trimmed[..<colon])
      guard !key.isEmpty, !key.contains(" ") else { continue }
      entries.append(FrontMatterEntry(key, list(unquoted(trimmed[trimmed.index(after: colon)...]))))
    }
    return entries
  }

  /// `[a, b]` is a list, everything else itself.
  private static func list(_ text: String) -> FrontMatterValue {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return .scalar(text) }
    return .list(text.dropFirst().dropLast().split(separator: ",").map { .scalar(unquoted($0)) })
  }

  static func unquoted(_ text: some StringProtocol) -> String {
    let trimmed = WhiteSpace.trim(text)
    guard trimmed.utf8.count >= 2, let first = trimmed.first, first == "\"" || first == "'", trimmed.last == first
    else {
      return trimmed
    }
    return String(trimmed.dropFirst().dropLast())
  }
}
