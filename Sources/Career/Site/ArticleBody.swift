internal import Manuscript
internal import Markup
internal import Notes

/// The body of a note as blocks of a page: links to public notes become links, all others words.
struct ArticleBody {
  private let source: VaultPath
  private let links: ArticleLinks
  /// What leads from the page to the top of the site: `../`.
  private let up: String
  /// Files of the vault that the body shows, in the order in which they come.
  private(set) var attachments: [String] = []
  private(set) var sections: [Section] = []
  private var ids: Set<String> = []

  /// - Parameter title: The title of the page; a first heading that repeats it is left out.
  init(_ note: Note, title: String, links: ArticleLinks, up: String) {
    source = note.path
    self.links = links
    self.up = up
    var blocks = MarkdownDocument(ArticleText.body(of: note)).blocks
    if case .heading(_, let inlines, _)? = blocks.first, runs(inlines).text == title {
      blocks.removeFirst()
    }
    cut(blocks)
  }

  /// Headings of the highest level open sections; those below stay inside.
  private mutating func cut(_ blocks: [MarkdownDocument.Block]) {
    let top =
      blocks.compactMap { block -> Int? in
        if case .heading(let level, _, _) = block { return level }
        return nil
      }.min() ?? 1
    var current = Section(id: "text", title: "", blocks: [])
    func isEmpty(_ section: Section) -> Bool { section.blocks.isEmpty && section.title.isEmpty }
    for block in blocks {
      if case .heading(let level, let inlines, _) = block {
        let words = runs(inlines)
        if level == top {
          if !isEmpty(current) { sections.append(current) }
          current = Section(id: id(for: words.text), title: words.text, blocks: [])
        } else if !words.isEmpty {
          current.blocks.append(.subheading(words, level: min(6, 3 + level - top - 1)))
        }
      } else {
        current.blocks += converted(block)
      }
    }
    if !isEmpty(current) { sections.append(current) }
  }

  private mutating func id(for title: String) -> String {
    let base = Slug.make(title) ?? "section"
    var id = base
    var number = 2
    while !ids.insert(id).inserted || id == "text" || id == "content" {
      id = "\(base)-\(number)"
      number += 1
    }
    return id
  }

  private mutating func converted(_ block: MarkdownDocument.Block) -> [Block] {
    switch block {
    case .heading(let level, let inlines, _):
      let words = runs(inlines)
      return words.isEmpty ? [] : [.subheading(words, level: min(6, max(3, level)))]
    case .paragraph(let inlines, _): return paragraph(inlines)
    case .code(let language, let text, _):
      let text = text.hasSuffix("\n") ? String(text.dropLast()) : text
      return [.code(Code(language: language, text: text))]
    case .list(let start, _, let items, _):
      return [
        .items(
          ItemList(
            start: start,
            items: items.map { item in
              ItemList.Item(isDone: item.isDone, blocks: item.blocks.flatMap { converted($0) })
            }))
      ]
    case .quote(let inner, _): return [quote(inner)]
    case .table(let table):
      let numeric = table.alignments.indices.filter { table.alignments[$0] == .right }
      return [
        .table(
          Table(
            header: table.header.map { runs($0) }, rows: table.rows.map { $0.map { runs($0) } },
            numeric: Set(numeric)))
      ]
    case .thematicBreak: return []
    }
  }

  /// A paragraph; pictures that stand alone in it become blocks.
  private mutating func paragraph(_ inlines: [MarkdownDocument.Inline]) -> [Block] {
    if let image = onlyImage(inlines) { return [image] }
    var words = runs(inlines)
    // `^id` at the end names the paragraph for links and is no text.
    if let last = words.last, last.style == .plain, last.link == nil,
      let caret = last.text.lastIndex(of: "^"),
      caret == last.text.startIndex
        || last.text[..<caret].hasSuffix(" "),
      last.text[caret...].dropFirst().allSatisfy({
        $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")
      }),
      last.text[caret...].count > 1
    {
      words[words.count - 1].text = String(last.text[..<caret])
    }
    return words.text.allSatisfy(\.isWhitespace) ? [] : [.paragraph(words, tone: .body)]
  }

  private mutating func onlyImage(_ inlines: [MarkdownDocument.Inline]) -> Block? {
    guard inlines.count == 1 else { return nil }
    switch inlines[0] {
    case .image(let url, _, let words):
      guard case .attachment(let path) = links.address(url, isImage: true, from: source, up: up)
      else { return nil }
      return image(path, PlainWords.of(words))
    case .text(let text) where text.hasPrefix("![[") && text.hasSuffix("]]"):
      let inner = text.dropFirst(3).dropLast(2)
      guard !inner.contains("[[") else { return nil }
      let name = String(inner.prefix { $0 != "|" })
      guard case .attachment(let path) = links.wikilink(name, from: source, up: up) else {
        return nil
      }
      return image(path, "")
    default: return nil
    }
  }

