import Documents

/// What is done to every document of a request, whichever reader it comes from.
struct DocumentFinisher {
  let request: ReadRequest

  init(_ request: ReadRequest) { self.request = request }

  func finish(_ document: inout Document) {
    if document.externalID.isEmpty {
      let path = document.member.isEmpty ? request.relativePath : request.relativePath + "/" + document.member
      document.externalID = document.record.offset == 0 ? path : "\(path)#\(document.record.offset)"
    }
    if let kind = request.kind { document.kind = DocumentKind(rawValue: kind) }
    if let language = request.language { document.declaredLanguage = language }
    if document.detectedLanguage == nil {
      document.detectedLanguage = LanguageDetector.detect(document.text, recordAt: document.record.offset)
    }
  }
}
