/// A template call as the text that its arguments hold.
struct WikiTemplate {
  private let name: String
  private let page: String
  private var positional: [[UInt8]] = []
  private var named: [(key: String, value: [UInt8])] = []
  private let isBlock: Bool

  init(_ parts: [[UInt8]], page: String) {
    self.page = page
    var title = WhiteSpace.collapse(parts[0])
    var arguments = Array(parts.dropFirst())
    // `{{#if: x | y}}`, `{{formatnum:5}}`: the first argument stands behind a colon.
    if let colon = title.firstIndex(of: ":"), Self.isFunction(title[..<colon].lowercased()) {
      let behind = Array(WhiteSpace.trim(title[title.index(after: colon)...]).utf8)
      title = String(title[..<colon])
      arguments.insert(behind, at: 0)
    } else if title.lowercased().hasPrefix("template:") || title.lowercased().hasPrefix("subst:") {
      title = String(title[title.index(after: title.firstIndex(of: ":")!)...])
    }
    name = title.lowercased().replacing("_", with: " ")
    isBlock = arguments.contains { $0.contains(0x0A) }
    for argument in arguments {
      if let (key, value) = Self.split(argument) {
        if key.allSatisfy(\.isNumber) { positional.append(value) } else { named.append((key, value)) }
      } else {
        positional.append(Self.trim(argument))
      }
    }
  }

  private static func isFunction(_ name: String) -> Bool {
    name.hasPrefix("#")
      || [
        "formatnum", "lc", "uc", "lcfirst", "ucfirst", "plural", "grammar", "gender", "int", "defaultsort",
        "displaytitle", "padleft", "padright", "ns", "urlencode", "anchorencode", "fullurl", "localurl", "filepath",
        "defaultsortkey", "sortierung", "clef de tri", "tag",
      ].contains(name)
  }

  private static func trim(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    guard let first = bytes.firstIndex(where: { !$0.isWhiteSpace }),
      let last = bytes.lastIndex(where: { !$0.isWhiteSpace })
    else { return [] }
    return Array(bytes[first...last])
  }

