public import Notes

/// How well somebody knows a skill area, as far as the vault shows.
public enum SkillLevel: String, Sendable, CaseIterable, Comparable {
  case none, aware, working, strong, expert

  /// 0 for none to 4 for expert.
  public var step: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  public static func < (a: SkillLevel, b: SkillLevel) -> Bool { a.step < b.step }
}

/// How evidence becomes a level: each piece has a weight, which halves with its age.
///
/// `learning:` in `.folio/config.yaml` changes it:
///
///     learning:
///       half-life: 12              # months after which evidence counts half
///       levels: [0.5, 3, 8, 16]    # least scores of aware, working, strong, expert
///       target: working            # the level that a role asks for
public struct SkillScale: Sendable, Equatable {
  /// In months.
  public var halfLife = 12.0
  /// The least scores of aware, working, strong and expert, ascending.
  public var thresholds = [0.5, 3, 8, 16]
  public var target = SkillLevel.working

  public init() {}

  /// Reads `learning:`; throws what is wrong with it, with the line.
  public init(_ settings: YAMLNode?, path: String = ".folio/config.yaml") throws(GuideProblem) {
    func problem(_ node: YAMLNode, _ message: String, _ remedy: String) -> GuideProblem {
      GuideProblem(
        path: path, line: node.position.line, message: message, remedy: remedy, isFatal: true)
    }
    if let node = settings?["half-life"] {
      guard let months = node.text.flatMap(Double.init), months > 0, months <= 1200 else {
        throw problem(node, "half-life is no number of months", "Write 'half-life: 12'.")
      }
      halfLife = months
    }
    if let node = settings?["levels"] {
      let numbers = node.texts.compactMap(Double.init)
      guard numbers.count == 4, node.items.count == 4,
        zip(numbers, numbers.dropFirst()).allSatisfy(<),
        numbers[0] > 0
      else {
        throw problem(node, "levels are four ascending numbers", "Write 'levels: [0.5, 3, 8, 16]'.")
      }
      thresholds = numbers
    }
    if let node = settings?["target"] {
      guard let level = node.text.flatMap(SkillLevel.init(rawValue:)) else {
        throw problem(
          node, "target is no level",
          "Write one of \(SkillLevel.allCases.map(\.rawValue).joined(separator: ", ")).")
      }
      target = level
    }
  }

  /// What a piece weighs when it is new.
  public func weight(_ kind: SkillEvidence.Piece.Kind) -> Double {
    switch kind {
    case .note: 1
    case .project: 3
    case .metric: 1
    case .tick: 1.5
    case .certificate: 4
    case .record: 2
    }
  }

  /// The share of a piece's weight that is left on a day; without a date, a quarter. What is dated
  /// after that day counts as new.
  public func share(of date: String?, on day: CalendarDay) -> Double {
    guard let date, let made = CalendarDay(startOf: date) else { return 0.25 }
    let months = Double(max(0, day.number - made.number)) / 30.436_875
    return TaggerMath.exp2(-months / halfLife)
  }

  public func level(_ score: Double) -> SkillLevel {
    SkillLevel.allCases[thresholds.count { score >= $0 }]
  }

  /// The least score of a level.
  public func threshold(_ level: SkillLevel) -> Double {
    level.step == 0 ? 0 : thresholds[level.step - 1]
  }
}

/// A skill area with what the vault shows for it on a day.
public struct SkillStanding: Sendable {
  public let area: SkillArea
  public let score: Double
  public let level: SkillLevel
  /// What the owner says in `skills.yaml`; nil when nothing.
  public let declared: SkillLevel?
  public let target: SkillLevel
  /// Levels that are missing to the target.
  public let gap: Int
  /// Points to the next level; nil at the highest.
  public let missing: Double?
  /// The day on which the level falls when nothing new comes; nil when there is none to lose.
  public let fallsOn: CalendarDay?
  public let newest: String?

  public init(
    _ area: SkillArea, _ evidence: SkillEvidence, declared: SkillLevel?, on day: CalendarDay,
    scale: SkillScale
  ) {
    self.area = area
    let pieces = evidence.pieces(of: area.id)
    var score = 0.0
    var metrics: [String: Int] = [:]
    for piece in pieces {
      // A project with many figures is one project.
      if piece.kind == .metric {
        metrics[piece.path, default: 0] += 1
        if metrics[piece.path, default: 0] > 3 { continue }
      }
      score += scale.weight(piece.kind) * scale.share(of: piece.date, on: day)
    }
    self.score = score
    level = scale.level(score)
    self.declared = declared
    target = scale.target
    gap = max(0, scale.target.step - level.step)
    let next = SkillLevel.allCases.first { $0 > scale.level(score) }
    missing = next.map { scale.threshold($0) - score }
    let least = scale.threshold(level)
    if level == .none || score <= 0 {
      fallsOn = nil
    } else {
      let months = scale.halfLife * TaggerMath.log(score / least) / TaggerMath.log(2)
      fallsOn = day.adding(days: Int(months * 30.436_875) + 1)
    }
    newest = evidence.newest(of: area.id)
  }

  /// What would raise the level, in words: `a project, or 3 notes`.
  public func remedy(_ scale: SkillScale) -> String? {
    guard let missing, let next = SkillLevel.allCases.first(where: { $0 > level }) else {
      return nil
    }
    func count(_ weight: Double) -> Int { max(1, Int((missing / weight).rounded(.up))) }
    let notes = count(scale.weight(.note))
    let projects = count(scale.weight(.project) + scale.weight(.metric))
    let project =
      projects == 1 ? "a project with a figure" : "\(projects) projects, each with a figure"
    let note = notes == 1 ? "a note" : "\(notes) notes"
    return "\(next.rawValue): \(notes <= 2 ? "\(note), or \(project)" : "\(project), or \(note)")"
  }
}
