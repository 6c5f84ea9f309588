/// What can go wrong with a vault and its notes. Each case says what happened and what to do.
public enum VaultError: Error, Equatable, Sendable {
  case noVault(from: String)
  case notAFolder(String)
  case file(FileError)
  case pathOutsideVault(String)
  case linkOutsideVault(path: String, target: String)
  case noSuchNote(String, similar: [String])
  case ambiguousNote(String, candidates: [String])
  case unknownKind(String, similar: String?)
  case unreadableFrontMatter(path: String, position: TextPosition, reason: String)
  case unsafeEdit(path: String, reason: String)
  case changedMeanwhile(String)
  case changedSince([String])
  case exists(String)
  case badName(String, reason: String)
  case badSettings(path: String, position: TextPosition, reason: String)
  case badTemplate(path: String, line: Int, reason: String)
  case badDate(String)
  case badTag(String)
  case noSuchTag(String, path: String, present: [String])
  case noSuchKey(String, path: String, present: [String])
  case badValue(key: String, value: String, expected: String)
  case badPattern(String, reason: String)
  case noSuchHeading(String, path: String, similar: [String])
  case ambiguousHeading(String, path: String, lines: [Int])
  case importOfVault(String)
  case nothingToSave
  case indexLocked(String)
  /// The index is not as it was written; whoever meets it rebuilds it.
  case indexDamaged(String)
  case index(String, remedy: String)

  /// What happened, and where.
  public var message: String {
    switch self {
    case .noVault(let folder): "there is no vault in \(folder) or above it"
    case .notAFolder(let path): "\(path) is no folder that can be opened"
    case .file(let error): "cannot \(error.operation) \(error.path): \(error.reason)"
    case .pathOutsideVault(let path): "\(path) is not a path inside the vault"
    case .linkOutsideVault(let path, let target):
      "\(path) is a symbolic link that leaves the vault, to \(target)"
    case .noSuchNote(let name, _): "there is no note \(name)"
    case .ambiguousNote(let name, let candidates):
      "\(name) could be \(candidates.count) notes: \(candidates.prefix(8).joined(separator: ", "))"
        + (candidates.count > 8 ? ", …" : "")
    case .unknownKind(let kind, _): "\(kind) is not a kind of note"
    case .unreadableFrontMatter(let path, let position, let reason):
      "\(path):\(position.line):\(position.column): the front matter cannot be read: \(reason)"
    case .unsafeEdit(let path, let reason): "\(path) was left as it is: \(reason)"
    case .changedMeanwhile(let path): "\(path) was changed by another program at the same moment"
    case .changedSince(let paths):
      "\(paths.prefix(8).joined(separator: ", "))\(paths.count > 8 ? ", …" : "") "
        + (paths.count == 1 ? "has" : "have") + " been changed since; nothing was taken back"
    case .exists(let path): "there is something at \(path) already"
    case .badName(let name, let reason): "\(name) cannot be the name of a note: \(reason)"
    case .badSettings(let path, let position, let reason):
      "\(path):\(position.line):\(position.column): \(reason)"
    case .badTemplate(let path, let line, let reason): "\(path):\(line): \(reason)"
    case .badDate(let text): "\(text) is not a date that can be read in one way"
    case .badTag(let tag): "\(tag) is not a tag"
    case .noSuchTag(let tag, let path, _): "\(path) has no tag \(tag)"
    case .noSuchKey(let key, let path, _): "\(path) has no key \(key)"
    case .badValue(let key, let value, let expected): "\(key) is \(expected), not \(value)"
    case .badPattern(let pattern, let reason): "the pattern \(pattern) cannot be used: \(reason)"
    case .noSuchHeading(let heading, let path, _): "\(path) has no heading \(heading)"
    case .ambiguousHeading(let heading, let path, let lines):
      "\(path) has the heading \(heading) on lines "
        + lines.prefix(8).map(String.init).joined(separator: ", ")
    case .importOfVault(let path):
      "\(path) is the vault itself, or one of the two lies in the other"
    case .nothingToSave: "there is nothing to save: no title and no text"
    case .indexLocked(let path): "another folio is writing the index \(path)"
    case .indexDamaged(let what): what
    case .index(let what, _): what
    }
  }

  /// What to type or change next.
  public var remedy: String {
    switch self {
    case .noVault:
      "Make one here with 'folio init', or name one with '--vault DIR' or $FOLIO_VAULT."
    case .notAFolder: "Name a folder that exists."
    case .file(let error):
      if error.isMissing {
        "Check the spelling; 'folio list' shows the notes."
      } else if error.isFull {
        "Free some space and run it again; nothing was changed."
      } else if error.isDenied {
        "Change its permissions, or run folio as the owner."
      } else {
        "Nothing was changed."
      }
    case .pathOutsideVault: "Use a path inside the vault, such as snippets/idea.md."
    case .linkOutsideVault: "Copy the file into the vault, or open it where it is."
    case .noSuchNote(_, let similar):
      similar.isEmpty
        ? "'folio list' shows the notes, 'folio search WORDS' finds them by their text."
        : "Did you mean \(similar.joined(separator: ", or "))?"
    case .ambiguousNote: "Use more of its path, such as snippets/name."
    case .unknownKind(_, let similar):
      (similar.map { "Did you mean \($0)? " } ?? "")
        + "The kinds are snippet, doc, fix, resource, project, journal and note."
    case .unreadableFrontMatter:
      "Mend the lines between the fences at the top of the note; nothing was changed."
    case .unsafeEdit: "Make this change in your editor."
    case .changedMeanwhile: "Run the command again."
    case .changedSince: "Take those changes out first, or mend the notes by hand."
    case .exists: "Choose another name; nothing was changed."
    case .badName: "Choose another name; a title can have what a name cannot."
    case .badSettings: "Mend that line; see 'folio help init' for the settings."
    case .badTemplate: "Mend that line; 'folio help add' lists what a template can use."
    case .badDate: "Write it as 2026-11-22, 2026-11, 'yesterday' or '2 weeks ago'."
    case .badTag: "Tags have letters, digits, '-', '_' and '/', and at least one is no digit."
    case .noSuchTag(let tag, _, let present):
      Similar.closest(to: tag, among: present).map { "Did you mean \($0)?" }
        ?? (present.isEmpty
          ? "It has no tags at all." : "It has \(present.joined(separator: ", ")).")
    case .noSuchKey(let key, _, let present):
      Similar.closest(to: key, among: present).map { "Did you mean \($0)?" }
        ?? (present.isEmpty
          ? "It has no front matter." : "It has \(present.joined(separator: ", ")).")
    case .badValue: "Give it another value; nothing was changed."
    case .badPattern: "Patterns are written as for 'grep -E'; put a \\ before signs meant as text."
    case .noSuchHeading(_, _, let similar):
      similar.isEmpty ? "It has no headings." : "It has \(similar.joined(separator: ", "))."
    case .ambiguousHeading: "Add the text in your editor: 'folio edit NOTE:LINE'."
    case .importOfVault: "Name a folder outside the vault; notes in it are in the vault already."
    case .nothingToSave:
      "Give a title ('folio add snippet \"Title\"') or pipe the text in."
    case .indexLocked: "Wait for it to end, or use '--no-refresh' to search what is there."
    case .indexDamaged: "Make it anew with 'folio index --rebuild'; it holds nothing but the index."
    case .index(_, let remedy): remedy
    }
  }
}
