/// What `pdfinfo`, `pdffonts` and `pdfimages -list` of poppler tell about a PDF, as findings.
public enum PDFFacts {
  /// Lines of a name, a colon and a value.
  public static func ofInfo(_ text: String) -> [LintFinding] {
    var facts: [String: String] = [:]
    for line in text.split(whereSeparator: \.isNewline) {
      guard let colon = line.firstIndex(of: ":") else { continue }
      facts[String(line[..<colon])] = String(line[line.index(after: colon)...]).trimmed
    }
    var findings: [LintFinding] = []
    func report(
      _ severity: LintFinding.Severity, _ rule: String, _ message: String, _ remedy: String
    ) {
      findings.append(
        LintFinding(severity: severity, rule: rule, line: nil, message: message, remedy: remedy))
    }
    if facts["Encrypted"]?.hasPrefix("yes") == true {
      report(.error, "encrypted", "it is locked", "Make it without a password.")
    }
    if facts["Tagged"] == "no" {
      report(
        .hint, "not-tagged", "it has no structure: headings and lists are only seen",
        "Make it with tags; screen readers go by them.")
    }
    if facts["Title"]?.isEmpty ?? true {
      report(
        .hint, "no-title", "it has no title of its own", "Set it to your name and what you are.")
    }
    return findings
  }

  /// A table with a line of dashes under its head: name, type, encoding, emb, sub, uni, object, ID.
  public static func ofFonts(_ text: String) -> [LintFinding] {
    var findings: [LintFinding] = []
    let rows = text.split(whereSeparator: \.isNewline).drop { !$0.hasPrefix("---") }.dropFirst()
    for row in rows {
      let cells = row.split(separator: " ").map(String.init)
      // From the end, since names and types have spaces: emb sub uni object ID.
      guard cells.count >= 7, let name = cells.first else { continue }
      let flags = Array(cells[(cells.count - 5)...(cells.count - 3)])
      let plain = name.split(separator: "+").last.map(String.init) ?? name
      if flags[0] == "no" {
        findings.append(
          LintFinding(
            severity: .warning, rule: "font-not-embedded", line: nil,
            message: "the font \(plain) is not in it",
            remedy: "Embed it: elsewhere another font takes its place."))
      }
      if flags[2] == "no", row.contains("Type 3") || row.contains("Identity") {
        findings.append(
          LintFinding(
            severity: .error, rule: "font-without-text", line: nil,
            message: "the letters of the font \(plain) cannot be read back",
            remedy: "Make it with a font that says which letter each shape is."))
      }
    }
    return findings
  }

  /// A table with a line of dashes under its head, a picture a line.
  public static func ofImages(_ text: String) -> [LintFinding] {
    let rows = text.split(whereSeparator: \.isNewline).drop { !$0.hasPrefix("---") }.dropFirst()
    let count = rows.count { $0.contains(" image ") }
    guard count > 0 else { return [] }
    return [
      LintFinding(
        severity: .hint, rule: "picture", line: nil,
        message: count == 1 ? "there is a picture in it" : "there are \(count) pictures in it",
        remedy: "Programs do not see it, and a photograph invites judging by looks.")
    ]
  }
}
