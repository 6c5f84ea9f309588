internal import Career
internal import EverydayCommands
internal import FullText
internal import Learning
internal import Notes
internal import Typesetting

/// What documents are made from, read from a vault: the notes that matter and no others.
struct CareerSource {
  let vault: Vault
  private let notes: NoteIndex
  private let reader: NoteReader
  /// Notes that are taken instead of those on the disk.
  private let staged: [VaultPath: Note]

  init(_ options: ReadingOptions) throws {
    let vault = try options.vault.open()
    self.init(vault, try options.open(vault).index)
  }

  /// - Parameters:
  ///   - notes: The index, brought up to date just now.
  ///   - staged: Notes as they are to be committed, which count instead of those on the disk.
  init(_ vault: Vault, _ notes: NoteIndex, staged: [Note] = []) {
    self.vault = vault
    self.notes = notes
    self.staged = Dictionary(staged.map { ($0.path, $0) }) { $1 }
    reader = NoteReader(vault: vault)
  }

  /// The notes of a filter, in the order of their paths; those that are gone are left out.
  func notes(where filter: Filter) throws -> [Note] {
    try notes.index.documents(where: filter).compactMap { id in
      let path = try VaultPath(notes.summary(of: id).path)
      if let note = staged[path] { return note }
      guard let (note, problem) = reader.read(path) else { return nil }
      if case .unreadable(let reason) = problem {
        throw Failure(
          .inputOutput, "\(path) cannot be read: \(reason)", "Change its permissions and try again."
        )
      }
      return note
    }
  }

  func projectNotes() throws -> [Note] {
    let found = try notes(where: ConflictCopy.leftOut(of: .equals("kind", "project")))
      .filter { staged[$0.path] == nil }
    let changed = staged.values.filter { $0.kind == .project }
    return changed.isEmpty ? found : (found + changed).sorted { $0.path < $1.path }
  }

  /// Project notes with a skill area of a role of the guide; all when `role` is nil.
  func projectNotes(ofRole role: String?) throws -> [Note] {
    let notes = try projectNotes()
    guard let role else { return notes }
    let areas = try guide().map { SkillAreas($0) } ?? SkillAreas([])
    let roles = areas.roles.map(\.id)
    guard roles.contains(role) else {
      let near = Similar.closest(to: role, among: roles)
      throw Failure(
        .usage, "the guide has no role \(role)",
        roles.isEmpty
          ? "It has no roles; leave '--role' out."
          : (near.map { "Did you mean \($0)? " } ?? "")
            + "The roles are \(roles.joined(separator: ", ")).")
    }
    let wanted = Set(areas.all.filter { $0.role == role }.map(\.id))
    return notes.filter { $0.skills.contains(where: wanted.contains) }
  }

  /// The bytes of a file of the vault, or nil when there is none, or none that lies inside it.
  func file(_ path: String) -> [UInt8]? {
    guard let inside = try? VaultPath(path), (try? vault.refuseLinksOutside(inside)) != nil else {
      return nil
    }
    return try? FileSystem.read(vault.absolute(inside), limit: 64 << 20)
  }

  /// All money of `totals` in one currency, at the rates of `rates.yaml`.
  func sum(
    _ totals: MetricTotals, in currency: String, on day: CalendarDate
  ) throws -> CurrencyRates.Sum {
    guard let money = Unit(named: currency.uppercased()), case .money(let code) = money.dimension
    else {
      throw Failure(
        .usage, "\(currency) is not a currency", "Write its ISO 4217 code, such as EUR.")
    }
    let bytes = file("rates.yaml")
    let rates = try Self.checked { () throws(Problems) in
      try bytes.map { bytes throws(Problems) in
        try CurrencyRates.read(bytes, path: "rates.yaml")
      } ?? CurrencyRates([])
    }
    do throws(CurrencyRates.Failure) { return try rates.sum(totals, in: code, on: day) } catch {
      switch error {
      case .noRate(let from, let to, let day):
        throw Failure(
          .badInput, "there is no rate from \(from) to \(to) on or before \(day.iso)",
          "Add '- {from: \(from), to: \(to), rate: …, date: …}' to rates.yaml.")
      case .overflow:
        throw Failure(.badInput, "the sum is too large to be exact", "Look at the rates.")
      }
    }
  }

  /// Notes that say they are private, for the gate.
  func privateNotes() throws -> [Note] { try notes(where: .equals("visibility", "private")) }

  /// Notes that say everybody may read them.
  func publicNotes() throws -> [Note] {
    try notes(where: ConflictCopy.leftOut(of: .equals("visibility", "public")))
  }

  /// Finds what links between notes mean.
  var resolver: LinkResolver { LinkResolver(notes) }

  /// Every note that names skill areas, as the index knows it.
  func skilledNotes() -> [NoteSummary] { summaries(where: .exists("skill")) }

