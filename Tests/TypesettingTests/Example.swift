import Career
import Learning
import Manuscript
import Notes
import Typesetting

/// The documents of the example vault, made as the commands make them.
enum Example {
  static let folder = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
  static let golden =
    "/" + #filePath.split(separator: "/").dropLast().joined(separator: "/") + "/Golden"

  static func note(_ path: String) throws -> Note {
    Note(
      path: try VaultPath(path), bytes: try FileSystem.read("\(folder)/Vault/\(path)"))
  }

  static func choice(_ name: String, over base: View) throws -> Choice {
    let names = try FileSystem.names(in: folder + "/Vault/projects").filter { $0.hasSuffix(".md") }
    let path = "views/\(name).yaml"
    return try Choice(
      profile: try ProfileReader.read(try note("profile.md")),
      projects: try Project.read(try names.map { try note("projects/" + $0) }),
      areas: SkillAreas(Guide(try note("guide.md"))),
      view: try ViewReader.read(
        try FileSystem.read("\(folder)/Vault/\(path)"), path: path, over: base))
  }

  static func resume() throws -> Document { Resume(try choice("default", over: .resume)).document }

  static func portfolio() throws -> Portfolio {
    Portfolio(try choice("portfolio", over: .portfolio))
  }
}
