/// Guesses the language of a piece of code from its shape.
///
/// Every language collects points for marks that are its own; the best wins when it has at least two
/// and more than the second. Text without such marks has no language.
public enum LanguageGuess {
  /// The name of the language as it stands behind a code fence, or nil.
  ///
  /// Reads at most the first 200 lines, of each at most 400 characters.
  public static func language(of code: String) -> String? {
    let written = withoutBlockTexts(
      code.split(maxSplits: 200, whereSeparator: \.isNewline).prefix(200).map { $0.prefix(400) })
    let lines = written.map(trimmed).filter { !$0.isEmpty }
    guard let first = lines.first else { return nil }
    if first.hasPrefix("#!"), let named = shebang(first) { return named }
    if isPrompt(first) { return "bash" }
    if let markup = markup(first, lines) { return markup }
    var points: [String: Int] = [:]
    // The word that ends a text inside the code, and whose language that text is not.
    var hereDocument: String?
    var isLongText = false
    for line in lines {
      // What stands in a long text of Python is of another language.
      let quotes = line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count - 1
      if quotes > 0 { points["python", default: 0] += 4 }
      if isLongText || quotes > 0 {
        if quotes % 2 == 1 { isLongText.toggle() }
        continue
      }
      if let end = hereDocument {
        if line == end { hereDocument = nil }
        continue
      }
      hereDocument = Self.hereDocument(in: line)
      score(withoutPrompt(line), &points)
    }
    let ranked = points.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard let best = ranked.first, best.value >= 2 else {
      return lines.allSatisfy(isCommand) ? "bash" : nil
    }
    let equals = ranked.prefix { $0.value == best.value }.map(\.key)
    if equals.count == 1 { return best.key }
    // Both write assignments alike; the one that is met more often.
    return Set(equals) == ["python", "ruby"] ? "python" : nil
  }

  /// The lines without those of texts in YAML, which are of another language.
  private static func withoutBlockTexts(_ lines: [Substring]) -> [Substring] {
    var kept: [Substring] = []
    var indent: Int?
    for line in lines {
      let own = line.prefix { $0 == " " }.count
      if let indent, own > indent || line.allSatisfy(\.isWhitespace) { continue }
      indent = beginsBlockText(trimmed(line)) ? own : nil
      kept.append(line)
    }
    return kept
  }

  /// Words that sentences have and commands have not.
  private static let proseWords: Set<Substring> = [
    "a", "an", "and", "are", "as", "be", "but", "by", "can", "for", "from", "has", "have", "how",
    "i",
    "if", "in", "is", "it", "its", "not", "of", "on", "or", "our", "so", "that", "the", "then",
    "this",
    "to", "was", "we", "what", "when", "with", "you", "your", "more", "see", "one", "all",
  ]

  /// Whether a line could be a command that nobody has heard of: a word in small letters, and words
  /// behind it of which one is no word of a language.
  private static func isCommand(_ line: String) -> Bool {
    let words = line.split(separator: " ")
    guard (2...10).contains(words.count), let first = words.first, let last = line.last,
      first.utf8.count > 1,
      first.utf8.allSatisfy({
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }),
      first.first?.isLetter == true, line.utf8.allSatisfy({ $0 < 0x80 }), !".,:;!?".contains(last)
    else { return false }
    return !words.contains { proseWords.contains($0) }
      && words.dropFirst().contains { word in
        word.contains(where: \.isLetter) && word.contains { $0.isNumber || "/-.=<$*@".contains($0) }
      }
  }

  /// The word behind `<<`, `<<-` or `<<~` that will end a text: `EOF`, `SQL`.
  private static func hereDocument(in line: String) -> String? {
    guard let mark = line.firstRange(of: "<<") else { return nil }
    let word = line[mark.upperBound...].drop { "-~ '\"".contains($0) }
      .prefix { $0.isUppercase || $0 == "_" }
    return word.count > 1 ? String(word) : nil
  }

  private static func trimmed(_ line: Substring) -> String {
    var line = line
    while line.last?.isWhitespace == true { line.removeLast() }
    while line.first?.isWhitespace == true { line.removeFirst() }
    return String(line)
  }

  private static func shebang(_ line: String) -> String? {
    for (word, language) in [
      ("python", "python"), ("bash", "bash"), ("zsh", "bash"), ("node", "javascript"),
      ("ruby", "ruby"), ("perl", "perl"), ("/sh", "bash"),
    ] where line.contains(word) {
      return language
    }
    return nil
  }

  /// A line behind the prompt of a shell.
  static func isPrompt(_ line: String) -> Bool {
    if ["$ ", "❯ ", "➜ ", "~ $ ", "/# "].contains(where: { line.hasPrefix($0) }) { return true }
    // `root@web:/data# ls`
    guard let end = line.firstIndex(of: " "), let sign = line[..<end].last, "#$%".contains(sign)
    else { return false }
    let place = line[..<end]
    guard let at = place.firstIndex(of: "@") else { return false }
    return at > place.startIndex && place[at...].contains(":")
  }

  /// The line without the prompt of an interpreter.
  private static func withoutPrompt(_ line: String) -> String {
    for prompt in ["> ", "sqlite> ", "mysql> ", "postgres=# ", "irb> "] where line.hasPrefix(prompt)
    {
      return String(line.dropFirst(prompt.count))
    }
    return line
  }

  /// Languages that show in how the text begins and ends.
  private static func markup(_ first: String, _ lines: [String]) -> String? {
    if isJSON(lines) { return "json" }
    let lower = first.lowercased()
    if ["<!doctype", "<html", "<div", "<head", "<body", "<p>", "<ul", "<table", "<script", "<form"]
      .contains(where: { lower.hasPrefix($0) }), !lines.contains(where: { $0.hasPrefix("import ") })
    {
      return "html"
    }
    if lower.hasPrefix("<?xml") { return "xml" }
    if first.hasPrefix("FROM "), lines.contains(where: { $0.hasPrefix("RUN ") }) {
      return "dockerfile"
    }
    if first.hasPrefix("diff --git") || first.hasPrefix("--- a/") { return "diff" }
    return nil
  }

  /// Whether lines are those of JSON, whole or a part of it: quoted keys, brackets and literals.
  private static func isJSON(_ lines: [String]) -> Bool {
    guard let first = lines.first?.first, "{[\"".contains(first) || lines[0].hasPrefix("//") else {
      return false
    }
    var keys = 0
    for line in lines {
      guard let start = line.first, let end = line.last else { continue }
      if line.hasPrefix("//") || line.hasPrefix("...") || line.hasPrefix("…") { continue }
      let isLiteral = "tfn-0123456789".contains(start) && !line.contains("=") && !line.contains("(")
      guard "{}[]\"".contains(start) || isLiteral, end != ";", end != ")",
        end != ":" || start == "\""
      else { return false }
      if line.contains("\":") || line.contains("\" :") { keys += 1 }
    }
    if keys > 0 {
      return !lines[0].contains("=>")
        && !lines.contains { $0.contains(" = ") && !$0.contains("\":") }
    }
    return lines[0].first == "[" && "[]{},".contains(lines[lines.count - 1].last ?? " ")
      && !lines.contains { $0.contains(":") || $0.contains("=") || $0.contains("(") }
  }
}
