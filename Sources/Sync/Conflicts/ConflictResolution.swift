public import Notes

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// Settling the conflicts of one file as a person decided.
public struct ConflictResolution {
  public enum Choice: String, Sendable {
    /// The file stays as it is; the other version goes to the trash.
    case ours
    /// The other version takes the place of the file.
    case theirs
    /// Both stay, the other one under a name of its own.
    case both
    /// A person has put them together in the file.
    case edited
  }

  /// What was done about one conflict.
  public struct Settled: Equatable, Sendable {
    public let conflict: MergeConflict
    /// Where the other version is now; nil when it is gone.
    public let other: String?
  }

  private let vault: Vault
  private let repository: Repository
  let items: [PendingConflicts.Item]

  /// - Parameters:
  ///   - name: The path of the file or of its copy, or the name of one of them, with or without `.md`.
  ///   - field: Only this key of the front matter.
  public init(of vault: Vault, named name: String, field: String? = nil) throws(SyncError) {
    self.vault = vault
    let all = PendingConflicts(of: vault).items
    func isNamed(_ path: String?) -> Bool {
      guard let path else { return false }
      let last = path.split(separator: "/").last.map(String.init) ?? path
      return [path, last].contains { $0 == name || $0 == name + ".md" }
    }
    let found = all.filter {
      isNamed($0.record.conflict.path) || isNamed($0.record.conflict.copy)
    }
    let paths = Set(found.map(\.record.conflict.path))
    guard paths.count <= 1 else { throw .ambiguousConflict(name, paths.sorted()) }
    items = found.filter { field == nil || $0.record.conflict.field == field }
    guard !items.isEmpty else {
      throw .noConflict(
        field.map { "\(name), key \($0)" } ?? name,
        known: Array(Set(all.map(\.record.conflict.path))).sorted())
    }
    do {
      repository = try VaultRepository(vault).repository
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  /// The files that settling may change: the notes, their other versions, and the records of the
  /// conflicts.
  public var files: [VaultPath] {
    var seen: Set<String> = []
    return items.flatMap { item in
      [
        item.record.conflict.path, item.record.conflict.copy,
        "\(ConflictRecord.folder)/\(item.name)",
      ].compactMap { $0 }
    }.filter { seen.insert($0).inserted }.compactMap { try? VaultPath($0) }
  }

  /// Settles them, all in the same way.
  public func settle(_ choice: Choice) throws(SyncError) -> [Settled] {
    do {
      for item in items { try check(item.record, choice) }
      return try items.map { item in
        let other = try settle(item.record, choice)
        try FileSystem.remove("\(vault.root)/\(ConflictRecord.folder)/\(item.name)")
        return Settled(conflict: item.record.conflict, other: other)
      }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  /// Throws, before anything is changed, for a choice that a conflict does not have.
  private func check(_ record: ConflictRecord, _ choice: Choice) throws(SyncError) {
    let conflict = record.conflict
    func refuse(_ reason: String) -> SyncError {
      .cannotSettle(conflict.path, choice: choice.rawValue, reason: reason)
    }
    let isGone =
      FileSystem.status(vault.root + "/" + conflict.path, followingLinks: false) == nil
    if isGone, choice == .theirs || choice == .both, conflict.reason != .deleted {
      throw refuse(
        "the note is not there any more, or has a name that does not tell; put the two together by "
          + "hand and use --edited")
    }
    switch (conflict.reason, choice) {
    case (.kinds, .theirs), (.links, .theirs), (.spelling, .theirs):
      throw refuse("one is no version of the other; rename or remove by hand what is not wanted")
    case (.field, .both), (.fieldRemoved, .both):
      throw refuse("a key has one value; edit the note and use --edited")
    case (.field, .theirs), (.fieldRemoved, .theirs):
      guard let field = conflict.field, !field.contains(".") else {
        throw refuse("it lies inside of another key; edit the note and use --edited")
      }
    default: break
    }
  }

  private func settle(_ record: ConflictRecord, _ choice: Choice) throws -> String? {
    let conflict = record.conflict
    guard let copy = conflict.copy else {
      guard choice == .theirs else { return nil }
      if conflict.reason == .deleted {
        try discard(conflict.path)
      } else if let field = conflict.field {
        try edit(conflict.path) {
          try Self.setting(field, conflict.other ?? "", in: $0, conflict.path)
        }
      }
      return nil
    }
    switch (conflict.reason, choice) {
    case (.spelling, .ours), (.spelling, .edited), (.kinds, .ours), (.kinds, .edited),
      (_, .both) where conflict.reason == .spelling || conflict.reason == .kinds:
      return copy
    case (_, .ours), (_, .edited):
      if FileSystem.status(vault.root + "/" + conflict.path, followingLinks: false) != nil {
        try edit(conflict.path) { ConflictMark.unlinking($0, from: copy) }
      }
      try discard(copy)
      return nil
    case (_, .theirs):
      let version = try version(of: record, copy)
      try edit(conflict.path) { _ in version }
      try discard(copy)
      return nil
    case (_, .both):
      let version = try version(of: record, copy)
      let free = freeName(conflict.path)
      try SafeFile.create(vault.root + "/" + free, version)
      try edit(conflict.path) { ConflictMark.unlinking($0, from: copy) }
      try discard(copy)
      return free
    }
  }

  /// The other version as it was, or as somebody has edited it since.
  private func version(of record: ConflictRecord, _ copy: String) throws -> [UInt8] {
    let bytes = try FileSystem.read(vault.root + "/" + copy)
    if let id = record.version, let version = try? repository.blob(id),
      version == bytes
        || ConflictMark.marking(version, of: record.conflict.path, record.second) == bytes
    {
      return version
    }
    return ConflictMark.unmarking(bytes)
  }

  private func edit(_ path: String, _ change: ([UInt8]) throws -> [UInt8]) throws {
    try vault.refuseLinksOutside(VaultPath(path))
    let absolute = vault.root + "/" + path
    for _ in 0..<3 {
      let bytes = try FileSystem.read(absolute)
      let edited = try change(bytes)
      if edited == bytes { return }
      if try SafeFile.replace(absolute, original: bytes, with: edited) == .done { return }
    }
    throw VaultError.changedMeanwhile(path)
  }

  /// Puts a file into the trash of the vault.
  private func discard(_ path: String) throws {
    let trash = vault.root + "/.folio/trash"
    try FileSystem.createFolder(trash, mode: 0o700)
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stamp = LocalTime.utc(seconds: Int64(time(nil))).filter(\.isNumber)
    var target = "\(trash)/\(stamp)-\(name)"
    var number = 2
    while FileSystem.status(target, followingLinks: false) != nil {
      target = "\(trash)/\(stamp)-\(number)-\(name)"
      number += 1
    }
    guard rename(vault.root + "/" + path, target) == 0 else {
      throw FileError("move to the trash", path, code: errno)
    }
  }

  /// `notes/pools-2.md` beside `notes/pools.md`.
  private func freeName(_ path: String) -> String {
    let dot = path.lastIndex(of: ".").flatMap { dot in
      path[dot...].contains("/") ? nil : dot
    }
    let stem = dot.map { String(path[..<$0]) } ?? path
    let end = dot.map { String(path[$0...]) } ?? ""
    var number = 2
    while FileSystem.status("\(vault.root)/\(stem)-\(number)\(end)", followingLinks: false) != nil {
      number += 1
    }
    return "\(stem)-\(number)\(end)"
  }

  /// The note with a key of its front matter as the other side had it; empty takes the key away.
  private static func setting(
    _ field: String, _ text: String, in note: [UInt8], _ path: String
  ) throws -> [UInt8] {
    let frontMatter = FrontMatter(note)
    func refuse() -> SyncError {
      .cannotSettle(
        path, choice: "theirs", reason: "the key \(field) cannot be written as it stands")
    }
    guard frontMatter.format == .yaml, var units = FieldUnits(Array(note[frontMatter.content])),
      let index = units.units.firstIndex(where: { $0.name == field })
    else { throw refuse() }
    if text.isEmpty {
      units.units.remove(at: index)
    } else {
      let unit = units.units[index]
      var head = Array(unit.text[..<unit.valueStart])
      // A value of its own lines begins behind the line of the key.
      if head.last == UInt8(ascii: ":") { head.append(0x20) }
      let end: [UInt8] = unit.text.hasSuffix([0x0D, 0x0A]) ? [0x0D, 0x0A] : [0x0A]
      units.units[index].text = head + Array(text.utf8) + end
    }
    let edited =
      note[..<frontMatter.content.lowerBound] + units.bytes
      + note[frontMatter.content.upperBound...]
    let after = FrontMatter(Array(edited))
    guard after.error == nil, after.duplicateKeys.isEmpty else { throw refuse() }
    return Array(edited)
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
