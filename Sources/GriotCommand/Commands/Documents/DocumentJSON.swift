import Documents
import Griot

/// A document with its passages for programs: the line of `extract` and `export`, the object of `show --format json`.
enum DocumentJSON {
  /// Exactly the keys of design §8 for `extract`.
  static func extractLine(_ view: DocumentView, addresses: Bool, to out: OutputBuffer) {
    JSONWriter.line(out) { json in
      json.field("id", view.id)
      identity(view, in: &json)
      people("people", view.people, addresses: addresses, in: &json)
      passages(view.passages[...], addresses: addresses, in: &json)
      json.field("charset", view.document.charset)
      json.field("notes", view.document.notes)
    }
  }

  /// The same with where it comes from: what a memory knows and a reader does not.
  static func object(
    _ view: DocumentView, passages shown: ArraySlice<DocumentView.Passage>, addresses: Bool, to out: OutputBuffer
  ) {
    JSONWriter.line(out) { json in
      json.field("version", 1)
      json.field("id", view.id)
      json.field("externalId", view.document.externalID)
      identity(view, in: &json)
      people("people", view.people, addresses: addresses, in: &json)
      json.field("source", view.source)
      json.field("locations", view.locations)
      json.field("url", view.document.url)
      passages(shown, addresses: addresses, in: &json)
      json.field("charset", view.document.charset)
      json.field("notes", view.document.notes)
    }
  }

  private static func identity(_ view: DocumentView, in json: inout JSONWriter) {
    json.field("kind", view.document.kind.rawValue)
    json.field("title", view.document.title)
    json.field("date", view.document.date?.iso8601)
    json.field("language", view.language)
  }

  private static func people(
    _ name: StaticString, _ people: [VisiblePerson], addresses: Bool, in json: inout JSONWriter
  ) {
    json.array(name) { array in
      for person in people {
        array.object {
          $0.field("name", person.name)
          $0.field("email", addresses ? person.address : nil)
          $0.field("role", person.role.description)
        }
      }
    }
  }

  private static func passages(
    _ passages: ArraySlice<DocumentView.Passage>, addresses: Bool, in json: inout JSONWriter
  ) {
    json.array("passages") { array in
      for passage in passages {
        array.object {
          $0.field("anchor", passage.anchor)
          $0.field("heading", passage.heading)
          $0.field("text", passage.text)
          people("people", passage.people, addresses: addresses, in: &$0)
        }
      }
    }
  }
}
