public import Manuscript

/// Writes a document as text for forms, terminals and mails: 78 columns, no markup.
public struct PlainTextWriter {
  static let width = 78
  private var lines: [String] = []

  public static func write(_ document: Document) -> String {
    var writer = PlainTextWriter()
    writer.add(document)
    return writer.lines.joined(separator: "\n") + "\n"
  }

  private mutating func add(_ document: Document) {
    let head = document.masthead
    lines.append(head.name)
    if !head.label.isEmpty { lines.append(head.label) }
    let contacts = head.contacts.map(\.text)
    if !contacts.isEmpty { add(contacts.joined(separator: " | ")) }
    for section in document.sections {
      lines += ["", "", section.title.uppercased(), ""]
      var wasShort = false
      for (index, block) in section.blocks.enumerated() {
        var isShort = false
        if case .entry(let entry) = block { isShort = entry.blocks.isEmpty }
        if index > 0, !(isShort && wasShort) { lines.append("") }
        wasShort = isShort
        add(block)
      }
    }
  }

  /// Breaks a text at spaces; a word longer than the line stays whole.
  private mutating func add(_ text: String, indent: String = "", hanging: String? = nil) {
    var line = indent
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > Self.width {
        lines.append(line)
        line = hanging ?? indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    if !isEmpty { lines.append(line) }
    for index in lines.indices.suffix(20) where lines[index].contains(Self.tie) {
      lines[index] = lines[index].replacing(Self.tie, with: " ")
    }
  }

  /// Stands for a space at which no line may end.
  private static let tie = "\u{1F}"

  /// The words of runs, with numbers tied to their units.
  private static func tied(_ runs: [Run]) -> String {
    runs.map { $0.style == .quantity ? $0.text.replacing(" ", with: tie) : $0.text }.joined()
  }

  private mutating func add(_ block: Block) {
    switch block {
    case .heading(let runs): add(runs.text + ":")
    case .paragraph(let runs, _): add(Self.tied(runs))
    case .list(let items):
      for item in items { add(Self.tied(item), indent: "- ", hanging: "  ") }
    case .entry(let entry): add(entry)
    case .labelled(let items):
      for item in items { add(item.label + ": " + item.text.text, hanging: "  ") }
    case .table(let table): add(table)
    case .figures(let figures):
      for figure in figures {
        add(
          "\(figure.value) \(figure.label)" + (figure.detail.isEmpty ? "" : " (\(figure.detail))"))
      }
    case .chart(let chart): add(chart)
    case .subheading(let runs, _): add(runs.text + ":")
    case .code(let code):
      lines += code.text.split(separator: "\n", omittingEmptySubsequences: false).map {
        "    " + $0
      }
    case .items(let list):
      for (index, item) in list.items.enumerated() {
        var sign = list.start.map { "\($0 + index). " } ?? "- "
        if let isDone = item.isDone { sign += isDone ? "[x] " : "[ ] " }
        add(indented(item.blocks), first: sign)
      }
    case .quote(let blocks, let label):
      if !label.isEmpty { add(label + ":", indent: "  ") }
      add(indented(blocks), first: "  ")
    case .image(let image):
      if !image.alternative.isEmpty { add("[\(image.alternative)]") }
    }
  }

  /// The lines of blocks by themselves.
  private func indented(_ blocks: [Block]) -> [String] {
    var inner = PlainTextWriter()
    for block in blocks { inner.add(block) }
    return inner.lines
  }

  private mutating func add(_ inner: [String], first: String) {
    let rest = String(repeating: " ", count: first.count)
    for (index, line) in inner.enumerated() {
      lines.append(line.isEmpty ? "" : (index == 0 ? first : rest) + line)
    }
  }

  private mutating func add(_ entry: Entry) {
    add(Self.titleLine(entry), hanging: "  ")
    var isAfterList = false
    for block in entry.blocks {
      if case .heading = block { lines.append("") } else if isAfterList { lines.append("") }
      add(block)
      if case .list = block { isAfterList = true } else { isAfterList = false }
    }
  }

  /// Title, details and dates on one line, so that programs that read resumes find them together.
  static func titleLine(_ entry: Entry) -> String {
    let title = ([entry.title] + entry.details).map(\.text).joined(separator: ", ")
    return entry.dates.isEmpty ? title : title + " — " + entry.dates
  }

  private mutating func add(_ table: Table) {
    let head = table.header.map(\.text)
    for row in table.rows {
      let cells = zip(head, row.map(\.text)).dropFirst().map { "\($0.0.lowercased()) \($0.1)" }
      add(
        (row.first?.text ?? "") + ": " + cells.joined(separator: ", "), indent: "- ", hanging: "  ")
    }
  }

  private mutating func add(_ chart: Chart) {
    for line in chart.sentences { add(line, indent: "- ", hanging: "  ") }
  }
}
