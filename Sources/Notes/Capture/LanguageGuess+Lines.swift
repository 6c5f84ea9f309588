/// What single lines say of their language.
extension LanguageGuess {
  /// Adds what one line says to the points of the languages.
  static func score(_ line: String, _ points: inout [String: Int]) {
    func add(_ language: String, _ count: Int) {
      if count > 0 { points[language, default: 0] += count }
    }
    for (language, marks) in LanguageMarks.all { add(language, marks.points(line)) }
    add("sql", sql(line))
    add("python", python(line))
    add("ruby", ruby(line))
    add("bash", bash(line))
    add("yaml", yaml(line))
    add("css", css(line))
    add("go", go(line))
    if isSection(line) { add("ini", 4) }
  }

  /// Statements begin with a verb, whatever its case; their parts with words of their own.
  private static func sql(_ line: String) -> Int {
    let lower = line.lowercased()
    // Between head and rows of a printed table.
    var points = line.contains("-+-") ? 3 : line.hasPrefix("-- ") ? 2 : 0
    let words = lower.split { !$0.isLetter && $0 != "_" }
    // A command of the shell of a database: `\\dt+`.
    if lower.hasPrefix("\\"), lower.dropFirst().first?.isLetter == true { return 4 }
    guard let head = words.first, lower.hasPrefix(head), !lower.hasSuffix(":"),
      !lower.hasSuffix("{")
    else {
      return points
    }
    let second = words.count > 1 ? String(words[1]) : ""
    let rest = lower.dropFirst(head.count)
    switch head {
    case "select", "values", "having", "union", "returning":
      if rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix("(") && head != "select" {
        points += 5
      }
    case "grant", "revoke", "deallocate", "prepare", "execute":
      if words.count > 1, rest.hasPrefix(" "), !lower.contains(" = ") { points += 5 }
    case "declare", "do": if lower.hasSuffix("$$") || lower == "declare" { points += 4 }
    case "create", "alter", "drop", "truncate", "show", "explain", "analyze", "vacuum",
      "copy":
      let objects: Set<String> = [
        "table", "index", "view", "sequence", "role", "user", "database", "function", "type", "or",
        "unique", "temporary", "temp", "extension", "trigger", "schema", "select", "analyze",
        "query",
        "virtual", "materialized", "domain", "policy", "config", "indexes", "tables", "databases",
        "verbose",
      ]
      if objects.contains(second) { points += 5 }
      if head == "show", words.count == 2, lower.hasSuffix(";") { points += 5 }
      if head == "copy", lower.contains(" to '") || lower.contains(" from '") { points += 5 }
    case "insert": if second == "into" || second == "or" { points += 6 }
    case "delete": if second == "from" { points += 6 }
    case "update": if lower.contains(" set") || words.count == 2 { points += 4 }
    case "with": if lower.contains(" as (") || lower.hasSuffix(" as") { points += 6 }
    case "group", "order", "partition": if second == "by" { points += 6 }
    case "inner", "left", "right", "outer", "cross", "full", "natural":
      if lower.contains("join") { points += 6 }
    case "from", "join", "where", "limit", "on", "set", "offset":
      if rest.isEmpty || rest.hasPrefix(" "), !lower.contains(" import "), !lower.contains("'./") {
        points += head == "on" ? 1 : head == "set" && lower.contains("(") ? 1 : 4
      }
    case "case" where words.count == 1 && rest.isEmpty: points += 2
    case "when" where lower.contains(" then "): points += 3
    case "and", "or", "case", "when", "then", "else": points += words.count > 1 ? 1 : 0
    case "pragma": points += 5
    case "begin", "commit", "rollback": if lower.hasSuffix(";") { points += 3 }
    case "count", "sum", "max", "min", "avg", "coalesce", "cast", "json_extract", "row_number",
      "substr", "instr", "nullif", "length":
      if rest.hasPrefix("(") { points += 3 }
    default: break
    }
    for mark in [
      " varchar", " not null", " primary key", " integer", " text,", " references ", " case when ",
      "timestamptz", "::text", "::", " is null", " over (", " desc", " returning ", " from ",
      "substr(", "instr(", "coalesce(", "count(*)", " as integer)", " as text)",
    ] where lower.contains(mark) {
      points += 1
    }
    return points
  }

