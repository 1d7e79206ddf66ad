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
  // Containers
  case zip, gzip, bzip2, xz, zstd, sevenZip = "7z", tar, rar, compressed
  // Feeds and dumps
  case feed
  case mediawikiXML = "mediawiki-xml"
  case twiki
  case confluenceXML = "confluence-xml"
  // Office and books
  case docx, xlsx, pptx, odt, ods, odp, epub, pdf, rtf
  // Recordings and chats
  case ohms, tei, ttml
  case chatJSON = "chat-json"
  case chatLog = "chat-log"
  // Recognised, to be named in the account: no reader takes them, or not yet.
  case empty, binary, unreadable
  case xml
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
    case .odt: "OpenDocument text"
    case .ods: "OpenDocument spreadsheet"
    case .odp: "OpenDocument presentation"
    case .rtf: "Rich Text Format"
    case .ohms: "OHMS interview"
    case .tei: "TEI document"
    case .ttml: "TTML captions"
    case .chatJSON: "chat export"
    case .chatLog: "chat log"
    case .twiki: "TWiki topic"
    case .confluenceXML: "Confluence space export"
    case .compressed: "compressed file"
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
