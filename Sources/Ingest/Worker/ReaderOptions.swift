/// The command line of `griot-reader`. It is for `griot` to write, not for people: no help, no abbreviations.
struct ReaderOptions {
  /// Descriptor of a page shared with the parent (``ReaderProgress``).
  var progressDescriptor: Int32?
  /// Longest record that is read, in bytes.
  var limits = ReadLimits()
  /// Most memory that the process may map, in bytes (RLIMIT_AS).
  var addressSpace: UInt64?
  /// CPU seconds that one record may take before the kernel ends the process (RLIMIT_CPU).
  var cpuSeconds: UInt64?
  var showsVersion = false
  /// Files to print instead of serving a pipe.
  var files: [String] = []

  init(_ arguments: some Sequence<String>) throws {
    var iterator = arguments.makeIterator()
    func number<N: FixedWidthInteger>(_ name: String, _ text: String?) throws -> N {
      guard let text, let value = N(text) else { throw ReadError("\(name) takes a number") }
      return value
    }
    while let argument = iterator.next() {
      switch argument {
      case "--progress-fd": progressDescriptor = try number(argument, iterator.next())
      case "--record-bytes": limits.recordBytes = try number(argument, iterator.next())
      case "--address-space": addressSpace = try number(argument, iterator.next())
      case "--cpu-seconds": cpuSeconds = try number(argument, iterator.next())
      case "--version": showsVersion = true
      default:
        guard !argument.hasPrefix("-") else { throw ReadError("unknown option \(argument)") }
        files.append(argument)
      }
    }
  }
}
