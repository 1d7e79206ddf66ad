import Documents
import Glibc

/// What an ingest has to do with one file that a walk met.
struct FileTarget: Sendable {
  enum Mode: Sendable {
    /// Never read before.
    case new
    /// Read before; its documents are matched against those that it held.
    case again
    /// An ingest was cut short in it: go on where it stopped.
    case resumed
  }

  /// As it will be recorded when the file is read.
  var entry: CatalogueFile
  var mode: Mode
  var source: UInt32
  /// The path as it was given, joined with the path inside: what the account prints.
  var shown: String
}

/// The comparison of what lies on disk with what the catalogue says, file by file, before anything is read.
struct IngestPlan {
  /// What has to be opened, in order.
  private(set) var jobs: [FileJob] = []
  /// One for each job.
  private(set) var targets: [FileTarget] = []
  /// Entries whose files were not met, with the path to show.
  private(set) var vanished: [(entry: CatalogueFile, shown: String)] = []
  /// Bytes of the files of ``jobs``.
  private(set) var bytes: UInt64 = 0

  private let options: IngestOptions
  private let memory: String?
  private var walked: Set<UInt32> = []

  /// - Parameter memory: A folder that is left out if the walk meets it.
  init(_ options: IngestOptions, memory: String?) {
    self.options = options
    self.memory = memory
  }

  /// Walks one path and adds what is to be done.
  mutating func add(
    path: String, _ catalogue: inout Catalogue, _ account: inout IngestAccount, _ cancellation: Cancellation
  ) throws(GriotError) {
    guard let absolute = Self.realPath(path) else {
      throw GriotError(errno == EACCES ? .denied : .usage, "cannot take in \(path): \(FileWalk.text(errno))")
    }
    var walk = FileWalk(
      root: String(decoding: absolute, as: UTF8.self), excludes: options.excludes, avoiding: memory)
    let isFolder = FileWalk.status(absolute + [0], follow: true).map { $0.st_mode & S_IFMT == S_IFDIR } ?? false
    let files = try walk.run(cancellation)
    var root = SourceNaming.root(for: absolute, isFolder: isFolder, name: options.sourceName, &catalogue)
    // The same path named twice is one path.
    guard walked.insert(root.id).inserted else { return }
    // With another kind or language the same bytes give other documents.
    let isAltered = root.kind != options.kind || root.language != options.language
    if isAltered {
      root.kind = options.kind
      root.language = options.language
      catalogue.record(.root(root))
    }
    if !account.sources.contains(where: { $0.name == catalogue.sources[root.source]?.name }) {
      account.sources.append(IngestAccount.Source(name: catalogue.sources[root.source]?.name ?? ""))
    }
    compare(files, root, path, isAltered, &catalogue, &account)
  }

