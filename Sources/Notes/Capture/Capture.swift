internal import Templates

/// A new note before it has a file: what `folio add` was given.
public struct Capture: Sendable {
  public var kind: NoteKind
  public var title: String?
  public var body: String
  public var language: String?
  public var tags: [String] = []
  public var skills: [String] = []
  public var url: String?
  /// Where the body was taken from, such as `dags/etl.py:10-40`.
  public var source: String?
  /// Whether `{{name}}` in the body is a place to fill in.
  public var hasPlaceholders = false

  public init(kind: NoteKind, title: String?, body: String) {
    self.kind = kind
    self.title = title
    self.body = body
  }

  /// The title: the one given, else the message of a pasted error, the first heading, the first line.
  ///
  /// - Returns: One line without control characters, at most 200 characters; nil when there is none.
  public var effectiveTitle: String? {
    let error = kind == .troubleshooting ? errorLine : nil
    for line in [title ?? "", error ?? ""] + firstLines {
      var text = line.unicodeScalars.split { $0.properties.generalCategory == .control }
        .map { String($0) }.joined(separator: " ")
      while let first = text.first, first == "#" || first.isWhitespace { text.removeFirst() }
      while text.last?.isWhitespace == true { text.removeLast() }
      if !text.isEmpty { return text.count > 200 ? String(text.prefix(199)) + "…" : text }
    }
    return nil
  }

  private var firstLines: [String] {
    let lines = body.split(maxSplits: 40, whereSeparator: \.isNewline).prefix(40).map(String.init)
    let heading = lines.first { $0.hasPrefix("# ") }
    let first = lines.first { !$0.hasPrefix("```") && !$0.hasPrefix("#!") }
    return [heading, first].compactMap { $0 }
  }

  /// The body as it goes into the note: code of a snippet in a fence, everything else as it is.
  private var formattedBody: (text: String, language: String?) {
    // One kind of line ending in a new note, whatever the clipboard had.
    var text = body.utf8.contains(0x0D) ? String(body.map { $0 == "\r\n" ? "\n" : $0 }) : body
    while text.last?.isNewline == true { text.removeLast() }
    while text.first?.isNewline == true { text.removeFirst() }
    guard !text.isEmpty else { return ("", language) }
    let lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
    let isFenced = lines.contains { $0.starts(with: "```".utf8) || $0.starts(with: "~~~".utf8) }
    if kind == .troubleshooting, !isFenced, errorLine != nil, lines.count > 1 {
      // A pasted log is not Markdown: a fence keeps its lines and its stars.
      return (CodeFence.around(text, language: "text"), language)
    }
    guard kind == .snippet, !isFenced else { return (text, language) }
    let guessed = language ?? LanguageGuess.language(of: text)
    return (CodeFence.around(text, language: guessed ?? ""), guessed)
  }

  /// Makes the note and writes it under a name that is free; a file that is there is never touched.
  ///
  /// - Parameters:
  ///   - folder: A folder inside the vault, instead of the kind's own.
  ///   - now: The time that goes into the note.
  /// - Returns: The path of the new note.
  public func save(
    in vault: Vault, folder: String? = nil, now: LocalTime
  ) throws(VaultError) -> VaultPath {
    var changes = vault.changes("")
    return try save(in: vault, folder: folder, now: now, keeping: &changes)
  }

