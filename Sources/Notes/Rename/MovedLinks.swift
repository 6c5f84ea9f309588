internal import FullText
internal import Markup

/// Links to a note under a name that it has given up, written anew where there is no index of the vault:
/// sync knows two trees and what was renamed between them.
///
/// A link is taken to mean the note when it writes its name, or its path, or the end of its path.
public struct MovedLinks: Sendable {
  private let from: VaultPath
  private let to: VaultPath

  public init(from: VaultPath, to: VaultPath) {
    self.from = from
    self.to = to
  }

  /// The note at `path` with every such link leading to the new name; nil when it has none.
  public func rewritten(_ bytes: [UInt8], at path: VaultPath) -> [UInt8]? {
    let note = Note(path: path, bytes: bytes)
    var changed = bytes
    var isChanged = false
    var last = bytes.count
    let links = note.links.sorted { $0.targetRange.lowerBound > $1.targetRange.lowerBound }
    for link in links where link.isInternal && !link.target.isEmpty {
      let text = LinkText(link, in: bytes)
      guard text.range.upperBound <= last, leads(text, link, from: path),
        let written = text.candidates(to: to, for: from, from: path.folder).first,
        !written.utf8.elementsEqual(text.written.utf8)
      else { continue }
      last = text.range.lowerBound
      changed.replaceSubrange(text.range, with: Array(written.utf8))
      isChanged = true
    }
    return isChanged ? changed : nil
  }

  /// The last part of the target of each link of a note, folded: what it may mean.
  public static func names(in bytes: [UInt8], at path: VaultPath) -> Set<String> {
    var names: Set<String> = []
    for link in Note(path: path, bytes: bytes).links where link.isInternal {
      let name = link.target.split(separator: "/").last.map(String.init) ?? ""
      names.insert(TextFolding.fold(VaultPath.withoutExtension(Anchor.decoded(name))))
    }
    return names
  }

  /// A name as `names(in:at:)` has it.
  public static func name(of path: VaultPath) -> String { TextFolding.fold(path.stem) }

  private func leads(_ text: LinkText, _ link: MarkdownScan.Link, from path: VaultPath) -> Bool {
    let isWikilink = link.kind == .wikilink || link.kind == .embed
    let target = isWikilink ? text.written : Anchor.decoded(text.written)
    let isRelative = text.isRelative
    let own = Self.parts(isRelative ? path.folder : "")
    guard let parts = Self.joined(own, Self.parts(target)), !parts.isEmpty else { return false }
    let wanted = Self.parts(from.description)
    guard parts.count <= wanted.count, parts.count == wanted.count || isWikilink && !isRelative
    else { return false }
    return zip(parts.reversed(), wanted.reversed()).enumerated().allSatisfy { place, pair in
      let one = place == 0 ? VaultPath.withoutExtension(pair.0) : pair.0
      let other = place == 0 ? VaultPath.withoutExtension(pair.1) : pair.1
      return TextFolding.fold(one) == TextFolding.fold(other)
    }
  }

  private static func parts(_ path: String) -> [String] {
    path.split(separator: "/").map(String.init)
  }

  /// A path seen from a folder; nil when it leaves the vault.
  private static func joined(_ folder: [String], _ path: [String]) -> [String]? {
    var parts = folder
    for part in path {
      if part == "." { continue }
      guard part == ".." else {
        parts.append(part)
        continue
      }
      if parts.isEmpty { return nil }
      parts.removeLast()
    }
    return parts
  }
}
