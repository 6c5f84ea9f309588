// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that nobody who builds or tests folio needs the measuring library. The
// engine is compiled in through a link, open to `@testable`: what is measured is inside it.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

let package = Package(
  name: "folio-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/ordo-one/benchmark", from: "1.29.0", traits: [])
  ],
  targets: [
    .target(
      name: "FullText", path: "Sources/FullText",
      swiftSettings: settings + [.unsafeFlags(["-enable-testing"])]),
    .target(name: "Parts", dependencies: ["FullText"], path: "Parts", swiftSettings: settings),
    .executableTarget(
      name: "Engine",
      dependencies: ["Parts", .product(name: "Benchmark", package: "benchmark")],
      path: "Benchmarks/Engine", swiftSettings: settings,
      plugins: [.plugin(name: "BenchmarkPlugin", package: "benchmark")]),
    .executableTarget(
      name: "Count", dependencies: ["Parts"], path: "Count", swiftSettings: settings),
  ]
)
