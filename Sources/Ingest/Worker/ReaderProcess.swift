internal import CProcess
import Documents
import Glibc

/// The whole of `griot-reader`: reads what its parent asks for, until the parent closes the pipe.
///
/// Parsers of hostile bytes live in this process so that a crash, a hang or a blow-up costs one record. The parent
/// learns what was being read from the shared ``ReaderProgress`` page.
public enum ReaderProcess {
  /// - Parameter arguments: Without the program's name.
  /// - Returns: Exit code: 0 after an orderly end, 2 for a wrong command line, 1 for a broken pipe or request.
  public static func main(_ arguments: some Sequence<String>) -> Int32 {
    do {
      let options = try ReaderOptions(arguments)
      if options.showsVersion {
        StandardError.write("griot-reader, protocol \(PipeMessage.protocolVersion)")
        return 0
      }
      if !options.files.isEmpty { return DocumentPrinter.print(options.files, limits: options.limits) }
      return try serve(options)
    } catch {
      StandardError.write("griot-reader: \(error)")
      return error is ReadError ? 2 : 1
    }
  }

  private static func serve(_ options: ReaderOptions) throws -> Int32 {
    // A parent that is gone has nobody to read what we would still write.
    _ = cprocess_die_with_parent()
    // A crash is the parent's to notice, at once: no backtrace is drawn up first.
    for number in [SIGPIPE, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGXCPU] {
      signal(number, SIG_DFL)
    }
    // A process inherits the mask of the thread that starts it, and threads of a pool block nearly everything.
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    cprocess_keep_heap()
    let output = OutputBatch(descriptor: 1)
    let progress = try mapProgress(options.progressDescriptor)
    if let bytes = options.addressSpace { limit(RLIMIT_AS, bytes) }
    let allowance = CPUAllowance(seconds: options.cpuSeconds)
    // Whoever takes a parser over finds a process that can only read. A kernel that knows no filters is no reason
    // not to read at all.
    _ = cprocess_give_up_rights(0)

    output.append(.hello(version: PipeMessage.protocolVersion))
    output.flush()
    var requests = RequestStream(descriptor: 0)
    while let message = try requests.next() {
      switch message {
      case .read(let request):
        let sink = PipeSink(request, output, progress, allowance)
        let summary = FileReading.read(request, limits: options.limits, into: sink)
        output.append(.fileEnd(summary))
        output.flush()
      case .quit: return 0
      default: throw FrameError(offset: 0, what: "an answer came where a request was expected")
      }
    }
    return 0
  }

  private static func mapProgress(_ descriptor: Int32?) throws -> ReaderProgress {
    let flags = descriptor == nil ? MAP_SHARED | MAP_ANONYMOUS : MAP_SHARED
    let page = mmap(nil, ReaderProgress.byteCount, PROT_READ | PROT_WRITE, flags, descriptor ?? -1, 0)
    guard let page, page != MAP_FAILED else { throw ReadError.system("cannot map the progress page", errno) }
    if let descriptor { close(descriptor) }
    return ReaderProgress(page)
  }

  private static func limit(_ resource: __rlimit_resource, _ value: UInt64) {
    var limit = rlimit(rlim_cur: rlim_t(value), rlim_max: rlim_t(value))
    setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
  }
}

enum StandardError {
  static func write(_ line: String) {
    let bytes = [UInt8]((line + "\n").utf8)
    _ = bytes.withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
  }
}
