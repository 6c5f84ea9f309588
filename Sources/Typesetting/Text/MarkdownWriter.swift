public import Manuscript

/// Writes a document as Markdown that reads the same on every forge.
public struct MarkdownWriter {
  private var lines: [String] = []

  public static func write(_ document: Document) -> String {
    var writer = MarkdownWriter()
    writer.add(document)
    return writer.lines.joined(separator: "\n") + "\n"
  }

  /// A table by itself.
  public static func table(_ table: Table) -> String {
    var writer = MarkdownWriter()
    writer.add(table)
    return writer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func add(_ document: Document) {
    let head = document.masthead
    lines.append("# " + Self.escaped(head.name))
    if !head.label.isEmpty { lines += ["", "**\(Self.escaped(head.label))**"] }
    if !head.contacts.isEmpty {
      lines += ["", head.contacts.map(Self.inline).joined(separator: " · ")]
    }
    for section in document.sections {
      lines += ["", "## " + Self.escaped(section.title)]
      for block in section.blocks { add(block) }
    }
  }

  private mutating func add(_ block: Block) {
    lines.append("")
    switch block {
    case .heading(let runs): lines.append("#### " + Self.inline(runs))
    case .paragraph(let runs, .lead): lines.append("*\(Self.inline(runs))*")
    case .paragraph(let runs, _): lines.append(Self.inline(runs))
    case .list(let items): for item in items { lines.append("- " + Self.inline(item)) }
    case .entry(let entry):
      var title = "### " + ([entry.title] + entry.details).map(Self.inline).joined(separator: ", ")
      if !entry.dates.isEmpty { title += " — " + Self.escaped(entry.dates) }
      lines.append(title)
      for block in entry.blocks { add(block) }
    case .labelled(let items):
      for (index, item) in items.enumerated() {
        let end = index + 1 < items.count ? "  " : ""
        lines.append("**\(Self.escaped(item.label))**: \(Self.inline(item.text))\(end)")
      }
    case .table(let table): add(table)
    case .figures(let figures):
      for figure in figures {
        let detail = figure.detail.isEmpty ? "" : " (\(Self.escaped(figure.detail)))"
        lines.append("- **\(Self.escaped(figure.value))** \(Self.escaped(figure.label))\(detail)")
      }
    case .chart(.timeline(let spans, _, _)):
      for span in spans {
        lines.append("- \(Self.escaped(span.dates)): \(Self.escaped(span.label))")
      }
    case .chart(let chart): add(chart.table)
    case .subheading(let runs, let level):
      lines.append(String(repeating: "#", count: min(6, max(3, level))) + " " + Self.inline(runs))
    case .code(let code): add(code)
    case .items(let list): add(list)
    case .quote(let blocks, let label):
      var inner = MarkdownWriter()
      if !label.isEmpty { inner.lines += ["", "**\(Self.escaped(label))**"] }
      for block in blocks { inner.add(block) }
      lines += inner.lines.dropFirst().map { $0.isEmpty ? ">" : "> " + $0 }
    case .image(let image):
      lines.append("![\(Self.escaped(image.alternative))](\(image.source.target))")
    }
  }

  private mutating func add(_ code: Code) {
    // The fence is longer than any row of ticks in the code.
    let longest = code.text.split { $0 != "`" }.map(\.count).max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    lines.append(fence + code.language.filter { !$0.isWhitespace && $0 != "`" })
    lines += code.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.append(fence)
  }

  private mutating func add(_ list: ItemList) {
    for (index, item) in list.items.enumerated() {
      var sign = list.start.map { "\($0 + index). " } ?? "- "
      let indent = String(repeating: " ", count: sign.count)
      if let isDone = item.isDone { sign += isDone ? "[x] " : "[ ] " }
      var inner = MarkdownWriter()
      for block in item.blocks { inner.add(block) }
      let all = inner.lines.drop { $0.isEmpty }
      lines += all.enumerated().map { number, line in
        number == 0 ? sign + line : line.isEmpty ? "" : indent + line
      }
    }
  }

  private mutating func add(_ table: Table) {
    func row(_ cells: [[Run]]) -> String {
      "| "
        + cells.map {
          Self.inline($0).split(separator: "|", omittingEmptySubsequences: false)
            .joined(separator: "\\|")
        }.joined(separator: " | ") + " |"
    }
    lines.append(row(table.header))
    lines.append(
      "|" + table.header.indices.map { table.numeric.contains($0) ? "---:|" : "---|" }.joined())
    for cells in table.rows { lines.append(row(cells)) }
  }

  static func inline(_ runs: [Run]) -> String {
    runs.map { run in
      var text = run.style == .code ? code(run.text) : escaped(run.text)
      let core = text.drop { $0 == " " }
      if run.style == .strong || run.style == .emphasis, !core.isEmpty {
        // Marks must touch the words: spaces stay outside.
        let lead = text.prefix(text.count - core.count)
        let trail = String(core.reversed().prefix { $0 == " " })
        let mark = run.style == .strong ? "**" : "*"
        text = lead + mark + core.dropLast(trail.count) + mark + trail
      }
      guard let link = run.link else { return text }
      let target = link.target.map { "()<>\\ ".contains($0) ? percent($0) : String($0) }.joined()
      return "[\(text)](\(target))"
    }.joined()
  }

  /// A code span whose marks are longer than any row of ticks in it.
  private static func code(_ text: String) -> String {
    let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
    let mark = String(repeating: "`", count: longest + 1)
    return longest > 0 ? "\(mark) \(text) \(mark)" : mark + text + mark
  }

  private static func percent(_ character: Character) -> String {
    character.utf8.map { "%" + String($0, radix: 16, uppercase: true) }.joined()
  }

  /// Text in which nothing is markup: no emphasis, link, HTML, heading or list by accident.
  static func escaped(_ text: String) -> String {
    var out = ""
    var isStart = true
    for (index, character) in text.enumerated() {
      switch character {
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\\", "`", "*", "[", "]", "|", "~", "$": out += "\\" + String(character)
      case "_":
        // Inside a word an underscore is no emphasis.
        let before = out.last?.isLetter == true || out.last?.isNumber == true
        out += before ? "_" : "\\_"
      case "&": out += "&amp;"
      case "#", "-", "+", "=", "!":
        out += isStart && index == 0 ? "\\" + String(character) : String(character)
      default: out.append(character)
      }
      isStart = false
    }
    // `1. ` at the beginning would be a list.
    let digits = out.prefix { $0.isNumber }
    if !digits.isEmpty, digits.count < 10, out.dropFirst(digits.count).hasPrefix(". ") {
      out = digits + "\\" + out.dropFirst(digits.count)
    }
    return out
  }
}
