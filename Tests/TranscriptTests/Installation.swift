import Foundation

/// Where the programs are that the tests run: the staged installation, else the debug build.
enum Installation {
  static let environment = ProcessInfo.processInfo.environment

  /// The repository: three folders above this file.
  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let stage = environment["FOLIO_STAGE"].map { URL(filePath: $0) }

  /// The folder of the debug build, which holds the test bundle too.
  private static let debugFolder: URL = {
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    for _ in 0..<4 where !FileManager.default.fileExists(atPath: folder.path + "/folio-full") {
      folder.deleteLastPathComponent()
    }
    let fallback = repository.appending(path: ".build/debug")
    let isFound = FileManager.default.fileExists(atPath: folder.path + "/folio-full")
    return isFound ? folder : fallback
  }()

  /// The folder of the program `folio`.
  static var binFolder: URL { stage?.appending(path: "bin") ?? debugFolder }

  /// The programs with their symbols, before they are stripped for the installation.
  static var linkedFolder: URL {
    stage == nil ? debugFolder : repository.appending(path: ".build-release/release")
  }
}
