internal import FullText

/// The checks of one note.
struct NoteCheck {
  private let reader: NoteReader
  private let links: NoteLinks
  private let privateNotes: Set<String>
  /// The first day that is not stale.
  private let fresh: String

  init(_ index: NoteIndex, today: LocalTime, table: NameTable? = nil) {
    reader = NoteReader(vault: index.vault)
    links = NoteLinks(index, table: table)
    privateNotes = Set(
      index.index.documents(where: .equals("visibility", "private")).map { index.index.key(of: $0) }
    )
    fresh = today.adding(months: -12).isoDate
  }

  /// - Parameter files: Gathers the files that links lead to.
  func check(
    _ path: VaultPath, _ headings: inout HeadingCache, _ files: inout Set<String>
  ) -> [Finding] {
    guard let (note, problem) = reader.read(path) else { return [] }
    return check(note, problem, &headings, &files)
  }

  func check(
    _ note: Note, _ problem: NoteReader.Problem?, _ headings: inout HeadingCache,
    _ files: inout Set<String>
  ) -> [Finding] {
    let path = note.path
    var findings: [Finding] = []
    func add(_ position: TextPosition, _ rule: Finding.Rule, _ message: String) {
      findings.append(Finding(path.description, position, rule, message))
    }
    let start = TextPosition(line: 1, column: 1)
    switch problem {
    case .notUTF8(let line):
      add(TextPosition(line: line, column: 1), .encoding, problem?.message ?? "")
    case .tooLarge: add(start, .tooLarge, problem?.message ?? "")
    case .unreadable: add(start, .unreadable, problem?.message ?? "")
    case nil: break
    }
    if let error = note.frontMatter.error {
      let mend = FrontMatterMend.find(note)
      add(
        error.position, .frontMatter,
        "the front matter cannot be read: \(error.reason)" + (mend.map { "; \($0.advice)" } ?? ""))
      findings[findings.count - 1].fix = mend.map { [$0.splice] } ?? []
    }
    for twice in note.frontMatter.duplicateKeys {
      add(twice.position, .duplicateKey, "the key \(twice.name) is there twice")
    }
    findings += NoteValues.check(note, fresh: fresh)
    findings += NoteText.check(note)
    let isPublic = note.frontMatter.value("visibility")?.text == "public"
    for link in links.outgoing(of: note, &headings) {
      let position = TextPosition(line: link.line, column: link.column)
      if link.status == .file, let file = link.path { files.insert(file) }
      if isPublic, let target = link.path, privateNotes.contains(target) {
        add(position, .privateLink, "this note is public, \(Self.short(target)) is private")
      }
      switch link.status {
      case .broken where link.path != nil:
        add(
          position, .missingHeading,
          "\(Self.short(link.target)): the note is there, the heading is not")
      case .broken:
        add(position, .brokenLink, "\(Self.short(link.target)) is not there")
      case .ambiguous:
        add(
          position, .ambiguousLink,
          "\(Self.short(link.target)) could be \(link.candidates.prefix(4).joined(separator: ", "))"
        )
      default: break
      }
    }
    return findings
  }

  /// A target that fits into a line; some links are pages long.
  static func short(_ target: String) -> String {
    target.count > 120 ? target.prefix(119) + "…" : target
  }
}
