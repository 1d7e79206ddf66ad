/// Which source a path belongs to.
enum SourceNaming {
  /// The root entry of a path, made if there is none.
  ///
  /// Without a name given, a path that was ingested before keeps its source. A new path is named after its last
  /// component. Should a source of that name exist whose own path is gone, the folder has been moved and stays that
  /// source; otherwise the name gets the parent folder's name in front.
  static func root(
    for path: [UInt8], isFolder: Bool, name: String?, _ catalogue: inout Catalogue
  ) -> CatalogueRoot {
    if let name {
      let source = catalogue.sources.values.first { $0.name == name } ?? catalogue.newSource(name)
      if let root = catalogue.roots.values.first(where: { $0.source == source.id && $0.path == path }) { return root }
      return catalogue.newRoot(source: source.id, path: path, isFolder: isFolder)
    }
    if let root = catalogue.roots.values.filter({ $0.path == path }).min(by: { $0.id < $1.id }) { return root }
    let components = path.split(separator: 0x2F).map { String(decoding: $0, as: UTF8.self) }
    var count = 1
    while true {
      let candidate = components.isEmpty ? "root" : components.suffix(count).joined(separator: "/")
      guard let taken = catalogue.sources.values.first(where: { $0.name == candidate }) else {
        return catalogue.newRoot(source: catalogue.newSource(candidate).id, path: path, isFolder: isFolder)
      }
      let roots = catalogue.roots.values.filter { $0.source == taken.id }
      if roots.count == 1, var root = roots.first, root.isFolder == isFolder,
        FileWalk.status(root.path + [0], follow: false) == nil
      {
        root.path = path
        catalogue.record(.root(root))
        return root
      }
      guard count < components.count else {
        return catalogue.newRoot(source: taken.id, path: path, isFolder: isFolder)
      }
      count += 1
    }
  }
}
