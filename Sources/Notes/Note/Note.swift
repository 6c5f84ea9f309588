public import Markup

/// A note: its bytes, its front matter, and what its Markdown holds.
public struct Note: Sendable {
  public let path: VaultPath
  /// The file as it is on disk.
  public let bytes: [UInt8]
  public let frontMatter: FrontMatter
  /// The structure of the body; ranges and lines are those of the whole file.
  public let markdown: MarkdownScan

  /// Reads a note. Never fails: front matter that cannot be read is kept as an error in it.
  public init(path: VaultPath, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    frontMatter = FrontMatter(bytes)
    markdown = MarkdownScan(bytes, from: frontMatter.bodyStart, line: frontMatter.bodyLine)
  }

  /// The title as one line: front matter's, else the first heading of the highest level, else the file's name.
  public var title: String {
    if let text = frontMatter.value("title")?.text {
      if !text.isEmpty, Self.isTrimmedLine(text) { return text }
      let title = text.split(whereSeparator: \.isNewline).map(Self.trimmed)
        .filter { !$0.isEmpty }.joined(separator: " ")
      if !title.isEmpty { return title }
    }
    let headings = markdown.headings.lazy.filter { !$0.text.isEmpty }
    if let first = headings.min(by: { $0.level < $1.level }) { return first.text }
    return path.stem
  }

  /// What the note says its kind is, as written.
  public var writtenKind: String? { frontMatter.value("kind")?.text }

  /// The kind: front matter's, else that of the folder the note lies in, else `note`.
  public var kind: NoteKind {
    if let written = writtenKind { return NoteKind(typed: written) ?? .note }
    return NoteKind(folder: path.topFolder) ?? .note
  }

  /// Other names of the note. Hugo's aliases are addresses of a site, not names, and left out.
  public var aliases: [String] {
    Self.list(frontMatter.value("aliases", "alias")).filter { !$0.isEmpty && !$0.hasPrefix("/") }
  }

  /// Tags of the front matter and of the text, each once, in the order in which they come.
  public var tags: [String] {
    let written = frontMatterTags + markdown.tags.map(\.name)
    if written.isEmpty { return [] }
    var seen: Set<String> = []
    return written.filter {
      !$0.isEmpty && seen.insert($0.lowercased()).inserted
    }
  }

  /// Tags of the front matter, under any of the keys that other tools use for them.
  public var frontMatterTags: [String] {
    var tags: [String] = []
    for key in ["tags", "tag", "keywords", "categories"] {
      if let node = frontMatter[key] { tags += Self.tagList(node) }
    }
    return tags
  }

  public var skills: [String] { Self.list(frontMatter.value("skills", "skill")) }

  /// The language of the code: front matter's, else that of the first fenced block that names one.
  public var language: String? {
    if let written = frontMatter.value("lang", "language")?.text { return written.lowercased() }
    return markdown.codeBlocks.first { !$0.language.isEmpty }?.language
  }

  /// The lines of an error that a troubleshooting note is about.
  public var errorSignatures: [String] {
    (frontMatter.value("error", "errors")?.texts ?? []).flatMap {
      $0.split(separator: "\n").map(String.init)
    }
  }

  /// When the note was made, as its front matter says under any of the usual keys.
  public var created: NoteDate? {
    date("created", "date", "creation date", "publishDate", "pubdate", "published")
  }

  /// When the note was last changed, as its front matter says.
  public var modified: NoteDate? { date("lastmod", "modified", "updated") }

  private func date(_ keys: String...) -> NoteDate? {
    for key in keys {
      if let text = frontMatter[key]?.text, let date = NoteDate(text) { return date }
    }
    return nil
  }

  /// A list of scalars, or a text with commas between its items.
  static func list(_ node: YAMLNode?) -> [String] {
    guard let node else { return [] }
    if case .scalar = node.value, let text = node.text {
      return text.split(separator: ",").map(Self.trimmed).filter { !$0.isEmpty }
    }
    return node.texts
  }

  /// Tags as people write them: a list, or a text with commas or spaces, each with or without `#`.
  static func tagList(_ node: YAMLNode?) -> [String] {
    guard let node else { return [] }
    var names = node.texts
    if case .scalar = node.value, let text = node.text {
      let separator: Character = text.contains(",") ? "," : " "
      names = text.split(separator: separator).map(String.init)
    }
    return names.map { name in
      let name = trimmed(name[...])
      return name.hasPrefix("#") ? String(name.dropFirst()) : name
    }
  }

  /// Whether a text is surely one line without white space at its ends: of printable ASCII.
  private static func isTrimmedLine(_ text: some StringProtocol) -> Bool {
    let bytes = text.utf8
    guard let first = bytes.first, first != 0x20 else { return bytes.isEmpty }
    var last: UInt8 = 0
    for byte in bytes {
      if byte < 0x20 || byte >= 0x7F { return false }
      last = byte
    }
    return last != 0x20
  }

  private static func trimmed(_ text: Substring) -> String {
    if isTrimmedLine(text) { return String(text) }
    var text = text
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
