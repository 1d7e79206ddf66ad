/// Which reader takes which format: the one place where readers are named.
enum ReaderRegistry {
  /// `nil`: no reader takes this format (yet).
  static func reader(for format: Format) -> (any RecordReader)? {
    switch format {
    case .eml: MessageReader()
    case .mbox: MailboxReader()
    case .html, .mediawikiHTML: HTMLReader()
    case .jsonLines: JSONLinesReader()
    case .vtt, .srt: SubtitleReader()
    case .speakerText: SpeakerTextReader()
    case .text: TextReader()
    case .jsonArray: JSONArrayReader()
    case .csv: CSVReader()
    case .markdown: MarkdownReader()
    case .zip, .gzip, .bzip2, .xz, .zstd, .sevenZip, .tar, .rar, .compressed: ArchiveReader()
    case .docx, .xlsx, .pptx, .odt, .ods, .odp, .epub: OfficeReader()
    case .pdf: PDFReader()
    case .ohms: OHMSReader()
    case .tei: TEIReader()
    case .ttml: TimedTextReader()
    case .twiki: TWikiReader()
    case .confluenceXML: ConfluenceReader()
    case .chatJSON: ChatReader()
    case .chatLog: ChatLogReader()
    case .feed: FeedReader()
    case .mediawikiXML: MediaWikiReader()
    default: nil
    }
  }
}