  private static func python(_ line: String) -> Int {
    var points = 0
    let opens = line.hasSuffix(":")
    let head = line.prefix { !$0.isWhitespace }
    if line.hasPrefix("import "), !line.hasSuffix(";"), !line.contains("\""), !line.contains("'"),
      !line.contains("{")
    {
      points += 3
    }
    if line.hasPrefix("from "), line.contains(" import ") { points += 8 }
    if opens, ["def", "class", "async"].contains(head) { points += 6 }
    if line.hasPrefix("def "), line.contains("(") { points += line.contains(" -> ") ? 4 : 1 }
    if opens, ["if", "for", "while", "with", "except", "elif"].contains(head) { points += 4 }
    if line.hasPrefix("@"), !line.contains(" = ") { points += 1 }
    if line.hasPrefix("# ") { points += 1 }
    if line.contains("': "), !line.hasSuffix(";") { points += 2 }
    // Arguments by name stand without spaces around the sign.
    if line.contains("("), line.contains("="), !line.contains(" =>"), !line.hasSuffix(";"),
      hasTightAssignment(line)
    {
      points += 2
    }
    points += assignment(line)
    return points
  }

  /// One point for `name = value` without a word before it and without a semicolon behind.
  private static func assignment(_ line: String) -> Int {
    guard let sign = line.firstIndex(of: "="), !line.hasSuffix(";") else { return 0 }
    let name = line[..<sign]
    guard name.last == " " else { return 0 }
    let isName = name.dropLast().allSatisfy {
      $0.isLetter || $0.isNumber || "_.,[]\"'".contains($0)
    }
    return isName && line[sign...].hasPrefix("= ") ? 2 : 0
  }

  /// `name=value` inside brackets.
  private static func hasTightAssignment(_ line: String) -> Bool {
    var before: Character = " "
    var depth = 0
    for (index, character) in zip(line.indices, line) {
      if character == "(" { depth += 1 }
      if character == "=", depth > 0, before.isLetter || before == "_" || before.isNumber {
        let next = line[line.index(after: index)...].first
        if let next, next != "=", next != ">", next != " ", next != "~" { return true }
      }
      before = character
    }
    return false
  }

  private static func ruby(_ line: String) -> Int {
    var points = 0
    if line.hasPrefix("def "), !line.hasSuffix(":") { points += line.contains(":") ? 2 : 4 }
    if line.hasPrefix("class "), !line.hasSuffix(":"), !line.hasSuffix("{") { points += 4 }
    if line.hasPrefix("if ") || line.hasPrefix("while "), !line.hasSuffix(":"),
      !line.hasSuffix("{"),
      !line.hasPrefix("if ["), !line.hasPrefix("if ("), !line.contains(";")
    {
      points += 2
    }
    if line.hasPrefix("# ") { points += 1 }
    // A symbol begins with a colon behind a space.
    var before: Character = " "
    var behindSpace = false
    for character in line {
      if before == ":", behindSpace, character.isLetter { points += 2 }
      behindSpace = character == ":" && (before == " " || before == "(" || before == "[")
      before = character
    }
    points += predicates(line)
    if line.hasPrefix("\"") || line.hasPrefix(":"), line.contains("\" => ") { points += 3 }
    if line.contains("("), !line.contains("{"), !line.hasSuffix(";"), hasNamedArgument(line) {
      points += 2
    }
    return points + assignment(line)
  }

  /// Calls such as `user.admin?`, which only Ruby has.
  private static func predicates(_ line: String) -> Int {
    var isMethod = false
    var before: Character = " "
    for character in line {
      if character == "." {
        isMethod = before.isLetter || before == "]" || before == ")" || before == "\""
      } else if character == "?" {
        if isMethod, before.isLetter { return 3 }
      } else if !(character.isLetter || character == "_") {
        isMethod = false
      }
      before = character
    }
    return 0
  }

  /// `(…, name: value)`, an argument by name.
  private static func hasNamedArgument(_ line: String) -> Bool {
    var depth = 0
    var before: Character = " "
    for (index, character) in zip(line.indices, line) {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ":", depth > 0, before.isLowercase || before == "_" {
        if line[line.index(after: index)...].hasPrefix(" ") { return true }
      }
      before = character
    }
    return false
  }

