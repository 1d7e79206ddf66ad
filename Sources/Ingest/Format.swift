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
