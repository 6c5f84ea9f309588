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

  /// A heading without signs in front, its number and its time in brackets; and that time.
  static func heading(_ text: String) -> (title: String, window: String?) {
    var title = text[...]
    while let first = title.first, !first.isLetter, !first.isNumber { title.removeFirst() }
    let number = title.prefix { $0.isNumber }
    let behind = title.dropFirst(number.count)
    if !number.isEmpty, behind.hasPrefix(". ") || behind.hasPrefix(") ") {
      title = behind.dropFirst(2)
    }
    guard title.hasSuffix(")"), let bracket = title.lastIndex(of: "(") else {
      return (String(title).trimmed, nil)
    }
    let window = title[title.index(after: bracket)...].dropLast()
    return (String(title[..<bracket]).trimmed, String(window).trimmed)
  }

  /// The part of an id that a heading gives: `phase-1`, `month-3-4`, `data-engineer`.
  static func name(of title: String) -> String {
    let slug = Slug.make(title) ?? "section"
    for word in ["phase", "month", "months", "week", "weeks", "year", "stage", "quarter", "q"] {
      guard let lead = numberedLead(slug, word) else { continue }
      return lead
    }
    return slug.hasSuffix("-path") ? String(slug.dropLast(5)) : slug
  }

  /// `phase-1` of `phase-1-pipelines-you-can-trust`; nil when it does not begin so.
  private static func numberedLead(_ slug: String, _ word: String) -> String? {
    let parts = slug.split(separator: "-")
    guard parts.count > 1, parts[0] == word else { return nil }
    let numbers = parts.dropFirst().prefix { $0.allSatisfy(\.isNumber) }.prefix(2)
    return numbers.isEmpty ? nil : ([parts[0]] + numbers).joined(separator: "-")
  }

  static func kind(
    _ title: String, numbered: String, parent: GuideSection?
  ) -> GuideSection.Kind {
    let name = Slug.make(title) ?? ""
    if name == "table-of-contents" || name == "contents" { return .contents }
    if name.hasPrefix("phase-") { return .phase }
    if name.hasPrefix("month-") || name.hasPrefix("months-") { return .stage }
    if numberedLead(name, "year") != nil { return .year }
    if name.hasSuffix("-path") { return .role }
    if cadence(of: name) != nil { return .habits }
    if name.contains("milestone") { return .milestones }
    if name.contains("assessment") || parent?.kind == .assessment { return .assessment }
    let digits = numbered.drop { !$0.isLetter && !$0.isNumber }.prefix { $0.isNumber }
    if !digits.isEmpty, numbered.contains(digits + ". ") { return .idea }
    return .section
  }

  private static func cadence(of name: String) -> String? {
    ["daily", "weekly", "monthly", "quarterly", "yearly"].first { name.hasPrefix($0 + "-") }
  }

  static func role(
    _ text: String, _ inlines: [MarkdownDocument.Inline], isTask: Bool, isNumbered: Bool,
    label: String?, section: GuideSection
  ) -> GuideItem.Role {
    if section.kind == .contents { return .contents }
    if isTask {
      if isMonth(text) { return .milestone }
      return section.kind == .habits ? .habit : .task
    }
    let name = label.flatMap { Slug.make($0) } ?? ""
    if name.hasPrefix("skills-to-") || name == "skills" { return .skill }
    if inlines.count == 1, case .link = inlines[0] { return .resource }
    if name.hasSuffix("projects"), case .strong? = inlines.first { return .project }
    return .point
  }

  private static func isMonth(_ text: String) -> Bool {
    guard text.hasPrefix("Month ") else { return false }
    let digits = text.dropFirst(6).prefix { $0.isNumber }
    return !digits.isEmpty && text.dropFirst(6 + digits.count).hasPrefix(":")
  }

  static func withoutColon(_ text: String) -> String {
    var text = text.trimmed
    while text.last == ":" { text.removeLast() }
    return text
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