  private mutating func image(_ path: String, _ words: String) -> Block? {
    guard let link = Link(page: up + ArticleFile.sitePath(path)) else { return nil }
    if !attachments.contains(path) { attachments.append(path) }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return .image(Image(source: link, alternative: words.isEmpty ? name : words))
  }

  /// A quotation, or a callout: `> [!warning] Title`.
  private mutating func quote(_ inner: [MarkdownDocument.Block]) -> Block {
    var blocks = inner
    var label = ""
    if case .paragraph(var inlines, let line)? = inner.first, case .text(let text)? = inlines.first,
      text.hasPrefix("[!"), let close = text.firstIndex(of: "]")
    {
      let type = text[text.index(text.startIndex, offsetBy: 2)..<close]
      var rest = text[text.index(after: close)...]
      if rest.hasPrefix("-") || rest.hasPrefix("+") { rest = rest.dropFirst() }
      // The title is what else stands on the first line.
      let end = inlines.firstIndex { $0 == .softBreak || $0 == .lineBreak } ?? inlines.count
      inlines[0] = .text(String(rest))
      let title = runs(Array(inlines[..<end])).text
      let trimmed = title.drop { $0 == " " }
      label = trimmed.isEmpty ? type.prefix(1).uppercased() + type.dropFirst() : String(trimmed)
      let body = Array(inlines[min(inlines.count, end + 1)...])
      blocks = (body.isEmpty ? [] : [.paragraph(body, line: line)]) + inner.dropFirst()
    }
    return .quote(blocks.flatMap { converted($0) }, label: label)
  }

  // MARK: - Running text

  private mutating func runs(
    _ inlines: [MarkdownDocument.Inline], _ style: Run.Style = .plain, link: Link? = nil
  ) -> [Run] {
    var out: [Run] = []
    for inline in inlines {
      switch inline {
      case .text(let text): out += words(text, style, link)
      case .code(let text): out.append(Run(text, .code, link: link))
      case .emphasis(let inner):
        out += runs(inner, style == .strong ? .strong : .emphasis, link: link)
      case .strong(let inner): out += runs(inner, .strong, link: link)
      case .strikethrough(let inner): out += runs(inner, style, link: link)
      case .link(let url, _, let inner):
        // A link inside a link cannot be; the outer one holds.
        if link == nil,
          case .link(let target, _) = links.address(url, isImage: false, from: source, up: up)
        {
          out += runs(inner, style, link: target)
        } else {
          out += runs(inner, style, link: link)
        }
      case .image(let url, _, let inner):
        // A picture of another host would tell it who reads the page: a link does not.
        let text = PlainWords.of(inner)
        out.append(Run(text.isEmpty ? url : text, style, link: link ?? Link(url)))
      case .softBreak, .lineBreak: out.append(Run(" ", style, link: link))
      }
    }
    return Self.joined(out)
  }

  /// Text with its wikilinks, and without the marks of highlights.
  private func words(_ text: String, _ style: Run.Style, _ link: Link?) -> [Run] {
    var out: [Run] = []
    var rest = text.replacing("==", with: "")[...]
    while let open = rest.firstRange(of: "[["),
      let close = rest[open.upperBound...].firstRange(of: "]]")
    {
      var before = rest[..<open.lowerBound]
      let isEmbed = before.hasSuffix("!")
      if isEmbed { before = before.dropLast() }
      if !before.isEmpty { out.append(Run(String(before), style, link: link)) }
      let inside = rest[open.upperBound..<close.lowerBound]
      let parts = inside.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      var name = String(parts[0])
      if name.hasSuffix("\\") { name.removeLast() }
      var label = parts.count > 1 ? String(parts[1]) : Self.label(of: name)
      let target = links.wikilink(name, from: source, up: up)
      // Readers do not know the names of files.
      if parts.count == 1, case .title(let title) = target { label = title }
      if link == nil, case .link(let page, let title) = target {
        out.append(Run(parts.count > 1 ? label : title ?? label, style, link: page))
      } else if !isEmbed || parts.count > 1 {
        out.append(Run(label, style, link: link))
      }
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { out.append(Run(String(rest), style, link: link)) }
    return out
  }

  /// `Retries` for `snippets/retries#Retries` and `retries` for `snippets/retries`.
  private static func label(of name: String) -> String {
    let parts = name.split(separator: "#").map(String.init)
    if parts.count > 1, let last = parts.last, !last.hasPrefix("^") { return last }
    return parts.first?.split(separator: "/").last.map(String.init) ?? name
  }

  private static func joined(_ runs: [Run]) -> [Run] {
    runs.reduce(into: []) { out, run in
      if let last = out.last, last.style == run.style, last.link == run.link {
        out[out.count - 1].text += run.text
      } else {
        out.append(run)
      }
    }
  }
}

/// The words of inlines.
enum PlainWords {
  static func of(_ inlines: [MarkdownDocument.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, _, let inner), .image(_, _, let inner):
        of(inner)
      case .softBreak, .lineBreak: " "
      }
    }.joined()
  }
}
