/// A finished document as blocks: what is said, with nothing yet about how it looks.
public struct Document: Sendable, Equatable {
  /// The title, for the window and the metadata.
  public var title: String
  public var author: String
  /// One sentence on what it is, for the metadata; may be empty.
  public var subject: String
  public var keywords: [String]
  /// A language tag of BCP 47, such as `en-GB`.
  public var language: String
  /// The day it speaks of, `2026-11-22`. Every writer takes dates from here and none from the clock,
  /// so that the same notes give the same bytes.
  public var day: String
  public var masthead: Masthead
  public var sections: [Section]

  public init(
    title: String, author: String, subject: String = "", keywords: [String] = [],
    language: String = "en-GB", day: String, masthead: Masthead, sections: [Section]
  ) {
    self.title = title
    self.author = author
    self.subject = subject
    self.keywords = keywords
    self.language = language
    self.day = day
    self.masthead = masthead
    self.sections = sections
  }
}

/// The head of a document: who it is about and how to reach them.
public struct Masthead: Sendable, Equatable {
  public var name: String
  /// What the person is, in a few words; may be empty.
  public var label: String
  /// One item each, in the order in which they are shown.
  public var contacts: [[Run]]

  public init(name: String, label: String = "", contacts: [[Run]] = []) {
    self.name = name
    self.label = label
    self.contacts = contacts
  }
}

/// A part of a document under a heading.
public struct Section: Sendable, Equatable {
  /// Letters, digits and dashes; once in a document.
  public var id: String
  public var title: String
  public var blocks: [Block]

  public init(id: String, title: String, blocks: [Block]) {
    self.id = id
    self.title = title
    self.blocks = blocks
  }
}
