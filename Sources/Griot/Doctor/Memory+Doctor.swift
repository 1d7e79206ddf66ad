import Documents
import Glibc
import SearchEngine

extension Memory {
  /// Looks at every document and every entry of the catalogue for what looks wrong. Reads all stored documents, but
  /// not the terms and postings: that is ``check()``. Open the memory pinned.
  ///
  /// - Parameter limit: Items to describe of each kind; all are counted.
  /// - Throws: ``GriotError`` where not even the catalogue can be read.
  public func examine(limit: Int = .max) throws(GriotError) -> DoctorReport {
    var report = DoctorReport(limit: limit)
    let catalogue: Catalogue
    do {
      catalogue = try files.catalogue()
    } catch  where error.kind == .corrupt {
      report.add(.damage, .init(detail: error.message))
      return report
    }
    if let warning = analyzerWarning() { report.add(.analyzer, .init(detail: warning)) }
    examineLeftovers(&report)
    examineFiles(catalogue, &report)
    var live: Set<DocumentKey> = []
    for (index, segment) in reader.segments.enumerated() {
      let dead = segment.documentCount - segment.liveDocumentCount
      if dead > 0 {
        report.add(
          .removed, count: Int(dead), .init(detail: "\(dead) of \(segment.documentCount) in segment \(segment.id)"))
      }
      for document in 0..<segment.documentCount where segment.isLive(document) {
        report.documents += 1
        do {
          let stored = try stored(reader.segments[index], document)
          if catalogue.holders[stored.key] != nil { live.insert(stored.key) }
          examine(stored, catalogue, &report)
        } catch {
          report.add(.damage, .init(detail: error.message))
        }
      }
    }
    for key in catalogue.holders.keys.filter({ !live.contains($0) }).sorted() {
      report.add(.catalogue, .init(id: key.hex, detail: "the catalogue knows files of a document that is not there"))
    }
    return report
  }

  private func examine(_ stored: StoredDocument, _ catalogue: Catalogue, _ report: inout DoctorReport) {
    let document = stored.document
    let holders = catalogue.holders[stored.key]
    let ids = (holders?.isOwnerGone == true ? [] : [stored.file]) + (holders?.others ?? [])
    let file = ids.lazy.compactMap { catalogue.files[$0] }.first
    func item(_ detail: String?) -> DoctorReport.Item {
      let place = file.map { DocumentViews.location(catalogue.location(of: $0), document) }
      return .init(id: stored.key.hex, title: document.title, location: place, detail: detail)
    }
    if file == nil { report.add(.catalogue, item("the catalogue knows no file that holds it")) }
    let marks = document.text.replacementCharacters
    if document.replacementCount > 0 || marks > 0 {
      report.add(.replacementCharacters, item(Self.replacements(document, marks)))
    }
    for note in document.notes {
      report.add(note.hasPrefix("suspect boundary") ? .mailboxBoundaries : .notes, item(note))
    }
    // A record of a mailbox with a header has at least one of these; one without is the rest of the message before.
    if file?.format == "mbox", document.date == nil, document.people.isEmpty, document.title.isEmpty {
      report.add(.mailboxBoundaries, item("record at byte \(document.record.offset) has no header"))
    }
    if document.date == nil { report.add(.undated, item(nil)) }
    if !document.people.contains(where: { $0.role == .author || $0.role == .speaker || $0.role == .editor }) {
      report.add(.unauthored, item(nil))
    }
    if document.title.isEmpty { report.add(.untitled, item(nil)) }
    if !document.text.contains(where: { $0 > 0x20 }) && document.title.isEmpty { report.add(.empty, item(nil)) }
  }

  private static func replacements(_ document: Document, _ marks: Int) -> String {
    let made = document.replacementCount
    if made == 0 { return "\(marks) in the source itself" }
    return "\(made) while decoding \(document.charset) (\(document.charsetSource))"
  }

  private func examineFiles(_ catalogue: Catalogue, _ report: inout DoctorReport) {
    for file in catalogue.files.values.sorted(by: { $0.id < $1.id }) {
      let location = catalogue.location(of: file)
      if let reason = file.failReason { report.add(.unreadable, .init(location: location, detail: reason)) }
      for failure in file.failures {
        report.add(.quarantine, .init(location: location + failure.place, detail: failure.reason))
      }
      if let offset = file.nextOffset {
        report.add(.unfinished, .init(location: location, detail: "records from byte \(offset) on are not taken in"))
      }
      guard let root = catalogue.roots[file.root] else {
        report.add(.catalogue, .init(location: location, detail: "the file belongs to no path that was ingested"))
        continue
      }
      guard !file.wasGuest, file.documents > 0 else { continue }
      if FileWalk.status(root.absolutePath(of: file.path) + [0], follow: true) == nil, errno == ENOENT {
        let records = file.documents == 1 ? "1 record" : "\(file.documents) records"
        report.add(.missingOriginals, .init(location: location, detail: "held \(records)"))
      }
    }
  }

  /// Not while a writer is at work: its files are no leftovers.
  private func examineLeftovers(_ report: inout DoctorReport) {
    let names = try? engine(path) { () throws(IndexError) in try reader.leftovers() }
    for name in names ?? [] { report.add(.leftovers, .init(location: path + "/" + name)) }
  }
}

extension [UInt8] {
  /// How often U+FFFD (EF BF BD) stands in this UTF-8.
  fileprivate var replacementCharacters: Int {
    withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var count = 0
      var at = 0
      while let found = memchr(base + at, 0xEF, bytes.count - at) {
        at = found - UnsafeMutableRawPointer(mutating: base)
        if at + 2 < bytes.count, bytes[at + 1] == 0xBF, bytes[at + 2] == 0xBD { count += 1 }
        at += 1
      }
      return count
    }
  }
}
