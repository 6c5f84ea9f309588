public import Notes

/// What the vault shows for each skill area.
public struct SkillEvidence: Sendable {
  /// One piece of evidence.
  public struct Piece: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
      case note, project, metric, tick, certificate
      /// A note that records a contribution, or something passed on.
      case record
    }
    public var kind: Kind
    /// The path of the note it stands in, or that a ticked item links.
    public var path: String
    public var title: String
    /// `2026-11-22` or shorter; nil when nothing says when.
    public var date: String?
  }

  /// A metric of a project, as far as skills need it.
  public struct MetricMention: Sendable {
    public var note: String
    public var name: String
    public var date: String?

    public init(note: String, name: String, date: String?) {
      self.note = note
      self.name = name
      self.date = date
    }
  }

  /// A certificate of the profile.
  public struct CertificateMention: Sendable {
    public var name: String
    public var skills: [String]
    public var date: String?

    public init(name: String, skills: [String], date: String?) {
      self.name = name
      self.skills = skills
      self.date = date
    }
  }

  public let areas: SkillAreas
  private var pieces: [String: [Piece]] = [:]
  /// Names under `skills:` that no area has, with the first note that uses each.
  public private(set) var unknown: [(id: String, path: String, similar: String?)] = []

  /// Gathers the evidence.
  ///
  /// - Parameters:
  ///   - notes: Notes that name skill areas.
  ///   - metrics: The metrics of project notes; each counts for the areas of its note.
  ///   - certificates: Those of the profile.
  ///   - records: Paths of notes that record a contribution, a talk, a certificate, with what it is.
  ///   - resolve: The path of the note that a link of a ticked item means, or nil.
  public init(
    guide: Guide?, areas: SkillAreas, notes: [NoteSummary], metrics: [MetricMention],
    certificates: [CertificateMention] = [], records: [String: LearningRecord.Kind] = [:],
    resolve: (String) -> String?
  ) {
    self.areas = areas
    let known = Set(areas.all.map(\.id))
    var skills: [String: [String]] = [:]
    var titles: [String: String] = [:]
    var seen: Set<String> = []
    for note in notes {
      skills[note.path] = note.skills
      titles[note.path] = note.title
      let isProject = note.kind == NoteKind.project.rawValue
      let date = note.created.map { String($0.prefix(10)) }
      for id in note.skills {
        if known.contains(id) {
          let record = records[note.path]
          let kind: Piece.Kind =
            record.map { $0 == .certificate ? .certificate : .record }
            ?? (isProject ? .project : .note)
          pieces[id, default: []].append(
            Piece(kind: kind, path: note.path, title: note.title, date: date))
        } else if seen.insert(id).inserted {
          unknown.append((id, note.path, Similar.closest(to: id, among: areas.all.map(\.id))))
        }
      }
    }
    for metric in metrics {
      for id in skills[metric.note] ?? [] where known.contains(id) {
        pieces[id, default: []].append(
          Piece(kind: .metric, path: metric.note, title: metric.name, date: metric.date))
      }
    }
    for certificate in certificates {
      for id in certificate.skills where known.contains(id) {
        pieces[id, default: []].append(
          Piece(
            kind: .certificate, path: "profile.md", title: certificate.name,
            date: certificate.date))
      }
    }
    for item in guide?.items ?? [] where item.isDone == true {
      guard let link = item.evidence, let path = resolve(link) else { continue }
      for id in skills[path] ?? [] where known.contains(id) {
        pieces[id, default: []].append(
          Piece(kind: .tick, path: path, title: item.text, date: item.doneOn))
      }
    }
  }

  /// The evidence of an area, the newest first.
  public func pieces(of id: String) -> [Piece] {
    (pieces[id] ?? []).sorted {
      ($1.date ?? "", $0.path, $0.title) < ($0.date ?? "", $1.path, $1.title)
    }
  }

  public func count(of id: String, _ kind: Piece.Kind) -> Int {
    pieces[id]?.count { $0.kind == kind } ?? 0
  }

  public func count(of id: String) -> Int { pieces[id]?.count ?? 0 }

  /// The date of the newest piece.
  public func newest(of id: String) -> String? { pieces[id]?.compactMap(\.date).max() }
}
