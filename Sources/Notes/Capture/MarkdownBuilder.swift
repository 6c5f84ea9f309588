/// Writes Markdown while elements open and close.
struct MarkdownBuilder {
  private var out = ""
  /// The running text of the paragraph, heading, item or cell.
  private var line = ""
  private var prefix = ""
  private var lists: [(isOrdered: Bool, number: Int)] = []
  private var links: [(start: Int, address: String)] = []
  private var quoteDepth = 0
  private var code: String?
  private var language = ""
  private var cells: [String] = []
  private var rows = 0

  var finished: String {
    var copy = self
    copy.endLine()
    while copy.out.last?.isNewline == true { copy.out.removeLast() }
    return copy.out
  }

  mutating func text(_ text: String) {
    if code != nil {
      code? += text
      return
    }
    var isSpace = line.isEmpty || line.hasSuffix(" ")
    for character in text {
      if character.isWhitespace {
        if !isSpace { line += " " }
        isSpace = true
      } else {
        line.append(character)
        isSpace = false
      }
    }
  }

  mutating func open(_ name: String, _ attributes: [String: String]) {
    if code != nil {
      if name == "code" { language = language.isEmpty ? Self.language(attributes) : language }
      if name == "br" { code? += "\n" }
      return
    }
    switch name {
    case "h1", "h2", "h3", "h4", "h5", "h6":
      endLine()
      prefix = String(repeating: "#", count: Int(name.dropFirst()) ?? 1) + " "
    case "ul", "ol":
      endLine()
      lists.append((name == "ol", Int(attributes["start"] ?? "") ?? 1))
    case "li":
      endLine()
      prefix = item()
    case "pre":
      endLine()
      code = ""
      language = Self.language(attributes)
    case "blockquote":
      endLine()
      quoteDepth += 1
    case "table":
      endLine()
      rows = 0
    case "tr":
      endLine()
      cells = []
    case "br": line += "  \n"
    case "hr":
      endLine()
      line = "---"
      endLine()
    case "a": links.append((line.count, attributes["href"] ?? ""))
    case "code", "kbd", "samp": line += "`"
    case "strong", "b": line += "**"
    case "em", "i": line += "*"
    case "p", "div", "section", "article", "main", "header", "figure", "figcaption", "dl", "dt",
      "dd", "body", "details", "summary":
      if cells.isEmpty, !line.trimmingSpaces.isEmpty || !isItemStart { endLine() }
    default: break
    }
  }

  /// Whether an item has begun and has no text yet: its first paragraph stands on its line.
  private var isItemStart: Bool { prefix.hasSuffix("- ") || prefix.hasSuffix(". ") }

  mutating func close(_ name: String) {
    if let text = code {
      guard name == "pre" else { return }
      code = nil
      var body = text[...]
      while body.last?.isNewline == true { body.removeLast() }
      while body.first?.isNewline == true { body.removeFirst() }
      block(CodeFence.around(String(body), language: language.isEmpty ? nil : language))
      return
    }
    switch name {
    case "ul", "ol":
      endLine()
      if lists.popLast() != nil, lists.isEmpty { out += "\n" }
    case "blockquote":
      endLine()
      quoteDepth = max(0, quoteDepth - 1)
    case "td", "th":
      cells.append(line.trimmingSpaces.replacing("|", with: "\\|").replacing("\n", with: " "))
      line = ""
    case "tr": endRow()
    case "table": out += "\n"
    case "a": endLink()
    case "code", "kbd", "samp": line += "`"
    case "strong", "b": line += "**"
    case "em", "i": line += "*"
    case "p", "div", "section", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "dt", "dd",
      "summary", "article", "main":
      if cells.isEmpty { endLine() }
    default: break
    }
  }

  private static func language(_ attributes: [String: String]) -> String {
    for word in (attributes["class"] ?? "").split(separator: " ") {
      for mark in ["language-", "lang-", "highlight-source-"] where word.hasPrefix(mark) {
        return String(word.dropFirst(mark.count))
      }
    }
    return ""
  }

  /// Deeper lists and quotes are set like the deepest of these.
  private static let deepest = 20

  private mutating func item() -> String {
    guard let last = lists.indices.last else { return "- " }
    let indent = String(repeating: "  ", count: min(last, Self.deepest))
    guard lists[last].isOrdered else { return indent + "- " }
    lists[last].number += 1
    return indent + "\(lists[last].number - 1). "
  }

  private mutating func endLink() {
    guard let link = links.popLast(), link.start <= line.count else { return }
    let address = link.address
    guard address.hasPrefix("http://") || address.hasPrefix("https://") else { return }
    let label = line.dropFirst(link.start)
    guard label.contains(where: { !$0.isWhitespace }) else { return }
    line = line.prefix(link.start) + "[\(String(label).trimmingSpaces)](\(address))"
  }

  private mutating func endRow() {
    guard !cells.isEmpty else { return }
    out += "| " + cells.joined(separator: " | ") + " |\n"
    if rows == 0 { out += "|" + String(repeating: "---|", count: cells.count) + "\n" }
    rows += 1
    cells = []
    line = ""
  }

  private mutating func endLine() {
    let text = line.trimmingSpaces.replacing("****", with: "").replacing("``", with: "")
    line = ""
    links = []
    guard !text.isEmpty, text != "**", text != "*", text != "`" else { return }
    block(prefix + text, isItem: isItemStart)
    prefix = ""
  }

  private mutating func block(_ text: String, isItem: Bool = false) {
    let mark = String(repeating: "> ", count: min(quoteDepth, Self.deepest))
    let indent =
      isItem || lists.isEmpty ? "" : String(repeating: "  ", count: min(lists.count, Self.deepest))
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      out += mark + indent + line + "\n"
    }
    if !isItem { out += "\n" }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
