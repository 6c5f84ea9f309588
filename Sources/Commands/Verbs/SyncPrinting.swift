internal import EverydayCommands
internal import Sync

/// What a sync did, in words and as JSON.
enum SyncPrinting {
  static func print(_ report: SyncReport, _ output: inout Output) {
    let place = report.remote.map { name in
      Terminal.harmless(name + (report.address.map { " (\($0))" } ?? ""))
    }
    var parts: [String] = []
    if !report.saved.isEmpty { parts.append("\(Tally(report.saved).text) saved here") }
    if !report.received.isEmpty { parts.append("\(Tally(report.received).text) received") }
    if !report.sent.isEmpty { parts.append("\(Tally(report.sent).text) sent to \(place ?? "")") }
    if parts.isEmpty, report.failure == nil {
      output.line("Nothing to do: the vault and \(place ?? "its remote") are the same.")
    } else if !parts.isEmpty {
      output.line((report.isDryRun ? "Would be done: " : "") + parts.joined(separator: ", ") + ".")
    }
    if report.isDryRun {
      list("save", report.saved, &output)
      list("receive", report.received, &output)
      list("send", report.sent, &output)
    }
    for conflict in report.conflicts { output.line(ConflictPrinting.line(conflict)) }
    if !report.conflicts.isEmpty {
      let count = report.conflicts.count
      output.line(
        "\(count == 1 ? "One conflict waits" : "\(count) conflicts wait") for you: 'folio conflicts' "
          + "lists, 'folio conflicts resolve NOTE' settles.")
    }
    for notice in report.notices { Output.remark("folio: \(Terminal.harmless(notice))") }
    skipped(report.skipped)
  }

  private static func list(
    _ word: String, _ changes: [SyncReport.Change], _ output: inout Output
  ) {
    for change in changes {
      output.line("  \(word) \(change.kind.rawValue): \(Terminal.harmless(change.path))")
    }
  }

  /// Says what was left out, on standard error.
  static func skipped(_ files: [SkippedFile]) {
    guard !files.isEmpty else { return }
    let shown = files.prefix(3).map { "\(Terminal.harmless($0.path)) (\($0.reason.rawValue))" }
    let rest = files.count > 3 ? ", and \(files.count - 3) more" : ""
    Output.remark("folio: left out: \(shown.joined(separator: ", "))\(rest).")
  }

  static func json(_ changes: [SyncReport.Change]) -> JSON {
    .array(
      changes.map {
        .object([("path", .string($0.path)), ("change", .string($0.kind.rawValue))])
      })
  }

  static func json(_ files: [SkippedFile]) -> JSON {
    .array(
      files.map {
        .object([("path", .string($0.path)), ("reason", .string($0.reason.rawValue))])
      })
  }

  private static func findings(_ failure: SyncError?) -> JSON {
    guard case .guarded(let findings)? = failure else { return .array([]) }
    return .array(
      findings.map {
        .object([
          ("kind", .string($0.kind.rawValue)), ("path", .string($0.path)),
          ("line", $0.line.map { .int($0) } ?? .null), ("message", .string($0.message)),
          ("fingerprint", .optional($0.fingerprint)), ("commit", .optional($0.commit?.description)),
        ])
      })
  }

  /// - Parameter conflicts: All that wait, those of earlier syncs too.
  static func json(
    _ report: SyncReport?, _ failure: SyncError?, _ conflicts: [MergeConflict], dryRun: Bool
  ) -> JSON {
    let problem = failure.map { Failure($0) }
    return .object([
      ("dry_run", .bool(dryRun)), ("branch", .optional(report?.branch)),
      ("remote", .optional(report?.remote)), ("address", .optional(report?.address)),
      ("commit", .optional(report?.commit?.description)),
      ("merged", .bool(report?.isMerge ?? false)),
      ("saved", json(report?.saved ?? [])), ("received", json(report?.received ?? [])),
      ("sent", json(report?.sent ?? [])), ("kept", .strings(report?.kept ?? [])),
      ("skipped", json(report?.skipped ?? [])),
      ("conflicts", ConflictPrinting.json(conflicts)),
      ("notices", .strings(report?.notices ?? [])), ("findings", findings(failure)),
      (
        "error",
        problem.map {
          .object([
            ("code", .int(Int($0.status.rawValue))), ("message", .string($0.message)),
            ("remedy", .string($0.remedy)),
          ])
        } ?? .null
      ),
    ])
  }
}
