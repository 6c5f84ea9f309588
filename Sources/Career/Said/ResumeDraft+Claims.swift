internal import Learning
internal import Manuscript
internal import Notes

/// Where what is said comes from.
extension ResumeDraft {
  var chosen: [Resume.Chosen] {
    var chosen: [Resume.Chosen] = []
    if choice.view.sections.contains(.work) {
      for (index, job) in work.enumerated() {
        chosen.append(
          Resume.Chosen(
            title: [job.position, job.name].compactMap { $0 }.joined(separator: ", "),
            isProject: false, path: nil, isShown: true,
            points: highlights[index].map { job.highlights[$0] }, of: job.highlights.count))
      }
    }
    if choice.view.sections.contains(.projects) {
      for (index, project) in ranked.enumerated() {
        chosen.append(
          Resume.Chosen(
            title: project.title, isProject: true, path: project.path, isShown: isShown[index],
            points: isShown[index] ? points[index].map { allClaims[index][$0].text } : [],
            of: allClaims[index].count))
      }
    }
    return chosen
  }

  var claims: [TracedClaim] {
    choice.view.sections.flatMap { part in
      claims(of: part).map { entry, claim in
        TracedClaim(section: part.rawValue, entry: entry, claim: claim)
      }
    }
  }

  private func claims(of part: View.Part) -> [(entry: String, claim: Claim)] {
    let profile = choice.profile
    func words(_ text: String?, _ line: Int?, _ path: String = Profile.path) -> Claim? {
      guard let text, !text.isEmpty else { return nil }
      return Claim(.plain(text), .words(path: path, line: line))
    }
    func items(_ items: [Profile.Item]) -> [(String, Claim)] {
      items.filter { choice.showsEntry($0.visibility) }.flatMap { item -> [(String, Claim)] in
        ([[item.title, item.detail].compactMap { $0 }.joined(separator: ", "), item.summary]
          + item.highlights).compactMap { text in
            words(text, item.place?.line, item.path).map { (item.title, $0) }
          }
      }
    }
    switch part {
    case .summary:
      return choice.summaryBlocks.prefix(summaryParagraphs).compactMap { block in
        guard case .paragraph(let runs, _) = block else { return nil }
        return ("", Claim(runs, .words(path: Profile.path, line: nil)))
      }
    case .figures:
      return zip(choice.figures, choice.figureSums).map { figure, sum in
        ("", Claim(.plain("\(figure.value) \(figure.label)"), .sum(sum)))
      }
    case .skills:
      return choice.shownAreas.prefix(10).map { shown in
        let use = choice.skills[shown.area.id]
        let projects = choice.projects.filter { $0.skills.contains(shown.area.id) }.map(\.path)
        let level = use.flatMap {
          $0.level == .none || !choice.view.levels ? nil : choice.words.levels[$0.level.step - 1]
        }
        let used =
          choice.view.levels
          ? use?.lastUsed.map { Words.filled(choice.words.used, String($0.year)) } : nil
        let text = [level, used].compactMap { $0 }.joined(separator: ", ")
        return (
          shown.area.name,
          Claim(
            .plain(shown.area.name + (text.isEmpty ? "" : ": " + text)),
            .area(shown.area.id, notes: use?.notes ?? projects))
        )
      }
    case .work:
      return work.enumerated().flatMap { index, job -> [(String, Claim)] in
        let title = [job.position, job.name].compactMap { $0 }.joined(separator: ", ")
        var claims: [Claim?] = [words(title, job.place?.line)]
        if saysWorkSummary[index] { claims.append(words(job.summary, job.place?.line)) }
        for place in highlights[index] {
          let line =
            job.highlightPlaces.indices.contains(place)
            ? job.highlightPlaces[place].line : job.place?.line
          claims.append(words(job.highlights[place], line))
        }
        return claims.compactMap { $0 }.map { (title, $0) }
      }
    case .projects:
      let own = choice.projects.flatMap { project -> [(String, Claim)] in
        guard let index = ranked.firstIndex(where: { $0.path == project.path }), isShown[index]
        else { return [] }
        var claims: [Claim] = []
        if saysImpact[index], let impact = project.impact {
          claims.append(Claim(.plain(impact), .words(path: project.path, line: nil)))
        }
        claims += points[index].map { allClaims[index][$0] }
        return claims.map { (project.title, $0) }
      }
      return own + items(profile.projects)
    case .education:
      return profile.education.filter { choice.showsEntry($0.visibility) }.compactMap { school in
        let title = [school.studyType, school.area].compactMap { $0 }.joined(separator: " ")
        let text = [title, school.institution].filter { !$0.isEmpty }.joined(separator: ", ")
        return words(text, school.place?.line).map { (school.institution, $0) }
      }
    case .certificates:
      return profile.certificates.filter { choice.showsEntry($0.visibility) }.compactMap { one in
        words(
          [one.name, one.issuer].compactMap { $0 }.joined(separator: ", "), one.place?.line,
          one.path
        ).map { (one.name, $0) }
      }
    case .volunteer: return items(profile.volunteer)
    case .awards: return items(profile.awards)
    case .publications: return items(profile.publications)
    case .talks: return items(profile.talks)
    case .contributions: return items(profile.contributions)
    case .languages, .interests, .references, .timeline, .notes, .growth, .practice, .milestones:
      return []
    }
  }
}
