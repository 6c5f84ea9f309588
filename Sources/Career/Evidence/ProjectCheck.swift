public import Notes

/// Something about a project or one of its metrics that weakens what it claims.
public struct ProjectFinding: Sendable, Equatable {
  public enum Rule: String, Sendable, CaseIterable {
    case noEvidence = "metric-without-evidence"
    case stale = "stale-metric"
    case future = "metric-in-the-future"
    case unchanged = "metric-unchanged"
    case worse = "metric-got-worse"
    case evidenceMissing = "missing-evidence"
    case evidenceChanged = "changed-evidence"
    case noMetrics = "project-without-metrics"
    case noImpact = "project-without-impact"
    case noChallenges = "project-without-challenges"
    case noDifficulty = "project-without-difficulty"

    /// What the rule looks for, as one line of help.
    public var summary: String {
      switch self {
      case .noEvidence: "a metric that says it was measured and names no evidence"
      case .stale: "a metric that still counts and was last measured over a year ago"
      case .future: "a metric that was measured on a day to come"
      case .unchanged: "a metric whose two values are the same"
      case .worse: "a metric that went the worse way; it is never shown as a result"
      case .evidenceMissing: "evidence that is not there: a file or a note"
      case .evidenceChanged: "a file of evidence that is no longer what was cited"
      case .noMetrics: "a project without a metric"
      case .noImpact: "a project that does not say whom it helped ('impact:')"
      case .noChallenges: "a project without a challenge and its solution"
      case .noDifficulty: "a project without 'difficulty:', by which documents order"
      }
    }

    /// Whether a document made now would claim something that no longer holds.
    public var isError: Bool { self == .evidenceMissing || self == .evidenceChanged }
  }

  public var path: String
  public var position: TextPosition
  public var rule: Rule
  public var message: String
  /// What to do about it.
  public var remedy: String
}

/// Looks over projects and their metrics for what a critical reader would ask about.
public struct ProjectCheck {
  /// A metric that still counts is stale when it was measured longer ago than this.
  public static let freshMonths = 12

  private let today: CalendarDate
  private let file: (String) -> [UInt8]?
  private let hasNote: (String) -> Bool
  private var findings: [ProjectFinding] = []

  /// Everything there is to say, by path and line.
  ///
  /// - Parameters:
  ///   - file: The bytes of a file of the vault, by its path in it; nil when it is not there.
  ///   - hasNote: Whether a link leads to a note.
  ///   - metricsOnly: Leave out what concerns the project as a whole.
  public static func run(
    _ projects: [Project], today: CalendarDate, file: @escaping (String) -> [UInt8]?,
    hasNote: @escaping (String) -> Bool, metricsOnly: Bool = false
  ) -> [ProjectFinding] {
    var check = ProjectCheck(today: today, file: file, hasNote: hasNote)
    for project in projects {
      for metric in project.metrics { check.look(at: metric) }
      if !metricsOnly { check.look(at: project) }
    }
    return check.findings.sorted {
      ($0.path, $0.position.line, $0.position.column, $0.rule.rawValue)
        < ($1.path, $1.position.line, $1.position.column, $1.rule.rawValue)
    }
  }

  private init(
    today: CalendarDate, file: @escaping (String) -> [UInt8]?, hasNote: @escaping (String) -> Bool
  ) {
    self.today = today
    self.file = file
    self.hasNote = hasNote
  }

  private mutating func look(at metric: Metric) {
    func report(
      _ rule: ProjectFinding.Rule, _ message: String, _ remedy: String,
      at position: TextPosition? = nil
    ) {
      findings.append(
        ProjectFinding(
          path: metric.note, position: position ?? metric.position, rule: rule,
          message: "\(metric.id): \(message)", remedy: remedy))
    }
    if metric.basis == .measured, metric.evidence.isEmpty {
      report(
        .noEvidence, "it was measured, but nothing shows it",
        "Add 'evidence:', or write 'basis: reported' or 'estimated'.")
    }
    if let day = metric.asOf, day.start > today {
      report(.future, "it was measured on \(day.iso), which is to come", "Change 'as_of'.")
    } else if let day = metric.asOf, metric.until == nil, !metric.totals.isEmpty,
      metric.per != .none, metric.per != .once,
      today.monthIndex - day.monthIndex > Self.freshMonths
    {
      report(
        .stale, "it still counts and was last measured on \(day.iso)",
        "Measure again and change 'as_of', or write 'until:' when it ended.")
    }
    if let change = metric.change {
      if change.delta.isZero {
        report(.unchanged, "before and after are the same", "Strike 'before' for a level.")
      } else if change.isBetter == false {
        report(
          .worse, "it went from \(metric.valueWords), and \(Self.way(metric)) is better",
          "Change 'direction' if that is wrong.")
      }
    }
    for evidence in metric.evidence {
      switch evidence.kind {
      case .url, .commit: continue
      case .note:
        guard !hasNote(evidence.reference) else { continue }
        report(
          .evidenceMissing, "there is no note \(evidence.reference)", "Name a note of the vault.",
          at: evidence.position)
      case .file:
        guard let bytes = file(evidence.reference) else {
          report(
            .evidenceMissing, "there is no file \(evidence.reference)",
            "Name a file of the vault, from its top folder.", at: evidence.position)
          continue
        }
        guard let cited = evidence.sha256 else { continue }
        let hash = SHA256.hex(bytes)
        guard hash != cited else { continue }
        report(
          .evidenceChanged, "\(evidence.reference) is no longer the file that was cited",
          "Look at it again; if the figure still holds, write 'sha256: \(hash)'.",
          at: evidence.position)
      }
    }
  }

  private static func way(_ metric: Metric) -> String { metric.direction == .up ? "up" : "down" }

  private mutating func look(at project: Project) {
    func report(_ rule: ProjectFinding.Rule, _ message: String, _ remedy: String) {
      findings.append(
        ProjectFinding(
          path: project.path, position: TextPosition(line: 1, column: 1), rule: rule,
          message: message, remedy: remedy))
    }
    if project.metrics.isEmpty {
      report(
        .noMetrics, "the project has no metric",
        "Add one: data volume, processing time or cost; 'folio help metrics list' shows how.")
    }
    if project.impact?.trimmed.isEmpty != false {
      report(.noImpact, "the project does not say whom it helped", "Add 'impact: One sentence.'")
    }
    if project.challenges.isEmpty {
      report(
        .noChallenges, "the project has no challenge",
        "Add 'challenges:' with a problem and its solution.")
    }
    if project.difficulty == nil {
      report(
        .noDifficulty, "the project has no difficulty",
        "Add 'difficulty:' from 1 to 5, so that documents can show the climb.")
    }
  }
}
