internal import Learning

/// What a sentence is worth to its reader: how much it shows (impact), how much of what the reader asks
/// for it speaks of (relevance), and how long ago it was (recency), multiplied.
///
/// - Impact: 30 and the square of the strength of a figure (``Bullet/strength(_:)``, 0 to 150) by a
///   hundred, since one strong figure says more than two weak ones; 90 for a sentence without one, 110
///   for one that the writer put under a job.
/// - Relevance: 1 and up to 2 more by the weight of wanted words in the sentence; for a project 1, up to 3
///   more by the weight of wanted words, and up to 1.5 more by skill areas brought forward, those of the
///   role, and its difficulty.
/// - Recency: 72 ÷ (72 + age in months), so that six years halve it.
/// - The first sentence of a project counts half as much again: it is what the project stands there for.
///   Each further one counts 0.8 of the one before: a third figure of one project
///   says less than the first of another.
extension Choice {
  static let spread = 0.8

  /// 1 for today, a half for what ended six years ago.
  func recency(_ end: CalendarDate?) -> Double {
    let age = max(0, day.monthIndex - (end ?? day).monthIndex)
    return 72 / (72 + Double(age))
  }

  /// 1 to 3.
  func relevance(ofSentence text: String) -> Double {
    1 + min(2, Double(wanted(in: text)) / 4)
  }

  /// 1 to 5.5.
  func relevanceFactor(of project: Project) -> Double {
    let broughtForward = Set(view.skills)
    let role = Set(areas.all.filter { $0.role != nil && $0.role == view.role }.map(\.id))
    let named = project.skills.count { broughtForward.contains($0) }
    let ofRole = project.skills.count { role.contains($0) }
    let difficulty = project.difficulty ?? 0
    return 1 + min(3, Double(wanted(in: project)) / 16)
      + min(1.5, Double(named * 3 + ofRole * 2 + difficulty) / 20)
  }

  /// The worth of a sentence of a project, the `place`-th of it from 0.
  func worth(_ claim: Claim, of project: Project, place: Int) -> Int {
    var impact = 90.0
    if case .metric(let metric) = claim.source {
      let strength = Double(Bullet.strength(metric))
      impact = 30 + strength * strength / 100
    }
    if place == 0 { impact *= 1.5 }
    return worth(
      impact, claim.text, project.end, relevanceFactor(of: project), place)
  }

  /// The worth of naming a project at all, with whom it helped.
  func worth(ofHeadOf project: Project) -> Int {
    worth(25, project.title, project.end, relevanceFactor(of: project), 0)
  }

  func worth(ofImpactOf project: Project) -> Int {
    worth(60, project.impact ?? "", project.end, relevanceFactor(of: project), 0)
  }

  /// The worth of a sentence under a job.
  func worth(ofHighlight text: String, of job: Profile.Work, place: Int) -> Int {
    worth(110, text, job.end, 1, place)
  }

  private func worth(
    _ impact: Double, _ text: String, _ end: CalendarDate?, _ project: Double, _ place: Int
  ) -> Int {
    var worth = impact * relevance(ofSentence: text) * project * recency(end)
    for _ in 0..<place { worth *= Self.spread }
    return max(1, Int((worth * 10).rounded()))
  }
}
