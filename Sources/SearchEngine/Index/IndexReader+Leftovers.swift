extension IndexReader {
  /// Files below the memory that its newest commit does not name: what a killed writer left. Empty while a writer is at
  /// work, whose files they may be.
  public func leftovers() throws(IndexError) -> [String] {
    guard let bytes = try FileSystemDirectory(directory).read(Manifest.fileName), !WriterLock.isHeld(directory) else {
      return []
    }
    let named = try Manifest(bytes).fileNames
    let directory = FileSystemDirectory(directory)
    var names: [String] = []
    for name in try directory.list("segments") + directory.list("side") where !named.contains(name) {
      names.append(name)
    }
    if try directory.read(Manifest.temporaryName) != nil { names.append(Manifest.temporaryName) }
    return names
  }
}
