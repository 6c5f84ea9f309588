import FullText
import Testing

@testable import Notes

@Suite struct VaultTests {
  private let folder = TemporaryFolder()

  init() throws {
    try folder.write("named/n.md", "")
    try folder.write("environment/n.md", "")
    try folder.write("outer/.folio/config.yaml", "")
    try folder.write("outer/inner/.folio/config.yaml", "")
    try folder.write("outer/inner/deep/n.md", "")
    try folder.write("outer/plain/n.md", "")
    try folder.write("home/notes/n.md", "")
    try folder.write("elsewhere/n.md", "")
    try folder.write("home/.config/folio/config.yaml", "vault: ~/notes\n")
  }

  private func find(
    _ current: String, named: String? = nil, environment: String? = nil,
    settings: String? = "home/.config/folio/config.yaml"
  ) throws(VaultError) -> String {
    let vault = try Vault.find(
      named: named.map(folder.absolute), environment: environment.map(folder.absolute),
      current: folder.absolute(current), userSettings: settings.map(folder.absolute))
    return String(vault.root.dropFirst(folder.path.count + 1))
  }

  @Test func looksInTheOrderOfThePromise() throws {
    #expect(try find("outer/inner/deep", named: "named", environment: "environment") == "named")
    #expect(try find("outer/inner/deep", environment: "environment") == "environment")
    #expect(try find("outer/inner/deep") == "outer/inner")
    #expect(try find("outer/plain") == "outer")
    #expect(try find("outer") == "outer")
    #expect(try find("elsewhere") == "home/notes")
  }

