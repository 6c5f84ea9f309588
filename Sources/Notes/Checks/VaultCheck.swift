internal import FullText

/// Reads every note of a vault and says what is wrong with it.
public struct VaultCheck: Sendable {
  let index: NoteIndex
  private let report: NoteIndex.Report

  /// The day of today, `2026-11-22`; notes verified a year before it are stale.
  private let today: LocalTime

  /// - Parameter report: What bringing the index up to date found along the way.
  public init(_ index: NoteIndex, report: NoteIndex.Report, today: LocalTime) {
    self.index = index
    self.report = report
    self.today = today
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
    let results = Results<([Finding], Set<String>)>(count: workers)
    let table = folder == nil ? NameTable(index.index) : nil
    concurrently(workers) { worker in
      let checker = NoteCheck(index, today: today, table: table)
      var headings = HeadingCache(reader: NoteReader(vault: index.vault))
      var findings: [Finding] = []
      var files: Set<String> = []
      let range = (all.count * worker / workers)..<(all.count * (worker + 1) / workers)
      for path in all[range] { findings += checker.check(path, &headings, &files) }
      results[worker] = (findings, files)
    }
    let start = TextPosition(line: 1, column: 1)
    var findings = results.all.flatMap(\.0)
    findings += duplicates().filter { finding in
      folder.map { finding.path.hasPrefix($0 + "/") } ?? true
    }
    if folder == nil {
      findings += vaultFindings(start)
      findings += orphans(but: results.all.reduce(into: []) { $0.formUnion($1.1) })
    }
    return settled(findings)
  }

  /// The findings of notes as they are to be committed: their bytes come from elsewhere than the disk.
  public func run(_ files: [(path: VaultPath, bytes: [UInt8])]) -> [Finding] {
    let checker = NoteCheck(index, today: today)
    var headings = HeadingCache(reader: NoteReader(vault: index.vault))
    var linked: Set<String> = []
    return settled(
      files.flatMap { path, bytes in
        checker.check(Note(path: path, bytes: bytes), nil, &headings, &linked)
      })
  }

  /// The findings in order, with the severities that the settings give them.
  public func settled(_ findings: [Finding]) -> [Finding] {
    let settings = index.vault.settings.severities
    return findings.compactMap { finding in
      var finding = finding
      guard !Finding.Rule.guards.contains(finding.rule) else { return finding }
      switch settings[finding.rule.name] {
      case .some(nil): return nil
      case .some(let severity?): finding.severity = severity
      case nil: break
      }
      return finding
    }.sorted {
      ($0.path, $0.line, $0.column, $0.rule.name) < ($1.path, $1.line, $1.column, $1.rule.name)
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
