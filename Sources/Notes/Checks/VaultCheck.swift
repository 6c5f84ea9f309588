internal import FullText

/// Reads every note of a vault and says what is wrong with it.
public struct VaultCheck: Sendable {
  private let index: NoteIndex
  private let report: NoteIndex.Report

  /// - Parameter report: What bringing the index up to date found along the way.
  public init(_ index: NoteIndex, report: NoteIndex.Report) {
    self.index = index
    self.report = report
  }

  /// The findings, by path, line and column. Notes are read on two threads.
  ///
  /// - Parameter folder: Only notes in this folder of the vault; nil for all.
  public func run(in folder: String? = nil) -> [Finding] {
    var paths: [VaultPath] = []
    let filter = folder.map { Filter.keyPrefix($0 + "/") } ?? .all
    for id in index.index.documents(where: filter) {
      paths.append(VaultPath(known: index.index.key(of: id)))
    }
    let all = paths
    let workers = all.count < 32 ? 1 : 2
    let results = Results<[Finding]>(count: workers)
    concurrently(workers) { worker in
      let checker = NoteCheck(index)
      var headings = HeadingCache(reader: NoteReader(vault: index.vault))
      var findings: [Finding] = []
      let range = (all.count * worker / workers)..<(all.count * (worker + 1) / workers)
      for path in all[range] { findings += checker.check(path, &headings) }
      results[worker] = findings
    }
    let start = TextPosition(line: 1, column: 1)
    var findings = folder == nil ? vaultFindings(start) : []
    findings += results.all.flatMap { $0 }
    return findings.sorted {
      ($0.path, $0.line, $0.column, $0.rule.rawValue)
        < ($1.path, $1.line, $1.column, $1.rule.rawValue)
    }
  }

  /// What concerns the vault rather than one note.
  private func vaultFindings(_ start: TextPosition) -> [Finding] {
    var findings: [Finding] = []
    for link in report.refusedLinks {
      findings.append(
        Finding(
          link, start, .outsideLink, "a symbolic link that leads out of the vault is not followed"))
    }
    for error in report.errors {
      let root = index.vault.root + "/"
      let path = error.path.hasPrefix(root) ? String(error.path.dropFirst(root.count)) : error.path
      findings.append(Finding(path, start, .unreadable, "it cannot be read: \(error.reason)"))
    }
    for key in index.vault.settings.unknownKeys {
      let near = Similar.closest(to: key.name, among: Settings.knownKeys)
      findings.append(
        Finding(
          ".folio/config.yaml", key.position, .settings,
          "the key \(key.name) means nothing" + (near.map { "; did you mean \($0)?" } ?? "")))
    }
    return findings
  }
}

/// The checks of one note.
struct NoteCheck {
  private let reader: NoteReader
  private let links: NoteLinks

  init(_ index: NoteIndex) {
    reader = NoteReader(vault: index.vault)
    links = NoteLinks(index)
  }

  func check(_ path: VaultPath, _ headings: inout HeadingCache) -> [Finding] {
    guard let (note, problem) = reader.read(path) else { return [] }
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
      add(error.position, .frontMatter, "the front matter cannot be read: \(error.reason)")
    }
    for twice in note.frontMatter.duplicateKeys {
      add(twice.position, .duplicateKey, "the key \(twice.name) is there twice")
    }
    checkValues(of: note, add)
    for link in links.outgoing(of: note, &headings) {
      let position = TextPosition(line: link.line, column: link.column)
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
  private static func short(_ target: String) -> String {
    target.count > 120 ? target.prefix(119) + "…" : target
  }

  private func checkValues(
    of note: Note, _ add: (TextPosition, Finding.Rule, String) -> Void
  ) {
    let frontMatter = note.frontMatter
    if let kind = frontMatter.value("kind"), let text = kind.text, NoteKind(typed: text) == nil {
      let near = Similar.closest(to: text, among: NoteKind.allCases.map(\.rawValue))
      add(
        kind.position, .unknownKind,
        "\(text) is not a kind of note" + (near.map { "; did you mean \($0)?" } ?? ""))
    }
    for key in ["created", "date", "modified", "updated", "lastmod", "verified", "start", "end"] {
      guard let node = frontMatter.root?[key], let text = node.text, NoteDate(text) == nil,
        text != "present"
      else {
        continue
      }
      add(node.position, .badDate, "\(key): \(text) is not a date such as 2026-11-22")
    }
  }
}