  @Test func saysWhenThereIsNoVault() {
    let current = folder.absolute("elsewhere")
    #expect(throws: VaultError.noVault(from: current)) { try find("elsewhere", settings: nil) }
    #expect(throws: VaultError.noVault(from: current)) {
      try find("elsewhere", settings: "gone.yaml")
    }
    #expect(throws: VaultError.self) { try find("elsewhere", named: "gone") }
    #expect(throws: VaultError.notAFolder(folder.absolute("named/n.md"))) {
      try find("elsewhere", named: "named/n.md")
    }
  }

  @Test func aBrokenFileOfTheUserIsNamed() throws {
    try folder.write("broken.yaml", "a: 1\nvault: [\n")
    let error = #expect(throws: VaultError.self) { try find("elsewhere", settings: "broken.yaml") }
    guard case .badSettings(folder.absolute("broken.yaml"), let position, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(position.line == 3)
  }

  @Test func rootIsFreeOfLinks() throws {
    try folder.link("link", to: "named")
    #expect(try find("elsewhere", named: "link") == "named")
  }

  @Test(arguments: [
    ("", Language.english, []), ("# nothing\n", .english, []), ("language: none\n", .none, []),
    ("language:\n", .none, []),
    (
      "language: english\nexclude: [a/, '*.tmp.md']", .english,
      ["a/", "*.tmp.md"]
    ), ("exclude: old/", .english, ["old/"]), ("exclude: []", .english, []),
    ("exclude:\n", .english, []), ("\u{FEFF}language: none", .none, []),
  ])
  func readsSettings(text: String, language: Language, exclude: [String]) throws {
    try folder.write("config.yaml", text)
    let settings = try Settings(path: folder.absolute("config.yaml"))
    #expect(settings.language == language)
    #expect(settings.exclude == exclude)
    #expect(settings.unknownKeys.map(\.name) == [])
  }

  @Test(arguments: [
    ("language: fr", 1, 11), ("a: 1\nlanguage: [en]", 2, 11), ("exclude: {a: b}", 1, 10),
    ("language: \"en", 1, 14), ("- a", 1, 1), ("text", 1, 1), ("a: b\n c: d", 2, 3),
  ])
  func saysWhereSettingsAreWrong(text: String, line: Int, column: Int) throws {
    try folder.write("outer/.folio/config.yaml", text)
    let error = #expect(throws: VaultError.self) { try Vault(folder: folder.absolute("outer")) }
    guard case .badSettings(_, let position, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(position == TextPosition(line: line, column: column))
    #expect(!reason.isEmpty && error?.message.contains("config.yaml:\(line):\(column)") == true)
  }

  @Test(arguments: [
    "", "/etc/passwd", "a//b.md", "../a.md", "a/../../b.md", "a/./b.md", "a/", "a\u{0}b", ".",
  ])
  func refusesPathsThatLeaveTheVault(text: String) {
    #expect(throws: VaultError.pathOutsideVault(text)) { try VaultPath(text) }
  }

  @Test(arguments: [
    ("a.md", "a.md", "a", "", ""), ("x/y/a.b.md", "a.b.md", "a.b", "x/y", "x"),
    ("x/.md", ".md", ".md", "x", "x"), ("é/ü.MD", "ü.MD", "ü", "é", "é"),
    ("x/a.markdown", "a.markdown", "a", "x", "x"), ("x/a.txt", "a.txt", "a.txt", "x", "x"),
    ("..md", "..md", ".", "", ""),
  ])
  func knowsThePartsOfAPath(
    text: String, name: String, stem: String, parent: String, top: String
  ) throws {
    let path = try VaultPath(text)
    #expect(path.name == name && path.stem == stem)
    #expect(path.folder == parent && path.topFolder == top)
  }

  @Test func twoSpellingsOfALetterAreTwoPaths() throws {
    #expect(try VaultPath("é.md") != VaultPath("e\u{301}.md"))
    #expect(Set([try VaultPath("é.md"), try VaultPath("e\u{301}.md")]).count == 2)
  }

  @Test func linksAreFollowedInsideTheVaultOnly() throws {
    let vault = try Vault(folder: folder.absolute("outer"))
    try folder.link("outer/inside", to: folder.absolute("outer/plain"))
    try folder.link("outer/outside", to: folder.absolute("named"))
    try folder.link("outer/out.md", to: folder.absolute("named/n.md"))
    try folder.write("outer-2/n.md", "")
    try folder.link("outer/sibling", to: folder.absolute("outer-2"))
    for path in ["inside/n.md", "inside/new.md", "plain/new/new.md", "n.md"] {
      #expect(throws: Never.self) { try vault.refuseLinksOutside(VaultPath(path)) }
    }
    for path in ["outside/n.md", "outside/new/new.md", "out.md", "sibling/n.md"] {
      #expect(throws: VaultError.self) { try vault.refuseLinksOutside(VaultPath(path)) }
    }
  }

  @Test func aFileIsNamedFromAnywhere() throws {
    let vault = try Vault(folder: folder.absolute("outer"))
    try folder.link("way-in", to: folder.absolute("outer"))
    let from = folder.absolute("outer/plain")
    #expect(vault.path(ofFile: "n.md", from: from)?.description == "plain/n.md")
    #expect(vault.path(ofFile: "../x.md", from: from)?.description == "x.md")
    #expect(vault.path(ofFile: "../../named/n.md", from: from) == nil)
    #expect(
      vault.path(ofFile: folder.absolute("way-in/plain/n.md"), from: "/")?.description
        == "plain/n.md")
    #expect(vault.path(ofFile: "..", from: from) == nil)
  }

  @Test func makingAVaultTouchesNothingThatIsThere() throws {
    try folder.write("new/.folio/config.yaml", "language: none\n")
    try folder.write("new/snippets/a.md", "mine")
    var first = try VaultCreation(root: folder.absolute("new"))
    try first.addFolders()
    try first.add([("snippets/a.md", [1]), ("guides/b.md", Array("b".utf8))])
    #expect(first.kept == [".folio/config.yaml", "snippets/a.md"])
    #expect(first.made.contains("guides/b.md"))
    #expect(try folder.text("new/.folio/config.yaml") == "language: none\n")
    #expect(try folder.text("new/snippets/a.md") == "mine")
    let again = try VaultCreation(root: folder.absolute("new"))
    #expect(again.made.isEmpty)
    #expect(Notes.FileSystem.status(folder.absolute("new/.folio/cache"))?.mode == 0o700)
  }
}
