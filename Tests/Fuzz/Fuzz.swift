// What libFuzzer calls. `make fuzz` builds and runs it; `GRIOT_FUZZ_TARGET` names the decoder.
import Glibc

/// A decoder under test: any bytes in, no trap, no hang; what it says is checked where it can be.
struct FuzzTarget: Sendable {
  var name: String
  /// Inputs to begin with.
  var seeds: @Sendable () -> [[UInt8]]
  var run: @Sendable (UnsafeRawBufferPointer) -> Void
}

enum FuzzTargets {
  static func all() -> [FuzzTarget] {
    SegmentTarget.all + [ByteTargets.manifest, ByteTargets.frame, ByteTargets.pipe, ByteTargets.catalogue]
      + [ByteTargets.tar, QueryTarget.syntax, QueryTarget.search]
  }

  nonisolated(unsafe) static var current: FuzzTarget?
}

/// Chooses the target; with `GRIOT_FUZZ_SEEDS` writes its first inputs into that folder.
@_cdecl("LLVMFuzzerInitialize")
public func fuzzerInitialize(
  _ argc: UnsafeMutablePointer<Int32>,
  _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>
) -> Int32 {
  let targets = FuzzTargets.all()
  let name = getenv("GRIOT_FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = targets.first(where: { $0.name == name }) else {
    for target in targets { print(target.name) }
    exit(name.isEmpty ? 0 : 2)
  }
  FuzzTargets.current = target
  if let folder = getenv("GRIOT_FUZZ_SEEDS").map({ String(cString: $0) }) {
    for (i, seed) in target.seeds().enumerated() {
      guard let file = fopen("\(folder)/seed-\(i)", "we") else { fatalError("cannot write seeds into \(folder)") }
      fwrite(seed, 1, seed.count, file)
      fclose(file)
    }
  }
  return 0
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzerTestOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  FuzzTargets.current!.run(UnsafeRawBufferPointer(start: bytes, count: count))
  return 0
}
