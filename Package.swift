// swift-tools-version: 6.2
// Griot: the memory of an organization. Sources/README.md is the guided tour of what stands here.
import PackageDescription

/// Every Swift target is compiled alike: Swift 6 language mode, warnings are errors.
let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),  // SE-0335
  .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
  .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
  .treatAllWarnings(as: .error),  // SE-0480
]

/// Without the dynamic loader a fresh `griot search` is there after 0.8 ms instead of 2.1. `GRIOT_STATIC=1`, which
/// `make build` sets, links it so; it needs `--static-swift-stdlib`, which tests cannot have.
/// (lld, because gold warns of every call in FoundationEssentials that a static program should not make.)
let isStatic = Context.environment["GRIOT_STATIC"] == "1"

/// A system library gives only compiler and linker flags; the C target of the same idea hides its headers from Swift
/// (Foundation carries an ICU of its own, and Debian's libxml2 headers include ICU's: the two must never meet).
func system(_ name: String, _ pkgConfig: String, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A C or C++ target with a plain header (integers, pointers, opaque types) over a foreign library.
func shim(
  _ name: String, _ dependencies: [Target.Dependency] = [], settings: [CSetting] = [], link: [String] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/C/\(name)",
    cSettings: settings + [.unsafeFlags(["-O2"], .when(configuration: .debug))],
    cxxSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))],
    linkerSettings: link.map { .linkedLibrary($0) })
}

func library(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swift)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: swift)
}

let package = Package(
  name: "griot",
  products: [
    .executable(name: "griot", targets: ["GriotCommand"]),
    .executable(name: "griot-reader", targets: ["GriotReader"]),
    .library(name: "Griot", targets: ["Griot"]),
    .library(name: "SearchEngine", targets: ["SearchEngine"]),
    .library(name: "TextAnalysis", targets: ["TextAnalysis"]),
    .library(name: "CSimdJSON", targets: ["CSimdJSON"]),  // for Benchmarks/
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries. ICU, Snowball and zstd are linked statically into both executables: a search must start fast
    // and must tokenize tomorrow as it does today, whatever the distribution upgrades.
    shim("CICU", link: [":libicuuc.a", ":libicudata.a", "stdc++", "m"]),
    shim("CSnowball", link: [":libstemmer.a"]),
    shim("CZstd", link: [":libzstd.a"]),
    shim("CKernels"),  // our own SIMD kernels: bit packing, CRC32C, byte classes
    system("SLibXML2", "libxml-2.0", apt: "libxml2-dev"),
    shim("CLibXML2", ["SLibXML2"]),
    system("SGMime", "gmime-3.0", apt: "libgmime-3.0-dev"),
    shim("CGMime", ["SGMime"]),
    system("SArchive", "libarchive", apt: "libarchive-dev"),
    shim("CArchive", ["SArchive"], link: ["z"]),
    // Loads its library (libpoppler-glib-dev) by itself: flags of pkg-config would link it.
    shim("CPoppler", ["SGMime"], settings: [.headerSearchPath("opaque")], link: ["dl"]),
    shim("CCMark", link: ["cmark-gfm", "cmark-gfm-extensions"]),
    shim("CCLD2", link: ["cld2", "stdc++"]),
    shim("CSimdJSON", link: ["simdjson", "stdc++"]),
    shim("CUchardet", link: ["uchardet"]),
    shim("CProcess"),  // kernel calls that Swift does not import: death with the parent, width of a pipe

    shim("CSpawn"),  // starting the reader process: pipes, a shared page, limits

    // The engine: text analysis and the index. It has never heard of newsletters.
    library("TextAnalysis", ["CICU", "CSnowball", "CKernels"], exclude: ["README.md"]),
    library(
      "SearchEngine",
      ["TextAnalysis", "CKernels", "CZstd", .product(name: "SystemPackage", package: "swift-system")]),

    // The document model and its framing on the pipe: all that both processes share.
    library("Documents", []),

    // Bytes to documents; runs only inside the reader process.
    library(
      "Ingest",
      [
        "Documents", "CLibXML2", "CGMime", "CArchive", "CPoppler", "CCMark", "CCLD2", "CSimdJSON", "CUchardet", "CICU",
        "CProcess",
        .product(name: "Yams", package: "Yams"),
      ], exclude: ["README.md"]),

    // The product as a library.
    library(
      "Griot",
      [
        "Documents", "TextAnalysis", "SearchEngine", "CSpawn", "CKernels",
        .product(name: "SystemPackage", package: "swift-system"),
      ], exclude: ["README.md"]),

    // The two executables.
    .executableTarget(
      name: "GriotCommand",
      dependencies: [
        "Griot", "Documents", "CProcess", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift,
      linkerSettings: isStatic ? [.unsafeFlags(["-static-executable", "-use-ld=lld"])] : []),
    .executableTarget(name: "GriotReader", dependencies: ["Ingest", "Documents"], swiftSettings: swift),

    // Tests. TestSupport holds the oracle (NaiveIndex), seeded random numbers and the process runner.
    .target(
      name: "TestSupport", dependencies: ["TextAnalysis", "SearchEngine", "Documents"], path: "Tests/TestSupport",
      swiftSettings: swift),
    tests("TextAnalysisTests", ["TextAnalysis", "TestSupport"]),
    tests("SearchEngineTests", ["SearchEngine", "TextAnalysis", "TestSupport", "CKernels"]),
    tests("DocumentsTests", ["Documents", "TestSupport"]),
    tests("IngestTests", ["Ingest", "Documents", "TestSupport", "GriotReader"]),
    tests(
      "GriotTests", ["Griot", "Documents", "SearchEngine", "TextAnalysis", "CKernels", "TestSupport", "GriotReader"]),
    tests("CommandTests", ["TestSupport", "GriotCommand", "GriotReader"]),
  ],
  cxxLanguageStandard: .cxx17
)

// Fuzzing (`make fuzz`): libFuzzer brings its own `main`, so this target exists only for it.
if Context.environment["GRIOT_FUZZ"] == "1" {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Griot", "Documents", "SearchEngine", "TextAnalysis", "CKernels", "TestSupport"],
      path: "Tests/Fuzz", swiftSettings: swift + [.unsafeFlags(["-parse-as-library"])]))
}
