// swift-tools-version: 6.2
// Benchmarks stand in a package of their own, so that nobody who builds Griot has to build them.
import PackageDescription

let swift: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "griot-benchmarks",
  products: [
    .executable(name: "griot-bench", targets: ["GriotBench"]),
    .executable(name: "analysis-bench", targets: ["AnalysisBench"]),
  ],
  dependencies: [
    .package(name: "griot", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "GriotBench",
      dependencies: [
        .product(name: "SearchEngine", package: "griot"), .product(name: "TextAnalysis", package: "griot"),
        .product(name: "CSimdJSON", package: "griot"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),
    .executableTarget(
      name: "AnalysisBench",
      dependencies: [
        .product(name: "TextAnalysis", package: "griot"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swift),
  ]
)