  /// `key = value`, if what stands before the sign can be a key.
  private static func split(_ argument: [UInt8]) -> (String, [UInt8])? {
    guard let sign = argument.firstIndex(of: 0x3D), sign > 0, sign <= 60 else { return nil }
    let key = trim(argument[..<sign])
    guard !key.isEmpty, key.count <= 40,
      key.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 >= 0x80 || " -_./()".utf8.contains($0) })
    else { return nil }
    return (String(decoding: key, as: UTF8.self).lowercased(), trim(argument[(sign + 1)...]))
  }

  var text: [UInt8] {
    if let known = WikiTemplate.constants[name] { return Array(known.utf8) }
    switch name {
    case "pagename", "fullpagename", "basepagename", "subpagename", "titel", "title": return Array(page.utf8)
    case "defaultsort", "displaytitle", "sortierung", "clef de tri", "fullurl", "localurl", "filepath", "ns",
      "short description", "use dmy dates", "use mdy dates", "coord", "authority control", "normdaten", "toc", "clear",
      "commons category", "commonscat", "wikiquote", "wiktionary", "portal", "pp-move-indef", "pp-semi-indef":
      return name == "short description" ? Self.paragraph(positional.first ?? []) : []
    case "reflist", "references", "notelist", "refs", "références", "listaref": return references
    case "convert", "cvt": return conversion
    case "#invoke": return join(positional.dropFirst(2), " ")
    case "#if", "#ifeq", "#ifexpr", "#ifexist", "#iferror", "#switch":
      return join(positional.dropFirst(name == "#ifeq" ? 2 : 1), " ") + namedValues
    case "#tag": return positional.first == Array("ref".utf8) ? [] : join(positional.dropFirst(), " ")
    case "transl", "lang", "translit", "lang2": return positional.last ?? []
    case "main", "see also", "further", "details", "hauptartikel", "siehe auch", "article détaillé", "voir aussi",
      "hatnote":
      return Self.paragraph(join(positional[...], ", "))
    default: break
    }
    if WikiTemplate.isHatnote(name) { return [] }
    if name.hasPrefix("lang-") || name.hasPrefix("#") || name == "formatnum" || name == "lc" || name == "uc"
      || name == "lcfirst" || name == "ucfirst" || name == "int"
    {
      return positional.first ?? []
    }
    if name.hasPrefix("cite") || name == "citation" || name.hasPrefix("literatur") || name.hasPrefix("internetquelle")
      || name.hasPrefix("ouvrage") || name.hasPrefix("lien web") || name.hasPrefix("cita ")
    {
      return citation
    }
    if isDate { return join(positional.prefix(3), "-") }
    if isTable { return rows }
    return join(positional[...], " ") + namedValues
  }

  /// Notes above the text that send the reader elsewhere, or say how the page is kept.
  private static func isHatnote(_ name: String) -> Bool {
    for start in [
      "redirect", "about", "other uses", "pp-", "use ", "distinguish", "for2", "featured article", "good article",
    ]
    where name.hasPrefix(start) {
      return true
    }
    return name == "for" || name == "pp"
  }

  private static func paragraph(_ text: [UInt8]) -> [UInt8] { text.isEmpty ? [] : [0x0A] + text + [0x0A, 0x0A] }

  private var references: [UInt8] {
    // The list may bring references of its own: they were taken out of the text already.
    [0x0A, WikiTextBlocks.references, 0x0A]
  }

  private func join(_ parts: some Sequence<[UInt8]>, _ separator: String) -> [UInt8] {
    var out: [UInt8] = []
    for part in parts where !part.isEmpty && !Self.isMedia(part) {
      if !out.isEmpty { out += Array(separator.utf8) }
      out += part
    }
    return out
  }

  private var isDate: Bool {
    guard name.contains("date"), positional.count >= 3 else { return false }
    return positional.prefix(3).allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCIIDigit } }
  }

  /// `{{convert|5|km|mi}}` shows 5 km; `{{convert|5|to|7|km}}` both.
  private var conversion: [UInt8] {
    guard positional.count >= 2 else { return join(positional[...], " ") }
    let second = String(decoding: positional[1], as: UTF8.self)
    let isRange = ["to", "and", "-", "–", "by", "x", "or", "+/-", "±"].contains(second)
    return join(positional.prefix(isRange ? 4 : 2), " ")
  }

  private static let citationKeys = [
    "author", "authors", "last", "first", "last1", "first1", "last2", "first2", "last3", "first3", "autor", "auteur",
    "title", "titel", "titre", "título", "chapter", "work", "website", "journal", "newspaper", "magazine", "werk",
    "publisher", "verlag", "éditeur", "date", "datum", "year", "jahr", "année", "volume", "issue", "pages", "page",
    "isbn", "doi", "quote",
  ]

  private var citation: [UInt8] {
    var parts: [[UInt8]] = []
    for key in Self.citationKeys {
      if let value = named.first(where: { $0.key == key })?.value, !value.isEmpty { parts.append(value) }
    }
    return join(parts + positional, ". ")
  }

  /// Many named values over several lines: a box of facts.
  private var isTable: Bool {
    name.hasPrefix("infobox") || name.hasPrefix("taxobox") || name.hasSuffix("infobox") || (isBlock && named.count >= 3)
  }

  private var rows: [UInt8] {
    var out: [UInt8] = [0x0A]
    for (key, value) in named where !Self.isLayout(key) && !value.isEmpty && !Self.isMedia(value) {
      let line = Array(WhiteSpace.collapse(value.map { $0 < 9 ? 0x20 : $0 }).utf8)
      guard !line.isEmpty else { continue }
      out += [WikiTextBlocks.row] + Array(key.replacing("_", with: " ").utf8) + [0x09] + line + [0x0A]
    }
    for value in positional where !value.isEmpty && !Self.isMedia(value) { out += value + [0x0A] }
    return out
  }

  private var namedValues: [UInt8] {
    let values = named.filter { !Self.isLayout($0.key) && $0.key != "date" && !$0.value.isEmpty }
    return values.isEmpty ? [] : [0x20] + join(values.map(\.value), " ")
  }

  private static func isMedia(_ value: [UInt8]) -> Bool {
    guard value.count < 200, let dot = value.lastIndex(of: 0x2E), value.count - dot <= 5 else { return false }
    let suffix = String(decoding: value[(dot + 1)...].map(\.asciiLowercased), as: UTF8.self)
    return ["jpg", "jpeg", "png", "svg", "gif", "tif", "tiff", "ogg", "ogv", "webm", "webp", "pdf"].contains(suffix)
  }

  private static func isLayout(_ key: String) -> Bool {
    layout.contains(key) || key.hasSuffix("style") || key.hasSuffix("width") || key.hasSuffix("color")
      || key.hasSuffix("colour") || key.hasSuffix("size") || key.hasPrefix("image") || key.hasSuffix("url")
  }

  private static let layout: Set<String> = [
    "align", "width", "height", "style", "class", "id", "border", "color", "colour", "bgcolor", "background", "size",
    "float", "image", "bild", "bildgröße", "logo", "map", "access-date", "accessdate", "abruf", "archive-url",
    "archiveurl", "archive-date", "archivedate", "url", "url-status", "deadurl", "dead-url", "df", "mf", "colwidth",
    "state", "group", "format", "ref", "mode", "sp", "abbr", "adj", "lk", "sortable", "sigfig", "nocat", "small",
    "collapse", "collapsed", "cellpadding", "cellspacing", "valign", "rowspan", "colspan", "display", "nolink", "alt",
    "link", "links", "position", "pushpin map", "pushpin_map", "zoom", "frame", "upright", "listclass", "bodyclass",
  ]

  private static let constants: [String: String] = [
    "!": "|", "=": "=", "(": "{", ")": "}", "!!": "||", "!-": "|-", "nbsp": " ", "sp": " ", "spaces": " ", "space": " ",
    "ndash": "–", "mdash": "—", "snd": " – ", "spnd": " – ", "spaced ndash": " – ", "–": "–", "—": "—", "•": " · ",
    "bull": " · ", "·": " · ", "dot": " · ", "middot": " · ", "*": " · ", "'": "'", "\"": "\"", "gt": ">", "lt": "<",
    "citation needed": "", "cn": "", "fact": "", "clarify": "", "who": "", "when": "", "dubious": "", "stub": "",
    "-": "", "br": " ", "clr": "", "notoc": "",
  ]
}
