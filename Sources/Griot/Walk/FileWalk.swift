import Documents
import Glibc

/// Lists everything below a root, in the byte order of the relative paths.
///
/// Links to files are followed once, links to folders are not (they are how trees get loops); pipes, sockets and
/// devices are never opened. Folders are listed one after the other without recursion, so that depth costs no stack.
struct FileWalk {
  let root: String
  private let excludes: [String]
  /// A folder that must not be taken in: the memory itself.
  private let avoided: FileStamp?
  private var files: [WalkedFile] = []
  /// Links to regular files: index in `files`.
  private var links: [Int] = []

  private struct Folder {
    var path: [UInt8]
    var rules: IgnoreRules
    /// Why nothing in it is read; it is listed all the same, since every file counts.
    var reason: String?
  }

  /// - Parameter root: A file or folder, as the system calls take it.
  init(root: String, excludes: [String], avoiding memory: String?) {
    self.root = root
    self.excludes = excludes
    avoided = memory.flatMap { Self.status($0, follow: true).map(Self.stamp) }
  }

  /// - Throws: ``GriotError`` of kind `usage` if there is nothing at the root, `denied` if it may not be looked at.
  mutating func run(_ cancellation: Cancellation) throws(GriotError) -> [WalkedFile] {
    guard let info = Self.status(root, follow: true) else {
      let code = errno
      let kind: GriotError.Kind = code == EACCES || code == EPERM ? .denied : .usage
      throw GriotError(kind, "cannot take in \(root): \(Self.text(code))")
    }
    if info.st_mode & S_IFMT != S_IFDIR {
      let name = root.utf8.split(separator: 0x2F).last.map { Array($0) } ?? []
      let reason = Self.special(info.st_mode)
      return [WalkedFile(path: name, verdict: reason.map { .skip($0) } ?? .read, stamp: Self.stamp(info))]
    }
    var stack = [Folder(path: [], rules: IgnoreRules(excludes: excludes))]
    while let folder = stack.popLast() {
      if cancellation.isCancelled { throw GriotError(.cancelled, "stopped while looking for files") }
      list(folder, &stack)
    }
    settleLinks()
    files.sort { $0.path.lexicographicallyPrecedes($1.path) }
    return files
  }

