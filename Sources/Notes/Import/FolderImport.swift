internal import Markup

/// Importing a folder of notes that another tool kept: an Obsidian vault or a zk notebook.
///
/// The conventions of both are understood as they are, so notes come byte for byte, with one
/// exception: tags that only zk reads (`:a:b:`) are also written into the front matter of the copy.
public struct FolderImport: Sendable {
  public enum Tool: String, Sendable { case obsidian, zk }

  /// Larger files are left where they are, in bytes.
  static let largest = 1 << 30

  private let tool: Tool
  private let root: String

  public init(_ tool: Tool, root: String) throws(VaultError) {
    guard let real = FileSystem.realPath(root), FileSystem.isFolder(real) else {
      throw .notAFolder(root)
    }
    self.tool = tool
    self.root = real
  }

  public func plan(
    into vault: Vault, _ options: ImportPlan.Options
  ) throws(VaultError) -> ImportPlan {
    if vault.root == root || vault.root.hasPrefix(root + "/") || root.hasPrefix(vault.root + "/") {
      throw .importOfVault(root)
    }
    var placer = try ImportPlacer(vault, options)
    var plan = ImportPlan()
    var remarks = RemarkCollector()
    let readsColonTags = tool == .zk && zkReadsColonTags
    for file in files(&remarks) {
      let absolute = root + "/" + file
      guard (FileSystem.status(absolute)?.size ?? 0) <= Self.largest else {
        plan.items.append(
          ImportPlan.Item(
            source: file, path: "", isNote: VaultPath.isNote(file),
            state: .refused("it is larger than 1 GB"), content: .file(absolute)))
        continue
      }
      guard VaultPath.isNote(VaultPath(known: file).name) else {
        look(atFile: file, &remarks)
        plan.items.append(placer.item(file, at: file, isNote: false, .file(absolute)))
        continue
      }
      var content = ImportPlan.Content.file(absolute)
      var changes: [String] = []
      if let bytes = try? FileSystem.read(absolute) {
        let note = Note(path: VaultPath(known: file), bytes: bytes)
        look(at: note, &remarks)
        if readsColonTags {
          let tags = ColonTags.names(in: note)
          if !tags.isEmpty {
            if let edited = try? FrontMatterEdit(note).adding(tags, to: "tags"), edited != bytes {
              content = .bytes(edited)
              changes.append("tags \(tags.joined(separator: ", ")) in its front matter")
              remarks.note(
                "tags written :like:this:", "also in the front matter of the copies", file)
            } else if edited(note, tags) == nil {
              remarks.note(
                "tags written :like:this: in notes whose front matter cannot be added to",
                "they stay in the text", file)
            }
          }
        }
      }
      let item = placer.item(file, at: file, isNote: true, content, changes: changes)
      let folder = VaultPath(known: file).folder
      if options.folder.isEmpty, !item.path.hasPrefix(folder), item.state == .new {
        remarks.note(
          "folders whose names differ in case from yours", "what is in them goes into yours", file)
      }
      plan.items.append(item)
    }
    plan.remarks = remarks.all
    return plan
  }

  private func edited(_ note: Note, _ tags: [String]) -> [UInt8]? {
    try? FrontMatterEdit(note).adding(tags, to: "tags")
  }

  // MARK: - The source

