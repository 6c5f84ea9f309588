public import Learning

/// How well a skill area is known, as the notes that a reader may see show, and when it was last used.
public struct SkillUse: Sendable, Equatable {
  /// The level that the evidence gives, or a lower one that the writer states: nobody is made better
  /// than they say.
  public var level: SkillLevel
  /// Of the newest evidence; nil when nothing says when.
  public var lastUsed: CalendarDate?
  /// Paths of the notes behind it, the newest first.
  public var notes: [String]

  public init(level: SkillLevel, lastUsed: CalendarDate?, notes: [String] = []) {
    self.level = level
    self.lastUsed = lastUsed
    self.notes = notes
  }

  /// What an area's standing and evidence say.
  public init(_ standing: SkillStanding, _ pieces: [SkillEvidence.Piece]) {
    var notes: [String] = []
    for piece in pieces.sorted(by: { ($1.date ?? "", $0.path) < ($0.date ?? "", $1.path) })
    where !notes.contains(piece.path) {
      notes.append(piece.path)
    }
    self.init(
      level: standing.declared.map { min($0, standing.level) } ?? standing.level,
      lastUsed: standing.newest.flatMap { CalendarDate($0) }, notes: notes)
  }
}
