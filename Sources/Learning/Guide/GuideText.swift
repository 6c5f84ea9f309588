internal import Markup
internal import Notes

/// The patterns that headings and items of guides share.
enum GuideText {
  /// The words of inlines, without markup.
  static func words(_ inlines: [MarkdownDocument.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, _, let inner), .image(_, _, let inner):
        words(inner)
      case .softBreak, .lineBreak: " "
      }
    }.joined()
  }

  /// Inlines cut where the lines of the source end.
  static func lines(_ inlines: [MarkdownDocument.Inline]) -> [[MarkdownDocument.Inline]] {
    var lines: [[MarkdownDocument.Inline]] = [[]]
    for inline in inlines {
      switch inline {
      case .softBreak, .lineBreak: lines.append([])
      default: lines[lines.count - 1].append(inline)
      }
    }
    return lines
  }

  /// The box of an item and the words behind it. The parser sees no boxes inside quotes: there they
  /// are read here.
  static func box(
    _ item: MarkdownDocument.ListItem
  ) -> (isDone: Bool?, inlines: [MarkdownDocument.Inline]) {
    guard case .paragraph(var inlines, _)? = item.blocks.first else { return (item.isDone, []) }
    guard item.isDone == nil, case .text(let text)? = inlines.first else {
      return (item.isDone, inlines)
    }
    for (box, isDone) in [("[ ] ", false), ("[x] ", true), ("[X] ", true)]
    where text.hasPrefix(box) {
      inlines[0] = .text(String(text.dropFirst(box.count)))
      return (isDone, inlines)
    }
    return (nil, inlines)
  }

  /// A heading without signs in front, its number and its time in brackets; and that time.
  static func heading(_ text: String) -> (title: String, window: String?) {
    let number = number(of: text)
    var title = withoutSigns(text)[...]
    if let number { title = title.dropFirst(number.count + 2) }
    guard title.hasSuffix(")"), let bracket = title.lastIndex(of: "(") else {
      return (String(title).trimmed, nil)
    }
    let window = title[title.index(after: bracket)...].dropLast()
    return (String(title[..<bracket]).trimmed, String(window).trimmed)
  }

  /// The number in front of a heading: `7` of `7. Data Platform`.
  static func number(of heading: String) -> String? {
    let text = withoutSigns(heading)
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let behind = text.dropFirst(digits.count)
    guard !digits.isEmpty, behind.hasPrefix(". ") || behind.hasPrefix(") ") else { return nil }
    return String(digits)
  }

  /// Without what stands in front of the words: emoji, and what damaged ones have become. A word in
  /// front goes when it has no ASCII letter or digit and something that is no letter at all.
  private static func withoutSigns(_ text: String) -> String {
    var rest = text[...]
    while true {
      while let first = rest.first,
        first.isASCII ? !first.isLetter && !first.isNumber : first == " "
      { rest.removeFirst() }
      let word = rest.prefix { $0 != " " }
      let isSign =
        !word.isEmpty && !word.contains { $0.isASCII && ($0.isLetter || $0.isNumber) }
        && word.unicodeScalars.contains {
          !$0.properties.isAlphabetic && $0.properties.numericType == nil
        }
      guard isSign else { return String(rest) }
      rest = rest.dropFirst(word.count)
    }
  }

  /// The part of an id that a heading gives: `phase-1`, `month-3-4`, `data-engineer`.
  static func name(of title: String) -> String {
    let slug = Slug.make(title) ?? "section"
    let counted = [
      "phase", "month", "months", "week", "weeks", "year", "stage", "quarter", "q",
    ]
    for word in counted {
      guard let lead = numberedLead(slug, word) else { continue }
      return lead
    }
    return slug.hasSuffix("-path") ? String(slug.dropLast(5)) : slug
  }

  /// `phase-1` of `phase-1-pipelines-you-can-trust`; nil when it does not begin so.
  static func numberedLead(_ slug: String, _ word: String) -> String? {
    let parts = slug.split(separator: "-")
    guard parts.count > 1, parts[0] == word else { return nil }
    let numbers = parts.dropFirst().prefix { $0.allSatisfy(\.isNumber) }.prefix(2)
    return numbers.isEmpty ? nil : ([parts[0]] + numbers).joined(separator: "-")
  }

  static func isQuarter(_ slug: String) -> Bool {
    let lead = slug.prefix { $0 != "-" }
    return ["q1", "q2", "q3", "q4"].contains(lead) || numberedLead(slug, "quarter") != nil
  }

  static func cadence(of slug: String) -> String? {
    ["daily", "weekly", "biweekly", "monthly", "quarterly", "yearly", "annual"].first {
      slug == $0 || slug.hasPrefix($0 + "-")
    }
  }

  /// Whether a text begins with a month: `Month 6: …`.
  static func isMonth(_ text: String) -> Bool {
    guard text.hasPrefix("Month ") else { return false }
    let digits = text.dropFirst(6).prefix { $0.isNumber }
    return !digits.isEmpty && text.dropFirst(6 + digits.count).hasPrefix(":")
  }

  /// The positions of a ladder. The last sign is what an arrow becomes when its bytes are read as
  /// Mac OS Roman.
  static func rungs(_ text: String) -> [String] {
    var parts = [text]
    for arrow in ["→", "->", "⇒", "‚Üí"] {
      parts = parts.flatMap { $0.split(separator: arrow).map(String.init) }
    }
    return parts.map(\.trimmed).filter { !$0.isEmpty }
  }

  static func withoutColon(_ text: String) -> String {
    var text = text.trimmed
    while text.last == ":" { text.removeLast() }
    return text.trimmed
  }

  /// The bold words in front of a colon, when the text begins with them.
  static func lead(_ inlines: [MarkdownDocument.Inline]) -> String? {
    guard case .strong(let inner)? = inlines.first else { return nil }
    let bold = words(inner)
    let rest = words(Array(inlines.dropFirst())).trimmed
    guard bold.trimmed.hasSuffix(":") || rest.hasPrefix(":") || rest.isEmpty else { return nil }
    let name = withoutColon(bold)
    return name.isEmpty ? nil : name
  }

  /// The address of the first link.
  static func url(_ inlines: [MarkdownDocument.Inline]) -> String? {
    for inline in inlines {
      switch inline {
      case .link(let url, _, _): return url
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner):
        if let url = url(inner) { return url }
      default: break
      }
    }
    return nil
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
