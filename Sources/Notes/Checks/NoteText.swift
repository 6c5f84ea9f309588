internal import Markup

/// What stands in the text of a note: left-over merges, code without a language, secrets, nothing.
enum NoteText {
  static func check(_ note: Note) -> [Finding] {
    var findings: [Finding] = []
    func add(_ position: TextPosition, _ rule: Finding.Rule, _ message: String) {
      findings.append(Finding(note.path.description, position, rule, message))
    }
    let isEmpty = note.bytes[note.frontMatter.bodyStart...].allSatisfy {
      $0 == 0x20 || (0x09...0x0D).contains($0)
    }
    let says = note.frontMatter.entries.contains { entry in
      ["url", "error", "cause", "fix", "description", "summary", "impact", "metrics"].contains(
        entry.name.lowercased()) && !entry.value.isNull
    }
    if isEmpty, !says, note.frontMatter.error == nil {
      add(TextPosition(line: 1, column: 1), .emptyNote, "there is nothing in this note")
    }
    for block in note.markdown.codeBlocks where block.isFenced && block.info.isEmpty {
      add(
        TextPosition(line: block.lines.lowerBound, column: 1), .codeLanguage,
        "this code names no language; write it behind the fence: ```sh")
    }
    for line in conflicts(in: note) {
      add(
        TextPosition(line: line, column: 1), .conflict,
        "a merge was left half-way here; keep what is right and delete the markers")
    }
    return findings + VaultCheck.secrets(in: note.bytes, at: note.path)
  }

  /// Lines that begin both sides of a merge; in code they are text.
  private static func conflicts(in note: Note) -> [Int] {
    let bytes = note.bytes
    let opening = Array("<<<<<<< ".utf8)
    let closing = Array(">>>>>>> ".utf8)
    guard let first = firstIndex(of: opening, in: bytes, from: 0),
      firstIndex(of: closing, in: bytes, from: first) != nil
    else { return [] }
    var lines: [Int] = []
    var line = 1
    var at = 0
    while at < bytes.count {
      if bytes[at...].starts(with: opening),
        !note.markdown.codeBlocks.contains(where: { $0.lines.contains(line) })
      {
        lines.append(line)
      }
      guard let feed = bytes[at...].firstIndex(of: 0x0A) else { break }
      at = feed + 1
      line += 1
    }
    return lines
  }

  /// Where a line begins with `mark`.
  private static func firstIndex(of mark: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return bytes.withUnsafeBufferPointer { bytes in
      var at = start
      while at + mark.count <= bytes.count {
        if bytes[at] == mark[0], at == 0 || bytes[at - 1] == 0x0A,
          bytes[at..<at + mark.count].elementsEqual(mark)
        {
          return at
        }
        at += 1
      }
      return nil
    }
  }
}

extension VaultCheck {
  /// The secrets in the bytes of a file, as findings.
  public static func secrets(in bytes: [UInt8], at path: VaultPath) -> [Finding] {
    let secrets = SecretScan.findings(in: bytes)
    guard !secrets.isEmpty else { return [] }
    let lines = LineTable(bytes, offset: 0)
    return secrets.map { secret in
      Finding(
        path.description, lines.position(of: secret.range.lowerBound), .secret,
        "\(secret.message); take it out, or write \(SecretFinding.allowance) on its line")
    }
  }
}
