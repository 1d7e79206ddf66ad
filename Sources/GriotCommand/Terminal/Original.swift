import Documents
import Griot

/// The original of a document, at a place in it.
struct Original: Equatable {
  /// A path, or a URL where it has one or where only a URL can name the place.
  var address: String
  /// What the address cannot say.
  var notes: [String] = []

  /// - Parameters:
  ///   - anchor: Of a passage (`#heading`, `#p3`), or a time.
  ///   - exists: Whether a file does.
  /// - Throws: A failure of status `noMatch` if there is no original (any more).
  init(of view: DocumentView, anchor: String?, exists: (String) -> Bool) throws(CommandFailure) {
    // `#p3` counts our passages; no original knows it.
    let anchor = anchor.flatMap { Self.isPassageNumber($0) ? nil : $0 }
    if let url = view.document.url, url.hasPrefix("https://") || url.hasPrefix("http://"),
      let target = Hyperlink.target(location: "", url: url, anchor: anchor)
    {
      address = target
      return
    }
    let files = view.locations.map { location in
      location.firstIndex(of: "!").map { String(location[..<$0]) } ?? location
    }
    guard let index = files.firstIndex(where: exists) else {
      let place = view.locations.first.map { " (\($0))" } ?? ""
      throw CommandFailure(
        .noMatch, "the original of \(view.id) is gone\(place); its text: griot show \(view.id)")
    }
    let path = files[index]
    if path != view.locations[index] {
      notes.append("it is \(view.locations[index].dropFirst(path.count + 1)) in this archive")
    }
    if view.document.record.offset > 0 { notes.append("it begins at byte \(view.document.record.offset)") }
    let recording = Hyperlink.seconds(anchor ?? "") == nil ? nil : Self.recording(beside: path, exists)
    let isPage = [".html", ".htm", ".xhtml"].contains { path.lowercased().hasSuffix($0) }
    // Programs that open text files do not know what to do with a fragment.
    let isDeep = recording != nil || (isPage && anchor.flatMap(Hyperlink.fragment) != nil)
    let file = recording ?? path
    address = isDeep ? Hyperlink.file(file, fragment: anchor.flatMap(Hyperlink.fragment) ?? "") : file
  }

  private static func isPassageNumber(_ anchor: String) -> Bool {
    anchor.hasPrefix("#p") && anchor.utf8.count > 2
      && anchor.utf8.dropFirst(2).allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The recording that a transcript lies beside: `talk.vtt` or `talk.en.vtt` beside `talk.mp4`.
  private static func recording(beside path: String, _ exists: (String) -> Bool) -> String? {
    var stem = path[...]
    for _ in 0..<2 {
      guard let dot = stem.lastIndex(of: "."), !stem[dot...].contains("/") else { return nil }
      stem = stem[..<dot]
      for ending in ["mp4", "webm", "mkv", "mov", "m4v", "mp3", "m4a", "ogg", "opus", "flac", "wav"] {
        let candidate = "\(stem).\(ending)"
        if exists(candidate) { return candidate }
      }
    }
    return nil
  }
}
