import Glibc
import Synchronization

/// What a finished process left behind.
public struct ProcessResult: Sendable {
  public var standardOutput: [UInt8]
  public var standardError: [UInt8]
  /// Exit status, or 128 + the signal that killed it.
  public var status: Int32
  /// The runner gave up waiting and killed it.
  public var timedOut: Bool

  public var output: String { String(decoding: standardOutput, as: UTF8.self) }
  public var errors: String { String(decoding: standardError, as: UTF8.self) }
}

/// Runs programs as a shell would and keeps everything they say. The environment holds only what a test names,
/// so that no setting of whoever runs the tests gets in.
public struct ProcessRunner: Sendable {
  public var executable: String
  public var directory: String
  public var environment: [String: String]
  /// Seconds until the process is killed.
  public var timeLimit: Double = 120

  public init(executable: String, directory: String, environment: [String: String] = [:]) {
    self.executable = executable
    self.directory = directory
    self.environment = environment
  }

  /// A program of this package, beside the running test bundle.
  public static func product(_ name: String) -> String {
    if let folder = getenv("GRIOT_PRODUCTS") { return String(cString: folder) + "/" + name }
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let n = buffer.withUnsafeMutableBytes { readlink("/proc/self/exe", $0.baseAddress!, $0.count) }
    let own = String(decoding: buffer.prefix(max(0, n)), as: UTF8.self)
    // The bundle may be run by a helper of the toolchain; its path is then an argument.
    let candidates = [own] + CommandLine.arguments.filter { $0.contains(".xctest") }
    for candidate in candidates {
      let folder = candidate.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
      let path = folder + "/" + name
      if access(path, X_OK) == 0 { return path }
    }
    return name
  }

  /// - Parameter input: Bytes for standard input, which is then closed.
  public func run(_ arguments: [String], input: [UInt8] = []) throws -> ProcessResult {
    // One at a time: a child of another test would inherit pipe ends between `pipe` and `fcntl`, and hold them open.
    let (pid, ends) = try Self.spawning.withLock { _ in
      let (input, output, errors) = (try Self.pipePair(), try Self.pipePair(), try Self.pipePair())
      defer { for fd in [input.read, output.write, errors.write] { close(fd) } }
      let pid = try spawn(arguments, descriptors: [input.read, output.write, errors.write])
      return (pid, [input.write, output.read, errors.read])
    }
    var toChild = ends[0]
    defer { for fd in [toChild, ends[1], ends[2]] where fd >= 0 { close(fd) } }

    var pump = ProcessPump(pid: pid, deadline: ProcessPump.now() + timeLimit)
    try pump.run(input: input, to: &toChild, from: [ends[1], ends[2]])
    let status = pump.wait()
    return ProcessResult(
      standardOutput: pump.collected[0], standardError: pump.collected[1], status: status, timedOut: pump.timedOut)
  }

  /// Starts a process that goes on by itself, its output and errors in two files. Wait for it.
  public func start(_ arguments: [String], output: String, errors: String) throws -> RunningProcess {
    let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
    let files = [output, errors].map { (path: String) in open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644) }
    defer { for fd in [input] + files { close(fd) } }
    let pid = try Self.spawning.withLock { _ in try spawn(arguments, descriptors: [input] + files) }
    return RunningProcess(pid: pid)
  }

  static let spawning = Mutex(())

  /// - Parameter descriptors: What becomes 0, 1 and 2.
  func spawn(_ arguments: [String], descriptors: [Int32]) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, descriptor) in descriptors.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(number))
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // The test process may ignore SIGPIPE; a program starts with it as a shell would give it.
    var defaults = sigset_t()
    sigemptyset(&defaults)
    sigaddset(&defaults, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &defaults)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    // glibc's header hides the file action that changes the directory; env(1) does it.
    let command = ["env", "-C", directory, executable] + arguments
    let argv = command.map { strdup($0) } + [nil]
    let envp = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, "env", &actions, &attributes, argv, envp)
    guard code == 0 else { throw ProcessError("cannot run \(executable): \(String(cString: strerror(code)))") }
    return pid
  }

  static func pipePair() throws -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ProcessError("pipe: \(String(cString: strerror(errno)))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}

public struct ProcessError: Error, CustomStringConvertible {
  public var description: String
  init(_ description: String) { self.description = description }
}
