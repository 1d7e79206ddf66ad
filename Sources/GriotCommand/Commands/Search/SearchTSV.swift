import Documents
import Griot

/// The answer of a search as tab-separated values, a hit a line, for `cut`, `sort` and spreadsheets:
/// rank, score, id, kind, date, title, people, source, location, anchor, snippet; in a batch the id of the query first.
enum SearchTSV {
  static let columns = [
    "rank", "score", "id", "kind", "date", "title", "people", "source", "location", "anchor", "snippet",
  ]

  static func write(_ results: SearchResults, qid: String?, to out: OutputBuffer) {
    for hit in results.hits {
      var fields = [
        String(hit.rank), hit.score.description, hit.id, hit.kind, hit.date?.iso8601 ?? "", hit.title,
        hit.people.map(\.name).joined(separator: ", "), hit.source, hit.location, hit.anchor ?? "", hit.snippet.text,
      ]
      if let qid { fields.insert(qid, at: 0) }
      TSV.line(fields, to: out)
    }
  }
}

/// Tab-separated values. There is no quoting in them: tabs, line ends and other controls of a value become a blank.
enum TSV {
  static func line(_ fields: [String], to out: OutputBuffer) {
    for (i, field) in fields.enumerated() {
      if i > 0 { out.write(0x09) }
      out.write(Neutralize.line(field))
    }
    out.write(0x0A)
  }
}
