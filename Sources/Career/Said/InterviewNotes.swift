public import Manuscript
internal import Notes

/// The same resume for the writer's own eyes: under each point what stands behind its figure and what
/// was hard or broke there, under each project the rest of what to have at hand.
///
/// A challenge, a linked note or a private remark stands under the point that speaks of the same thing:
/// the one with which it shares the most words (two at least, or one that no other point has), else under
/// the project.
public struct InterviewNotes {
  /// A note that a project's note links to.
  public struct LinkedNote: Sendable, Equatable {
    public var title: String
    public var path: String
    /// `troubleshooting`, `note`.
    public var kind: String
    public var isPrivate: Bool

    public init(title: String, path: String, kind: String, isPrivate: Bool) {
      self.title = title
      self.path = path
      self.kind = kind
      self.isPrivate = isPrivate
    }
  }

  private let choice: Choice
  private let linked: (String) -> [LinkedNote]
  private let claims: [TracedClaim]

  /// - Parameter linked: The notes that a project's note links to.
  public static func add(
    to resume: Resume, of choice: Choice, linked: @escaping (_ path: String) -> [LinkedNote]
  ) -> Document {
    let notes = InterviewNotes(choice: choice, linked: linked, claims: resume.claims)
    var document = resume.document
    document.title += " – interview notes"
    document.masthead.label +=
      (document.masthead.label.isEmpty ? "" : " · ") + "interview notes, for your own eyes"
    for section in document.sections.indices where document.sections[section].id == "projects" {
      document.sections[section].blocks = document.sections[section].blocks.map { block in
        guard case .entry(var entry) = block, entry.id.hasPrefix("project-"),
          let project = choice.projects.first(where: { "project-" + $0.name == entry.id })
        else { return block }
        entry.blocks = notes.blocks(entry.blocks, project)
        return .entry(entry)
      }
    }
    return document
  }

  /// A remark with the words that tell where it belongs.
  private struct Remark {
    var line: Labelled
    var words: Set<String>
  }

  private func blocks(_ said: [Block], _ project: Project) -> [Block] {
    let points = said.flatMap { block -> [[Run]] in
      if case .list(let items) = block { return items }
      return []
    }
    var metrics = project.metrics
    var under: [[Labelled]] = points.map { point in
      // What a point was made from is known; what was said in other words is found by its text.
      guard
        let metric = claims.compactMap({ traced -> Metric? in
          guard traced.claim.runs.text == point.text, case .metric(let metric) = traced.claim.source
          else { return nil }
          return metric
        }).first(where: { $0.note == project.path })
      else { return [] }
      metrics.removeAll { $0 == metric }
      return [behind(metric)]
    }
    var rest: [Labelled] = []
    let pointWords = points.map { Self.words($0.text) }
    for remark in remarks(project) {
      if let place = Self.place(of: remark.words, among: pointWords) {
        under[place].append(remark.line)
      } else {
        rest.append(remark.line)
      }
    }
    rest = metrics.map(behind) + rest
    var blocks: [Block] = []
    var index = 0
    for block in said {
      guard case .list(let items) = block else {
        blocks.append(block)
        continue
      }
      for item in items {
        blocks.append(.list([item]))
        if !under[index].isEmpty { blocks.append(.labelled(under[index])) }
        index += 1
      }
    }
    return blocks + (rest.isEmpty ? [] : [.labelled(rest)])
  }

  /// The metric with how anybody knows.
  private func behind(_ metric: Metric) -> Labelled {
    var words = metric.valueWords
    if !metric.changeWords.isEmpty { words += " (\(metric.changeWords))" }
    words += ", \(metric.basis.rawValue)" + (metric.asOf.map { " " + $0.iso } ?? "")
    if metric.visibility != .public { words += ", " + metric.visibility.rawValue }
    let evidence = metric.evidence.map {
      "\($0.kind.rawValue) \($0.reference)" + ($0.note.map { " (\($0))" } ?? "")
    }
    words += "; " + (evidence.isEmpty ? "no evidence named" : evidence.joined(separator: "; "))
    return Labelled(
      "Behind \(metric.name)", .plain("\(words); \(metric.note):\(metric.position.line)"))
  }

  private func remarks(_ project: Project) -> [Remark] {
    var remarks: [Remark] = []
    func add(_ label: String, _ text: String, _ words: String? = nil) {
      remarks.append(
        Remark(line: Labelled(label, .plain(text)), words: Self.words(words ?? text)))
    }
    for challenge in project.challenges {
      let solution = challenge.solution.isEmpty ? "" : " → " + challenge.solution
      add("Hard", challenge.problem + solution)
    }
    for note in linked(project.path) {
      guard note.kind == "troubleshooting" || note.isPrivate else { continue }
      let label = note.kind == "troubleshooting" ? "Trouble" : "Private"
      add(label, "\(note.title), \(note.path)", note.title)
    }
    for note in project.interview { add("At hand", note) }
    return remarks
  }

  /// The point that shares the most words with a remark: two at least, or one that is no other point's.
  private static func place(of words: Set<String>, among points: [Set<String>]) -> Int? {
    var best: (place: Int, shared: Int)?
    for (place, point) in points.enumerated() {
      let shared = words.intersection(point)
      guard !shared.isEmpty, shared.count > (best?.shared ?? 0) else { continue }
      let isOwn = shared.contains { word in points.count { $0.contains(word) } == 1 }
      if shared.count > 1 || isOwn { best = (place, shared.count) }
    }
    return best?.place
  }

  /// Words of five letters and more, which tell what a sentence is about.
  private static func words(_ text: String) -> Set<String> {
    Set(
      WantedWords.normalised(text).split(separator: " ").map(String.init).filter {
        $0.count > 4 && !weak.contains($0)
      })
  }

  private static let weak: Set<String> = [
    "about", "after", "before", "every", "first", "other", "their", "there", "these", "those",
    "which", "while", "without", "would", "could", "nothing", "month", "hours", "process",
    "estimated", "people", "between", "against", "raised", "reduced", "lowered", "shortened",
  ]
}
