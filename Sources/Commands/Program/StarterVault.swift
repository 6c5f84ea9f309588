internal import EverydayCommands
internal import Notes

/// The vault that comes with the program, from which new ones are filled.
struct StarterVault {
  private let root: String

  init() throws {
    guard let root = Companion.starterVault else {
      throw Failure(
        .badInput, "the starter notes are not where they should be",
        "Install again with 'make install', or set $FOLIO_SHARE to the folder that holds them.")
    }
    self.root = root
  }

  /// Everything: the notes, guide, profile and journal of the example engineer.
  func allFiles() throws -> [VaultCreation.File] {
    var files: [VaultCreation.File] = []
    var folders = [""]
    while let folder = folders.popLast() {
      let prefix = folder.isEmpty ? "" : folder + "/"
      for name in try FileSystem.names(in: root + "/" + folder) where !name.hasPrefix(".") {
        let path = prefix + name
        if FileSystem.isFolder(root + "/" + path) {
          folders.append(path)
        } else {
          files.append((path, try FileSystem.read(root + "/" + path)))
        }
      }
    }
    return files.sorted { $0.path < $1.path }
  }

  /// The guide with nothing ticked, the skill words and the views: what anybody can begin with.
  func blankFiles() throws -> [VaultCreation.File] {
    let guide = String(decoding: try FileSystem.read(root + "/guide.md"), as: UTF8.self)
    var files: [VaultCreation.File] = [
      ("guide.md", Array(Self.unticked(guide).utf8)),
      ("skills.yaml", try FileSystem.read(root + "/skills.yaml")),
    ]
    for name in try FileSystem.names(in: root + "/views") where name.hasSuffix(".yaml") {
      files.append(("views/" + name, try FileSystem.read(root + "/views/" + name)))
    }
    return files
  }

  /// Open boxes instead of ticked ones, without the date and the note behind them.
  static func unticked(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let box = line.firstRange(of: "- [x] ") else { return String(line) }
      let item = line[box.upperBound...]
      let end = item.firstRange(of: " ✅ ")?.lowerBound ?? item.endIndex
      return line[..<box.lowerBound] + "- [ ] " + item[..<end]
    }.joined(separator: "\n")
  }
}
