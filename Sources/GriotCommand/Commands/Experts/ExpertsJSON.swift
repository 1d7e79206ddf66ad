import Documents
import Griot

/// The answer of `griot experts` for programs (design §8).
enum ExpertsJSON {
  static func write(_ results: ExpertResults, to out: OutputBuffer, addresses: Bool, explain: Bool) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("query", results.query)
      json.array("experts") { experts in
        for expert in results.experts {
          experts.object { members(of: expert, addresses: addresses, explain: explain, in: &$0) }
        }
      }
      if explain {
        json.object("explanation") { $0.field("decay", results.decay) }
      }
    }
  }

  private static func members(of expert: Expert, addresses: Bool, explain: Bool, in json: inout JSONWriter) {
    json.field("rank", expert.rank)
    json.field("score", expert.score)
    json.field("share", expert.share)
    json.field("name", expert.name)
    json.field("emails", addresses ? expert.addresses : [])
    json.field("documents", expert.documents)
    json.field("first", expert.first?.iso8601)
    json.field("last", expert.last?.iso8601)
    json.array("evidence") { list in
      for evidence in expert.evidence {
        list.object {
          $0.field("id", evidence.hit.id)
          $0.field("title", evidence.hit.title)
          $0.field("date", evidence.hit.date?.iso8601)
          $0.field("role", evidence.role.description)
          $0.field("anchor", evidence.hit.anchor)
          SearchJSON.snippet(evidence.hit.snippet, in: &$0)
        }
      }
    }
    guard explain else { return }
    json.field("collaborators", expert.collaborators)
    json.object("explanation") {
      $0.field("votes", expert.explanation.votes)
      $0.field("volume", expert.explanation.volume)
      $0.field("divisor", expert.explanation.divisor)
    }
  }
}
