import Documents
import SearchEngine
import TextAnalysis

extension SearchService {
  /// A hit with everything that is shown of it: the stored document is split as it was indexed, and its best passage
  /// analysed again for the highlights.
  func present(
    _ hit: Hit, _ stored: StoredDocument, rank: Int, score: Float, _ highlighter: Highlighter, _ snippetBytes: Int
  ) throws(GriotError) -> SearchHit {
    present(hit, try found(hit, stored), rank: rank, score: score, highlighter, snippetBytes)
  }

  /// What is shown of a document whatever it was found by.
  struct FoundDocument {
    var stored: StoredDocument
    var passages: [Passage]
    /// Number of the first of them in the segment.
    var first: PassageID
    var people: [VisiblePerson]
    var location: String
  }

  func found(_ hit: Hit, _ stored: StoredDocument) throws(GriotError) -> FoundDocument {
    let segment = memory.reader.segments[hit.segment]
    let first = try engine(memory.path) { () throws(IndexError) in
      try segment.passages().passages(of: hit.document).lowerBound
    }
    let location = try memory.files.location(stored.key, stored.file)
    return FoundDocument(
      stored: stored, passages: views.splitter.passages(of: stored.document), first: first,
      people: try memory.visiblePeople().visible(stored.document.people),
      location: location.map { DocumentViews.location($0, stored.document) } ?? "")
  }

  func present(
    _ hit: Hit, _ found: FoundDocument, rank: Int, score: Float, _ highlighter: Highlighter, _ snippetBytes: Int
  ) -> SearchHit {
    let stored = found.stored
    let document = stored.document
    let shown = shown(
      found.passages, best: Int(hit.passage) - Int(found.first), of: document, highlighter, snippetBytes)
    var out = SearchHit(
      rank: rank, score: score, id: stored.key.hex, externalID: document.externalID, kind: document.kind.rawValue,
      title: document.title, date: document.date, people: found.people, source: stored.source,
      location: found.location, url: document.url, anchor: shown.passage.anchor,
      heading: shown.passage.heading(in: document.text),
      snippet: SnippetText(text: shown.snippet.text, highlights: shown.snippet.highlights), folded: 0)
    if out.snippet.highlights.isEmpty {
      out.titleHighlights = highlighter.highlights(in: Array(out.title.utf8))
      out.headingHighlights = highlighter.highlights(in: Array((out.heading ?? "").utf8))
    }
    return out
  }

  /// Roles that make somebody a person of a document in facets: not who merely got a copy.
  private static let facetRoles: [PersonRole] = [.author, .speaker, .editor]
  /// So many people are listed; the counts of the others are in the documents.
  private static let facetPeople = 50

  static let facetRequests: [FacetRequest] = [
    .keyword(column: MemorySchema.kind), .keyword(column: MemorySchema.source), .year(column: MemorySchema.date),
    .mentions(roles: QueryFields.mask(facetRoles)),
  ]

  func facets(_ counted: [Facet]) throws(GriotError) -> SearchResults.Facets {
    let visible = try memory.visiblePeople()
    var out = SearchResults.Facets()
    for facet in counted {
      switch facet.request {
      case .keyword(MemorySchema.kind): out.kind = Self.values(facet)
      case .keyword: out.source = Self.values(facet)
      case .year: out.year = Self.values(facet)
      case .mentions: out.people = people(facet, visible)
      }
    }
    return out
  }

  private static func values(_ facet: Facet) -> [SearchResults.FacetValue] {
    facet.entries.compactMap { entry in
      switch entry.value {
      case .bytes(let bytes): .init(value: String(decoding: bytes, as: UTF8.self), count: entry.count)
      case .year(let year): .init(value: String(year), count: entry.count)
      case .mention: nil
      }
    }
  }

  /// By name; two addresses of one name are one line.
  private func people(_ facet: Facet, _ visible: VisiblePeople) -> [SearchResults.FacetValue] {
    var counts: [String: Int] = [:]
    for entry in facet.entries {
      guard case .mention(let mention) = entry.value else { continue }
      let name = String(decoding: mention.name, as: UTF8.self)
      let address = mention.address.isEmpty ? nil : String(decoding: mention.address, as: UTF8.self)
      guard let person = visible.person(PersonMention(name: name, address: address, role: .author)),
        !person.name.isEmpty
      else { continue }
      counts[person.name, default: 0] += entry.count
    }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
      .prefix(Self.facetPeople).map { .init(value: $0.key, count: $0.value) }
  }
}
