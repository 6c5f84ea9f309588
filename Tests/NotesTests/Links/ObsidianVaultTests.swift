import TestSupport
import Testing

@testable import Notes

/// A vault with every form of link that Obsidian follows, about two thousand of them: none is broken.
@Suite struct ObsidianVaultTests {
  private static let stems = [
    "Plain note", "Version 1.2 notes", "Café au lait", "U\u{308}bersicht", "日記", "🎉 Party",
    "C++ tips",
    "What & why", "it's (fine)", "100% sure", "a.b.c", "UPPER case", "snake_case_name",
    "2026-11-22",
    "Trailing dots v2...x", "@mention", "Comma, here", "Semi; colon", "Équipe – plan", "שלום", "x",
  ]
  private static let folders = ["", "dir/", "dir/deeper one/", "Ärger/", "projects/2026/"]
  private static let attachments = [
    "img/pic one.png", "img/Diagram.SVG", "dir/paper.pdf", "Drawing.excalidraw",
    "boards/plan.canvas",
    "data/sheet 1.csv", "audio/é.mp3",
  ]
  private static let text = """

    ## Setup: what, (why) & how?

    A paragraph with a block. ^block-1

    ### Nested part

    - an item ^item2

    #### Deep

    > [!note] A callout
    > inside

    ^callout-3

    ## C++ / C# — `code` and *emphasis*

    ## Same

    ## Same

    """

