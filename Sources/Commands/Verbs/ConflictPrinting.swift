internal import EverydayCommands
internal import Sync

/// Conflicts in words and as JSON.
enum ConflictPrinting {
  /// `pools.md: the same lines were changed on both sides; the other version is pools.conflict-….md`.
  static func line(_ conflict: MergeConflict) -> String {
    var text = conflict.path
    if let field = conflict.field { text += ": \(field)" }
    text += ": " + conflict.reason.rawValue
    if let copy = conflict.copy {
      text += "; the other version is \(copy)"
    } else if conflict.field != nil {
      text += "; it says \(shown(conflict.kept)), the other side \(shown(conflict.other))"
    } else if conflict.reason == .deleted {
      text += "; it stays"
    }
    return Terminal.harmless(text)
  }

  private static func shown(_ text: String?) -> String {
    guard let text, !text.isEmpty else { return "nothing" }
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 40 ? line.prefix(39) + "…" : line
  }

  static func json(_ conflicts: [MergeConflict]) -> JSON {
    .array(
      conflicts.map {
        .object([
          ("path", .string($0.path)), ("copy", .optional($0.copy)), ("field", .optional($0.field)),
          ("reason", .string($0.reason.rawValue)),
        ])
      })
  }
}
