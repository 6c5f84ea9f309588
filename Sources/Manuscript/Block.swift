/// A block of a section.
public indirect enum Block: Sendable, Equatable {
  /// A heading below that of the section.
  case heading([Run])
  case paragraph([Run], tone: Tone)
  /// Items without an order.
  case list([[Run]])
  /// A job, a project, a school: a title line and what belongs to it.
  case entry(Entry)
  /// Lines with a label in front: `Tools: Airflow, Python`.
  case labelled([Labelled])
  case table(Table)
  /// Numbers to be seen first.
  case figures([Figure])
  case chart(Chart)
  /// A heading of running text, `level` 3 to 6: what an article has below its sections.
  case subheading([Run], level: Int)
  /// Lines of code, as they are.
  case code(Code)
  /// Items that may hold other blocks, numbered or not.
  case items(ItemList)
  /// Somebody else's words, or a remark set apart; `label` names the remark and may be empty.
  case quote([Block], label: String)
  case image(Image)

  /// How a paragraph is meant.
  public enum Tone: String, Sendable, Equatable, CaseIterable {
    case body
    /// The sentence that matters most.
    case lead
    /// An aside.
    case note
  }
}

/// A job, a project, a school.
public struct Entry: Sendable, Equatable {
  /// Letters, digits and dashes; once in a document.
  public var id: String
  public var title: [Run]
  /// Whose work it was and where: an employer, a school, a place. One item each.
  public var details: [[Run]]
  /// `Apr 2025 – present`; may be empty. Writers keep it on the line of the title.
  public var dates: String
  public var blocks: [Block]

  public init(
    id: String, title: [Run], details: [[Run]] = [], dates: String = "", blocks: [Block] = []
  ) {
    self.id = id
    self.title = title
    self.details = details
    self.dates = dates
    self.blocks = blocks
  }
}

/// A line with a label in front.
public struct Labelled: Sendable, Equatable {
  public var label: String
  public var text: [Run]

  public init(_ label: String, _ text: [Run]) {
    self.label = label
    self.text = text
  }
}

/// Code of an article.
public struct Code: Sendable, Equatable {
  /// A name such as `python`, in lower case; may be empty.
  public var language: String
  /// The lines, without a line end behind the last.
  public var text: String

  /// Signs that steer a terminal or turn the direction of writing are left out; tabs and line ends
  /// stay.
  public init(language: String, text: String) {
    self.language = language
    self.text = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false)
        .map { Run.cleaned(String($0)) }.joined(separator: "\t")
    }.joined(separator: "\n")
  }
}

/// A list whose items are blocks.
public struct ItemList: Sendable, Equatable {
  public struct Item: Sendable, Equatable {
    /// Whether it is ticked; nil when it has no box.
    public var isDone: Bool?
    public var blocks: [Block]

    public init(isDone: Bool? = nil, blocks: [Block]) {
      self.isDone = isDone
      self.blocks = blocks
    }
  }

  /// The number of the first item; nil for bullets.
  public var start: Int?
  public var items: [Item]

  public init(start: Int?, items: [Item]) {
    self.start = start
    self.items = items
  }
}

/// A picture that lies beside the document.
public struct Image: Sendable, Equatable {
  /// A path relative to the document, safe in an address.
  public var source: Link
  /// What it shows, in words.
  public var alternative: String

  public init(source: Link, alternative: String) {
    self.source = source
    self.alternative = Run.cleaned(alternative)
  }
}

/// A table; each row has as many cells as the header.
public struct Table: Sendable, Equatable {
  public var header: [[Run]]
  public var rows: [[[Run]]]
  /// Columns, from 0, whose cells are numbers and are set flush right.
  public var numeric: Set<Int>

  public init(header: [[Run]], rows: [[[Run]]], numeric: Set<Int> = []) {
    self.header = header
    self.rows = rows.map { row in
      Array(
        (row + Array(repeating: [], count: max(0, header.count - row.count))).prefix(header.count))
    }
    self.numeric = numeric
  }
}

/// One number with what it means.
public struct Figure: Sendable, Equatable {
  /// `2,140 h`.
  public var value: String
  /// `saved`.
  public var label: String
  /// Where it comes from, in a few words; may be empty.
  public var detail: String

  public init(value: String, label: String, detail: String = "") {
    self.value = value
    self.label = label
    self.detail = detail
  }
}