  /// The same; what was made is added to `changes`, to be kept for undo.
  public func save(
    in vault: Vault, folder: String?, now: LocalTime, keeping changes: inout ChangeSet
  ) throws(VaultError) -> VaultPath {
    guard let title = effectiveTitle else { throw .nothingToSave }
    for tag in tags { _ = try TagName(tag) }
    let text = try note(titled: title, vault: vault, now: now)
    let slug =
      Slug.make(title)
      ?? "\(kind.rawValue)-\(now.isoDate)-\(LocalTime.pad(now.hour, 2))\(LocalTime.pad(now.minute, 2))"
    let folder = folder ?? kind.folder
    if !folder.isEmpty { _ = try VaultPath(folder) }
    // On another device two names that differ only in case would be one file.
    let taken = FileSystem.foldedNames(in: vault.root + "/" + folder, beginning: slug)
    for number in 1...10_000 {
      let name = Slug.fileName(slug, number)
      if taken.contains(name) { continue }
      let path = try VaultPath(folder.isEmpty ? name : folder + "/" + name)
      try vault.refuseLinksOutside(path)
      let absolute = vault.absolute(path)
      if FileSystem.status(absolute, followingLinks: false) != nil { continue }
      do throws(FileError) {
        try vault.make(path, Array(text.utf8), keeping: &changes)
        return path
      } catch {
        if error.exists { continue }
        throw .file(error)
      }
    }
    throw .badName(slug, reason: "10,000 notes have this name already")
  }

  private func note(titled title: String, vault: Vault, now: LocalTime) throws(VaultError) -> String
  {
    let template = try NoteTemplate.forKind(kind, in: vault)
    let body = formattedBody
    var values: [String: NoteTemplate.Value] = [
      "title": .text(title), "kind": .text(kind.rawValue), "date": .moment(now.isoDate),
      "time": .moment(now.isoTime), "body": .text(body.text), "tags": .list(tags),
      "skills": .list(skills),
    ]
    if let language = body.language { values["lang"] = .text(language) }
    if let url { values["url"] = .text(url) }
    if let source { values["source"] = .text(source) }
    if kind == .troubleshooting, let error = errorLine { values["error"] = .text(error) }
    if hasPlaceholders { values["placeholders"] = .moment("true") }
    let note = template.render(values)
    return hasPlaceholders ? Self.sayingPlaceholders(note) : note
  }

  /// A template that says nothing of placeholders gets the key as the last of its front matter.
  private static func sayingPlaceholders(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let frontMatter = FrontMatter(bytes)
    guard frontMatter.root?["placeholders"] == nil else { return text }
    let line = Array("placeholders: true\n".utf8)
    guard frontMatter.format == .yaml else {
      let start = frontMatter.bodyStart
      guard frontMatter.format == .none else { return text }
      let fence = Array("---\n".utf8)
      return String(
        decoding: bytes[..<start] + fence + line + fence + [0x0A] + bytes[start...], as: UTF8.self)
    }
    let end = frontMatter.content.upperBound
    return String(decoding: bytes[..<end] + line + bytes[end...], as: UTF8.self)
  }

  /// The line of a pasted error that says what went wrong: the last that names an error.
  private var errorLine: String? {
    let end = String(decoding: body.utf8.suffix(1 << 16), as: UTF8.self)
    let lines = end.split(whereSeparator: \.isNewline).suffix(400)
    let line = lines.last { line in
      let lower = line.lowercased()
      return [
        "error", "exception", "failed", "fatal", "denied", "refused", "timed out", "exit code",
      ]
      .contains { lower.contains($0) }
    }
    guard var line = line.map(String.init) else { return nil }
    while line.first?.isWhitespace == true { line.removeFirst() }
    while line.last?.isWhitespace == true { line.removeLast() }
    return line.count > 300 ? nil : line
  }
}

extension NoteTemplate {
  /// The template of a kind: the vault's own under `templates/notes/`, else the built-in one.
  public static func forKind(_ kind: NoteKind, in vault: Vault) throws(VaultError) -> NoteTemplate {
    for name in kind.names {
      let file = "templates/notes/\(name).md"
      let own: [UInt8]
      do throws(FileError) {
        own = try FileSystem.read(vault.root + "/" + file, limit: 1 << 20)
      } catch {
        guard error.isMissing else { throw .file(error) }
        continue
      }
      return try NoteTemplate(String(decoding: own, as: UTF8.self), origin: file)
    }
    let bytes = EmbeddedTemplates.note(kind.rawValue) ?? []
    return try NoteTemplate(
      String(decoding: bytes, as: UTF8.self), origin: "templates/notes/\(kind.rawValue).md")
  }
}
