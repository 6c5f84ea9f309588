public import ArgumentParser
internal import Notes

public struct Find: Verb {
  public static let configuration = CommandConfiguration(
    commandName: "find", _superCommandName: "folio",
    abstract: "Pick a note while you type.",
    discussion: """
      With fzf the list follows every key, searched in the index of the vault, with the note beside \
      it. Without fzf the notes have numbers to type.

        enter   open it in $EDITOR at the line of the hit
        ctrl-y  copy its code         ctrl-l  print a [[link]] to it
        ctrl-o  print the note        ctrl-n  make a new note called what was typed

        folio find
        folio find backfill --kind snippet
        vim "$(folio find --print)"

      With --print, or into a pipe, enter prints the path.
      """)

  @OptionGroup var index: ReadingOptions
  @OptionGroup var filters: FilterOptions

  @Argument(help: "What to begin with.", completion: Candidates.query) var query: [String] = []

  @Flag(help: "Print the path of the note that was picked.")
  var print = false

  @Flag(help: "Print a [[link]] to the note that was picked.")
  var link = false

  @Flag(name: .customLong("no-fzf"), help: "Pick by number even where there is fzf.")
  var noFzf = false

  public init() {}

  public func run(_ output: inout Output) throws {
    guard Terminal.isError, Terminal.isInput || Terminal.open() != nil else {
      throw Failure(
        .badInput, "find needs a terminal to ask you on",
        "Use 'folio search WORDS', which prints what it finds.")
    }
    let vault = try index.vault.open()
    _ = try index.open(vault)
    let words = query.joined(separator: " ")
    let usesFzf = !noFzf && !Plain.isAsked && Environment.program("fzf") != nil
    let choice =
      usesFzf ? try Fzf(self, vault).pick(words) : try NumberedPicker(self, vault).pick(words)
    guard let choice else {
      output.flush()
      throw Failure.quiet(.nothing)
    }
    try act(on: choice, in: vault, &output)
  }

  /// What a person decided.
  struct Choice {
    enum Action { case open, copy, link, show, create(String) }
    var action: Action
    var path = ""
    var line = 1
  }

  private func act(on choice: Choice, in vault: Vault, _ output: inout Output) throws {
    switch choice.action {
    case .create(let title):
      let kind = filters.kind.first ?? "note"
      let words = title.split(separator: " ").map(String.init)
      try run(["add", kind, "--edit", "--vault", vault.root, "--"] + words)
    case .link: output.line("[[\(VaultPathName.stem(of: choice.path))]]")
    case .copy: try run(["copy"] + options(vault) + ["--", choice.path])
    case .show: try run(["show"] + options(vault) + ["--", choice.path])
    case .open:
      let path = try VaultPath(choice.path)
      if link {
        output.line("[[\(path.stem)]]")
      } else if print || !Terminal.isOutput {
        output.line(FileSystem.display(vault.absolute(path)))
      } else {
        try vault.refuseLinksOutside(path)
        try Editor.open(vault.absolute(path), line: choice.line)
        NoteIndex.noteWritten([path], in: vault, directory: index.directory(of: vault))
      }
    }
  }

  /// Runs another verb of this program and ends as it does.
  private func run(_ arguments: [String]) throws {
    let code = try ChildProcess.runOnTerminal(Self.program, arguments)
    if let status = ExitStatus(rawValue: code), status != .done { throw Failure.quiet(status) }
  }

  static var program: String { Companion.program ?? "folio" }

  /// The options that take another verb to the same notes and the same index.
  func options(_ vault: Vault) -> [String] {
    ["--vault", vault.root, "--index-dir", index.directory(of: vault)]
  }

  /// The command that prints candidates, without the words.
  func candidates(_ vault: Vault, coloured: Bool) -> [String] {
    var words = [Self.program, "find-candidates", "--no-refresh"] + options(vault)
    for kind in filters.kind { words += ["--kind", kind] }
    for tag in filters.tag { words += ["--tag", tag] }
    for skill in filters.skill { words += ["--skill", skill] }
    for lang in filters.lang { words += ["--lang", lang] }
    if let since = filters.since { words += ["--since", since] }
    if let until = filters.until { words += ["--until", until] }
    if let folder = filters.folder { words += ["--in", folder] }
    if coloured { words.append("--coloured") }
    return words
  }
}

/// The picker through fzf, which draws and reads keys; the search is ours.
struct Fzf {
  private let find: Find
  private let vault: Vault

