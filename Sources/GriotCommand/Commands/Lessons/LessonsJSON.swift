import Documents
import Griot

/// Lessons for programs (design §8): hits of a search with `lesson`; beside it who says it, what the document tells
/// around it, and where else it was learned.
enum LessonsJSON {
  static func write(_ results: LessonResults, to out: OutputBuffer, addresses: Bool) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("query", results.query)
      json.object("total") {
        $0.field("value", results.total.value)
        $0.field("relation", results.total.relation.rawValue)
      }
      json.field("took_us", results.tookMicroseconds)
      json.field("notes", results.notes)
      json.array("hits") { hits in
        for hit in results.hits { hits.object { members(of: hit, addresses: addresses, in: &$0) } }
      }
      json.object("facets") { SearchJSON.facets(results.facets, in: &$0) }
    }
  }

  static func writeLines(_ results: LessonResults, qid: String?, to out: OutputBuffer, addresses: Bool) {
    for hit in results.hits {
      JSONWriter.line(out) { json in
        json.field("version", 1)
        if let qid { json.field("qid", qid) }
        members(of: hit, addresses: addresses, in: &json)
      }
    }
  }

  static func members(of lesson: LessonHit, addresses: Bool, in json: inout JSONWriter) {
    SearchJSON.members(of: lesson.hit, addresses: addresses, in: &json)
    json.object("lesson") {
      $0.field("text", lesson.text)
      $0.field("type", lesson.type.name)
      $0.field("confidence", confidence(lesson.confidence))
      $0.field("rule", lesson.rule)
    }
    json.field("speaker", lesson.speaker)
    json.object("context") {
      $0.field("happened", lesson.context.happened)
      $0.field("why", lesson.context.why)
      $0.field("advice", lesson.context.advice)
    }
    json.array("occurrences") { array in
      for occurrence in lesson.occurrences {
        array.object {
          $0.field("id", occurrence.id)
          $0.field("title", occurrence.title)
          $0.field("date", occurrence.date?.iso8601)
          $0.field("anchor", occurrence.anchor)
        }
      }
    }
  }

  /// Two digits are more than a guess is good for.
  static func confidence(_ value: Float) -> Double { (Double(value) * 100).rounded() / 100 }
}

/// Lessons as tab-separated values: rank, score, id, type, confidence, rule, times learned, date, title, source,
/// location, anchor, text; in a batch the id of the query first.
enum LessonsTSV {
  static func write(_ results: LessonResults, qid: String?, to out: OutputBuffer) {
    for lesson in results.hits {
      let hit = lesson.hit
      var fields = [
        String(hit.rank), hit.score.description, hit.id, lesson.type.name,
        NumberFormat.decimal(Double(lesson.confidence), 2), lesson.rule, String(lesson.occurrences.count),
        hit.date?.iso8601 ?? "", hit.title, hit.source, hit.location, hit.anchor ?? "", lesson.text,
      ]
      if let qid { fields.insert(qid, at: 0) }
      TSV.line(fields, to: out)
    }
  }
}
