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
