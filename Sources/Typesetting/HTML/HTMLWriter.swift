public import Manuscript
internal import Markup
internal import Templates

/// Writes a document as one complete HTML page, through templates.
///
/// What a template can use: `title author subject language day keywords name label contacts sections`
/// and `accent accentDark isSerif isCompact isLight isDark`. A contact and every text is a list of
/// `runs` with `text`, `href` (false for plain text), and one of `strong emphasis quantity plain`. A
/// section has `id title blocks`; a block is one of `heading paragraph list entry labelled table
/// figures comparison timeline`; the built-in `blocks.html` shows what each holds.
public struct HTMLWriter: Sendable {
  let templates: TemplateSet
  let look: Look

  public init(templates: TemplateSet, look: Look) {
    self.templates = templates
    self.look = look
  }

  /// The page that the template `name` makes of a document.
  ///
  /// - Parameter frame: What stands around the document when it is a page of a site.
  public func write(_ document: Document, template name: String, frame: SiteFrame? = nil) -> String
  {
    var values: [String: Any] = [
      "title": document.title, "author": document.author, "subject": document.subject,
      "language": document.language, "day": document.day,
      "isRightToLeft": ["ar", "he", "fa", "ur"].contains(
        String(document.language.prefix { $0 != "-" })),
      "keywords": document.keywords.joined(separator: ", "), "name": document.masthead.name,
      "label": Self.orFalse(document.masthead.label),
      "contacts": document.masthead.contacts.map { ["runs": Self.runs($0)] as [String: Any] },
      "hasContacts": !document.masthead.contacts.isEmpty,
      "sections": document.sections.map { section in
        [
          "id": section.id, "title": section.title, "hasTitle": !section.title.isEmpty,
          "blocks": section.blocks.map { Self.block($0) },
        ] as [String: Any]
      },
    ]
    values["isRightToLeft"] = ["ar", "he", "fa", "ur"].contains(
      String(document.language.prefix { $0 != "-" }))
    values.merge(lookValues) { _, new in new }
    if let frame { values.merge(frame.values) { _, new in new } }
    return templates.render(name, values)
  }

  private var lookValues: [String: Any] {
    [
      "accent": look.accent.onLight, "accentDark": look.accent.onDark,
      "isSerif": look.typeface == .serif, "isCompact": look.density == .compact,
      "isLight": look.colours == .light, "isDark": look.colours == .dark,
      "isLetter": look.paper == .letter, "isClassic": look.design == .classic,
    ]
  }

  /// The style sheet of a site.
  public func styleSheet() -> String {
    templates.render("site.css", lookValues)
  }

  /// The script that searches a site.
  public static var searchScript: [UInt8] { EmbeddedTemplates.searchScript }

  /// Nothing rather than an empty text, which a template takes for something.
  static func orFalse(_ text: String) -> Any { text.isEmpty ? false : text }

  static func runs(_ runs: [Run]) -> [[String: Any]] {
    runs.map { run in
      [
        "text": run.text, "href": orFalse(run.link?.target ?? ""), "strong": run.style == .strong,
        "emphasis": run.style == .emphasis, "quantity": run.style == .quantity,
        "plain": run.style == .plain, "isCode": run.style == .code,
      ]
    }
  }

  private static let kinds = [
    "heading", "paragraph", "list", "entry", "labelled", "table", "figures", "comparison",
    "timeline", "subheading", "code", "items", "quote", "image",
  ]