  private mutating func list(_ folder: Folder, _ stack: inout [Folder]) {
    let path = absolute(folder.path)
    guard
      let handle = path.withUnsafeBufferPointer({
        opendir(UnsafeRawPointer($0.baseAddress!).assumingMemoryBound(to: CChar.self))
      })
    else {
      let verdict = folder.reason.map { .skip($0) } ?? WalkedFile.Verdict.fail("cannot list: \(Self.text(errno))")
      files.append(WalkedFile(path: folder.path, verdict: verdict, isFolder: true, stamp: FileStamp()))
      return
    }
    defer { closedir(handle) }
    var names: [[UInt8]] = []
    errno = 0
    while let entry = readdir(handle) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in [UInt8](bytes.prefix { $0 != 0 }) }
      if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
      errno = 0
    }
    if errno != 0 {
      let reason = "cannot list to the end: \(Self.text(errno))"
      files.append(WalkedFile(path: folder.path, verdict: .fail(reason), isFolder: true, stamp: FileStamp()))
    }
    var rules = folder.rules
    if names.contains(Array(".griotignore".utf8)), let content = readSmall(folder.path) {
      rules.add(content, folder: folder.path)
    }
    // In Maildir++ the subfolders are hidden.
    let isMaildir = names.contains(Array("cur".utf8)) && names.contains(Array("new".utf8))
    names.sort { $0.lexicographicallyPrecedes($1) }
    for name in names {
      let path = folder.path.isEmpty ? name : folder.path + [0x2F] + name
      if let reason = folder.reason { pass(path, reason, &stack) } else { meet(path, name, rules, isMaildir, &stack) }
    }
  }

  /// Something in a folder that is left out.
  private mutating func pass(_ path: [UInt8], _ reason: String, _ stack: inout [Folder]) {
    let info = Self.status(absolute(path), follow: false)
    if let info, info.st_mode & S_IFMT == S_IFDIR {
      stack.append(Folder(path: path, rules: IgnoreRules(excludes: []), reason: reason))
    } else {
      files.append(WalkedFile(path: path, verdict: .skip(reason), stamp: info.map(Self.stamp) ?? FileStamp()))
    }
  }

  private mutating func meet(
    _ path: [UInt8], _ name: [UInt8], _ rules: IgnoreRules, _ isMaildir: Bool, _ stack: inout [Folder]
  ) {
    guard var info = Self.status(absolute(path), follow: false) else {
      files.append(WalkedFile(path: path, verdict: .fail(Self.text(errno)), stamp: FileStamp()))
      return
    }
    let isLink = info.st_mode & S_IFMT == S_IFLNK
    var isFolder = info.st_mode & S_IFMT == S_IFDIR
    var file = WalkedFile(path: path, verdict: .read, isFolder: isFolder, stamp: Self.stamp(info))
    var left: String?
    if name.first == 0x2E, !(isFolder && isMaildir) {
      left = isFolder ? "in a hidden folder" : "hidden file"
    } else if let origin = rules.excluder(of: path, isFolder: isFolder) {
      left = "excluded by \(origin)"
    }
    if let left {
      guard !isFolder else {
        stack.append(Folder(path: path, rules: rules, reason: left))
        return
      }
      file.verdict = .skip(left)
    } else if isLink {
      if let target = Self.status(absolute(path), follow: true) {
        info = target
        isFolder = info.st_mode & S_IFMT == S_IFDIR
        file.stamp = Self.stamp(info)
        if isFolder {
          file.verdict = .skip("link to a folder; name the folder itself to take it in")
        } else if let reason = Self.special(info.st_mode) {
          file.verdict = .skip("link to a \(reason)")
        } else {
          links.append(files.count)
        }
      } else {
        file.verdict = .skip(
          errno == ELOOP ? "link that leads back to itself" : "link to nothing (\(Self.text(errno)))")
      }
    } else if isFolder {
      if let avoided, avoided.device == file.stamp.device, avoided.inode == file.stamp.inode {
        file.verdict = .skip("the memory itself")
      } else {
        stack.append(Folder(path: path, rules: rules))
        return
      }
    } else if let reason = Self.special(info.st_mode) {
      file.verdict = .skip(reason)
    }
    files.append(file)
  }

  /// A link is followed only to a file that the walk does not meet anyway, and only the first link to it.
  private mutating func settleLinks() {
    guard !links.isEmpty else { return }
    struct Node: Hashable { var device: UInt64, inode: UInt64 }
    var owners: [Node: [UInt8]] = [:]
    let isLink = Set(links)
    for (index, file) in files.enumerated() where file.verdict == .read && !isLink.contains(index) {
      owners[Node(device: file.stamp.device, inode: file.stamp.inode)] = file.path
    }
    for index in links.sorted(by: { files[$0].path.lexicographicallyPrecedes(files[$1].path) }) {
      let node = Node(device: files[index].stamp.device, inode: files[index].stamp.inode)
      if let owner = owners[node] {
        files[index].verdict = .skip("link to \(String(decoding: owner, as: UTF8.self)), which is taken in")
      } else {
        owners[node] = files[index].path
      }
    }
  }

  /// The bytes of a path with a closing zero, for system calls.
  private func absolute(_ path: [UInt8]) -> [UInt8] {
    path.isEmpty ? Array(root.utf8) + [0] : Array(root.utf8) + [0x2F] + path + [0]
  }

  private func readSmall(_ folder: [UInt8]) -> [UInt8]? {
    let path = absolute(folder.isEmpty ? Array(".griotignore".utf8) : folder + Array("/.griotignore".utf8))
    let descriptor = path.withUnsafeBytes {
      open($0.baseAddress!.assumingMemoryBound(to: CChar.self), O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    }
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var content = [UInt8](repeating: 0, count: 1 << 20)
    let n = content.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    guard n >= 0 else { return nil }
    content.removeSubrange(n...)
    return content
  }
}

extension FileWalk {
  static func status(_ path: String, follow: Bool) -> stat? { status(Array(path.utf8) + [0], follow: follow) }

  /// - Parameter path: Ends with a zero byte.
  static func status(_ path: [UInt8], follow: Bool) -> stat? {
    var info = stat()
    let code = path.withUnsafeBytes { bytes in
      let name = bytes.baseAddress!.assumingMemoryBound(to: CChar.self)
      return follow ? stat(name, &info) : lstat(name, &info)
    }
    return code == 0 ? info : nil
  }

  static func stamp(_ info: stat) -> FileStamp { FileStamp(info) }

  static func isFolder(_ info: stat) -> Bool { info.st_mode & S_IFMT == S_IFDIR }

  /// What a thing is that is no file, folder or link.
  static func special(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFIFO: "named pipe"
    case S_IFSOCK: "socket"
    case S_IFCHR: "character device"
    case S_IFBLK: "block device"
    default: "neither file nor folder"
    }
  }

  static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}
