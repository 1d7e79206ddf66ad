/// Redirects of a dump by their targets. They stand anywhere, so the dump is looked through once before it is read.
struct RedirectTable {
  private var sources: [String: [String]] = [:]
  private var bytes = 0
  /// Names beyond this are not kept: their pages are found under their own titles.
  private static let mostBytes = 256 << 20
  /// Title and redirect stand among the first elements of a page.
  private static let headBytes = 4096

  init(_ source: any ByteSource, _ limits: ReadLimits, working: () -> Void) throws {
    var pages = PageCursor(source, limit: limits.recordBytes)
    while let page = try pages.next() {
      working()
      guard let content = page.bytes else { continue }
      let head = UnsafeRawBufferPointer(rebasing: content.prefix(Self.headBytes))
      guard let redirect = head.firstOffset(of: Array("<redirect".utf8)) else { continue }
      guard let title = Self.between(head, "<title>", "</title>"),
        let target = Self.between(UnsafeRawBufferPointer(rebasing: head[redirect...]), "title=\"", "\"")
      else { continue }
      bytes += title.utf8.count + target.utf8.count + 64
      guard bytes <= Self.mostBytes else { return }
      sources[target, default: []].append(title)
    }
  }

  func aliases(of title: String) -> [String] { sources[title] ?? [] }

  private static func between(_ bytes: UnsafeRawBufferPointer, _ start: String, _ end: String) -> String? {
    guard let from = bytes.firstOffset(of: Array(start.utf8)) else { return nil }
    let rest = UnsafeRawBufferPointer(rebasing: bytes[(from + start.utf8.count)...])
    guard let to = rest.firstOffset(of: Array(end.utf8)), to <= 1024 else { return nil }
    return HTMLFragment.line([UInt8](rest[..<to]))
  }
}
