import Griot

extension DocumentReference {
  /// The document that a reference names, and the anchor that is left of it.
  ///
  /// An external id may itself look like a reference with an anchor: the whole text is tried last.
  static func find(
    _ text: String, in memory: Memory, _ context: CommandContext
  ) throws(CommandFailure) -> (DocumentView, anchor: String?) {
    let reference = DocumentReference(text)
    do throws(GriotError) {
      if reference.anchor == nil { return (try memory.document(reference.id), nil) }
      do throws(GriotError) {
        return (try memory.document(reference.id), reference.anchor)
      } catch  where error.kind == .notFound {
        return (try memory.document(text), nil)
      }
    } catch {
      throw context.failure(error)
    }
  }

  /// The passage that an anchor names.
  ///
  /// - Throws: A failure of status `noMatch` that says which anchors there are.
  static func requirePassage(_ anchor: String, of view: DocumentView) throws(CommandFailure) -> Int {
    if let index = passage(anchor, in: view.passages) { return index }
    let anchors = view.passages.compactMap(\.anchor)
    var known = "Its passages have no anchors."
    if !anchors.isEmpty {
      known = "It has " + anchors.prefix(8).joined(separator: ", ")
      known += anchors.count > 8 ? " and \(anchors.count - 8) more." : "."
    }
    throw CommandFailure(.noMatch, "\(view.id) has no passage \(anchor). \(known)")
  }
}
