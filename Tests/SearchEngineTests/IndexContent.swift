import TestSupport
import Testing

@testable import SearchEngine

/// All that an index says, read through the public interface: what a test compares with what it put in.
struct IndexContent: Equatable {
  struct Posting: Equatable {
    /// Counted over all segments.
    var passage: Int
    var positions: [UInt32]
    var forms: [String]
  }
  var postings: [String: [Posting]] = [:]
  var formFrequencies: [String: [String: UInt32]] = [:]

  /// Live documents only.
  init(_ reader: IndexReader) throws {
    var base = 0
    for segment in reader.segments {
      let terms = try segment.terms()
      let table = try segment.passages()
      var number: [UInt32: Int] = [:]
      for document in 0..<segment.documentCount where segment.isLive(document) {
        for passage in table.passages(of: document) {
          #expect(table.document(of: passage) == document)
          number[passage] = base
          base += 1
        }
      }
      var iterator = terms.iterator()
      var count: UInt64 = 0
      while try iterator.next() {
        count += 1
        let stem = iterator.term
        let info = try iterator.info()
        let found = try #require(try terms.lookup(stem))
        // All its numbers: looking up passes over the terms before it, the iterator reads them.
        #expect(found.meant == info.meant)
        let forms = try terms.forms(of: info, stem: stem)
        #expect(forms.count == Int(info.formCount))
        var cursor = try segment.postings(info)
        var positions = try segment.positions(info)
        var documents = Set<UInt32>()
        var passages: UInt32 = 0
        var total: UInt64 = 0
        while cursor.passage != .noMore {
          let frequency = positions.read(&cursor)
          #expect(frequency == Int(cursor.frequency))
          #expect(positions.readCodes(&cursor) == frequency)
          documents.insert(table.document(of: cursor.passage))
          passages += 1
          total += UInt64(frequency)
          if let number = number[cursor.passage] {
            postings[String(decoding: stem, as: UTF8.self), default: []].append(
              Posting(
                passage: number, positions: (0..<frequency).map { positions.positions[$0] },
                forms: (0..<frequency).map { String(decoding: forms[Int(positions.codes[$0])].form, as: UTF8.self) }))
          }
          _ = cursor.advance()
        }
        try segment.checkDamage()
        #expect(passages == info.passageFrequency)
        #expect(documents.count == info.documentFrequency)
        #expect(total == info.totalFrequency)
        for form in forms {
          formFrequencies[String(decoding: form.form, as: UTF8.self), default: [:]][
            String(decoding: stem, as: UTF8.self), default: 0] += form.passageFrequency
        }
      }
      #expect(count == terms.count)
    }
  }

  /// The same from the oracle's documents.
  init(_ documents: [NaiveDocument]) {
    var base = 0
    for document in documents where !document.isDeleted {
      for passage in document.passages {
        let byStem = Dictionary(grouping: passage.tokens, by: \.stem)
        for (stem, tokens) in byStem {
          postings[stem, default: []].append(
            Posting(passage: base, positions: tokens.map { UInt32($0.position) }, forms: tokens.map(\.form)))
          for form in Set(tokens.map(\.form)) { formFrequencies[form, default: [:]][stem, default: 0] += 1 }
        }
        base += 1
      }
    }
  }
}