  private static func encoded(_ text: String) -> String {
    text.utf8.map { byte in
      let isKept =
        byte < 0x80
        && (Unicode.Scalar(byte).properties.isAlphabetic || byte >= 0x30 && byte <= 0x39)
        || "-_./,;@'".utf8.contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isKept ? String(Unicode.Scalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }

  /// The links that a note in `folder` can lead to `target` with.
  private static func links(to target: String, from folder: String) -> [String] {
    let bare = String(target.dropLast(3))
    let stem = VaultPath(known: bare).name
    let relative = LinkText.relative(target, from: String(folder.dropLast()))
    let dotted = relative.hasPrefix("../") ? relative : "./" + relative
    return [
      "[[\(stem)]]", "[[\(stem.lowercased())]]", "[[\(stem.uppercased())]]", "[[\(stem).md]]",
      "[[\(bare)]]", "[[\(bare).md]]", "[[/\(bare)]]", "[[\(dotted.dropLast(3))]]", "[[ \(stem) ]]",
      "[[\(stem)|a label]]", "[[\(stem)#Setup: what, (why) & how?]]",
      "[[\(stem)#Setup what, (why) & how?]]",
      "[[\(stem)#Nested part|label]]", "[[\(stem)#Setup what why how#Nested part#Deep]]",
      "[[\(stem)#C++ / C# — code and emphasis]]", "[[\(stem)#Same]]", "[[\(stem)#^block-1]]",
      "[[\(stem)#^item2|x]]", "[[\(stem)#^callout-3]]", "![[\(stem)]]", "![[\(stem)#Deep]]",
      "![[\(stem)#^block-1]]",
      "| a | [[\(stem)\\|label]] |\n|---|---|\n| b | ![[\(stem)#Deep\\|l]] |",
      "[t](\(encoded(relative)))", "[t](\(encoded(String(relative.dropLast(3)))))",
      "[t](<\(relative)>)",
      "[t](\(encoded(dotted))#Nested%20part)", "[t](\(encoded(relative))#^block-1)",
      "[t](\(encoded(stem)).md)", "[t](\(encoded(stem)))", "[t](\(encoded(target)) \"a title\")",
      "[t][r]\n\n[r]: <\(relative)> \"t\"", "[[#Own part]] [[#^own]] [t](#own-part)",
    ]
  }

  private static func links(toFile file: String) -> [String] {
    let name = VaultPath(known: file).name
    return [
      "[[\(name)]]", "![[\(name)]]", "![[\(file)]]", "![[\(name)|100]]", "![[\(name)|640x480]]",
      "![[\(name)|alt|100]]", "![[\(name)#page=3]]", "![[\(name)#height=400]]",
      "![[\(name.lowercased())]]",
      "![100](\(encoded(file)))", "![a|100](/\(encoded(file)))", "![](\(encoded(name)))",
      "[t](<\(file)> \"x\")",
    ]
  }

  @Test func nothingThatObsidianFollowsIsBroken() throws {
    var notes: [String: String] = [:]
    var paths: [String] = []
    for (number, stem) in Self.stems.enumerated() {
      let path = Self.folders[number % Self.folders.count] + stem + ".md"
      paths.append(path)
      notes[path] =
        "---\naliases: [\"Alias \(number)\", 'other name \(number)']\n"
        + "up: \"[[Plain note]]\"\n---\n# T\(number)\n" + Self.text
    }
    paths.append("Topic/Topic.md")
    notes["Topic/Topic.md"] = "# A folder's own note\n" + Self.text
    var count = 0
    for (number, folder) in Self.folders.enumerated() {
      for (half, part) in [paths.prefix(11), paths.suffix(from: 11)].enumerated() {
        var lines = ["# Links", "", "## Own part", "", "x ^own", ""]
        for (index, target) in part.enumerated() where (index + number) % 2 == 0 || number < 2 {
          for link in Self.links(to: target, from: folder) {
            lines += [link, ""]
            count += 1
          }
        }
        for index in 0..<21 { lines += ["[[Alias \(index)]] [[OTHER name \(index)|x]]", ""] }
        count += 42
        for file in Self.attachments {
          for link in Self.links(toFile: file) {
            lines += [link, ""]
            count += 1
          }
        }
        notes[folder + "source \(number)\(half).md"] = lines.joined(separator: "\n")
      }
    }
    #expect(count > 1_900)
    let vault = try TestVault(notes)
    for file in Self.attachments + [".obsidian/app.json"] { try vault.folder.write(file, "{}") }
    let links = NoteLinks(try vault.index())
    let broken = links.broken()
    let shown = broken.prefix(20).map { "\($0.source):\($0.line) \($0.target) \($0.status)" }
    #expect(broken.isEmpty, "\(broken.count) of \(count): \(shown.joined(separator: "\n"))")
    // The same when each link is looked up by itself.
    for path in ["source 00.md", "dir/source 11.md"] {
      let note = Note(path: VaultPath(known: path), bytes: Array(notes[path]!.utf8))
      let alone = links.outgoing(of: note)
      #expect(alone.allSatisfy { $0.status != .broken && $0.status != .ambiguous })
    }
  }

  @Test func shortAddressesAreFollowedWhereObsidianIsAtHomeAndNowhereElse() throws {
    let notes = ["a/one.md": "", "b/two.md": "[t](one.md) [t](a/one.md) ![](pic.png)"]
    for isObsidian in [true, false] {
      let vault = try TestVault(notes)
      try vault.folder.write("img/pic.png", "x")
      if isObsidian { try vault.folder.write(".obsidian/app.json", "{}") }
      #expect(NoteLinks(try vault.index()).broken().count == (isObsidian ? 0 : 3))
    }
  }

  /// The table of all names gives what the index gives, whatever the link.
  @Test(arguments: [UInt64(71), 72, 73])
  func linksLookedUpTogetherLeadWhereTheyLeadAlone(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let names = ["one", "One", "two", "x.y", "é", "e\u{301}a", "日記", "ONE two"]
    let folders = ["", "a/", "a/b/", "One/"]
    var notes: [String: String] = [:]
    for _ in 0..<14 {
      let links = (0..<12).map { _ in
        let name = generator.pick(folders) + generator.pick(names + ["none"])
        return generator.pick([
          "[[\(name)]]", "[[\(name).md]]", "[t](<\(name).md>)", "[t](<../\(name)>)",
          "![[./\(name)]]",
          "[t](</\(name).md>)", "[[\(name).MARKDOWN]]",
        ])
      }
      notes[
        generator.pick(folders) + generator.pick(names)
          + generator.pick([
            ".md",
            ".markdown",
          ])] =
        links.joined(separator: "\n\n")
    }
    let vault = try TestVault(notes)
    let links = NoteLinks(try vault.index())
    let together = links.all()
    let alone = notes.keys.map { VaultPath(known: $0) }.sorted().flatMap { path in
      NoteReader(vault: links.index.vault).read(path).map { links.outgoing(of: $0.note) } ?? []
    }
    #expect(together == alone)
  }
}
