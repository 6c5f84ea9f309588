internal import FullText
internal import Markup

extension VaultCheck {
  /// Notes that share an id, a title or an alias.
  func duplicates() -> [Finding] {
    var findings: [Finding] = []
    let rules: [(attribute: String, keys: [String], rule: Finding.Rule, what: String)] = [
      ("id", ["id"], .duplicateID, "id"),
      (NoteAttribute.title, ["title"], .duplicateTitle, "title"),
      (NoteAttribute.alias, ["aliases", "alias"], .duplicateAlias, "alias"),
    ]
    let reader = NoteReader(vault: index.vault)
    for (attribute, keys, rule, what) in rules {
      for value in index.index.values(ofAttribute: attribute) where value.count > 1 {
        // The other version of a note has to have its id.
        let filter = ConflictCopy.leftOut(of: .equals(attribute, value.value))
        let paths = index.index.documents(where: filter).map {
          VaultPath(known: index.index.key(of: $0))
        }.sorted()
        guard paths.count > 1 else { continue }
        for path in paths {
          var position = TextPosition(line: 1, column: 1)
          if let note = reader.read(path)?.note {
            if let node = keys.lazy.compactMap({ note.frontMatter.root?[$0] }).first {
              position = node.position
            } else if let heading = note.markdown.headings.first(where: { !$0.text.isEmpty }) {
              position.line = heading.line
            }
          }
          let others = paths.filter { $0 != path }.prefix(3).map(\.description)
          findings.append(
            Finding(
              path.description, position, rule,
              "the \(what) \(value.value) is also that of \(others.joined(separator: ", "))"
                + (paths.count > 4 ? " and \(paths.count - 4) more" : "")))
        }
      }
    }
    return findings
  }

  /// Kinds of file that are there to be shown in a note.
  private static let shown: Set<String> = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "pdf", "mp4", "mov", "webm", "mp3",
    "wav", "ogg", "drawio", "excalidraw",
  ]

  /// Pictures and documents that are not among the files that links lead to.
  func orphans(but linked: Set<String>) -> [Finding] {
    AttachmentTable(root: index.vault.root).all.filter { path in
      let parts = path.split(separator: ".")
      return parts.count > 1 && Self.shown.contains(parts.last?.lowercased() ?? "")
        && !linked.contains(path)
    }.map { path in
      Finding(
        path, TextPosition(line: 1, column: 1), .orphanAttachment, "no note links to this file")
    }
  }
}
