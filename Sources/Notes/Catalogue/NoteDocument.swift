public import FullText
public import Markup

/// What of a note is searched: the text fields of the index, in the order of their numbers.
public enum NoteField: UInt8, CaseIterable, Sendable {
  case title, heading, tag, body, code, link, error, path

  /// A word of the title counts for more than its weight says: the name of the file, the first
  /// heading and the path mostly repeat it. A field with length normalisation counts less in a long
  /// note.
  public static let schema = Schema(fields: [
    .init(name: "title", weight: 1.5, isTitle: true),
    .init(name: "heading", weight: 0.5, normalisesLength: false, isCode: false),
    .init(name: "tag", weight: 2, normalisesLength: false, isCode: false),
    .init(name: "body", weight: 1, normalisesLength: true, isCode: false),
    .init(name: "code", weight: 0.8, normalisesLength: true, isCode: true),
    .init(name: "link", weight: 0.5, normalisesLength: false, isCode: true),
    .init(name: "error", weight: 4, normalisesLength: false, isCode: true),
    .init(name: "path", weight: 1, normalisesLength: false, isCode: false),
  ])
}

/// Names of what the index keeps of a note besides its text. Those with a dot in front are not front
/// matter and cannot be asked for in a query.
enum NoteAttribute {
  static let title = ".title"
  static let stem = ".stem"
  static let path = ".path"
  static let link = ".link"
  static let problem = ".problem"
  static let kind = "kind"
  static let tag = "tag"
  static let skill = "skill"
  static let language = "lang"
  static let alias = "alias"
  static let created = "created"
  static let modified = "modified"
}

extension Note {
  /// Longest value of a front-matter key that can be filtered by, in bytes.
  private static let maximumValue = 200

  /// The note as the index takes it.
  ///
  /// The text is the file itself with what is only in the front matter behind it, so that the body
  /// is never copied run by run.
  func document(stamp: Stamp, problem: String? = nil) -> Document {
    var document = Document(
      key: path.description, stamp: stamp, text: bytes, runs: [], attributes: [])
    let title = self.title
    let aliases = self.aliases
    let tags = self.tags
    let skills = self.skills
    let pairs = frontMatter.flattened
    // Room for what is added, so that the text is copied once.
    document.text.reserveCapacity(bytes.count + 512 + 2 * frontMatter.content.count)
    document.runs.reserveCapacity(markdown.spans.count + 8)

    document.append(.title, title)
    document.append(.title, Self.spaced(path.stem))
    for alias in aliases { document.append(.title, alias) }
    for tag in tags { document.append(.tag, tag) }
    for skill in skills { document.append(.tag, skill) }
    for line in errorSignatures { document.append(.error, line) }
    document.append(.path, path.description)
    appendFrontMatterText(pairs, to: &document)
    appendBody(to: &document, title: title)

    func add(
      _ name: String, _ value: String, isStored: Bool = true, isWhole: Bool = false
    ) {
      document.attributes.append(
        Attribute(name: name, value: value, isStored: isStored, isWhole: isWhole))
    }
    add(NoteAttribute.title, title, isWhole: true)
    add(NoteAttribute.kind, kind.rawValue)
    for tag in tags { add(NoteAttribute.tag, tag) }
    for skill in skills { add(NoteAttribute.skill, skill) }
    if let language { add(NoteAttribute.language, language) }
    if let created { add(NoteAttribute.created, created.iso) }
    let seconds = max(stamp.modified, stamp.changed) / 1_000_000_000
    let fileTime = stamp.modified >= 0 ? stamp.modified / 1_000_000_000 : seconds
    add(NoteAttribute.modified, modified?.iso ?? LocalTime.utc(seconds: fileTime))
    if let problem { add(NoteAttribute.problem, problem) }
    for alias in aliases { add(NoteAttribute.alias, alias, isStored: false) }
    add(NoteAttribute.stem, path.stem, isStored: false)
    add(
      NoteAttribute.path, VaultPath.withoutExtension(path.description), isStored: false,
      isWhole: true)
    for target in Set(links.compactMap(\.noteKey)) {
      add(NoteAttribute.link, target, isStored: false)
    }
    for (key, value) in pairs where !Self.named.contains(key) {
      if value.utf8.count <= Self.maximumValue { add(key, value, isStored: false) }
    }
    return document
  }

  /// Keys whose values are attributes of their own.
  private static let named: Set<String> = [
    "title", "kind", "tag", "tags", "skill", "skills", "lang", "alias", "aliases", "created",
    "modified",
  ]

  /// `backfill-one_partition` as words, so that a file's name reads like a title.
  private static func spaced(_ stem: String) -> String {
    String(
      decoding: stem.utf8.lazy.map { byte -> UInt8 in
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") ? 0x20 : byte
      }, as: UTF8.self)
  }

  /// Sentences in the front matter (a description, an impact, a cause) are text like any other.
  private func appendFrontMatterText(
    _ pairs: [(key: String, value: String)], to document: inout Document
  ) {
    for (key, value) in pairs
    where value.utf8.contains(UInt8(ascii: " ")) && !Self.fieldsOfTheirOwn.contains(key) {
      document.append(.body, value)
    }
  }

  /// Keys whose values are in a field of their own.
  private static let fieldsOfTheirOwn: Set<String> = [
    "title", "tags", "tag", "aliases", "alias", "error", "errors",
  ]

  private func appendBody(to document: inout Document, title: String) {
    for span in markdown.spans {
      let field: NoteField
      switch span.kind {
      case .heading: field = .heading
      case .prose: field = .body
      case .inlineCode, .code, .math: field = .code
      case .linkTarget: field = .link
      case .html: continue
      }
      document.runs.append(
        .init(field: field.rawValue, range: span.range, joinsPrevious: span.joinsPrevious))
    }
  }
}

extension Document {
  /// Adds a text that is not in the file, as a run of its own.
  fileprivate mutating func append(_ field: NoteField, _ text: String) {
    let start = self.text.count
    self.text.append(contentsOf: text.utf8)
    runs.append(.init(field: field.rawValue, range: start..<self.text.count, joinsPrevious: false))
  }
}

extension MarkdownScan.Link {
  /// The name by which a link to a note is found again: the last part of its target without `.md`;
  /// nil for links that lead out of the vault or within the same note.
  var noteKey: String? {
    guard isInternal, !target.isEmpty else { return nil }
    let slash = UInt8(ascii: "/")
    let bytes = target.utf8
    guard let last = bytes.lastIndex(where: { $0 != slash }) else {
      return VaultPath.withoutExtension(target)
    }
    let rest = bytes[...last]
    let start = rest.lastIndex(of: slash).map { rest.index(after: $0) } ?? rest.startIndex
    return VaultPath.withoutExtension(String(Substring(rest[start...])))
  }

  /// Whether the link can lead to a file of the vault: it has no scheme and is no definition.
  public var isInternal: Bool {
    switch kind {
    case .wikilink, .embed: return true
    case .autolink: return false
    default:
      let bytes = target.utf8
      if bytes.starts(with: "//".utf8) { return false }
      // Up to what no scheme has in it; a colon there ends one.
      for byte in bytes {
        if byte == UInt8(ascii: ":") { return false }
        let isOfScheme =
          byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
          || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || byte == UInt8(ascii: "+")
          || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        if !isOfScheme { return true }
      }
      return true
    }
  }
}
