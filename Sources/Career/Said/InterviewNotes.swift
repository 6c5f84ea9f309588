public import Manuscript
internal import Notes

/// The same resume for the writer's own eyes: under each project what stands behind its figures, what
/// was hard, which troubleshooting notes belong to it, and what to have at hand.
public struct InterviewNotes {
  private let choice: Choice
  private let troubles: (String) -> [(title: String, path: String)]

  /// - Parameter troubles: The troubleshooting notes that a project's note links to.
  public static func add(
    to document: Document, of choice: Choice,
    troubles: @escaping (_ path: String) -> [(title: String, path: String)]
  ) -> Document {
    let notes = InterviewNotes(choice: choice, troubles: troubles)
    var document = document
    document.title += " – interview notes"
    document.masthead.label +=
      (document.masthead.label.isEmpty ? "" : " · ") + "interview notes, for your own eyes"
    for section in document.sections.indices {
      document.sections[section].blocks = document.sections[section].blocks.map { block in
        guard case .entry(var entry) = block, entry.id.hasPrefix("project-"),
          let project = choice.projects.first(where: { "project-" + $0.name == entry.id })
        else { return block }
        entry.blocks += notes.blocks(project)
        return .entry(entry)
      }
    }
    return document
  }

  private func blocks(_ project: Project) -> [Block] {
    var lines: [Labelled] = []
    for metric in project.metrics {
      var words = metric.valueWords
      if !metric.changeWords.isEmpty { words += " (\(metric.changeWords))" }
      words += ", \(metric.basis.rawValue)" + (metric.asOf.map { " " + $0.iso } ?? "")
      let evidence = metric.evidence.map {
        "\($0.kind.rawValue) \($0.reference)" + ($0.note.map { " (\($0))" } ?? "")
      }
      words += "; " + (evidence.isEmpty ? "no evidence named" : evidence.joined(separator: "; "))
      lines.append(
        Labelled(
          "Behind \(metric.name)", .plain("\(words); \(metric.note):\(metric.position.line)")))
    }
    for challenge in project.challenges {
      let solution = challenge.solution.isEmpty ? "" : " → " + challenge.solution
      lines.append(Labelled("Hard", .plain(challenge.problem + solution)))
    }
    for (title, path) in troubles(project.path) {
      lines.append(Labelled("Trouble", .plain("\(title), \(path)")))
    }
    for note in project.interview { lines.append(Labelled("At hand", .plain(note))) }
    return lines.isEmpty ? [] : [.labelled(lines)]
  }
}