  private static func bash(_ line: String) -> Int {
    var points = 0
    let words = line.split(separator: " ")
    var head = words.first.map(String.init) ?? ""
    let second = words.count > 1 ? String(words[1]) : ""
    if isPrompt(line) { return 6 }
    if head.hasPrefix("--"), head.contains("=") { points += 2 }
    if head == "#" { return LanguageMarks.commands.contains(second) && words.count > 2 ? 1 : 0 }
    if let sign = head.firstIndex(of: "="), sign > head.startIndex,
      head[..<sign].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }), !head.hasSuffix("="),
      let last = line.last, !";,([{".contains(last)
    {
      points += 3
      head = second
    }
    let isStatement =
      !line.hasSuffix(";") && !line.hasSuffix(":") && second != "=" && !head.hasSuffix(":")
      // A line of a Gemfile.
      && !(head == "gem" && (second.hasPrefix("\"") || second.hasPrefix("'")))
    if LanguageMarks.commands.contains(head), isStatement { points += second.isEmpty ? 2 : 5 }
    // `kubectl-admin`, an alias of a program.
    if isStatement, words.count > 1, let dash = head.firstIndex(of: "-"),
      LanguageMarks.commands.contains(String(head[..<dash])),
      !LanguageMarks.commands.contains(head)
    {
      points += 3
    }
    if ["./", "../", "/usr/", "/bin/", "bin/", "~/"].contains(where: { head.hasPrefix($0) })
      || isStatement && head.hasSuffix(".sh")
    {
      points += 3
    }
    if isStatement, head.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) {
      for word in words.dropFirst() where word.hasPrefix("-") && word.count > 1 {
        let name = word.drop { $0 == "-" }
        if name.first?.isLetter == true { points += 2 }
      }
    }
    if isStatement, line.contains(" && ") { points += 2 }
    for (sign, word) in zip(words, words.dropFirst())
    where sign == "|" && LanguageMarks.commands.contains(String(word)) {
      points += 3
    }
    if line.hasSuffix(" \\") { points += 3 }
    if line.hasPrefix("for "), line.contains(" in "), line.hasSuffix(";") { points += 4 }
    if line.contains("; do ") || line.contains("; then ") || line.hasSuffix("; done") {
      points += 8
    }
    if ["fi", "done", "esac", "then", "do", "done;", "fi;"].contains(line)
      || line.hasSuffix("; then")
      || line.hasSuffix("; do")
    {
      points += 5
    }
    for mark in ["=$(", "\"$", " $(", "${", "2>&1", " >> ", "/dev/null", "<<EOF", "~/", " $"]
    where line.contains(mark) {
      points += 1
    }
    return points
  }

  /// Whether the lines that are indented more are a text of YAML: `key: |`, `- >-`.
  static func beginsBlockText(_ line: String) -> Bool {
    guard let sign = line.lastIndex(where: { $0 == "|" || $0 == ">" }),
      line[line.index(after: sign)...].allSatisfy({ "+-0123456789".contains($0) })
    else { return false }
    let before = line[..<sign]
    guard before.hasSuffix(": ") || before == "- " else { return false }
    return before.dropLast(2).allSatisfy {
      $0.isLetter || $0.isNumber || "_-./\"' ".contains($0)
    }
  }

  private static func yaml(_ line: String) -> Int {
    if line == "---" { return 4 }
    guard !line.hasSuffix(";"), !line.hasSuffix("{"), !line.hasSuffix(",") else { return 0 }
    let isItem = line.hasPrefix("- ")
    var points = isItem ? 1 : 0
    if line.hasPrefix("apiVersion:") || beginsBlockText(line) {
      points += 4
    }
    guard let colon = line.firstIndex(of: ":") else { return points }
    let key = line[..<colon].drop { $0 == "-" || $0 == " " }
    let behind = line[line.index(after: colon)...]
    let isKey =
      !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || "_-./\"'".contains($0) }
    if isKey, behind.isEmpty || behind.hasPrefix(" ") {
      let isBlock = ["else", "try", "finally", "except", "default"].contains(key)
      points += isBlock ? 0 : isItem ? 4 : 2
    }
    return points
  }

  /// `[section]` alone on its line, as in settings that look like assignments otherwise.
  private static func isSection(_ line: String) -> Bool {
    line.hasPrefix("[") && line.hasSuffix("]") && line.count > 2
      && line.dropFirst().dropLast().allSatisfy { $0.isLetter || "-_.".contains($0) }
  }

  private static func css(_ line: String) -> Int {
    if line.hasSuffix("{"), line.hasPrefix(".") || line.hasPrefix("#") || line.hasPrefix("@media") {
      return 3
    }
    guard line.hasSuffix(";"), let colon = line.firstIndex(of: ":"), !line.contains("(") else {
      return 0
    }
    return line[..<colon].allSatisfy { $0.isLowercase || $0 == "-" } ? 3 : 0
  }
}
