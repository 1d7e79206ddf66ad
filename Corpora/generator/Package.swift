// swift-tools-version: 6.2
// griot-corpus: any number of invented documents from a seed. See ../README.md for the model and its measured figures.
import PackageDescription

let package = Package(
  name: "griot-corpus",
  targets: [
    .executableTarget(
      name: "griot-corpus",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .treatAllWarnings(as: .error),
      ])
  ]
)
