/// Files that say what they are in their first bytes and are not text.
enum MagicNumbers {
  static func recognise(_ head: UnsafeRawBufferPointer, _ name: FileName) -> Detection? {
    if name.extension == "tar", isOldTar(head) { return Detection(.tar) }
    for entry in table where matches(head, entry) {
      if let format = entry.format {
        if format == .zip { return zip(head) }
        return Detection(format, skipReason: ReaderRegistry.reader(for: format) == nil ? noReader(entry.name) : nil)
      }
      return Detection(.binary, skipReason: "binary file (\(entry.name))")
    }
    return nil
  }

  static func noReader(_ name: String) -> String { "no reader yet for \(name)" }

  private struct Entry {
    var offset: Int
    var bytes: [UInt8]
    var first: UInt8
    var name: String
    /// A format that has, or will have, a reader.
    var format: Format?
  }

  private static func matches(_ head: UnsafeRawBufferPointer, _ entry: Entry) -> Bool {
    head.count >= entry.offset + entry.bytes.count && head[entry.offset] == entry.first
      && head[entry.offset..<(entry.offset + entry.bytes.count)].elementsEqual(entry.bytes)
  }

  private static func entry(_ text: String, at offset: Int = 0, _ name: String, _ format: Format? = nil) -> Entry {
    // Latin-1: one scalar is one byte.
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    return Entry(offset: offset, bytes: bytes, first: bytes[0], name: name, format: format)
  }

  private static let table: [Entry] = [
    entry("%PDF-", "PDF", .pdf),
    entry("PK\u{3}\u{4}", "zip archive", .zip),
    entry("PK\u{5}\u{6}", "empty zip archive", .zip),
    entry("\u{1F}\u{8B}", "gzip", .gzip),
    entry("BZh", "bzip2", .bzip2),
    entry("\u{FD}7zXZ\u{0}", "xz", .xz),
    entry("\u{28}\u{B5}\u{2F}\u{FD}", "Zstandard", .zstd),
    entry("7z\u{BC}\u{AF}\u{27}\u{1C}", "7z archive", .sevenZip),
    entry("ustar", at: 257, "tar archive", .tar),
    entry("Rar!\u{1A}\u{7}", "RAR archive", .rar),
    entry("{\\rtf", "Rich Text Format", .rtf),
    entry("\u{4}\"M\u{18}", "lz4", .compressed),
    entry("LZIP\u{1}", "lzip", .compressed),
    entry("\u{1F}\u{9D}", "compress", .compressed),
    entry("\u{D0}\u{CF}\u{11}\u{E0}\u{A1}\u{B1}\u{1A}\u{E1}", "Microsoft OLE document, as .doc, .xls, .ppt or .msg"),
    entry("\u{89}PNG\r\n\u{1A}\n", "PNG image"),
    entry("\u{FF}\u{D8}\u{FF}", "JPEG image"),
    entry("GIF87a", "GIF image"),
    entry("GIF89a", "GIF image"),
    entry("II*\u{0}", "TIFF image"),
    entry("MM\u{0}*", "TIFF image"),
    entry("WEBP", at: 8, "WebP image"),
    entry("WAVE", at: 8, "WAV audio"),
    entry("AVI ", at: 8, "AVI video"),
    entry("ftyp", at: 4, "MP4 or QuickTime media"),
    entry("\u{0}\u{0}\u{1}\u{0}", "icon"),
    entry("8BPS", "Photoshop image"),
    entry("ID3", "MP3 audio"),
    entry("\u{FF}\u{FB}", "MP3 audio"),
    entry("\u{FF}\u{F3}", "MP3 audio"),
    entry("OggS", "Ogg media"),
    entry("fLaC", "FLAC audio"),
    entry("\u{1A}\u{45}\u{DF}\u{A3}", "Matroska or WebM video"),
    entry("\u{7F}ELF", "ELF executable"),
    entry("MZ\u{90}\u{0}", "Windows executable"),
    entry("\u{CF}\u{FA}\u{ED}\u{FE}", "Mach-O executable"),
    entry("\u{CA}\u{FE}\u{BA}\u{BE}", "Java class or Mach-O executable"),
    entry("\u{0}asm", "WebAssembly"),
    entry("SQLite format 3\u{0}", "SQLite database"),
    entry("wOFF", "WOFF font"),
    entry("wOF2", "WOFF2 font"),
    entry("\u{0}\u{1}\u{0}\u{0}\u{0}", "TrueType font"),
    entry("OTTO", "OpenType font"),
    entry("%!PS-Adobe", "PostScript"),
    entry("!<arch>\n", "ar archive"),
    entry("\u{ED}\u{AB}\u{EE}\u{DB}", "RPM package"),
    entry("!BDN", "Outlook data file"),
  ]

  /// Office and e-book files are zip archives: the name of the first member tells, and those that follow it.
  private static func zip(_ head: UnsafeRawBufferPointer) -> Detection {
    let format = zipFormat(head)
    return Detection(format, skipReason: ReaderRegistry.reader(for: format) == nil ? noReader(format.name) : nil)
  }

  private static func zipFormat(_ head: UnsafeRawBufferPointer) -> Format {
    func has(_ text: String) -> Bool { head.firstOffset(of: Array(text.utf8)) != nil }
    let kinds: [(String, Format)] = [
      ("mimetypeapplication/epub+zip", .epub), ("mimetypeapplication/vnd.oasis.opendocument.text", .odt),
      ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", .ods),
      ("mimetypeapplication/vnd.oasis.opendocument.presentation", .odp),
      ("mimetypeapplication/vnd.oasis.opendocument.graphics", .odp),
    ]
    let front = UnsafeRawBufferPointer(rebasing: head.prefix(200))
    for (mark, format) in kinds where front.firstOffset(of: Array(mark.utf8)) != nil { return format }
    // The local header of the first member ends with its name, at byte 30.
    guard head.count > 40 else { return .zip }
    let name = String(decoding: head[30..<40], as: UTF8.self)
    let isOffice = ["[Content_T", "_rels/.rel", "docProps/", "word/", "xl/", "ppt/"].contains { name.hasPrefix($0) }
    if isOffice {
      if has("word/document") || has("word/") { return .docx }
      if has("xl/workbook") || has("xl/") { return .xlsx }
      if has("ppt/presentation") || has("ppt/") { return .pptx }
    }
    return has("META-INF/container.xml") && has("application/epub+zip") ? .epub : .zip
  }

  /// Tar files from before 1988 carry no signature, but a check sum over the header.
  static func isOldTar(_ head: UnsafeRawBufferPointer) -> Bool {
    guard head.count >= 512, head[0] != 0 else { return false }
    var written = 0
    for byte in head[148..<156] where byte != 0 && byte != 0x20 {
      guard byte >= 0x30, byte < 0x38 else { return false }
      written = written * 8 + Int(byte - 0x30)
    }
    var sum = 8 * 0x20
    for i in 0..<512 where !(148..<156).contains(i) { sum += Int(head[i]) }
    return written == sum
  }
}
