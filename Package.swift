// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// The everyday program is linked without any shared library where the system has the archives for it:
// such a program starts in a quarter of the time. `scripts/stage` looks, and sets the variable.
let isStatic = Context.environment["FOLIO_STATIC"] == "1"
let staticLinking: [LinkerSetting] =
  isStatic ? [.unsafeFlags(["-static-executable"], .when(platforms: [.linux]))] : []

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "folio",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "folio", targets: ["folio"]),
    .executable(name: "folio-full", targets: ["folio-full"]),
    .executable(name: "folio-bench", targets: ["folio-bench"]),
    .library(name: "FullText", targets: ["FullText"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0")
  ],
  targets: [
    // C libraries of the system.
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [
        .apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"]),
      ]),
    .systemLibrary(
      name: "CLibYAML", pkgConfig: "yaml-0.1",
      providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]),
    .systemLibrary(
      name: "CLibGit2", pkgConfig: "libgit2",
      providers: [.apt(["libgit2-dev"]), .brew(["libgit2"])]),

    .systemLibrary(
      name: "CPangoCairo", pkgConfig: "pangocairo",
      providers: [.apt(["libpango1.0-dev"]), .brew(["pango"])]),

    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

    .systemLibrary(name: "CFileSystem"),

    // Libraries, innermost first. They do not print, read the environment, or exit.
    .target(name: "FullText", swiftSettings: settings),
    .target(name: "Markup", dependencies: ["CCmarkGFM"], swiftSettings: settings),
    .target(
      name: "Notes", dependencies: ["FullText", "Markup", "CFileSystem", "CLibYAML", "Templates"],
      swiftSettings: settings),
    .target(
      name: "Sync", dependencies: ["Notes", "CFileSystem", "CLibGit2", "CZlib"],
      swiftSettings: settings),
    .target(name: "Manuscript", swiftSettings: settings),
    .target(
      name: "Learning", dependencies: ["Notes", "FullText", "Markup", "Manuscript"],
      swiftSettings: settings),
    .target(
      name: "Career", dependencies: ["Notes", "Markup", "Learning", "Manuscript"],
      swiftSettings: settings),
    .target(
      name: "Typesetting",
      dependencies: [
        "Manuscript", "Markup", "FullText", "CPangoCairo", "Templates",
      ],
      swiftSettings: settings),
    .target(
      name: "Templates", path: "Templates",
      resources: [
        .embedInCode("notes"), .embedInCode("vault"), .embedInCode("resume"),
        .embedInCode("portfolio"),
      ],
      swiftSettings: settings),

    // Commands and the programs that hold them.
    .target(
      name: "EverydayCommands",
      dependencies: ["Notes", "FullText", "Markup", "Learning", argumentParser],
      swiftSettings: settings),
    .target(
      name: "Commands",
      dependencies: [
        "EverydayCommands", "Notes", "Markup", "FullText", "Sync", "Templates", "Manuscript",
        "Learning",
        "Career", "Typesetting", argumentParser,
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "folio", dependencies: ["EverydayCommands"], swiftSettings: settings,
      linkerSettings: staticLinking),
    .executableTarget(
      name: "folio-full", dependencies: ["Commands", "EverydayCommands"], swiftSettings: settings),
    .executableTarget(
      name: "folio-bench", dependencies: ["FullText", "Notes"], swiftSettings: settings),

    // What tests of several modules need; those of the engine are built by themselves and do without.
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .testTarget(
      name: "FullTextTests", dependencies: ["FullText"], exclude: ["Reference"],
      swiftSettings: settings),
    .testTarget(
      name: "MarkupTests", dependencies: ["Markup", "TestSupport"], swiftSettings: settings),
    .testTarget(
      name: "NotesTests", dependencies: ["Notes", "FullText", "Markup", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "EverydayCommandsTests",
      dependencies: [
        "EverydayCommands", "Notes", "FullText", "Markup", argumentParser, "TestSupport",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CommandsTests", dependencies: ["Commands", "EverydayCommands"], swiftSettings: settings
    ),
    // What people see: the programs themselves are run.
    .testTarget(
      name: "TranscriptTests", dependencies: ["folio", "folio-full", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "SyncTests", dependencies: ["Sync", "Notes", "TestSupport"], swiftSettings: settings),
    .testTarget(name: "ManuscriptTests", dependencies: ["Manuscript"], swiftSettings: settings),
    .testTarget(
      name: "LearningTests", dependencies: ["Learning", "Notes", "TestSupport"],
      exclude: ["Guides"],
      swiftSettings: settings),
    .testTarget(
      name: "CareerTests",
      dependencies: ["Career", "Learning", "Notes", "Manuscript", "TestSupport"],
      swiftSettings: settings),
    .testTarget(
      name: "TypesettingTests",
      dependencies: ["Typesetting", "Career", "Learning", "Notes", "Manuscript", "TestSupport"],
      exclude: ["Golden"], swiftSettings: settings),
  ]
)
