internal import Markup
internal import Notes

/// What sections and items are, told from words that guides share and from the shape of lists.
enum GuideShapes {
  /// What a section is. `parent` is what the section around it is.
  static func kind(
    _ title: String, heading: String, parent: GuideSection.Kind?
  ) -> GuideSection.Kind {
    let name = Slug.make(title) ?? ""
    func has(_ parts: String...) -> Bool { parts.contains { name.contains($0) } }
    if ["table-of-contents", "contents", "toc"].contains(name) { return .contents }
    if name.hasPrefix("phase-") { return .phase }
    if GuideText.numberedLead(name, "year") != nil { return .year }
    if GuideText.isQuarter(name) { return .quarter }
    for word in ["month", "months", "week", "weeks", "stage"]
    where GuideText.numberedLead(name, word) != nil {
      return .stage
    }
    if GuideText.cadence(of: name) != nil { return .habits }
    if has("milestone") { return .milestones }
    if parent == .assessment { return .level }
    if has("assessment", "where-do-you-stand", "where-are-you") { return .assessment }
    if has("by-role", "learning-paths", "career-paths") || name == "roles" { return .roles }
    if parent == .roles || name.hasSuffix("-path") { return .role }
    if parent == .ideas { return has("projects") ? .tier : .idea }
    if parent == .tier { return .idea }
    if has("project-idea", "projects-to-build", "ideas-to-build") || name == "projects" {
      return .ideas
    }
    if has("certif") { return .certifications }
    if has("leadership", "leading", "leaders") { return .leadership }
    if has("progression", "ladder", "career-track") { return .ladder }
    if has("resume", "curriculum-vitae") { return .resume }
    if has("contribut", "open-source") || parent == .contributions { return .contributions }
    if has("network", "online", "offline", "in-person", "meeting", "meetup") || parent == .network {
      return .network
    }
    if has("knowledge-base") { return .knowledge }
    if has("sharing", "passing", "give-back", "giving-back") { return .sharing }
    return .section
  }

  /// What the line above a list calls it.
  private enum Label {
    case skills, projects, resources, goals, activities, success, components, contributions
    case resumeSkills, portfolio, quarter, track

    init?(_ label: String?, in section: GuideSection.Kind) {
      let name = label.flatMap { Slug.make($0) } ?? ""
      func has(_ parts: String...) -> Bool { parts.contains { name.contains($0) } }
      if name.isEmpty { return nil }
      if section == .resume {
        if has("skill") { self = .resumeSkills } else { self = .portfolio }
      } else if GuideText.isQuarter(name) {
        self = .quarter
      } else if name == "skills" || name.hasPrefix("skills-to") || name.hasSuffix("-skills")
        || name.hasPrefix("skill-areas") || name == "competencies"
      {
        self = .skills
      } else if name.hasSuffix("projects") || name == "project" {
        self = .projects
      } else if has("resource", "reading", "links") {
        self = .resources
      } else if has("goal", "objective", "aims") {
        self = .goals
      } else if has("activit", "exercises") {
        self = .activities
      } else if has("success", "outcome") {
        self = .success
      } else if has("component", "deliverable") || name == "parts" {
        self = .components
      } else if has("contribution") {
        self = .contributions
      } else if has("track", "ladder") {
        self = .track
      } else {
        return nil
      }
    }
  }

  struct Item {
    var text: String
    var inlines: [MarkdownDocument.Inline]
    var isTask: Bool
    var isNumbered: Bool
    var hasItems: Bool
    /// The bold line above the list, or the heading when there is none.
    var label: String?
    var section: GuideSection.Kind
    var sectionTitle: String
    /// What the item around this one is.
    var parent: GuideItem.Role?
  }

  static func role(_ item: Item) -> GuideItem.Role {
    if item.section == .contents { return .contents }
    switch item.parent {
    case .step: return item.isTask ? .contribution : .stepPoint
    case .certification: return isVague(item.text) ? .certificateNote : .certificate
    case .certificate, .certificateNote: return .certificateNote
    case nil, .group: break
    default: return item.isTask ? .task : .point
    }
    if GuideText.isMonth(item.text) { return .milestone }
    let label = Label(item.label, in: item.section) ?? Label(item.sectionTitle, in: item.section)
    if item.isTask {
      switch (item.section, label) {
      case (.habits, _): return .habit
      case (.level, _), (.assessment, _): return .check
      case (_, .activities), (.stage, _): return .activity
      case (.contributions, _), (_, .contributions): return .contribution
      case (_, .skills): return .skill
      default: return .task
      }
    }
    if item.section == .habits { return .habit }
    let hasLead = GuideText.lead(item.inlines) != nil
    if GuideText.rungs(item.text).count > 1,
      item.section == .ladder || label == .track || item.inlines.first?.isStrong == true
    {
      return .ladder
    }
    if label == .resources || isLinkOnly(item.inlines) && item.section != .certifications {
      return isLinkOnly(item.inlines) ? .resource : .point
    }
    switch label {
    case .skills where item.section != .leadership: return .skill
    case .projects where hasLead || item.isNumbered: return .project
    case .goals: return .goal
    case .success: return .success
    case .components: return .component
    case .quarter: return .roadmap
    case .resumeSkills: return .resumeSkill
    case .portfolio: return .portfolioRule
    default: break
    }
    switch item.section {
    case .contributions where item.isNumbered: return .step
    case .certifications:
      // A list of groups has certificates below; a link is one certificate itself.
      let isOne = GuideText.url(item.inlines) != nil || !item.hasItems
      return isOne ? .certificate : .certification
    case .network where hasLead: return .channel
    case .leadership: return .leadership
    case .knowledge where hasLead: return .area
    case .sharing where hasLead: return .sharing
    case .idea: return .component
    case .year, .quarter: return .roadmap
    default: return .point
    }
  }

  /// Whether an item names no certificate but says that there are others.
  private static func isVague(_ text: String) -> Bool {
    let first = text.prefix { $0.isLetter }.lowercased()
    return ["various", "other", "others", "any", "whatever", "additional", "more", "further"]
      .contains(first)
  }

  private static func isLinkOnly(_ inlines: [MarkdownDocument.Inline]) -> Bool {
    let parts = inlines.filter {
      if case .text(let text) = $0 { return !text.trimmed.isEmpty }
      return true
    }
    guard parts.count == 1 else { return false }
    switch parts[0] {
    case .link: return true
    case .strong(let inner), .emphasis(let inner): return isLinkOnly(inner)
    default: return false
    }
  }
}

extension MarkdownDocument.Inline {
  var isStrong: Bool {
    if case .strong = self { true } else { false }
  }
}
