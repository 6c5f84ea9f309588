internal import EverydayCommands
internal import Learning
internal import Notes

/// What an import did, for people and as JSON.
struct GuideImportReport {
  private let imported: GuideImport
  private let isDryRun: Bool
  private let structures: [(name: String, count: Int)]

  init(_ imported: GuideImport, isDryRun: Bool) {
    self.imported = imported
    self.isDryRun = isDryRun
    structures = GuideStructures(imported.guide).counts
  }

  func print(full: Bool, _ output: inout Output) {
    let counts = imported.counts
    output.line(
      Terminal.harmless(imported.guide.title) + ": "
        + [
          Count.of(counts.headingCount, "heading"), Count.of(counts.items, "item"),
          Count.of(counts.links, "link"), Count.of(counts.anchors, "anchor"),
        ].joined(separator: ", "))
    if full { table(&output) }
    let found = structures.filter { $0.count > 0 && !["windows", "prose"].contains($0.name) }
    if !found.isEmpty {
      output.line(
        found.map {
          "\($0.count) \($0.name.map { $0 == "_" ? " " : $0 }.map(String.init).joined())"
        }
        .joined(separator: ", "))
    }
    repairs(full: full, &output)
    merged(full: full, &output)
    output.line(
      isDryRun
        ? "Nothing was written."
        : "It is guide.md now; the file as it came is kept in .folio/originals.")
  }

  private func table(_ output: inout Output) {
    let head = ["line", "h3", "h4", "bullets", "tasks", "numbered", "links", "anchors", "section"]
    var rows: [[String]] = []
    for part in imported.parts {
      let counts = part.counts
      let numbers = [
        part.line, counts.headings[2], counts.headings[3], counts.bullets, counts.tasks,
        counts.numbered, counts.links, counts.anchors,
      ]
      rows.append(
        numbers.map { $0 == 0 ? "·" : String($0) }
          + [part.title.isEmpty ? "(before the first heading)" : part.title])
    }
    let widths = head.indices.map { column in
      max(head[column].count, rows.map { $0[column].count }.max() ?? 0)
    }
    func line(_ cells: [String]) -> String {
      cells.enumerated().map { index, cell in
        index == cells.count - 1
          ? Terminal.harmless(cell)
          : String(repeating: " ", count: max(0, widths[index] - cell.count)) + cell
      }.joined(separator: "  ")
    }
    output.line(line(head))
    for (row, part) in zip(rows, imported.parts) {
      output.line(line(row))
      let became = part.became.map { "\($0.count) \($0.role.rawValue)" }.joined(separator: ", ")
      if !became.isEmpty { output.line("      " + became) }
    }
  }

  private func repairs(full: Bool, _ output: inout Output) {
    guard let repair = imported.repair else { return }
    let places = Count.of(repair.changes.count, "damaged place")
    output.line(
      imported.isRepaired
        ? "\(places) put right (\(repair.encoding.rawValue) read as UTF-8)"
        : "\(places) left as they are; '--repair auto' puts them right")
    if repair.kept > 0 {
      output.line("\(Count.of(repair.kept, "other run")) beyond ASCII are as they were")
    }
    for change in repair.changes where full {
      output.line(
        "  line \(change.line): \(Terminal.harmless(change.before)) → "
          + Terminal.harmless(change.after))
    }
  }

  private func merged(full: Bool, _ output: inout Output) {
    guard let merge = imported.merge else { return }
    let alike = merge.matches.filter(\.isByLikeness)
    output.line(
      "Joined with the guide that was here: \(merge.matches.count) items are the same"
        + (alike.isEmpty ? "" : ", \(alike.count) of them in other words")
        + ", \(merge.added.count) are new, \(merge.orphans.count) are gone"
        + (imported.kept.isEmpty
          ? "" : "; \(imported.kept.count) of those are kept under '\(GuideMerge.keptHeading)'"))
    for match in alike where full || match.old.isDone == true {
      output.line(
        "  ~ \(Terminal.harmless(match.old.text)) → \(Terminal.harmless(match.new.text))")
    }
    for item in merge.orphans where full || item.isDone == true {
      output.line("  - \(Terminal.harmless(item.text))  \(item.id)")
    }
  }

  var json: JSON {
    let counts = imported.counts
    let repairs = imported.isRepaired ? imported.repair?.changes.count ?? 0 : 0
    var members: [(String, JSON)] = [
      ("headings", .int(counts.headingCount))
    ]
    for (index, count) in counts.headings.enumerated() {
      members.append(("h\(index + 1)", .int(count)))
    }
    members += [
      ("items", .int(counts.items)), ("bullets", .int(counts.bullets)),
      ("tasks", .int(counts.tasks)), ("numbered", .int(counts.numbered)),
      ("links", .int(counts.links)), ("anchors", .int(counts.anchors)), ("repairs", .int(repairs)),
      ("ticked", .int(counts.ticked)), ("nested", .int(counts.nested)),
      ("lists", .int(counts.lists)), ("bullet_lists", .int(counts.bulletLists)),
      ("numbered_lists", .int(counts.numberedLists)), ("paragraphs", .int(counts.paragraphs)),
      ("labels", .int(counts.labels)), ("code_blocks", .int(counts.codeBlocks)),
      ("tables", .int(counts.tables)),
    ]
    members += structures.map { ($0.name, .int($0.count)) }
    return .object([
      ("path", .string(GuideFile.name)), ("title", .string(imported.guide.title)),
      ("written", .bool(!isDryRun)), ("counts", .object(members)),
      ("sections", .array(imported.parts.map(section))),
      ("repairs", .array((imported.repair?.changes ?? []).map(change))),
      ("repaired", .bool(imported.isRepaired)),
      ("encoding", .optional(imported.repair?.encoding.rawValue)),
      ("merge", imported.merge.map(merge) ?? .null),
      ("problems", .array(imported.guide.problems.map(problem))),
    ])
  }

  private func section(_ part: GuideImport.Part) -> JSON {
    let counts = part.counts
    return .object([
      ("title", .string(part.title)), ("line", .int(part.line)),
      ("h3", .int(counts.headings[2])), ("h4", .int(counts.headings[3])),
      ("items", .int(counts.items)), ("bullets", .int(counts.bullets)),
      ("tasks", .int(counts.tasks)), ("numbered", .int(counts.numbered)),
      ("links", .int(counts.links)), ("anchors", .int(counts.anchors)),
      ("bullet_lists", .int(counts.bulletLists)), ("numbered_lists", .int(counts.numberedLists)),
      ("labels", .int(counts.labels)),
      ("became", .object(part.became.map { ($0.role.rawValue, .int($0.count)) })),
    ])
  }

  private func change(_ change: EncodingRepair.Change) -> JSON {
    .object([
      ("line", .int(change.line)), ("before", .string(change.before)),
      ("after", .string(change.after)),
    ])
  }

  private func problem(_ problem: GuideProblem) -> JSON {
    .object([
      ("line", .int(problem.line)), ("message", .string(problem.message)),
      ("remedy", .string(problem.remedy)),
    ])
  }

  private func merge(_ merge: GuideMerge) -> JSON {
    .object([
      ("same", .int(merge.matches.count)), ("added", .strings(merge.added.map(\.id))),
      (
        "alike",
        .array(
          merge.matches.filter(\.isByLikeness).map {
            .object([("old", .string($0.old.id)), ("new", .string($0.new.id))])
          })
      ),
      ("orphans", .strings(merge.orphans.map(\.id))),
      ("kept", .strings(imported.kept.map(\.id))),
    ])
  }
}
