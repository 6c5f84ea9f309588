internal import FullText
internal import Markup

/// Finds the links that a rename concerns and writes them anew.
///
/// A link is changed only when it would lead elsewhere afterwards, or when it is written with a name
/// that is given up; its form stays: a bare name, a path, a relative path, with or without `.md`, its
/// heading and its label.
struct LinkRewrite: Sendable {
  let index: NoteIndex
  let moves: Moves
  private let old: LinkResolver
  private let new: LinkResolver
  /// The notes that move, whose own links may need another way.
  private let moving: Set<VaultPath>
  /// The names that are given up or taken; no other link of a note that stays is concerned.
  private let names: Set<String>
  private let foldedNames: Set<String>

  /// - Parameters:
  ///   - notes: The notes that get another path or title.
  ///   - files: The other files that move.
  init(_ index: NoteIndex, _ moves: Moves, notes: [VaultPath], files: [VaultPath]) {
    self.index = index
    self.moves = moves
    old = LinkResolver(index)
    new = LinkResolver(index, after: moves)
    moving = Set(notes)
    var names: Set<String> = []
    for path in notes {
      names.formUnion([path.stem, moves.after(path).stem])
      let id = index.index.find(key: path.description)
      if let id { names.insert(index.summary(of: id).title) }
      if let title = moves.titles[path] { names.insert(title) }
    }
    for path in files {
      names.formUnion([path.name, moves.after(path).name].map(VaultPath.withoutExtension))
    }
    for (from, to) in moves.paths {
      names.formUnion([from.name, to.name].map(VaultPath.withoutExtension))
    }
    self.names = names
    foldedNames = Set(names.map { TextFolding.fold($0) })
  }

  /// Notes that may hold a link to change: those with a link of one of the names, and the notes that
  /// move.
  var sources: [VaultPath] {
    var sources = moving
    for name in names where !name.isEmpty {
      for id in index.index.documents(where: .equals(NoteAttribute.link, name)) {
        sources.insert(VaultPath(known: index.index.key(of: id)))
      }
    }
    return sources.sorted()
  }

  /// The splices that a note needs, in its bytes as they are before the rename.
  func splices(in note: Note) -> [Splice] {
    let place = moves.after(note.path)
    let stays = !moving.contains(note.path)
    var splices: [Splice] = []
    for link in note.links where link.isInternal && !link.target.isEmpty {
      if stays, link.noteKey.map({ foldedNames.contains(TextFolding.fold($0)) }) != true {
        continue
      }
      guard link.kind != .reference, link.range.contains(link.targetRange.lowerBound) else {
        continue
      }
      guard let target = target(of: old.resolve(link, from: note.path)) else { continue }
      let after = moves.after(target)
      let text = LinkText(link, in: note.bytes)
      let givesUp =
        target != after && writesName(of: target, link)
        || moves.titles[target].map { _ in isTitle(link, of: target) } == true
      // From another folder the shortest way is another one, even where the old one still leads there.
      let isShortest =
        place.folder != note.path.folder && text.isRelative
        && text.candidates(to: target, for: target, from: note.path.folder).first == text.written
      if !givesUp, !isShortest, leads(link.target, link, from: place, to: after) { continue }
      guard let written = spelling(text, link, to: after, oldTarget: target, from: place) else {
        continue
      }
      // Bytes are compared: two spellings of one letter are two names.
      if written.utf8.elementsEqual(text.written.utf8) { continue }
      splices.append(
        Splice(
          offset: text.range.lowerBound, removed: Array(note.bytes[text.range]),
          inserted: Array(written.utf8)))
    }
    // A definition is met once for each of its uses.
    var seen: Set<Int> = []
    return splices.sorted { $0.offset < $1.offset }.filter { seen.insert($0.offset).inserted }
  }

  private func spelling(
    _ text: LinkText, _ link: MarkdownScan.Link, to target: VaultPath, oldTarget: VaultPath,
    from place: VaultPath
  ) -> String? {
    if let title = moves.titles[oldTarget], isTitle(link, of: oldTarget),
      !writesName(of: oldTarget, link), leads(title, link, from: place, to: target)
    {
      return title
    }
    let candidates = text.candidates(to: target, for: oldTarget, from: place.folder)
    return candidates.first { leads(Anchor.decoded($0), link, from: place, to: target) }
      ?? candidates.last
  }

  /// Whether a link with the destination `target` would lead to `path` afterwards.
  private func leads(
    _ target: String, _ link: MarkdownScan.Link, from place: VaultPath, to path: VaultPath
  ) -> Bool {
    self.target(of: new.resolve(link.kind, target, from: place)) == path
  }

  private func target(of resolution: LinkResolver.Resolution) -> VaultPath? {
    switch resolution {
    case .note(let path): path
    case .file(let path): path.isEmpty ? nil : VaultPath(known: path)
    default: nil
    }
  }

  /// Whether the link names the file itself rather than an alias or a title of it.
  private func writesName(of path: VaultPath, _ link: MarkdownScan.Link) -> Bool {
    let name = link.target.split(separator: "/").last.map(String.init) ?? link.target
    return TextFolding.fold(VaultPath.withoutExtension(name)) == TextFolding.fold(path.stem)
      || TextFolding.fold(name) == TextFolding.fold(path.name)
  }

  private func isTitle(_ link: MarkdownScan.Link, of path: VaultPath) -> Bool {
    guard link.kind == .wikilink || link.kind == .embed,
      let id = index.index.find(key: path.description)
    else { return false }
    return TextFolding.fold(index.summary(of: id).title) == TextFolding.fold(link.target)
  }
}