  /// Every file that is brought, by path; what is not is remarked on.
  private func files(_ remarks: inout RemarkCollector) -> [String] {
    var files: [String] = []
    var folders = [""]
    while let folder = folders.popLast() {
      let names = (try? FileSystem.names(in: root + "/" + folder)) ?? []
      for name in names {
        let path = folder.isEmpty ? name : folder + "/" + name
        switch FileSystem.status(root + "/" + path, followingLinks: false)?.kind {
        case .folder where name.hasPrefix("."): setAside(path, &remarks)
        case .folder: folders.append(path)
        case .file where name.hasPrefix("."):
          remarks.note("hidden files", "they stay where they are", path)
        case .file: files.append(path)
        case .link:
          remarks.note("symbolic links", "they are not followed and stay where they are", path)
        default: remarks.note("things that are no files", "they stay where they are", path)
        }
      }
    }
    return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func setAside(_ folder: String, _ remarks: inout RemarkCollector) {
    switch folder {
    case ".obsidian":
      remarks.note(
        "settings, themes and plugins of Obsidian",
        "they stay there; the settings of folio are in .folio/config.yaml", folder)
      if FileSystem.status(root + "/.obsidian/daily-notes.json") != nil {
        remarks.note(
          "the place of daily notes",
          "what is there comes as notes; 'folio today' writes in journal/",
          ".obsidian/daily-notes.json")
      }
    case ".zk":
      remarks.note(
        "settings of zk", "they stay there; the settings of folio are in .folio/config.yaml",
        folder)
      let templates = (try? FileSystem.names(in: root + "/.zk/templates")) ?? []
      for template in templates {
        remarks.note(
          "templates of zk", "they stay there; those of folio are templates/notes/KIND.md",
          ".zk/templates/" + template)
      }
      for filter in zkNames(in: "filter") {
        remarks.note(
          "named filters of zk", "write them under 'queries:' in .folio/config.yaml", filter)
      }
      for alias in zkNames(in: "alias") {
        remarks.note("command aliases of zk", "make them aliases of your shell", alias)
      }
    case ".trash": remarks.note("deleted notes", "they stay in the trash there", folder)
    case ".git":
      remarks.note(
        "the history in git", "it stays there; 'folio sync' keeps one of its own", folder)
    default: remarks.note("hidden folders", "they stay where they are", folder)
    }
  }

  private func look(atFile file: String, _ remarks: inout RemarkCollector) {
    if file.hasSuffix(".canvas") {
      remarks.note("canvases of Obsidian", "they come as files, which folio does not read", file)
    } else if file.hasSuffix(".base") {
      remarks.note("bases of Obsidian", "they come as files; 'folio list' has the filters", file)
    }
  }

  private func look(at note: Note, _ remarks: inout RemarkCollector) {
    let name = note.path.description
    if note.frontMatter.error != nil {
      remarks.note(
        "front matter that cannot be read", "the notes come as they are; 'folio check' shows where",
        name)
    }
    for block in note.markdown.codeBlocks {
      switch block.language {
      case "dataview", "dataviewjs", "tasks", "query":
        remarks.note("live queries in notes", "they come as code, which nothing runs", name)
      case "compressed-json":
        remarks.note("drawings of Excalidraw", "they come as notes, which show no picture", name)
      default: continue
      }
    }
    if Self.hasTemplater(note.bytes.prefix(1 << 16)) {
      remarks.note("templates of Templater", "they come as notes", name)
    }
  }

  /// Whether `<% ` or `<%*` is in a text.
  private static func hasTemplater(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      for at in bytes.indices.dropLast(2)
      where bytes[at] == UInt8(ascii: "<") && bytes[at + 1] == UInt8(ascii: "%") {
        if bytes[at + 2] == 0x20 || bytes[at + 2] == UInt8(ascii: "*") { return true }
      }
      return false
    }
  }

  // MARK: - zk

  private var zkSettings: String {
    String(
      decoding: (try? FileSystem.read(root + "/.zk/config.toml", limit: 1 << 20)) ?? [],
      as: UTF8.self)
  }

  /// The keys of a table of zk's settings, each with its value.
  private func zkNames(in table: String) -> [String] {
    var names: [String] = []
    var isInside = false
    for line in zkSettings.split(whereSeparator: \.isNewline) {
      let line = line.drop(while: \.isWhitespace)
      if line.hasPrefix("[") { isInside = line.hasPrefix("[\(table)]") }
      if isInside, let equals = line.firstIndex(of: "="), !line.hasPrefix("#") {
        names.append(String(line[..<equals].filter { !$0.isWhitespace && $0 != "\"" }))
      }
    }
    return names
  }

  private var zkReadsColonTags: Bool {
    zkSettings.split(whereSeparator: \.isNewline).contains { line in
      line.filter { !$0.isWhitespace }.hasPrefix("colon-tags=true")
    }
  }
}

/// Counts what is remarked on, with the first few places of each.
struct RemarkCollector {
  private(set) var all: [ImportPlan.Remark] = []

  mutating func note(_ what: String, _ instead: String, _ example: String) {
    guard let index = all.firstIndex(where: { $0.what == what }) else {
      all.append(ImportPlan.Remark(what: what, instead: instead, count: 1, examples: [example]))
      return
    }
    if all[index].examples.last == example { return }
    all[index].count += 1
    if all[index].examples.count < 3 { all[index].examples.append(example) }
  }
}

/// Tags as zk reads them when it is told to: `:one:two:`, outside of code.
enum ColonTags {
  static func names(in note: Note) -> [String] {
    var names: [String] = []
    for span in note.markdown.spans where span.kind == .prose {
      let text = String(decoding: note.bytes[span.range], as: UTF8.self)
      for word in text.split(whereSeparator: \.isWhitespace) {
        guard word.hasPrefix(":"), word.hasSuffix(":"), word.count > 2 else { continue }
        for part in word.split(separator: ":") {
          if let tag = try? TagName(String(part)).description, !names.contains(tag) {
            names.append(tag)
          }
        }
      }
    }
    return names
  }
}