  /// The notes of a filter as the index knows them, without other versions of a note.
  func summaries(where filter: Filter) -> [NoteSummary] {
    notes.index.documents(where: ConflictCopy.leftOut(of: filter)).map { notes.summary(of: $0) }
  }

  /// One note, or nil when it cannot be read.
  func note(_ path: VaultPath) -> Note? { reader.read(path)?.note }

  /// Paths of the notes that a query finds with all of its words, the best first.
  func search(_ query: String, limit: Int) throws -> [String] {
    let result = try NoteSearch(notes).run(
      query, filter: ConflictCopy.leftOut(), limit: limit)
    return result.isRelaxed ? [] : result.hits.map(\.note.path)
  }

  /// The path of the note that a link means, or nil.
  func resolve(_ link: String) -> String? {
    if case .note(let path) = LinkResolver(notes).resolve(name: link) { return path.description }
    return nil
  }

  func guide() throws -> Guide? {
    let path = try VaultPath("guide.md")
    if let note = staged[path] { return Guide(note) }
    guard let (note, problem) = reader.read(path) else { return nil }
    if case .unreadable(let reason) = problem {
      throw Failure(.inputOutput, "guide.md cannot be read: \(reason)", "Change its permissions.")
    }
    return Guide(note)
  }

  func profile(language: String? = nil) throws -> Profile {
    guard let (note, problem) = reader.read(try VaultPath("profile.md")) else {
      throw Failure(
        .badInput, "the vault has no profile.md, which says who you are",
        "'folio init --starter' puts one there to be filled in.")
    }
    if case .unreadable(let reason) = problem {
      throw Failure(.inputOutput, "profile.md cannot be read: \(reason)", "Change its permissions.")
    }
    return try Self.checked { () throws(Problems) in
      try ProfileReader.read(note, language: language)
    }
  }

  /// The wanted words of a view with the other ways of saying them: those of a skill area of that name.
  func spelled(_ wanted: [View.WantedTerm], _ areas: SkillAreas) -> [View.WantedTerm] {
    guard !wanted.isEmpty else { return wanted }
    let words = areaWords()
    return wanted.map { term in
      var term = term
      let area = areas.all.first { $0.name.lowercased() == term.term || $0.id == term.term }
      if let area {
        term.spellings = ([area.name] + (words[area.id] ?? [])).map { $0.lowercased() }
      }
      return term
    }
  }

  /// Words that point to skill areas, by the area's id; none when `skills.yaml` cannot be read.
  func areaWords() -> [String: [String]] {
    guard let bytes = file(SkillWords.fileName), let read = try? SkillWords(bytes) else {
      return [:]
    }
    return Dictionary(
      read.entries.map { ($0.id, $0.words) }, uniquingKeysWith: { first, _ in first })
  }

  /// The view of a name, or the one a document has when none is named.
  func view(_ name: String?, default defaultName: String, over base: View) throws -> View {
    let wanted = name ?? defaultName
    let bare = wanted.hasSuffix(".yaml") ? String(wanted.dropLast(5)) : wanted
    let file = bare.hasPrefix("views/") ? bare + ".yaml" : "views/\(bare).yaml"
    let path = try VaultPath(file)
    try vault.refuseLinksOutside(path)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(vault.absolute(path), limit: 1 << 20) } catch
    {
      guard error.isMissing else { throw error }
      guard name != nil else { return base }
      let views = ((try? FileSystem.names(in: vault.root + "/views")) ?? [])
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
      let near = Similar.closest(to: bare, among: views)
      throw Failure(
        .badInput, "there is no view \(bare): \(file) does not exist",
        near.map { "Did you mean \($0)?" }
          ?? (views.isEmpty
            ? "Leave '--view' out for the built-in one."
            : "The views are \(views.joined(separator: ", "))."))
    }
    return try Self.checked { () throws(Problems) in
      try ViewReader.read(bytes, path: file, over: base)
    }
  }

  /// The vault's own text of a template, or nil.
  func template(_ path: String) -> String? {
    guard let inside = try? VaultPath(path), (try? vault.refuseLinksOutside(inside)) != nil,
      let bytes = try? FileSystem.read(vault.absolute(inside), limit: 1 << 20)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  func templates(_ family: TemplateSet.Family) throws -> TemplateSet {
    do throws(TypesettingError) {
      return try TemplateSet(family) { template($0) }
    } catch {
      throw Failure(.badInput, error.message, error.remedy)
    }
  }

  /// Turns problems into a failure, each said in a line of its own when there are several.
  static func checked<T>(_ read: () throws(Problems) -> T) throws -> T {
    do throws(Problems) { return try read() } catch {
      guard error.list.count != 1 else {
        let only = error.list[0]
        throw Failure(.badInput, only.sentence, only.remedy)
      }
      for problem in error.list.prefix(50) {
        Output.remark(Terminal.harmless("\(problem.sentence). \(problem.remedy)"))
      }
      throw Failure(
        .badInput, "\(error.list.count) things in the notes cannot be used",
        "Mend the lines above and run it again; nothing was written.")
    }
  }
}
