public import Manuscript

extension Document {
  /// Its parts with what each is called: entries by their title, other sections by theirs.
  public var entries: [(title: String, text: String)] {
    sections.flatMap { section -> [(title: String, text: String)] in
      var rest: [Block] = []
      var entries: [(title: String, text: String)] = []
      for block in section.blocks {
        if case .entry(let entry) = block {
          entries.append((entry.title.text, DocumentText.text(of: block)))
        } else {
          rest.append(block)
        }
      }
      if !rest.isEmpty {
        entries.append((section.title, rest.map(DocumentText.text).joined(separator: "\n")))
      }
      return entries
    }
  }

  /// The same document with every text put through `change`, and without the links it refuses.
  ///
  /// - Parameter link: The link to keep, or nil for plain text.
  public func mapped(
    _ change: (String) -> String, link keep: (Link) -> Link? = { $0 }
  ) -> Document {
    func runs(_ runs: [Run]) -> [Run] {
      runs.map { Run(change($0.text), $0.style, link: $0.link.flatMap(keep)) }
    }
    func mapped(_ block: Block) -> Block {
      switch block {
      case .heading(let text): return .heading(runs(text))
      case .paragraph(let text, let tone): return .paragraph(runs(text), tone: tone)
      case .list(let items): return .list(items.map(runs))
      case .labelled(let items):
        return .labelled(items.map { Labelled(change($0.label), runs($0.text)) })
      case .entry(var entry):
        entry.title = runs(entry.title)
        entry.details = entry.details.map(runs)
        entry.blocks = entry.blocks.map(mapped)
        return .entry(entry)
      case .table(let table):
        return .table(
          Table(
            header: table.header.map(runs), rows: table.rows.map { $0.map(runs) },
            numeric: table.numeric))
      case .figures(let figures):
        return .figures(
          figures.map {
            Figure(value: $0.value, label: change($0.label), detail: change($0.detail))
          })
      case .subheading(let text, let level): return .subheading(runs(text), level: level)
      case .code(let code):
        return .code(Code(language: code.language, text: change(code.text)))
      case .items(let list):
        return .items(
          ItemList(
            start: list.start,
            items: list.items.map {
              ItemList.Item(isDone: $0.isDone, blocks: $0.blocks.map(mapped))
            }))
      case .quote(let blocks, let label):
        return .quote(blocks.map(mapped), label: change(label))
      case .image(let image):
        return .image(Image(source: image.source, alternative: change(image.alternative)))
      case .chart(let chart): return .chart(chart.mapped(change))
      }
    }
    var document = self
    document.title = change(title)
    document.author = change(author)
    document.subject = change(subject)
    document.keywords = keywords.map(change)
    document.masthead = Masthead(
      name: change(masthead.name), label: change(masthead.label),
      contacts: masthead.contacts.map(runs))
    document.sections = sections.map {
      Section(id: $0.id, title: $0.title, blocks: $0.blocks.map(mapped))
    }
    return document
  }
}
