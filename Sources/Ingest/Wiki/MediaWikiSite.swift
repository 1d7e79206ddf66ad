/// What a dump says of its wiki: names of namespaces, language, address.
struct MediaWikiSite {
  private(set) var name = ""
  private(set) var language: String?
  private var base: String?
  private var namespaces: [String: String] = [:]

  /// - Parameter head: The dump up to its first page.
  init(_ head: UnsafeRawBufferPointer) {
    let text = UTF8Check.repair(head).text
    guard let tree = try? text.withUnsafeBytes({ try XMLTree($0) }), let root = tree.root else { return }
    language = root.attribute("xml:lang").flatMap { Feed.language($0) }
    guard let info = root.child("siteinfo") else { return }
    name = info.child("sitename")?.line ?? ""
    base = info.child("base")?.line
    for space in info.child("namespaces")?.all("namespace") ?? [] {
      if let key = space.attribute("key") { namespaces[key] = space.line }
    }
  }

  func namespace(_ key: String) -> String? { namespaces[key].flatMap { $0.isEmpty ? nil : $0 } }

  /// Where a page is read: the address of the main page, with another title.
  func url(_ title: String) -> String? {
    guard let base, let cut = base.lastIndex(of: "/"), base.contains("://") else { return nil }
    var out = String(base[...cut])
    for byte in title.replacing(" ", with: "_").utf8 {
      let isPlain = byte.isASCIILetter || byte.isASCIIDigit || "-_.~:/!*'();@,".utf8.contains(byte)
      let hex = String(byte, radix: 16, uppercase: true)
      out += isPlain ? String(decoding: [byte], as: UTF8.self) : "%" + (byte < 16 ? "0" : "") + hex
    }
    return out
  }
}
