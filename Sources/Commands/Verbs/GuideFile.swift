internal import EverydayCommands
internal import Learning
internal import Notes

/// The guide of a vault, read for a command.
struct GuideFile {
  static let name = "guide.md"

  let vault: Vault
  let path: VaultPath
  let note: Note
  let guide: Guide

  /// Reads `guide.md`; nil when there is none.
  init?(ifThere vault: Vault) throws {
    self.vault = vault
    path = try VaultPath(Self.name)
    guard let (note, problem) = NoteReader(vault: vault).read(path) else { return nil }
    if case .unreadable(let reason) = problem {
      throw Failure(.inputOutput, "guide.md cannot be read: \(reason)", "Change its permissions.")
    }
    self.note = note
    guide = Guide(note)
    if let fatal = guide.problems.first(where: \.isFatal) { throw Failure(fatal) }
  }

  init(_ vault: Vault) throws {
    guard let file = try GuideFile(ifThere: vault) else {
      throw Failure(
        .badInput, "the vault has no guide.md",
        "'folio guide import FILE' brings one, 'folio init --starter' puts an example there.")
    }
    self = file
  }

  /// Says on standard error what a person should look at in the guide.
  func remark() {
    let today = CalendarDay(Environment.now)
    for problem in guide.problems + GuideProblem.future(in: guide, today: today) {
      Output.remark(Terminal.harmless("\(problem.sentence). \(problem.remedy)"))
    }
  }

  /// The item that a person named, among those wanted.
  static func find(
    _ words: [String], in guide: Guide, what: String, where isWanted: (GuideItem) -> Bool
  ) throws -> GuideItem {
    let name = words.joined(separator: " ")
    switch guide.item(named: name, where: isWanted) {
    case .item(let item): return item
    case .several(let items):
      for item in items.prefix(8) { Output.remark(Terminal.harmless("  \(item.id)")) }
      if items.count > 8 { Output.remark("  and \(items.count - 8) more") }
      throw Failure(
        .badInput, "\(name) could be any of these \(items.count) \(what)",
        "Add a word of the heading above it, or type the id.")
    case .none(let similar):
      throw Failure(
        .nothing, "the guide has none of its \(what) called \(name)",
        similar.map { "Did you mean \($0)?" } ?? "'folio guide show --items' lists them all.")
    }
  }
}

extension Failure {
  init(_ problem: GuideProblem) {
    self.init(.badInput, problem.sentence, problem.remedy)
  }
}
