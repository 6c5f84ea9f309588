internal import FullText
internal import Markup

extension VaultCheck {
  /// The links that lead nowhere once notes are gone, in the notes that stay.
  ///
  /// The index names the notes that hold a link with one of their names; only those are read.
  ///
  /// - Parameters:
  ///   - removed: The notes that will be gone, as they were; they may be on the disk still.
  ///   - changed: Notes that will be other than they are on the disk.
  public func brokenLinks(to removed: [Note], changed: [Note]) -> [Finding] {
    let gone = Set(removed.map(\.path))
    let names = Set(
      removed.flatMap { [$0.path.stem, $0.title] + $0.aliases }.filter { !$0.isEmpty }
        .map { TextFolding.fold($0) })
    var sources: Set<VaultPath> = []
    for name in names {
      for id in index.index.documents(where: .equals(NoteAttribute.link, name)) {
        sources.insert(VaultPath(known: index.index.key(of: id)))
      }
    }
    let resolver = LinkResolver(index)
    let reader = NoteReader(vault: index.vault)
    let changed = Dictionary(changed.map { ($0.path, $0) }) { $1 }
    var findings: [Finding] = []
    for source in sources.subtracting(gone) {
      guard let note = changed[source] ?? reader.read(source)?.note else { continue }
      for link in note.links where link.kind != .definition && link.isInternal {
        guard let name = link.noteKey, names.contains(TextFolding.fold(name)) else { continue }
        switch resolver.resolve(link, from: source) {
        case .missing: break
        case .note(let path) where gone.contains(path): break
        default: continue
        }
        let target = link.target + (link.fragment.map { "#" + $0 } ?? "")
        findings.append(
          Finding(
            source.description, TextPosition(line: link.line, column: link.column), .brokenLink,
            "\(NoteCheck.short(target)) is not there"))
      }
    }
    return settled(findings)
  }
}
