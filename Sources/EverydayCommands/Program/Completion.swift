public import ArgumentParser
internal import FullText
internal import Notes

/// What can stand in a place of the command line, from the index as it stands: no scan, no build.
public enum Candidates {
  enum Subject { case notes, tags, skills, languages, folders, keys, query, kinds }

  public static var notes: CompletionKind { kind(.notes) }
  public static var tags: CompletionKind { kind(.tags) }
  public static var skills: CompletionKind { kind(.skills) }
  public static var languages: CompletionKind { kind(.languages) }
  public static var folders: CompletionKind { kind(.folders) }
  public static var keys: CompletionKind { kind(.keys) }
  public static var query: CompletionKind { kind(.query) }
  public static var kinds: CompletionKind { kind(.kinds) }

  private static func kind(_ subject: Subject) -> CompletionKind {
    .custom { words, index, _ in Completion.lines(subject, words, at: index) }
  }
}

/// Answers the completion scripts of the shells.
///
/// They ask `folio ---completion VERB… -- ARGUMENT INDEX CURSOR WORD…`, which the small program answers
/// itself where it knows the argument: the whole program would take longer to start than a person
/// waits for a key.
public enum Completion {
  /// Most candidates of one answer.
  private static let limit = 1000

  /// Prints an answer; false when the question is one for the whole program.
  static func answer(_ arguments: [String]) -> Bool {
    guard let dashes = arguments.firstIndex(of: "--"), arguments.count > dashes + 3 else {
      return false
    }
    let verb = arguments[1..<dashes].joined(separator: " ")
    guard let subject = subject(of: verb, arguments[dashes + 1]),
      let index = Int(arguments[dashes + 2])
    else { return false }
    let lines = lines(subject, Array(arguments[(dashes + 4)...]), at: index)
    // The script for zsh takes the last line away.
    let end = Environment["SAP_SHELL"] == "zsh" ? [" "] : []
    Output.send(Array((lines + end).joined(separator: "\n").utf8), to: 1)
    return true
  }

  /// What an argument of a verb is, by its name.
  private static func subject(of verb: String, _ argument: String) -> Candidates.Subject? {
    switch argument {
    case "--tag", "-t": return .tags
    case "--skill", "-s": return .skills
    case "--kind", "-k": return .kinds
    case "--lang", "-l": return .languages
    case "--in": return .folders
    case "--where": return .keys
    default: break
    }
    switch (verb, argument) {
    case ("search", "positional@0"), ("find", "positional@0"): return .query
    case ("tag list", "positional@0"), ("tag add", "positional@1"), ("tag remove", "positional@1"):
      return .tags
    case ("add", "positional@0"): return .kinds
    case ("set", "positional@1"), ("unset", "positional@1"): return .keys
    case ("mv", "positional@1"): return .folders
    case ("show", "positional@0"), ("copy", "positional@0"), ("edit", "positional@0"),
      ("append", "positional@0"), ("links", "positional@0"), ("tag add", "positional@0"),
      ("tag remove", "positional@0"), ("set", "positional@0"), ("unset", "positional@0"),
      ("verify", "positional@0"), ("mv", "positional@0"), ("rm", "positional@0"),
      ("history", "positional@0"), ("diff", "positional@0"), ("restore", "positional@0"),
      ("tag suggest", "positional@0"):
      return .notes
    default: return nil
    }
  }

  /// The candidates for the word at `index`, in the form that the asking shell takes.
  static func lines(_ subject: Candidates.Subject, _ words: [String], at index: Int) -> [String] {
    var word = words.indices.contains(index) ? words[index] : ""
    if let quote = word.first, quote == "\"" || quote == "'" { word.removeFirst() }
    // bash takes `tag:x` apart at the colon, and wants only what stands behind it.
    let typed = word
    if subject == .query, index >= 2, words.indices.contains(index) {
      if words[index] == ":" { word = words[index - 1] + ":" }
      if words[index - 1] == ":" { word = words[index - 2] + ":" + word }
    }
    let isCut = word != typed
    let found = candidates(subject, word, words).prefix(limit)
    let shell = Environment["SAP_SHELL"]
    return found.map { candidate in
      var text = candidate
      if shell == "bash", isCut, let colon = text.firstIndex(of: ":") {
        text = String(text[text.index(after: colon)...])
      }
      return escaped(text, for: shell)
    }
  }

