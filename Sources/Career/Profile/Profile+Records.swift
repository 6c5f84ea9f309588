internal import Learning

extension Visibility {
  /// What a note that records something says of itself; a slip of the pen keeps it back.
  init(record text: String?) {
    switch text?.lowercased() {
    case nil: self = .unsaid
    case "public": self = .public
    default: self = .private
    }
  }
}

extension Profile {
  /// The profile with what notes record (`record: talk`): certificates, talks, contributions (also
  /// `open-source` and `mentoring`) and, of what was written (`doc`, `post`), publications. What the
  /// profile names itself, whatever the case of its letters, is not said twice.
  func adding(_ records: [LearningRecord]) -> Profile {
    var profile = self
    let newestFirst = records.sorted { ($1.date ?? "", $0.path) < ($0.date ?? "", $1.path) }
    for record in newestFirst {
      let date = record.date.flatMap { CalendarDate($0) }
      func isNamed(_ names: [String]) -> Bool {
        names.contains { $0.lowercased() == record.title.lowercased() }
      }
      func add(_ list: WritableKeyPath<Profile, [Item]>) {
        guard !isNamed(profile[keyPath: list].map(\.title)) else { return }
        profile[keyPath: list].append(
          Item(
            title: record.title, detail: record.issuer, url: record.url, start: date, end: date,
            summary: nil, highlights: [], keywords: [], visibility: .public, path: record.path))
      }
      switch record.kind {
      case .certificate:
        guard !isNamed(profile.certificates.map(\.name)) else { continue }
        profile.certificates.append(
          Certificate(
            name: record.title, issuer: record.issuer, date: date, url: record.url,
            skills: record.skills, visibility: .public,
            expires: record.expires.flatMap { CalendarDate($0) }, path: record.path))
      case .talk: add(\.talks)
      case .contribution, .openSource, .mentoring: add(\.contributions)
      case .doc, .post: add(\.publications)
      }
    }
    return profile
  }
}
