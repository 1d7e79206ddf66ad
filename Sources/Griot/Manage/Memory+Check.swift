import Documents
import SearchEngine

extension Memory {
  /// Reads every byte: the engine checks its files and structures, then the stored documents are decoded and held
  /// against the catalogue.
  ///
  /// - Throws: ``GriotError`` only if nothing can be read at all; damage is in the report.
  public func check() throws(GriotError) -> CheckReport {
    var report = CheckReport()
    let index = reader.check()
    report.problems = index.problems.map { GriotError($0, memory: path).message }
    var catalogue = Catalogue()
    do { catalogue = try files.catalogue() } catch { report.problems.append(error.message) }
    report.files = catalogue.files.count
    for segment in reader.segments {
      for document in 0..<segment.documentCount where segment.isLive(document) {
        report.documents += 1
        do {
          let stored = try stored(segment, document)
          report.bytes += UInt64(stored.document.text.count)
          let holders = catalogue.holders[stored.key]
          let files = (holders?.isOwnerGone == true ? [] : [stored.file]) + (holders?.others ?? [])
          if !files.contains(where: { catalogue.files[$0] != nil }) {
            report.problems.append(
              "document \(stored.key.hex) (\(stored.source)): the catalogue knows no file that holds it")
          }
        } catch {
          report.problems.append(error.message)
        }
        // A damaged file would say the same for every document in it.
        if report.problems.count >= 100 { return report }
      }
    }
    return report
  }
}
