internal import Learning
internal import Manuscript

/// The parts that resume and portfolio share.
extension Choice {
  /// Contact details that may be shown, with links.
  var contacts: [[Run]] {
    contactFields.flatMap { field -> [[Run]] in
      switch field {
      case .email:
        return profile.email.map { [[Run($0, link: Link("mailto:" + $0))]] } ?? []
      case .phone:
        let digits = profile.phone.map { $0.filter { $0.isASCIIDigit || $0 == "+" } } ?? ""
        return profile.phone.map { [[Run($0, .quantity, link: Link("tel:" + digits))]] } ?? []
      case .url:
        return profile.url.map { [[Run(Self.shortened($0), link: Link($0))]] } ?? []
      case .location:
        return profile.location.map { [[Run($0)]] } ?? []
      case .profiles:
        return profile.accounts.map { account in
          // The network's name stays in the text: an icon would be lost to whoever reads the words.
          let address = account.url.map(Self.shortened) ?? account.username ?? ""
          return [
            Run("\(account.network): "), Run(address, link: account.url.flatMap { Link($0) }),
          ]
        }
      }
    }
  }

  /// An address as people say it.
  static func shortened(_ url: String) -> String {
    var text = url[...]
    for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
      text = text.dropFirst(scheme.count)
    }
    if text.hasSuffix("/") { text = text.dropLast() }
    return String(text)
  }

  /// Skill areas that the chosen projects and certificates show, those of the view first, then by
  /// how many projects show them, with that number.
  var shownAreas: [(area: SkillArea, projects: Int)] {
    let ofCertificates = Set(
      profile.certificates.filter { showsEntry($0.visibility) }.flatMap(\.skills))
    let counted = areas.all.map { area in
      (area: area, projects: projects.count { $0.skills.contains(area.id) })
    }
    // What the view brings forward is said even when only notes show it, but never when nothing does.
    let shown = counted.filter { area, projects in
      let isNoted = skills[area.id].map { !$0.notes.isEmpty } ?? false
      return projects > 0 || ofCertificates.contains(area.id)
        || isNoted && view.skills.contains(area.id)
    }
    func rank(_ area: SkillArea) -> Int { view.skills.firstIndex(of: area.id) ?? .max }
    let order = Dictionary(
      areas.all.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { a, _ in a })
    return shown.sorted {
      (rank($0.area), -$0.projects, order[$0.area.id] ?? 0)
        < (rank($1.area), -$1.projects, order[$1.area.id] ?? 0)
    }
  }

  /// The skill areas by level, the highest first, each with the year in which it was last used; those
  /// without evidence of their own, and all of them when the view wants no levels, on one line.
  ///
  ///     Expert: ETL patterns, Data quality (used 2026); dbt (used 2024)
  func areaLines(limit: Int) -> [Labelled] {
    let areas = shownAreas.prefix(limit).map(\.area)
    func names(_ areas: [SkillArea]) -> String { areas.map(\.name).joined(separator: words.comma) }
    var lines: [Labelled] = []
    var rest = Array(areas)
    for level in view.levels ? SkillLevel.allCases.reversed() : [] where level != .none {
      let own = rest.filter { skills[$0.id]?.level == level }
      guard !own.isEmpty else { continue }
      rest.removeAll { skills[$0.id]?.level == level }
      var years: [Int?] = []
      for area in own where !years.contains(skills[area.id]?.lastUsed?.year) {
        years.append(skills[area.id]?.lastUsed?.year)
      }
      let parts = years.sorted { ($0 ?? 0) > ($1 ?? 0) }.map { year -> String in
        let (open, _, close) = words.brackets
        let ofYear = names(own.filter { skills[$0.id]?.lastUsed?.year == year })
        return year.map { ofYear + open + Words.filled(words.used, String($0)) + close } ?? ofYear
      }
      lines.append(
        Labelled(words.levels[level.step - 1], .plain(parts.joined(separator: words.semicolon))))
    }
    if !rest.isEmpty { lines.append(Labelled(words.areas, .plain(names(rest)))) }
    return lines
  }

  /// Tools of jobs and projects, those that the reader asks for first, then those used most.
  func tools(limit: Int, withWork: Bool) -> [String] {
    var counts: [String: (count: Int, first: Int)] = [:]
    let work = withWork ? profile.work.filter { showsEntry($0.visibility) }.map(\.stack) : []
    for tool in (work + projects.map(\.stack)).joined() {
      let next = counts.count
      counts[tool, default: (0, next)].count += 1
    }
    return counts.map { (name: $0.key, wanted: wanted(in: $0.key), use: $0.value) }.sorted {
      (-$0.wanted, -$0.use.count, $0.use.first) < (-$1.wanted, -$1.use.count, $1.use.first)
    }
    .prefix(limit).map(\.name)
  }

  var certificateEntries: [Block] {
    profile.certificates.filter { showsEntry($0.visibility) }
      .sorted { ($0.date?.firstDay ?? 0) > ($1.date?.firstDay ?? 0) }
      .enumerated().map { index, certificate in
        .entry(
          Entry(
            id: "certificate-\(index + 1)",
            title: [Run(certificate.name, link: certificate.url.flatMap { Link($0) })],
            details: certificate.issuer.flatMap { issuer in
              certificate.name.contains(issuer) ? nil : [.plain(issuer)]
            } ?? [],
            dates: dates(of: certificate)))
      }
  }

  /// The day it was given; with the day it ended when it is no longer good.
  private func dates(of certificate: Profile.Certificate) -> String {
    let expired = certificate.expires.flatMap { $0.end <= day.start ? $0 : nil }
    return certificate.date.map { words.range($0, expired ?? $0) } ?? ""
  }

  var educationEntries: [Block] {
    profile.education.filter { showsEntry($0.visibility) }.enumerated().map { index, school in
      let title = [school.studyType, school.area].compactMap { $0 }.joined(separator: " ")
      let courses = "\(words.courses): " + school.courses.joined(separator: ", ")
      let blocks: [Block] =
        school.courses.isEmpty ? [] : [.paragraph(.plain(courses), tone: .note)]
      let place = [Run(school.institution, link: school.url.flatMap { Link($0) })]
      return .entry(
        Entry(
          id: "education-\(index + 1)", title: title.isEmpty ? place : .plain(title),
          details: (title.isEmpty ? [] : [place]) + (school.score.map { [.plain($0)] } ?? []),
          dates: words.range(school.start, school.end), blocks: blocks))
    }
  }

  var languageLine: [Block] {
    let languages = profile.languages.filter { showsEntry($0.visibility) }
    guard !languages.isEmpty else { return [] }
    let words = languages.map { one in
      one.fluency.map { "\(one.language) (\($0.lowercased()))" } ?? one.language
    }
    return [.paragraph(.plain(words.joined(separator: ", ")), tone: .body)]
  }

  var interestLine: [Block] {
    let interests = profile.interests.filter { showsEntry($0.visibility) }
    guard !interests.isEmpty else { return [] }
    let words = interests.map { one in
      one.keywords.isEmpty ? one.name : "\(one.name) (\(one.keywords.joined(separator: ", ")))"
    }
    return [.paragraph(.plain(words.joined(separator: ", ")), tone: .body)]
  }

  /// Entries of a list of the profile, each with its sentences.
  func entries(_ items: [Profile.Item], _ name: String) -> [Block] {
    items.filter { showsEntry($0.visibility) }.enumerated().map { index, item in
      var blocks: [Block] = item.summary.map { [.paragraph(.plain($0), tone: .body)] } ?? []
      if !item.highlights.isEmpty { blocks.append(.list(item.highlights.map { .plain($0) })) }
      if !item.keywords.isEmpty {
        blocks.append(.paragraph(.plain(item.keywords.joined(separator: ", ")), tone: .note))
      }
      return .entry(
        Entry(
          id: "\(name)-\(index + 1)",
          title: [Run(item.title, link: item.url.flatMap { Link($0) })],
          details: item.detail.map { [.plain($0)] } ?? [], dates: words.range(item.start, item.end),
          blocks: blocks))
    }
  }

  var referenceBlocks: [Block] {
    profile.references.filter { showsEntry($0.visibility) }.enumerated().map { index, one in
      .entry(
        Entry(
          id: "reference-\(index + 1)", title: .plain(one.name),
          blocks: one.text.isEmpty ? [] : [.paragraph(.plain(one.text), tone: .body)]))
    }
  }

  /// Skills as the profile states them: a name, how well, and with what.
  var statedSkills: [Labelled] {
    profile.skills.filter { showsEntry($0.visibility) }.map { skill in
      let level = skill.level.map { " (\($0.lowercased()))" } ?? ""
      return Labelled(skill.name + level, .plain(skill.keywords.joined(separator: ", ")))
    }
  }

  var summaryBlocks: [Block] {
    profile.visibility == .private
      ? [] : profile.summary.map { .paragraph(.plain($0), tone: .body) }
  }

  /// The sums as figures, the largest claim first.
  var figures: [Figure] {
    totals.totals.compactMap { total in
      let isEstimate = total.firm.isZero
      let amount = isEstimate ? total.estimated : total.firm
      guard amount > .zero else { return nil }
      let measured = Set(total.rows.map(\.metric.note)).count
      var detail = measured == 1 ? "in one project" : "over \(measured) projects"
      if isEstimate {
        detail += ", estimated"
      } else if total.estimated > .zero {
        detail += ", and \(total.sum.words(total.estimated)) estimated"
      }
      return Figure(value: total.sum.words(amount), label: total.sum.label, detail: detail)
    }
  }

  /// The names of the sums behind ``figures``.
  var figureSums: [String] {
    totals.totals.filter { ($0.firm.isZero ? $0.estimated : $0.firm) > .zero }.map(\.sum.name)
  }

  var timeline: Chart? {
    let dated = projects.filter { $0.start != nil }
    guard let first = dated.compactMap(\.start).map(\.monthIndex).min(), dated.count > 1 else {
      return nil
    }
    let now = day.monthIndex
    let spans = dated.sorted {
      ($0.start?.firstDay ?? 0, $0.path) < ($1.start?.firstDay ?? 0, $1.path)
    }
    .map { project in
      Chart.Span(
        label: project.title, from: project.start?.monthIndex ?? first,
        to: min(now, project.end?.monthIndex ?? now),
        dates: words.range(project.start, project.end), weight: project.difficulty)
    }
    return .timeline(spans, from: first, to: max(now, first))
  }
}
