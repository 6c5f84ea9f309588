public import Notes

/// Both versions of a conflict as texts, for showing them beside each other.
public struct ConflictVersions: Sendable {
  public let conflict: MergeConflict
  /// What is in the vault under the name, as lines.
  public let kept: [String]
  /// The other version.
  public let other: [String]

  /// The conflicts of the file called `name`.
  public static func find(_ name: String, in vault: Vault) throws(SyncError) -> [ConflictVersions] {
    let resolution = try ConflictResolution(of: vault, named: name)
    do {
      return try resolution.items.map { item in
        let conflict = item.record.conflict
        if conflict.copy == nil, conflict.kept != nil || conflict.other != nil {
          return ConflictVersions(
            conflict: conflict, kept: lines(conflict.kept ?? ""), other: lines(conflict.other ?? "")
          )
        }
        let absolute = vault.root + "/" + conflict.path
        let kept = FileSystem.isFolder(absolute) ? [] : try FileSystem.read(absolute)
        let other = try conflict.copy.map { copy in
          ConflictMark.unmarking(try FileSystem.read(vault.root + "/" + copy))
        }
        let mine = conflict.copy.map { ConflictMark.unlinking(kept, from: $0) } ?? kept
        return ConflictVersions(
          conflict: conflict, kept: lines(mine), other: other.map(lines) ?? [])
      }
    } catch {
      throw SyncError(any: error) ?? .damaged("\(error)")
    }
  }

  private static func lines(_ text: String) -> [String] {
    text.isEmpty ? [] : lines(Array(text.utf8))
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    let text = TextLines(bytes)
    return (0..<text.count).map { String(decoding: text.line($0), as: UTF8.self) }
  }

  /// Pairs of lines that stand beside each other; nil where one side has none. Equal lines come with
  /// `isEqual`.
  public var rows: [(kept: String?, other: String?, isEqual: Bool)] {
    LineRows.rows(kept, other)
  }
}

/// Two texts set line beside line.
enum LineRows {
  static func rows(
    _ left: [String], _ right: [String]
  ) -> [(kept: String?, other: String?, isEqual: Bool)] {
    var numbers: [String: Int] = [:]
    func number(_ line: String) -> Int {
      if let known = numbers[line] { return known }
      numbers[line] = numbers.count
      return numbers.count - 1
    }
    let hunks = LineDiff.hunks(from: left.map(number), to: right.map(number))
    var rows: [(kept: String?, other: String?, isEqual: Bool)] = []
    var at = 0
    for hunk in hunks {
      while at < hunk.old.lowerBound {
        rows.append((left[at], left[at], true))
        at += 1
      }
      for index in 0..<max(hunk.old.count, hunk.new.count) {
        let old = index < hunk.old.count ? left[hunk.old.lowerBound + index] : nil
        let new = index < hunk.new.count ? right[hunk.new.lowerBound + index] : nil
        rows.append((old, new, false))
      }
      at = hunk.old.upperBound
    }
    for line in left[at...] { rows.append((line, line, true)) }
    return rows
  }
}
