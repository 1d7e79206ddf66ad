import Documents
import Glibc

/// Crashes and hangs on demand, so that tests can see what the parent makes of them. Debug and test builds only: a release
/// build compiles this to nothing.
///
/// `GRIOT_READER_FAULT` is `crash`, `hang`, `spin` or `swell`, `@`, a byte offset, `@`, the end of a relative path:
/// `crash@120@box.jsonl` crashes at the record that starts at byte 120 of that file. `rights` tries what a reader has given up,
/// and crashes if something of it works.
enum FaultInjection {
  #if DEBUG || FAULT_INJECTION
    private static let fault: (kind: Substring, offset: UInt64, path: Substring)? = {
      guard let value = getenv("GRIOT_READER_FAULT") else { return nil }
      let parts = String(cString: value).split(separator: "@", maxSplits: 2)
      guard parts.count == 3, let offset = UInt64(parts[1]) else { return nil }
      return (parts[0], offset, parts[2])
    }()
  #endif

  @inline(__always)
  static func recordBegins(at offset: UInt64, of request: ReadRequest) {
    #if DEBUG || FAULT_INJECTION
      guard let fault, fault.offset == offset, request.relativePath.hasSuffix(fault.path) else { return }
      switch fault.kind {
      case "hang": while true { pause() }
      case "spin":
        // A call per round: a loop without effects may be optimised away.
        while getppid() >= 0 {}
      case "swell":
        var hoard: [[UInt8]] = []
        while true { hoard.append([UInt8](repeating: 1, count: 16 << 20)) }
      case "rights": if Self.canDoHarm(request.path) { abort() }
      default: abort()
      }
    #endif
  }

  #if DEBUG || FAULT_INJECTION
    /// Whether this process can still change files, open connections or start programs.
    private static func canDoHarm(_ path: String) -> Bool {
      let beside = path + ".made-by-a-reader"
      let arguments: [UnsafeMutablePointer<CChar>?] = [strdup("/bin/true"), nil]
      defer { free(arguments[0]) }
      var pid: pid_t = 0
      return open(path, O_RDWR) >= 0 || creat(beside, 0o644) >= 0 || mkdir(beside, 0o755) == 0
        || symlink(path, beside) == 0 || rename(path, beside) == 0 || truncate(path, 0) == 0 || chmod(path, 0o777) == 0
        || unlink(path) == 0 || socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0) >= 0
        || socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0) >= 0
        || posix_spawn(&pid, "/bin/true", nil, nil, arguments, environ) == 0
    }
  #endif
}
