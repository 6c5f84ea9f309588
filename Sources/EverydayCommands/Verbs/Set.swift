public import ArgumentParser
internal import Notes

/// A change of a note's front matter, made and told.
struct FrontMatterChange {
  var index: ReadingOptions
  /// The verb, as `folio undo` tells it.
  var verb: String

  /// Changes a note, indexes it, and gives it as it is then.
  func make(
    _ name: String, _ edit: (FrontMatterEdit) throws(VaultError) -> [UInt8]
  ) throws -> Note {
    let vault = try index.vault.open()
    let path = try NoteFinder(vault, index).path(of: name)
    let changed = try NoteEditor(vault: vault, title: verb).edit(path) { note throws(VaultError) in
      try edit(FrontMatterEdit(note))
    }
    if changed {
      NoteIndex.noteWritten([path], in: vault, directory: index.directory(of: vault))
    }
    do throws(FileError) {
      return Note(path: path, bytes: try FileSystem.read(vault.absolute(path)))
    } catch {
      throw VaultError.file(error)
    }
  }

  /// One edit after another, each on what the one before gave.
  static func chain<Change>(
    _ changes: [Change], _ edit: FrontMatterEdit, in path: VaultPath,
    _ apply: (FrontMatterEdit, Change) throws(VaultError) -> [UInt8]
  ) throws(VaultError) -> [UInt8] {
    var edit = edit
    var bytes: [UInt8] = []
    for change in changes {
      bytes = try apply(edit, change)
      edit = try FrontMatterEdit(Note(path: path, bytes: bytes))
    }
    return bytes
  }
}

/// `key=value`, `key+=value` or `key-=value`.
struct Assignment {
  enum Sign { case set, add, remove }
  var key: String
  var sign: Sign
  var value: String

  init(_ text: String) throws {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
      throw Failure(
        .usage, "\(text) is not a key with a value", "Write it as key=value, such as rating=4.")
    }
    var key = text[..<equals]
    switch key.last {
    case "+": sign = .add
    case "-": sign = .remove
    default: sign = .set
    }
    if sign != .set { key.removeLast() }
    while key.last == " " { key.removeLast() }
    guard !key.isEmpty else {
      throw Failure(
        .usage, "\(text) is not a key with a value", "Write it as key=value, such as rating=4.")
    }
    self.key = String(key)
    value = String(text[text.index(after: equals)...])
  }

  func apply(to edit: FrontMatterEdit, now: LocalTime) throws(VaultError) -> [UInt8] {
    switch sign {
    case .set: try edit.setting(key, to: NoteKey.value(of: key, typed: value, now: now))
    case .add: try edit.adding(NoteKey.items(value), to: key)
    case .remove: try edit.removing(NoteKey.items(value), from: key)
    }
  }
}

public struct SetVerb: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "set", _superCommandName: "folio",
    abstract: "Set keys of a note's front matter, changing only those bytes.",
    discussion: """
      Comments, quotes, the order of keys and the style of lists stay. A new key goes to the end of \
      the block; a note without front matter gets a block with it and nothing else. Lists are \
      divided at commas; += and -= add to a list and take from it. Dates may be words.

        folio set dynamic-task-mapping rating=4
        folio set dynamic-task-mapping verified=today skills=etl-patterns,data-quality
        folio set dynamic-task-mapping stack+=airflow
        folio set dynamic-task-mapping visibility=public

      Of TOML front matter, single values before the first table are changed; its lists, and all of \
      JSON, are read and left as they are.
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The note.", completion: Candidates.notes) var note: String
  @Argument(
    help: ArgumentHelp("What to set.", valueName: "key=value"), completion: Candidates.keys)
  var values: [String]

  public init() {}

  public func run(_ output: inout Output) throws {
    let assignments = try values.map { try Assignment($0) }
    let now = Environment.now
    let changed = try FrontMatterChange(index: index, verb: "set").make(note) {
      edit throws(VaultError) in
      try FrontMatterChange.chain(assignments, edit, in: edit.notePath) {
        (edit, change) throws(VaultError) in try change.apply(to: edit, now: now)
      }
    }
    var told: Set<String> = []
    for assignment in assignments where told.insert(assignment.key).inserted {
      output.line(
        Terminal.harmless("\(changed.path): \(changed.frontMatter.shown(assignment.key))"))
      if let near = NoteKey.similar(to: assignment.key) {
        Output.remark(
          "folio: \(Terminal.harmless(assignment.key)) is no key that folio knows; "
            + "did you mean \(near)?")
      }
    }
  }
}

public struct Unset: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "unset", _superCommandName: "folio",
    abstract: "Take keys out of a note's front matter.",
    discussion: """
      The lines of the key go and no others. A block that holds nothing else goes with its last key.

        folio unset dynamic-task-mapping rating
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The note.", completion: Candidates.notes) var note: String
  @Argument(help: "The keys.", completion: Candidates.keys) var keys: [String]

  public init() {}

  public func run(_ output: inout Output) throws {
    let changed = try FrontMatterChange(index: index, verb: "unset").make(note) {
      edit throws(VaultError) in
      try FrontMatterChange.chain(keys, edit, in: edit.notePath) {
        (edit, key) throws(VaultError) in try edit.unsetting(key)
      }
    }
    for key in keys {
      output.line(Terminal.harmless("\(changed.path): \(key) is gone"))
    }
  }
}

public struct Verify: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "verify", _superCommandName: "folio",
    abstract: "Stamp notes as still right today.",
    discussion: """
      Sets 'verified' to today's date. 'folio check' names notes whose stamp has grown old, and \
      'folio list' can filter by it.

        folio verify dynamic-task-mapping
        folio verify dynamic-task-mapping --date 2026-11-01
        folio list 'verified:<2026-11'
      """)

  @OptionGroup var index: ReadingOptions
  @Argument(help: "The notes.", completion: Candidates.notes) var notes: [String]
  @Option(help: ArgumentHelp("Another day than today.", valueName: "date")) var date: String?

  public init() {}

  public func run(_ output: inout Output) throws {
    let now = Environment.now
    let day = try date.map { try DateWords.parse($0, now: now) } ?? now.isoDate
    for note in notes {
      let changed = try FrontMatterChange(index: index, verb: "verify").make(note) {
        edit throws(VaultError) in try edit.setting("verified", to: .text(day))
      }
      output.line(
        Terminal.harmless("\(changed.path): \(changed.frontMatter.shown("verified"))"))
    }
  }
}

extension FrontMatter {
  /// A key with its value on one line, as `set` tells it.
  func shown(_ key: String) -> String {
    var node = root?[key]
    if node == nil {
      node = root
      for name in key.split(separator: ".") { node = node?[String(name)] }
    }
    guard let node else { return "\(key) is gone" }
    let text: String
    switch node.value {
    case .scalar(let value, _): text = node.isNull ? "(empty)" : value
    case .sequence(let items, _):
      text = items.isEmpty ? "(empty)" : items.map { $0.text ?? "…" }.joined(separator: ", ")
    case .mapping: text = "…"
    }
    return "\(key): \(text)"
  }
}
