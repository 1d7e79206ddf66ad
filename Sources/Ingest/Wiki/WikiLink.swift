/// `[[target|label]]` with its brackets gone.
struct WikiLink {
  /// What shows in the text.
  private(set) var text: [UInt8] = []
  /// The category that the page is put into.
  private(set) var category: String?
  private(set) var isFile = false

  init(_ parts: [[UInt8]]) {
    var target = WhiteSpace.collapse(parts[0])[...]
    let isPlain = target.hasPrefix(":")
    if isPlain { target = target.dropFirst() }
    let colon = target.firstIndex(of: ":")
    let prefix = colon.map { WhiteSpace.trim(target[..<$0]).lowercased() } ?? ""
    let name = colon.map { WhiteSpace.trim(target[target.index(after: $0)...]) } ?? ""
    if !isPlain, Self.categories.contains(prefix) {
      category = name
      return
    }
    if !isPlain, Self.files.contains(prefix) {
      isFile = true
      let caption = parts.dropFirst().last { !Self.isOption($0) } ?? []
      if !caption.allSatisfy({ $0.isWhiteSpace }) {
        text = [0x0A, WikiTextBlocks.caption] + Array(WhiteSpace.collapse(caption).utf8) + [0x0A]
      }
      return
    }
    if parts.count > 1 {
      let label = Array(parts[1...].joined(separator: [0x7C]))
      if !label.allSatisfy({ $0.isWhiteSpace }) {
        text = label
        return
      }
      // The pipe trick: without the name space and what stands in parentheses.
      var short = name.isEmpty ? String(target) : name
      if let open = short.firstIndex(of: "("), open != short.startIndex { short = WhiteSpace.trim(short[..<open]) }
      text = Array(short.utf8)
      return
    }
    // The same page in another language.
    if !isPlain, colon != nil, Self.isLanguage(prefix) { return }
    text = Array((target.hasPrefix("#") ? target.dropFirst() : target).utf8)
  }

  private static func isLanguage(_ prefix: String) -> Bool {
    let bytes = Array(prefix.utf8)
    let base = bytes.prefix { $0 != 0x2D }
    return (2...3).contains(base.count) && bytes.count <= 12 && bytes.allSatisfy { $0.isASCIILetter || $0 == 0x2D }
  }

  private static func isOption(_ part: [UInt8]) -> Bool {
    let text = WhiteSpace.collapse(part).lowercased()
    if text.isEmpty || options.contains(text) { return true }
    if text.hasSuffix("px") && text.dropLast(2).allSatisfy({ $0.isNumber || $0 == "x" }) { return true }
    for key in ["alt=", "link=", "lang=", "page=", "class=", "upright=", "upright ", "thumbtime=", "start=", "end="]
    where text.hasPrefix(key) {
      return true
    }
    return false
  }

  private static let options: Set<String> = [
    "thumb", "thumbnail", "mini", "miniatur", "vignette", "miniaturadeimagen", "frame", "framed", "frameless",
    "gerahmt",
    "border", "left", "right", "center", "centre", "none", "links", "rechts", "zentriert", "gauche", "droite", "centré",
    "izquierda", "derecha", "baseline", "middle", "sub", "super", "top", "text-top", "bottom", "text-bottom", "upright",
    "hochkant", "мини", "справа", "слева", "центр", "мини|справа", "ляво", "дясно", "мини",
  ]

  private static let categories: Set<String> = [
    "category", "kategorie", "catégorie", "categoría", "categoria", "categorie", "kategoria", "категория", "категорія",
    "kategori", "分类", "分類", "カテゴリ", "분류", "kategória", "luokka", "κατηγορία", "תצוגה", "تصنيف",
  ]

  private static let files: Set<String> = [
    "file", "image", "datei", "bild", "fichier", "archivo", "imagen", "imagem", "ficheiro", "immagine", "bestand",
    "afbeelding", "plik", "grafika", "файл", "изображение", "картинка", "fil", "tiedosto", "kuva", "文件", "ファイル",
    "画像", "파일", "media", "soubor", "fájl", "kép", "αρχείο",
  ]
}
