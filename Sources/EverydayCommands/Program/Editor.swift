internal import Notes

/// The person's editor: `$VISUAL`, `$EDITOR`, or one that is installed.
enum Editor {
  /// The words of the command that opens a file, at a line when that is known.
  ///
  /// - Parameter command: What the variable holds; an editor with options, such as `code --wait`,
  ///   is several words, of which one in quotes may hold spaces.
  static func command(_ command: String, opening path: String, line: Int?) -> [String] {
    var words = split(command)
    guard let program = words.first else { return [path] }
    let name = String(program.split(separator: "/").last ?? "")
    guard let line, line > 0 else { return words + [path] }
    switch name {
    case "code", "code-insiders", "codium", "vscodium", "cursor", "windsurf":
      words += ["--goto", "\(path):\(line)"]
    case "subl", "sublime_text", "zed", "zeditor", "hx", "helix", "lapce", "gvim.exe":
      words.append("\(path):\(line)")
    case "mate", "bbedit": words += ["-l", String(line), path]
    case "idea", "pycharm", "goland", "webstorm", "rubymine", "clion":
      words += ["--line", String(line), path]
    case "kate", "kwrite": words += ["-l", String(line), path]
    case "vi", "vim", "nvim", "gvim", "mvim", "view", "nano", "pico", "emacs", "emacsclient",
      "micro",
      "kak", "joe", "jed", "mg", "ne", "vis", "gedit", "mousepad":
      words += ["+\(line)", path]
    default: words.append(path)
    }
    return words
  }

  /// Opens a file of the vault, waits until the editor is closed, and keeps for `folio undo` what it
  /// changed.
  static func open(_ path: VaultPath, line: Int? = nil, in vault: Vault, title: String) throws {
    let before = try? FileSystem.read(vault.absolute(path))
    defer {
      if let before, let after = try? FileSystem.read(vault.absolute(path)) {
        vault.changeLog?.record(title, path, from: before, to: after)
      }
    }
    try open(vault.absolute(path), line: line)
  }

  /// Opens a file and waits until the editor is closed.
  static func open(_ path: String, line: Int? = nil) throws {
    let chosen =
      [Environment["VISUAL"], Environment["EDITOR"]].compactMap { $0 }
      .first { !split($0).isEmpty }
    let fallback = ["nvim", "vim", "nano", "vi"].first { Environment.program($0) != nil }
    guard let editor = chosen ?? fallback else {
      throw Failure(
        .badInput, "no editor is set; the note is saved in \(path)",
        "Set $EDITOR, such as 'export EDITOR=vim'.")
    }
    let words = command(editor, opening: path, line: line)
    var reason: String
    do {
      let code = try ChildProcess.runOnTerminal(words[0], Array(words.dropFirst()))
      if code == 0 { return }
      reason = "\(editor) ended with code \(code)"
    } catch let failure as Failure {
      reason = failure.message
    }
    throw Failure(
      .badInput, "\(reason); the note is saved in \(path)",
      "Set $EDITOR to your editor, or open the note with it.")
  }

  /// Words apart at spaces; quotes hold a word together.
  private static func split(_ command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var quote: Character?
    var isWord = false
    for character in command {
      if let open = quote {
        if character == open { quote = nil } else { word.append(character) }
      } else if character == "\"" || character == "'" {
        quote = character
        isWord = true
      } else if character.isWhitespace {
        if isWord { words.append(word) }
        word = ""
        isWord = false
      } else {
        word.append(character)
        isWord = true
      }
    }
    if isWord { words.append(word) }
    return words
  }
}
