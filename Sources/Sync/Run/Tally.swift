/// How many notes and other files there are in a list of changes.
public struct Tally: Equatable, Sendable {
  public let notes: Int
  public let others: Int

  public init(_ changes: [SyncReport.Change]) {
    notes = changes.count { $0.isNote }
    others = changes.count - notes
  }

  /// "3 notes", "1 note and 2 other files", "2 files".
  public var text: String {
    func count(_ number: Int, _ word: String) -> String {
      "\(number) \(word)\(number == 1 ? "" : "s")"
    }
    if notes == 0 { return count(others, "file") }
    if others == 0 { return count(notes, "note") }
    return "\(count(notes, "note")) and \(count(others, "other file"))"
  }
}
