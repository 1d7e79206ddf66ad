import Glibc

/// Targets of links to originals.
enum Hyperlink {
  /// The document's own address if it has one, else `file://host/path#anchor`.
  ///
  /// - Parameters:
  ///   - location: Path of a file; a member of an archive behind `!` has no address of its own.
  ///   - anchor: `#heading`, or a time `00:12:31`, which becomes `#t=751` (W3C Media Fragments).
  static func target(location: String, url: String?, anchor: String?) -> String? {
    let fragment = anchor.flatMap(fragment) ?? ""
    if let url, url.hasPrefix("https://") || url.hasPrefix("http://") {
      let escaped = escape(url, keeping: urlBytes)
      if let seconds = anchor.flatMap(seconds), let link = Player.link(escaped, seconds) { return link }
      return escaped + (url.contains("#") ? "" : fragment)
    }
    guard !location.isEmpty, location != "-" else { return nil }
    let file = location.firstIndex(of: "!").map { String(location[..<$0]) } ?? location
    guard let absolute = absolute(file) else { return nil }
    return "file://" + host + escape(absolute, keeping: pathBytes) + fragment
  }

  /// A file's address on this machine; without the host, which not every program that opens files understands.
  static func file(_ path: String, fragment: String) -> String {
    "file://" + escape(absolute(path) ?? path, keeping: pathBytes) + fragment
  }

  static func fragment(_ anchor: String) -> String? {
    if let seconds = seconds(anchor) { return "#t=\(seconds)" }
    guard anchor.hasPrefix("#"), anchor.utf8.count > 1 else { return nil }
    return "#" + escape(String(anchor.dropFirst()), keeping: pathBytes)
  }

  /// `01:02:03` or `02:03`, with or without a fraction.
  static func seconds(_ anchor: String) -> Int? {
    let whole = anchor.prefix { $0 != "." && $0 != "," }
    let parts = whole.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3 else { return nil }
    var total = 0
    for part in parts {
      guard !part.isEmpty, part.utf8.count <= 4, part.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        return nil
      }
      total = total * 60 + Int(part)!
    }
    return total
  }

  private static func absolute(_ path: String) -> String? {
    if path.hasPrefix("/") { return path }
    return WorkingDirectory.path.map { $0 + "/" + path }
  }

  /// This machine's name as it stands in an address.
  private static let host: String = {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "" }
    return name.withUnsafeBufferPointer { escape(String(cString: $0.baseAddress!), keeping: pathBytes) }
  }()

  private static let pathBytes = kept("-._~/+,:@$&'()*=")
  /// What may stand in an address as it is; `%` because it is escaped already.
  private static let urlBytes = kept("-._~/+,:@$&'()*=%?#[];!")

  /// For each byte whether it stays: letters, digits and these.
  private static func kept(_ signs: String) -> [Bool] {
    var kept = [Bool](repeating: false, count: 256)
    for byte in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8 { kept[Int(byte)] = true }
    for byte in signs.utf8 { kept[Int(byte)] = true }
    return kept
  }

  private static func escape(_ text: String, keeping kept: [Bool]) -> String {
    var text = text
    return text.withUTF8 { utf8 in
      if utf8.allSatisfy({ kept[Int($0)] }) { return String(decoding: utf8, as: UTF8.self) }
      let hex = Array("0123456789ABCDEF".utf8)
      var out: [UInt8] = []
      for byte in utf8 {
        if kept[Int(byte)] {
          out.append(byte)
        } else {
          out += [0x25, hex[Int(byte >> 4)], hex[Int(byte & 15)]]
        }
      }
      return String(decoding: out, as: UTF8.self)
    }
  }
}

/// Sites whose players start at a time that stands in the query of the address, where a media fragment is not obeyed.
private enum Player {
  /// nil for an address of no such site.
  static func link(_ url: String, _ seconds: Int) -> String? {
    guard let parameter = parameter(host(url), seconds) else { return nil }
    let hash = url.firstIndex(of: "#") ?? url.endIndex
    let page = url[..<hash]
    return page + (page.contains("?") ? "&" : "?") + parameter + url[hash...]
  }

  private static func parameter(_ host: Substring, _ seconds: Int) -> String? {
    switch host {
    case "youtube.com", "m.youtube.com", "youtu.be": "t=\(seconds)s"
    case "web.microsoftstream.com": "st=\(seconds)"
    default: nil
    }
  }

  private static func host(_ url: String) -> Substring {
    let start = url.index(behind: "://")
    let host = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    return host.hasPrefix("www.") ? host.dropFirst(4) : host
  }
}

extension String {
  /// The index behind the first occurrence of `text`, or the end.
  fileprivate func index(behind text: String) -> Index {
    var at = startIndex
    while at < endIndex {
      if self[at...].hasPrefix(text) { return index(at, offsetBy: text.count) }
      at = index(after: at)
    }
    return endIndex
  }
}

enum WorkingDirectory {
  /// `nil` if it was removed.
  static var path: String? {
    guard let directory = getcwd(nil, 0) else { return nil }
    defer { free(directory) }
    return String(cString: directory)
  }
}