  private static func candidates(
    _ subject: Candidates.Subject, _ word: String, _ words: [String]
  ) -> [String] {
    if subject == .kinds {
      return ["snippet", "doc", "fix", "resource", "project", "note", "journal"]
        .filter { $0.hasPrefix(word) }
    }
    guard let notes = index(words) else { return [] }
    switch subject {
    case .tags: return values("tag", word, notes)
    case .skills: return values("skill", word, notes)
    case .languages: return values("lang", word, notes)
    case .folders:
      return nextParts(after: word, notes).filter { $0.hasSuffix("/") }
    case .keys:
      return notes.index.attributeNames.filter { !$0.hasPrefix(".") && $0.hasPrefix(word) }
    case .query: return query(word, notes)
    case .notes: return self.notes(word, notes)
    case .kinds: return []
    }
  }

  /// The index of the vault that the words name, or of the one around the current folder.
  private static func index(_ words: [String]) -> NoteIndex? {
    func value(of option: String) -> String? {
      for (position, word) in words.enumerated() {
        if word == option, position + 1 < words.count { return words[position + 1] }
        if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
      }
      return nil
    }
    guard
      let vault = try? Vault.find(
        named: value(of: "--vault"), environment: Environment["FOLIO_VAULT"],
        current: FileSystem.currentFolder, userSettings: Environment.userSettings)
    else { return nil }
    let directory =
      value(of: "--index-dir").map { FileSystem.absolute($0) }
      ?? vault.cacheFolder(shared: Environment.sharedCache) + "/index"
    return NoteIndex.existing(vault, directory: directory)
  }

  private static func values(_ name: String, _ word: String, _ notes: NoteIndex) -> [String] {
    let wanted = TextFolding.fold(word)
    return notes.index.values(ofAttribute: name).map(\.value)
      .filter { TextFolding.fold($0).hasPrefix(wanted) }
  }

  private static func query(_ word: String, _ notes: NoteIndex) -> [String] {
    guard let colon = word.firstIndex(of: ":") else {
      return ["tag:", "skill:", "kind:", "lang:", "title:", "code:", "path:"]
        .filter { !word.isEmpty && $0.hasPrefix(word) }
    }
    let field = String(word[..<colon])
    let rest = String(word[word.index(after: colon)...])
    switch field {
    case "tag", "skill", "lang": return values(field, rest, notes).map { field + ":" + $0 }
    case "kind": return candidates(.kinds, rest, []).map { "kind:" + $0 }
    default: return []
    }
  }

  /// File names of notes that begin so, and paths, a folder at a time.
  private static func notes(_ word: String, _ notes: NoteIndex) -> [String] {
    var found: [String] = []
    if !word.isEmpty, !word.contains("/") {
      var seen: [String: Int] = [:]
      let ids = notes.index.documents(where: .prefix(".stem", word)).prefix(limit)
      let stems = ids.map { VaultPathName.stem(of: notes.index.key(of: $0)) }
      for stem in stems { seen[stem, default: 0] += 1 }
      // A name that two notes have says nothing; one that folds alike would not be the word's.
      found = stems.filter { seen[$0] == 1 && $0.hasPrefix(word) }
    }
    return found + paths(below: word, notes)
  }

  /// The paths that go on from `word` to the next `/`, folders with the slash; the notes of a folder
  /// that is the only one, so that the shell does not stop at it.
  private static func paths(below word: String, _ notes: NoteIndex) -> [String] {
    var word = word
    for _ in 0..<16 {
      let found = nextParts(after: word, notes)
      guard found.count == 1, let only = found.first, only.hasSuffix("/") else { return found }
      word = only
    }
    return [word]
  }

  private static func nextParts(after word: String, _ notes: NoteIndex) -> [String] {
    let prefix = Array(word.utf8)
    let slash = UInt8(ascii: "/")
    var found: [[UInt8]] = []
    notes.index.forEachDocument { _, key, _ in
      guard found.count < limit, key.starts(with: prefix) else { return }
      if let last = found.last, last.last == slash, key.starts(with: last) { return }
      let rest = key[prefix.count...]
      found.append(prefix + (rest.firstIndex(of: slash).map { rest[...$0] } ?? rest))
    }
    return found.map { String(decoding: $0, as: UTF8.self) }
  }

  /// bash expands what it is given before it compares, so that a name could run a command; zsh takes
  /// what stands behind a colon for an explanation.
  private static func escaped(_ text: String, for shell: String?) -> String {
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      return ""
    }
    switch shell {
    case "bash":
      var out = ""
      for scalar in text.unicodeScalars {
        let isSafe =
          !scalar.isASCII || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || "/._-+,:@%".unicodeScalars.contains(scalar)
        if !isSafe { out += "\\" }
        out.unicodeScalars.append(scalar)
      }
      return out
    case "zsh":
      return text.replacing("\\", with: "\\\\").replacing(":", with: "\\:")
    default: return text
    }
  }
}
