/// Guesses the language of a piece of code from its shape.
///
/// Every language collects points for marks that are its own; the best wins when it has at least two
/// and more than the second. Text without such marks has no language.
public enum LanguageGuess {
  /// The name of the language as it stands behind a code fence, or nil.
  ///
  /// Reads at most the first 200 lines.
  public static func language(of code: String) -> String? {
    let lines = code.split(maxSplits: 200, whereSeparator: \.isNewline)
      .prefix(200).map { trimmed($0) }.filter { !$0.isEmpty }
    guard let first = lines.first else { return nil }
    if first.hasPrefix("#!") { return shebang(first) }
    if let markup = markup(first, lines) { return markup }
    var points: [String: Int] = [:]
    for line in lines { score(line, &points) }
    let ranked = points.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    guard let best = ranked.first, best.value >= 2 else { return nil }
    if ranked.count > 1, ranked[1].value == best.value { return nil }
    return best.key
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

  /// Languages that show in how the text begins and ends.
  private static func markup(_ first: String, _ lines: [String]) -> String? {
    let last = lines.last ?? first
    if first.hasPrefix("{") || first.hasPrefix("[") {
      let isObject = last.hasSuffix("}") || last.hasSuffix("]")
      let second = first.count > 1 ? first : (lines.dropFirst().first ?? "")
      if isObject, second.contains("\"") || second == "[]" || second == "{}",
        lines.allSatisfy({ !$0.hasSuffix(";") && !$0.hasPrefix("//") })
      {
        return "json"
      }
    }
    if first.hasPrefix("<!DOCTYPE") || first.hasPrefix("<html") || first.hasPrefix("<div") {
      return "html"
    }
    if first.hasPrefix("<?xml") { return "xml" }
    if first.hasPrefix("FROM "), lines.contains(where: { $0.hasPrefix("RUN ") }) {
      return "dockerfile"
    }
    if first.hasPrefix("diff --git") || first.hasPrefix("--- a/") { return "diff" }
    return nil
  }

  private static let shellCommands: Set<String> = [
    "apt", "apt-get", "awk", "brew", "cat", "cd", "chmod", "chown", "cp", "curl", "cut", "docker",
    "echo", "env", "export", "find", "git", "grep", "gzip", "helm", "kill", "kubectl", "ls", "make",
    "mkdir", "mv", "npm", "pip", "ps", "psql", "rm", "rsync", "scp", "sed", "sort", "source", "ssh",
    "sudo", "systemctl", "tail", "tar", "tee", "terraform", "touch", "wc", "wget", "xargs",
    "airflow",
    "dbt", "aws", "gcloud", "jq", "python", "python3", "node", "npx", "yarn", "cargo", "go",
    "swift",
  ]

  private static func score(_ line: String, _ points: inout [String: Int]) {
    func add(_ language: String, _ count: Int) { points[language, default: 0] += count }
    let words = line.split(separator: " ")
    let head = words.first.map(String.init) ?? ""
    let upper = head.uppercased()

    // SQL: statements begin with a verb, whatever its case.
    switch upper {
    case "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "MERGE", "WITH", "DROP",
      "TRUNCATE", "EXPLAIN":
      if words.count > 1, !line.hasSuffix(":"), !line.contains("=>"), !line.contains(" as e"),
        head == upper || line.uppercased().contains(" FROM ") || line.hasSuffix(";")
      {
        add("sql", 3)
      }
    case "FROM", "WHERE", "JOIN", "GROUP", "ORDER", "LEFT", "HAVING", "VALUES", "LIMIT", "INNER":
      if !line.contains(" import "), head == upper { add("sql", 2) }
    default: break
    }
    if line.hasPrefix("-- ") { add("sql", 1) }

    // Python
    if line.hasPrefix("import "), !line.hasSuffix(";"), !line.contains(" from "),
      !line.contains("\"")
    {
      add("python", 2)
    }
    if line.hasPrefix("from "), line.contains(" import ") { add("python", 4) }
    if (line.hasPrefix("def ") || line.hasPrefix("class ") || line.hasPrefix("async def ")),
      line.hasSuffix(":")
    {
      add("python", 4)
    }
    if line.hasSuffix(":"),
      ["if", "elif", "for", "while", "with", "try:", "except", "else:", "except:"].contains(head)
    {
      add("python", 2)
    }
    if line.hasPrefix(">>> ") { add("python", 3) }
    if line.hasPrefix("print(") || line.hasPrefix("@")
      || line.hasPrefix("self.") || line.contains(" = [") && line.contains(" for ")
    {
      add("python", 1)
    }

    // JavaScript
    if ["const", "let", "var"].contains(head), line.contains("=") { add("javascript", 3) }
    if line.contains("=>") || line.hasPrefix("function ") || line.contains("console.log")
      || line.contains("===") || line.hasPrefix("document.") || line.contains("function (")
      || line.contains("function(") || line.contains("await ") && line.hasSuffix(";")
    {
      add("javascript", 2)
    }
    if line.hasPrefix("import "), line.contains(" from "), line.contains("'") || line.contains("\"")
    {
      add("javascript", 4)
    }
    if line.hasSuffix(");") || line.hasSuffix("});") { add("javascript", 1) }

    // Go
    if line.hasPrefix("package "), words.count == 2, !line.hasSuffix(";") { add("go", 4) }
    if line.hasPrefix("func "), line.hasSuffix("{") { add("go", 3) }
    if line.contains(":=") { add("go", 2) }
    if line.hasPrefix("fmt.") || line.contains("err != nil")
      || line.hasPrefix("type ")
        && line.contains(" struct")
    {
      add("go", 3)
    }

    // Ruby
    if line == "end" { add("ruby", 2) }
    if line.hasPrefix("def "), !line.hasSuffix(":") { add("ruby", 2) }
    if line.hasPrefix("puts ") || line.hasPrefix("require '") || line.hasPrefix("require \"")
      || line.hasPrefix("attr_") || line.contains(" do |") || line.contains(".each {")
      || line.hasPrefix("require_relative") || line.hasPrefix("it '") || line.hasPrefix("expect(")
    {
      add("ruby", 3)
    }
    if line.hasPrefix("#=>") || line.hasPrefix("# =>") || line.hasPrefix("=> ") { add("ruby", 2) }

    // Shell
    if head == "$" || head == "#" && words.count > 2 && shellCommands.contains(String(words[1])) {
      add("bash", 3)
    }
    if shellCommands.contains(head), !line.hasSuffix(";"), !line.hasSuffix(":"),
      !line.contains(" = ")
    {
      add("bash", 2)
    }
    if line.contains(" | ") || line.contains(" && ") || line.hasSuffix("\\") { add("bash", 1) }
    if ["fi", "done", "esac", "then"].contains(line) || line.hasSuffix("; then")
      || line.hasSuffix("; do")
    {
      add("bash", 3)
    }
    if line.contains("=$(") || line.hasPrefix("export ") { add("bash", 2) }

    // YAML
    if let colon = line.firstIndex(of: ":"), !line.hasSuffix(";"), !line.hasSuffix("{") {
      let key = line[..<colon].drop { $0 == "-" || $0 == " " }
      let behind = line[line.index(after: colon)...]
      let isKey =
        !key.isEmpty
        && key.allSatisfy { $0.isLetter || $0.isNumber || "_-./".contains($0) }
      if isKey, behind.isEmpty || behind.hasPrefix(" "), !behind.hasSuffix(",") { add("yaml", 1) }
    }
    if line.hasPrefix("- "), !line.hasSuffix(";") { add("yaml", 1) }
    if line.hasPrefix("apiVersion:") || line == "---" { add("yaml", 2) }
  }
}
