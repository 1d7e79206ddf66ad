import Documents
import Griot

/// The answer of a search for programs (design §8): the keys, all of them, in this order.
enum SearchJSON {
  static func write(_ results: SearchResults, to out: OutputBuffer, addresses: Bool) {
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
      json.object("facets") {
        facet("kind", results.facets.kind, in: &$0)
        facet("source", results.facets.source, in: &$0)
        facet("year", results.facets.year, in: &$0)
        facet("people", results.facets.people, in: &$0)
      }
    }
  }

  /// A hit a line.
  ///
  /// - Parameter qid: Id of the query in a batch; the key is there only then.
  static func writeLines(_ results: SearchResults, qid: String?, to out: OutputBuffer, addresses: Bool) {
    for hit in results.hits {
      JSONWriter.line(out) { json in
        json.field("version", 1)
        if let qid { json.field("qid", qid) }
        members(of: hit, addresses: addresses, in: &json)
      }
    }
  }

  static func members(of hit: SearchHit, addresses: Bool, in json: inout JSONWriter) {
    json.field("rank", hit.rank)
    json.field("score", hit.score)
    json.field("id", hit.id)
    json.field("externalId", hit.externalID)
    json.field("kind", hit.kind)
    json.field("title", hit.title)
    json.field("date", hit.date?.iso8601)
    json.array("people") { people in
      for person in hit.people {
        people.object {
          $0.field("name", person.name)
          if addresses { $0.field("email", person.address) }
          $0.field("role", person.role.description)
        }
      }
    }
    json.field("source", hit.source)
    json.field("location", hit.location)
    json.field("anchor", hit.anchor)
    snippet(hit.snippet, in: &json)
    json.field("folded", hit.folded)
  }

  static func snippet(_ text: SnippetText, in json: inout JSONWriter) {
    json.object("snippet") { snippet in
      snippet.field("text", text.text)
      snippet.array("highlights") { highlights in
        for range in text.highlights {
          highlights.array {
            $0.element(range.lowerBound)
            $0.element(range.upperBound)
          }
        }
      }
    }
  }

  private static func facet(_ name: StaticString, _ values: [SearchResults.FacetValue], in json: inout JSONWriter) {
    json.array(name) { array in
      for value in values {
        array.object {
          $0.field("value", value.value)
          $0.field("count", value.count)
        }
      }
    }
  }
}
