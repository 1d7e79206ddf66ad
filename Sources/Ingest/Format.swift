/// A format of files, as ``FormatDetector`` tells them apart. The raw value is what the account prints.
enum Format: String, Sendable, CaseIterable {
  // Mail and HTML
  case eml, mbox
  case html
  case mediawikiHTML = "mediawiki-html"
  // Text formats
  case markdown
  case vtt, srt
  case speakerText = "speaker-text"
  case jsonLines = "jsonl"
  case jsonArray = "json"
  case csv
  case text
  // Recognised, to be named in the account: no reader takes them, or not yet.
  case empty, binary, unreadable
  case pdf, zip, docx, xlsx, pptx, odt, epub, gzip, bzip2, xz, zstd, sevenZip = "7z", tar, rar
  case mediawikiXML = "mediawiki-xml"
  case feed, xml
}

extension Format {
  /// As the account names it to people.
  var name: String {
    switch self {
    case .eml: "mail message"
    case .mbox: "mailbox"
    case .html: "HTML"
    case .mediawikiHTML: "MediaWiki page"
    case .markdown: "Markdown"
    case .vtt: "WebVTT"
    case .srt: "SubRip"
    case .speakerText: "transcript"
    case .jsonLines: "JSON Lines"
    case .jsonArray: "JSON"
    case .csv: "CSV"
    case .text: "plain text"
    case .empty: "empty file"
    case .binary: "binary file"
    case .unreadable: "unreadable file"
    case .pdf: "PDF"
    case .zip: "zip archive"
    case .docx: "Word document"
    case .xlsx: "Excel workbook"
    case .pptx: "PowerPoint presentation"
    case .odt: "OpenDocument file"
    case .epub: "EPUB book"
    case .gzip: "gzip"
    case .bzip2: "bzip2"
    case .xz: "xz"
    case .zstd: "Zstandard"
    case .sevenZip: "7z archive"
    case .tar: "tar archive"
    case .rar: "RAR archive"
    case .mediawikiXML: "MediaWiki XML dump"
    case .feed: "RSS or Atom feed"
    case .xml: "XML"
    }
  }
}