  private mutating func compare(
    _ files: [WalkedFile], _ root: CatalogueRoot, _ given: String, _ isAltered: Bool, _ catalogue: inout Catalogue,
    _ account: inout IngestAccount
  ) {
    var known: [[UInt8]: CatalogueFile] = [:]
    for file in catalogue.files.values where file.root == root.id { known[file.path] = file }
    func shown(_ path: [UInt8]) -> String {
      guard root.isFolder, !path.isEmpty else { return given }
      return (given.hasSuffix("/") ? given : given + "/") + String(decoding: path, as: UTF8.self)
    }
    let share = account.sources.firstIndex { $0.name == catalogue.sources[root.source]?.name } ?? 0
    var fresh: [WalkedFile] = []
    var plans: [(FileTarget, WalkedFile, Murmur128?)] = []
    for file in files {
      if !file.isFolder {
        account.files += 1
        account.sources[share].files += 1
      }
      let entry = known.removeValue(forKey: file.path)
      switch file.verdict {
      case .fail(let reason):
        account.failed.append(IngestAccount.Problem(path: shown(file.path), reason: reason))
        account.sources[share].failed += 1
      case .skip(let reason):
        skip(file, reason, entry, root, shown(file.path), &catalogue, &account, share)
      case .read where PeopleYAML.isPeopleFile(file.path, root.absolutePath(of: file.path)):
        let reason = "a directory of people, no document; take it in with: griot people import"
        skip(file, reason, entry, root, shown(file.path), &catalogue, &account, share)
      case .read:
        guard let entry, !entry.wasGuest else {
          fresh.append(file)
          continue
        }
        let isSame = entry.isStamped(file.stamp) && !isAltered
        if entry.nextOffset != nil, isSame {
          plans.append((target(entry, .resumed, root, shown(file.path)), file, nil))
        } else if isSame, entry.digest != nil {
          account.keep(entry, shown: shown(file.path), share)
        } else {
          let digest = isAltered || entry.nextOffset != nil ? nil : entry.digest
          plans.append((target(entry, .again, root, shown(file.path)), file, digest))
        }
      }
    }
    let gone = Array(known.values).filter { !$0.wasGuest }.sorted { $0.path.lexicographicallyPrecedes($1.path) }
    for guest in known.values.filter(\.wasGuest).sorted(by: { $0.id < $1.id }) {
      catalogue.record(.fileRemoved(guest.id))
    }
    let moved = recogniseMoved(fresh, among: isAltered ? [] : gone, root)
    for (path, entry) in moved.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      catalogue.record(.file(entry))
      account.keep(entry, shown: shown(path), share)
    }
    for file in fresh where moved[file.path] == nil {
      let entry = CatalogueFile(id: catalogue.newFileID(), root: root.id, path: file.path)
      plans.append((target(entry, .new, root, shown(file.path)), file, nil))
    }
    let movedIDs = Set(moved.values.map(\.id))
    vanished += gone.filter { !movedIDs.contains($0.id) }.map { ($0, shown($0.path)) }
    plans.sort { $0.1.path.lexicographicallyPrecedes($1.1.path) }
    for (target, file, digest) in plans { enqueue(target, file, root, digest) }
  }

  private func target(
    _ entry: CatalogueFile, _ mode: FileTarget.Mode, _ root: CatalogueRoot, _ shown: String
  ) -> FileTarget {
    FileTarget(entry: entry, mode: mode, source: root.source, shown: shown)
  }

  private mutating func enqueue(_ target: FileTarget, _ file: WalkedFile, _ root: CatalogueRoot, _ digest: Murmur128?) {
    var target = target
    var job = FileJob(
      index: jobs.count, path: root.absolutePath(of: file.path), relativePath: file.name, kind: options.kind,
      language: options.language, size: file.stamp.size, knownDigest: digest)
    if case .resumed = target.mode {
      job.startOffset = target.entry.nextOffset ?? 0
    } else {
      var entry = CatalogueFile(id: target.entry.id, root: target.entry.root, path: target.entry.path)
      entry.take(file.stamp)
      // Needed again if the bytes turn out to be the same.
      if digest != nil { entry = target.entry }
      target.entry = entry
    }
    jobs.append(job)
    targets.append(target)
    bytes += file.stamp.size
  }

  private mutating func skip(
    _ file: WalkedFile, _ reason: String, _ entry: CatalogueFile?, _ root: CatalogueRoot, _ shown: String,
    _ catalogue: inout Catalogue, _ account: inout IngestAccount, _ share: Int
  ) {
    if let entry, entry.skipReason == reason, entry.isStamped(file.stamp) {
      account.unchanged += 1
      account.sources[share].unchanged += 1
      return
    }
    account.skipped.append(IngestAccount.Problem(path: shown, reason: reason))
    account.sources[share].skipped += 1
    if let entry, !entry.wasGuest {
      // It was read once and is now left out on purpose: its documents are like those of a file that is gone.
      vanished.append((entry, shown))
      return
    }
    var record = CatalogueFile(id: entry?.id ?? catalogue.newFileID(), root: root.id, path: file.path)
    record.take(file.stamp)
    record.skipReason = reason
    catalogue.record(.file(record))
  }

  /// New files that have the bytes of one that is gone: they have been moved.
  private func recogniseMoved(
    _ fresh: [WalkedFile], among gone: [CatalogueFile], _ root: CatalogueRoot
  ) -> [[UInt8]: CatalogueFile] {
    var bySize: [UInt64: [CatalogueFile]] = [:]
    for entry in gone where entry.digest != nil && entry.nextOffset == nil {
      bySize[entry.size, default: []].append(entry)
    }
    var moved: [[UInt8]: CatalogueFile] = [:]
    guard !bySize.isEmpty else { return moved }
    for file in fresh {
      guard var candidates = bySize[file.stamp.size], !candidates.isEmpty,
        let open = try? OpenFile(root.absolutePath(of: file.path)), let digest = open.digest(),
        let match = candidates.firstIndex(where: { $0.digest == digest })
      else { continue }
      var entry = candidates.remove(at: match)
      bySize[file.stamp.size] = candidates
      entry.path = file.path
      entry.take(open.stamp)
      moved[file.path] = entry
    }
    return moved
  }

  /// Absolute and without links; `nil` with `errno` set.
  static func realPath(_ path: String) -> [UInt8]? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return [UInt8](UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
  }
}

extension CatalogueFile {
  /// Never opened: hidden, excluded, a pipe. A file that a reader skipped has a format.
  var wasGuest: Bool { skipReason != nil && format.isEmpty }
}

extension IngestAccount {
  /// Counts a file that is as it was: its records are `unchanged`, what failed is reported again.
  mutating func keep(_ entry: CatalogueFile, shown: String, _ share: Int) {
    var records = Int(entry.documents + entry.skipped)
    if let reason = entry.failReason { failed.append(Problem(path: shown, reason: reason)) }
    for failure in entry.failures {
      failed.append(Problem(path: shown + failure.place, reason: failure.reason))
    }
    let failures = entry.failures.count + (entry.failReason == nil ? 0 : 1)
    if records + failures == 0 { records = 1 }
    unchanged += records
    duplicates += Int(entry.duplicates)
    sources[share].unchanged += records
    sources[share].failed += failures
  }
}

extension CatalogueFile.Failure {
  /// What is put behind the file's path.
  var place: String { (member.isEmpty ? "" : "!" + member) + ":\(offset)" }
}
