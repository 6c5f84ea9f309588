/// What the keys of a note's front matter say, against what they can say.
enum NoteValues {
  private static let dates = [
    "created", "date", "modified", "updated", "lastmod", "verified", "start", "end",
  ]

  /// - Parameter fresh: Notes verified before this day are stale.
  static func check(_ note: Note, fresh: String) -> [Finding] {
    var findings: [Finding] = []
    let frontMatter = note.frontMatter
    func add(_ position: TextPosition, _ rule: Finding.Rule, _ message: String) {
      findings.append(Finding(note.path.description, position, rule, message))
    }
    for entry in frontMatter.entries {
      if let near = NoteKey.similar(to: entry.name), frontMatter.root?[near] == nil {
        add(entry.key.position, .unknownKey, "\(entry.name) means nothing; did you mean \(near)?")
      }
      guard let text = entry.value.text else { continue }
      switch NoteKey.type(of: entry.name) {
      case .visibility where !["public", "private"].contains(text):
        add(
          entry.value.position, .badValue,
          "visibility is public or private, not \(text); the note counts as not public")
      case .number(let range) where entry.name.lowercased() == "difficulty":
        if Int(text).map(range.contains) != true {
          add(entry.value.position, .badValue, "difficulty is a number from 1 to 5, not \(text)")
        }
      default: break
      }
    }
    if let kind = frontMatter.value("kind"), let text = kind.text, NoteKind(typed: text) == nil {
      let near = Similar.closest(to: text, among: NoteKind.allCases.map(\.rawValue))
      add(
        kind.position, .unknownKind,
        "\(text) is not a kind of note" + (near.map { "; did you mean \($0)?" } ?? ""))
    }
    for key in dates {
      guard let node = frontMatter.root?[key], let text = node.text, NoteDate(text) == nil,
        text != "present"
      else { continue }
      let better = rewritten(text)
      add(
        node.position, .badDate,
        "\(key): \(text) is not a date such as 2026-11-22"
          + (better.map { "; it may be written \($0)" } ?? ""))
      if let better, let edit = try? FrontMatterEdit(note),
        let edited = try? edit.setting(key, to: .text(better))
      {
        findings[findings.count - 1].fix = [.between(note.bytes, edited)]
      }
    }
    if let node = frontMatter.root?["verified"], let text = node.text, let date = NoteDate(text),
      date.day < fresh
    {
      add(
        node.position, .stale,
        "last verified on \(date.day); 'folio verify \(note.path.stem)' when it is still right")
    }
    return findings
  }

  /// A date that can only be read in one way, in the usual form: `2026/1/5` as `2026-01-05`.
  static func rewritten(_ text: String) -> String? {
    let parts = text.split { "/.-".contains($0) }.map(String.init)
    guard parts.count == 3, parts[0].utf8.count == 4,
      parts.dropFirst().allSatisfy({ (1...2).contains($0.utf8.count) }),
      parts.allSatisfy({ Int($0) != nil })
    else { return nil }
    let padded = parts.map { $0.utf8.count == 1 ? "0" + $0 : $0 }.joined(separator: "-")
    return NoteDate(padded) == nil ? nil : padded
  }
}
