import Glibc

/// Tells when something below some paths changes, by the kernel's word (inotify), without looking at files.
///
/// Every folder needs a watch of its own; folders that appear later are watched from then on. Where the kernel gives no
/// more watches (`fs.inotify.max_user_watches`) or a file system tells nothing (network mounts), ``isComplete`` is false,
/// and the caller should look by itself now and then.
public final class FolderWatch {
  private let descriptor: Int32
  /// Folder by watch; empty for a folder that holds a watched file.
  private var folders: [Int32: [UInt8]] = [:]
  /// Watched files by the watch on their folder.
  private var names: [Int32: Set<[UInt8]>] = [:]
  private let avoided: (device: UInt, inode: UInt)?
  public private(set) var isComplete = true

  /// What counts as a change. A file is looked at when its writer closes it, not at every write; links and renames
  /// have no writer.
  private static let mask = UInt32(
    IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_DELETE_SELF | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_EXCL_UNLINK)

  /// - Parameter memory: A folder whose changes are our own.
  /// - Throws: ``GriotError`` of kind `io` if the kernel offers no watches at all.
  public init(paths: [String], avoiding memory: String) throws(GriotError) {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else {
      throw GriotError(.io, "cannot watch folders: \(String(cString: strerror(errno)))")
    }
    var info = stat()
    avoided = stat(memory, &info) == 0 ? (UInt(info.st_dev), UInt(info.st_ino)) : nil
    for path in paths {
      guard stat(path, &info) == 0 else { continue }
      if info.st_mode & S_IFMT == S_IFDIR {
        add(Array(path.utf8))
      } else {
        let bytes = Array(path.utf8)
        let slash = bytes.lastIndex(of: 0x2F)
        let folder = slash.map { $0 == 0 ? [0x2F] : Array(bytes[..<$0]) } ?? [0x2E]
        if let watch = watch(folder) { names[watch, default: []].insert(Array(bytes[((slash ?? -1) + 1)...])) }
      }
    }
  }

  deinit { close(descriptor) }

  /// Waits until something has changed, then until it has been quiet for a while.
  ///
  /// - Parameters:
  ///   - quiet: Seconds without a change that end the wait (debouncing: an unpacked archive is one change).
  ///   - most: Seconds from the first change after which it ends in any case.
  ///   - patience: Seconds after which it ends without a change.
  /// - Returns: Whether something changed.
  public func wait(quiet: Double, most: Double, patience: Double, _ cancellation: Cancellation) -> Bool {
    let start = MonotonicClock.seconds
    var first: Double?
    var last = start
    while !cancellation.isCancelled {
      let now = MonotonicClock.seconds
      if let first {
        if now - last >= quiet || now - first >= most { return true }
      } else if now - start >= patience {
        return false
      }
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      // Short enough for a cancellation to be noticed.
      _ = Glibc.poll(&poll, 1, 100)
      if readEvents() {
        last = MonotonicClock.seconds
        first = first ?? last
      }
    }
    return first != nil
  }

  /// Takes what the kernel has to tell. Returns whether something that is watched changed.
  private func readEvents() -> Bool {
    var isChanged = false
    withUnsafeTemporaryAllocation(byteCount: 64 << 10, alignment: 16) { buffer in
      while true {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        guard count > 0 else { return }
        var at = 0
        while at < count {
          let event = buffer.loadUnaligned(fromByteOffset: at, as: inotify_event.self)
          let nameStart = at + MemoryLayout<inotify_event>.size
          let name = buffer[nameStart..<nameStart + Int(event.len)].prefix { $0 != 0 }
          at = nameStart + Int(event.len)
          if take(event, Array(name)) { isChanged = true }
        }
      }
    }
    return isChanged
  }

  private func take(_ event: inotify_event, _ name: [UInt8]) -> Bool {
    if event.mask & UInt32(IN_Q_OVERFLOW) != 0 {
      // Too much at once to be told singly: folders may be new that nobody named.
      for folder in folders.values where !folder.isEmpty { add(folder) }
      return true
    }
    if event.mask & UInt32(IN_IGNORED) != 0 {
      folders[event.wd] = nil
      names[event.wd] = nil
      return false
    }
    if let folder = folders[event.wd], !folder.isEmpty {
      if event.mask & UInt32(IN_ISDIR) != 0, event.mask & UInt32(IN_CREATE | IN_MOVED_TO) != 0 {
        add(folder + [0x2F] + name)
      }
      // A file that was only made has nothing in it yet; its writer's close comes. A link has no writer.
      if event.mask & UInt32(IN_CREATE) != 0, event.mask & UInt32(IN_ISDIR) == 0 { return isLink(folder, name) }
      return true
    }
    return names[event.wd]?.contains(name) ?? false
  }

  private func isLink(_ folder: [UInt8], _ name: [UInt8]) -> Bool {
    var info = stat()
    let path = folder + [0x2F] + name + [0]
    guard path.withUnsafeBytes({ lstat($0.assumingMemoryBound(to: CChar.self).baseAddress!, &info) }) == 0 else {
      return true
    }
    return info.st_mode & S_IFMT == S_IFLNK || info.st_nlink > 1
  }

  /// Watches a folder and everything below it, links not followed.
  private func add(_ root: [UInt8]) {
    var stack = [root]
    while let folder = stack.popLast() {
      guard let watch = watch(folder) else { continue }
      folders[watch] = folder
      let path = folder + [0]
      let handle = path.withUnsafeBytes { opendir($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
      guard let handle else { continue }
      defer { closedir(handle) }
      while let entry = readdir(handle) {
        let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
        // What is hidden is not read, so it need not be watched.
        guard name.first != 0x2E else { continue }
        let child = folder + [0x2F] + name
        var info = stat()
        let terminated = child + [0]
        let code = terminated.withUnsafeBytes { lstat($0.assumingMemoryBound(to: CChar.self).baseAddress!, &info) }
        if code == 0, info.st_mode & S_IFMT == S_IFDIR { stack.append(child) }
      }
    }
  }

  private func watch(_ folder: [UInt8]) -> Int32? {
    var info = stat()
    let path = folder + [0]
    return path.withUnsafeBytes { raw in
      let name = raw.assumingMemoryBound(to: CChar.self).baseAddress!
      guard stat(name, &info) == 0 else { return nil }
      if let avoided, avoided == (UInt(info.st_dev), UInt(info.st_ino)) { return nil }
      let watch = inotify_add_watch(descriptor, name, Self.mask)
      if watch < 0 { isComplete = false }
      return watch < 0 ? nil : watch
    }
  }
}
