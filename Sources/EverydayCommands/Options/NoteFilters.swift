public import FullText
public import Notes

/// Which notes a verb is about; the parser knows it as `FilterOptions`.
public struct NoteFilters: Sendable, Equatable {
  public var kind: [String] = []
  public var tag: [String] = []
  public var skill: [String] = []
  public var lang: [String] = []
  public var since: String?
  public var until: String?
  public var folder: String?

  /// The filter, or nil when every note passes.
  public func filter(in vault: Vault) throws -> Filter? {
    var parts: [Filter] = []
    if !kind.isEmpty {
      parts.append(
        .or(try kind.map { .equals("kind", try NoteKind(checking: $0).rawValue) }))
    }
    for tag in tag {
      parts.append(.within("tag", tag.hasPrefix("#") ? String(tag.dropFirst()) : tag))
    }
    for skill in skill { parts.append(.within("skill", skill)) }
    if !lang.isEmpty { parts.append(.or(lang.map { .equals("lang", $0) })) }
    if let since {
      parts.append(
        .compare("modified", .greaterOrEqual, try DateWords.parse(since, now: Environment.now)))
    }
    if let until {
      // Dates are compared as text: everything of that day begins with it.
      let day = try DateWords.parse(until, now: Environment.now)
      parts.append(.compare("modified", .lessOrEqual, day + "~"))
    }
    if let folder { parts.append(.keyPrefix(try Self.folder(folder, in: vault))) }
    return parts.isEmpty ? nil : parts.count == 1 ? parts[0] : .and(parts)
  }

  /// A folder typed as seen from the vault or from the current folder, as the beginning of paths.
  public static func folder(_ text: String, in vault: Vault) throws -> String {
    var name = text
    while name.hasSuffix("/") { name.removeLast() }
    if name.isEmpty || name == "." { return "" }
    for candidate in [FileSystem.absolute(name, from: vault.root), FileSystem.absolute(name)]
    where FileSystem.isFolder(candidate) {
      guard let real = FileSystem.realPath(candidate) else { continue }
      if real == vault.root { return "" }
      if real.hasPrefix(vault.root + "/") {
        return String(real.dropFirst(vault.root.count + 1)) + "/"
      }
    }
    let folders = (try? FileSystem.names(in: vault.root)) ?? []
    let near = Similar.closest(to: name, among: folders)
    throw Failure(
      .badInput, "there is no folder \(text) in the vault",
      near.map { "Did you mean \($0)?" } ?? "'folio list' shows the paths of all notes.")
  }
}

extension NoteKind {
  /// A kind typed by a person; throws `VaultError.unknownKind` with the nearest one.
  init(checking text: String) throws(VaultError) {
    guard let kind = NoteKind(typed: text) else {
      let names = NoteKind.allCases.map(\.rawValue) + ["doc", "fix"]
      throw .unknownKind(text, similar: Similar.closest(to: text, among: names))
    }
    self = kind
  }
}