  init(_ find: Find, _ vault: Vault) {
    self.find = find
    self.vault = vault
  }

  /// A word that a shell takes as it is.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  func pick(_ query: String) throws -> Find.Choice? {
    let style = Style(.auto, isTerminal: true)
    let command = find.candidates(vault, coloured: style.isColoured).map(Self.quoted)
      .joined(separator: " ")
    // What fzf shows before the first key.
    Environment.set("FZF_DEFAULT_COMMAND", command + " -- " + Self.quoted(query))
    let preview =
      ([
        Find.program, "show", "--render", "--body", "--no-pager", "--color",
        style.isColoured ? "always" : "never",
      ] + find.options(vault)).map(Self.quoted)
      .joined(separator: " ")
    let isNarrow = Terminal.width < 90
    let arguments = [
      "--ansi", "--disabled", "--delimiter=\t", "--with-nth=3..", "--no-multi", "--no-sort",
      "--query=\(query)", "--prompt=find> ", "--print-query", "--layout=reverse",
      "--expect=ctrl-y,ctrl-l,ctrl-o,ctrl-n", "--bind=change:reload:\(command) -- {q}",
      "--preview=COLUMNS=$FZF_PREVIEW_COLUMNS \(preview) -- {1}",
      "--preview-window=\(isNarrow ? "down:50%:wrap" : "right:55%:wrap")",
      "--header=\(isNarrow ? "enter edit, ^y copy, ^n new" : "enter edit · ^y copy · ^l link · ^o print · ^n new")",
    ]
    let (code, bytes) = try ChildProcess.capture("fzf", arguments)
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // 130: left by a key; 2: fzf itself failed, and has said why.
    if code == 130 { return nil }
    guard code <= 1 else {
      throw Failure(
        .badInput, "fzf ended with code \(code)", "Pick by number with 'folio find --no-fzf'.")
    }
    let typed = lines.first ?? ""
    let key = lines.count > 1 ? lines[1] : ""
    if key == "ctrl-n" { return Find.Choice(action: .create(typed)) }
    let fields = (lines.count > 2 ? lines[2] : "").split(separator: "\t").map(String.init)
    guard fields.count > 1 else { return nil }
    let action: Find.Choice.Action =
      switch key {
      case "ctrl-y": .copy
      case "ctrl-l": .link
      case "ctrl-o": .show
      default: .open
      }
    return Find.Choice(action: action, path: fields[0], line: Int(fields[1]) ?? 1)
  }
}

/// The picker for a plain terminal: notes have numbers, and other words search again.
struct NumberedPicker {
  private let find: Find
  private let vault: Vault

  init(_ find: Find, _ vault: Vault) {
    self.find = find
    self.vault = vault
  }

  func pick(_ query: String) throws -> Find.Choice? {
    let opened = try find.index.open(vault, .asItStands, quiet: true)
    let notes = NoteCandidates(opened.index, try find.filters.filter(in: vault))
    let style = Style(.auto, isTerminal: Terminal.isError)
    var words = query
    while true {
      let found = try notes.matching(words, limit: max(5, min(20, Terminal.height - 4)))
      for (number, note) in found.enumerated() {
        let label = number < 9 ? " \(number + 1)" : "\(number + 1)"
        Output.remark(style.match(label) + "  " + note.shown(style))
      }
      if found.isEmpty { Output.remark("Nothing is found about \(Terminal.harmless(words)).") }
      Output.send(
        Array("number (c copies, l links, s shows), words, n TITLE for a new note, or q: ".utf8),
        to: 2)
      guard let line = readLine()?[...].trimmed, line != "q", !line.isEmpty else {
        return nil
      }
      if line.hasPrefix("n ") { return Find.Choice(action: .create(String(line.dropFirst(2)))) }
      let letter = line.first.flatMap { "cls".contains($0) ? $0 : nil }
      let rest = letter == nil ? line : line.dropFirst()[...].trimmed
      guard let number = Int(rest) else {
        words = line
        continue
      }
      guard found.indices.contains(number - 1) else {
        Output.remark("There is no number \(number).")
        continue
      }
      let note = found[number - 1]
      let action: Find.Choice.Action =
        switch letter {
        case "c": .copy
        case "l": .link
        case "s": .show
        default: .open
        }
      return Find.Choice(action: action, path: note.path, line: note.line)
    }
  }
}