  /// A block as one key with its content; every other kind is false, since a template looks for a
  /// missing key in the blocks around.
  private static func block(_ block: Block) -> [String: Any] {
    var values: [String: Any] = [:]
    for kind in kinds { values[kind] = false }
    switch block {
    case .heading(let content):
      values["heading"] = ["runs": runs(content)] as [String: Any]
    case .paragraph(let content, let tone):
      values["paragraph"] = ["runs": runs(content), "tone": tone.rawValue] as [String: Any]
    case .list(let items):
      values["list"] = ["items": items.map { ["runs": runs($0)] as [String: Any] }] as [String: Any]
    case .entry(let entry):
      values["entry"] =
        [
          "id": entry.id, "titleRuns": runs(entry.title),
          "details": entry.details.map { ["runs": runs($0)] as [String: Any] },
          "dates": orFalse(entry.dates), "blocks": entry.blocks.map { Self.block($0) },
        ] as [String: Any]
    case .labelled(let items):
      values["labelled"] =
        [
          "lines": items.map { ["label": $0.label, "runs": runs($0.text)] as [String: Any] }
        ] as [String: Any]
    case .table(let table):
      values["table"] = Self.table(table)
    case .figures(let figures):
      values["figures"] =
        [
          "figure": figures.map {
            ["value": $0.value, "label": $0.label, "detail": $0.detail] as [String: Any]
          }
        ] as [String: Any]
    case .chart(.comparison(let pairs)):
      values["comparison"] = ["pairs": pairs.map(pair)] as [String: Any]
    case .chart(.timeline(let spans, let from, let to)):
      values["timeline"] = timeline(spans, from: from, to: to)
    case .chart(.heatMap(let map)):
      values["table"] = Self.table(map.table)
    case .subheading(let content, let level):
      var heading: [String: Any] = ["runs": runs(content)]
      for number in 3...6 { heading["isLevel\(number)"] = min(6, max(3, level)) == number }
      values["subheading"] = heading
    case .code(let code):
      values["code"] =
        [
          "language": orFalse(code.language),
          "tokens": CodeTokens(code.text, language: code.language).tokens.map {
            ["class": orFalse($0.kind.rawValue), "text": $0.text] as [String: Any]
          },
        ] as [String: Any]
    case .items(let list):
      values["items"] =
        [
          "isNumbered": list.start != nil, "start": list.start ?? 1,
          "item": list.items.map { item in
            [
              "hasBox": item.isDone != nil, "isDone": item.isDone == true,
              "blocks": item.blocks.map { Self.block($0) },
            ] as [String: Any]
          },
        ] as [String: Any]
    case .quote(let blocks, let label):
      values["quote"] =
        ["label": orFalse(label), "blocks": blocks.map { Self.block($0) }] as [String: Any]
    case .image(let image):
      values["image"] =
        ["source": image.source.target, "alternative": image.alternative] as [String: Any]
    }
    return values
  }

  private static func table(_ table: Table) -> [String: Any] {
    func cells(_ row: [[Run]]) -> [[String: Any]] {
      row.enumerated().map { index, cell in
        ["runs": runs(cell), "numeric": table.numeric.contains(index), "isFirst": index == 0]
      }
    }
    return ["header": cells(table.header), "rows": table.rows.map { ["cells": cells($0)] }]
  }

  /// Lengths of bars in percent with one decimal, of the width that leaves room for the words.
  private static func pair(_ pair: Chart.Comparison) -> [String: Any] {
    let small = percent(max(6, pair.ratio), of: 1000)
    return [
      "label": pair.label, "before": pair.before, "after": pair.after, "change": pair.change,
      "beforeWidth": pair.isFall ? "100" : small, "afterWidth": pair.isFall ? small : "100",
    ]
  }

  private static func percent(_ part: Int, of whole: Int) -> String {
    let tenths = part * 1000 / max(1, whole)
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func timeline(_ spans: [Chart.Span], from: Int, to: Int) -> [String: Any] {
    let months = max(1, to - from + 1)
    let years = (from...max(from, to)).filter { $0 % 12 == 0 && (to - $0 >= 3 || to == from) }
    return [
      "years": years.map {
        ["year": String($0 / 12), "left": percent($0 - from, of: months)] as [String: Any]
      },
      "spans": spans.map { span in
        [
          "label": span.label, "dates": span.dates, "left": percent(span.from - from, of: months),
          "width": percent(span.to - span.from + 1, of: months),
          "opacity": "0.\(min(9, 4 + (span.weight ?? 4)))5",
        ] as [String: Any]
      },
    ]
  }
}
