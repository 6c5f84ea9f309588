internal import Markup
public import Notes

/// Reads `profile.md`. A key that looks like a slip for a known one is a problem; any other unknown
/// key is the writer's own and left alone.
public struct ProfileReader {
  private var reader: StrictReader
  private let root: YAMLNode?
  private let note: Note

  /// The profile in `note`; throws everything that is wrong with it. A name is all that must be there.
  ///
  /// - Parameter language: Which of several languages of a field to take.
  ///
  /// - Parameter needsName: Whether a profile that is not filled in yet is a problem; it is for documents.
  public static func read(
    _ note: Note, language: String? = nil, needsName: Bool = true
  ) throws(Problems) -> Profile {
    let path = note.path.description
    if let error = note.frontMatter.error {
      throw Problems([
        Problem(
          path, error.position, "the profile cannot be read: \(error.reason)",
          "Mend the lines between the fences at the top of the file.")
      ])
    }
    var reader = ProfileReader(note, language)
    let profile = reader.profile(needsName: needsName)
    guard reader.reader.problems.isEmpty else { throw Problems(reader.reader.problems) }
    return profile
  }

  private init(_ note: Note, _ language: String?) {
    self.note = note
    root = note.frontMatter.root
    reader = StrictReader(path: note.path.description, language: language)
  }

  private mutating func profile(needsName: Bool) -> Profile {
    if let root {
      reader.check(
        root,
        keys: [
          "name", "label", "contact", "basics", "work", "education", "certificates", "languages",
          "interests", "volunteer", "awards", "publications", "references", "skills", "projects",
          "meta", "talks", "contributions", "image", "summary", "x", "visibility", "title", "kind",
          "tags", "aliases", "created",
        ], of: "a profile", tolerant: true)
    }
    let basics = root?["basics"]?.entries.isEmpty == false ? root?["basics"] : nil
    if let contact = root?["contact"] {
      reader.check(
        contact, keys: ["email", "phone", "url", "location", "profiles"], of: "contact",
        tolerant: true)
    }
    let name = field("name") ?? ""
    if needsName, name.trimmed.isEmpty {
      reader.report(
        TextPosition(line: root == nil ? 1 : 2, column: 1), "the profile has no name",
        "Add 'name: Your Name' between the '---' lines at the top of the file.")
    }
    return Profile(
      name: name.trimmed, label: field("label"), email: field("email", "contact"),
      phone: field("phone", "contact"), url: field("url", "contact"),
      location: location(
        root?["contact"]?["location"] ?? basics?["location"] ?? root?["location"]),
      accounts: accounts(
        root?["contact"]?["profiles"] ?? basics?["profiles"] ?? root?["profiles"]),
      summary: summary(),
      work: list("work") { reader, node in reader.work(node) }.flatMap { $0 },
      education: list("education") { reader, node in reader.education(node) },
      certificates: list("certificates") { reader, node in reader.certificate(node) },
      languages: list("languages") { reader, node in
        reader.reader.check(
          node, keys: ["language", "fluency", "visibility"], of: "a language", tolerant: true)
        return reader.required(node, "language", "a language").map {
          Profile.Language(
            language: $0, fluency: reader.reader.text(node, "fluency"),
            visibility: reader.visibility(node))
        }
      },
      interests: list("interests") { reader, node in
        reader.reader.check(
          node, keys: ["name", "keywords", "visibility"], of: "an interest", tolerant: true)
        return reader.required(node, "name", "an interest").map {
          Profile.Interest(
            name: $0, keywords: reader.reader.texts(node, "keywords"),
            visibility: reader.visibility(node))
        }
      },
      skills: list("skills") { reader, node in reader.skill(node) },
      volunteer: list("volunteer") { reader, node in
        reader.item(
          node, "voluntary work", title: "position", detail: "organization",
          keys: [
            "organization", "position", "url", "startDate", "endDate", "summary", "highlights",
          ])
      },
      awards: list("awards") { reader, node in
        reader.item(
          node, "an award", title: "title", detail: "awarder", day: "date",
          keys: ["title", "date", "awarder", "summary"])
      },
      publications: list("publications") { reader, node in
        reader.item(
          node, "a publication", title: "name", detail: "publisher", day: "releaseDate",
          keys: ["name", "publisher", "releaseDate", "url", "summary"])
      },
      talks: list("talks") { reader, node in
        reader.item(
          node, "a talk", title: "name", detail: "event", day: "date",
          keys: ["name", "event", "date", "url", "summary"])
      },
      contributions: list("contributions") { reader, node in
        reader.item(
          node, "a contribution", title: "name", detail: "project", day: "date",
          keys: ["name", "project", "date", "url", "summary"])
      },
      projects: list("projects") { reader, node in
        reader.item(
          node, "a project", title: "name", detail: "entity",
          keys: [
            "name", "description", "highlights", "keywords", "startDate", "endDate", "url", "roles",
            "entity", "type",
          ])
      },
      references: list("references") { reader, node in
        reader.reader.check(
          node, keys: ["name", "reference", "visibility"], of: "a reference", tolerant: true)
        return reader.required(node, "name", "a reference").map {
          Profile.Reference(
            name: $0, text: reader.reader.text(node, "reference") ?? "",
            visibility: reader.visibility(node))
        }
      },
      visibility: visibility(root))
  }

  private mutating func list<T>(
    _ key: String, _ read: (inout ProfileReader, YAMLNode) -> T?
  ) -> [T] {
    guard let node = root?[key], !node.isNull else { return [] }
    guard node.text == nil, node.entries.isEmpty else {
      reader.report(node, "\(key) is a list", "Begin each entry with '- ' on a line of its own.")
      return []
    }
    return node.items.compactMap { item in
      guard !item.entries.isEmpty else {
        reader.report(item, "an entry of \(key) has no keys", "Write 'name: …' behind the dash.")
        return nil
      }
      return read(&self, item)
    }
  }

  private mutating func required(_ node: YAMLNode, _ key: String, _ what: String) -> String? {
    if let text = reader.text(node, key), !text.trimmed.isEmpty { return text }
    reader.report(node, "\(what) has no \(key)", "Add '\(key): …' to it.")
    return nil
  }

  private mutating func visibility(_ node: YAMLNode?) -> Visibility {
    reader.visibility(node)
  }

  /// A text of `group` or `basics`, or at the top.
  private mutating func field(_ key: String, _ group: String? = nil) -> String? {
    for node in [group.flatMap { root?[$0] }, root?["basics"], root] {
      if let text = reader.text(node, key) { return text }
    }
    return nil
  }

  private static let roleKeys = [
    "position", "location", "url", "startDate", "endDate", "summary", "highlights", "stack",
    "description", "visibility",
  ]

  /// A job, or one for each of its roles.
  private mutating func work(_ node: YAMLNode) -> [Profile.Work]? {
    reader.check(node, keys: ["name", "roles"] + Self.roleKeys, of: "work", tolerant: true)
    guard let name = required(node, "name", "work") else { return nil }
    guard let roles = node["roles"], !roles.isNull else { return [work(node, name, under: nil)] }
    if roles.items.isEmpty {
      reader.report(roles, "roles is a list", "Begin each role with '- position:'.")
    }
    return roles.items.map { role in
      reader.check(role, keys: Self.roleKeys, of: "a role", tolerant: true)
      _ = required(role, "position", "a role")
      return work(role, name, under: node)
    }
  }

  /// - Parameter employer: What a role does not say itself is taken from here.
  private mutating func work(
    _ node: YAMLNode, _ name: String, under employer: YAMLNode?
  ) -> Profile.Work {
    let (start, end) = dates(node)
    let own = visibility(node)
    let highlights = reader.placedTexts(node, "highlights")
    return Profile.Work(
      name: name, position: reader.text(node, "position"),
      location: reader.text(node, "location") ?? reader.text(employer, "location"),
      url: reader.text(node, "url") ?? reader.text(employer, "url"), start: start, end: end,
      summary: reader.text(node, "summary"), highlights: highlights.map(\.text),
      stack: reader.texts(node, "stack"),
      visibility: own == .unsaid ? visibility(employer) : own, place: node.position,
      highlightPlaces: highlights.map(\.place))
  }

  private mutating func skill(_ node: YAMLNode) -> Profile.Skill? {
    reader.check(
      node, keys: ["name", "level", "keywords", "visibility"], of: "a skill", tolerant: true)
    return required(node, "name", "a skill").map {
      Profile.Skill(
        name: $0, level: reader.text(node, "level"), keywords: reader.texts(node, "keywords"),
        visibility: visibility(node))
    }
  }

  /// - Parameter day: The key of its one date; `startDate` and `endDate` when nil.
  private mutating func item(
    _ node: YAMLNode, _ what: String, title: String, detail: String, day: String? = nil,
    keys: [String]
  ) -> Profile.Item? {
    reader.check(node, keys: keys + ["visibility"], of: what, tolerant: true)
    let named = reader.text(node, title)
    let by = reader.text(node, detail)
    guard let name = named ?? by, !name.trimmed.isEmpty else {
      _ = required(node, title, what)
      return nil
    }
    let (start, end) = day.map { (reader.date(node, $0), nil) } ?? dates(node)
    return Profile.Item(
      title: name, detail: named == nil ? nil : by, url: reader.text(node, "url"), start: start,
      end: day == nil ? end : start,
      summary: reader.text(node, "summary") ?? reader.text(node, "description"),
      highlights: reader.texts(node, "highlights"), keywords: reader.texts(node, "keywords"),
      visibility: visibility(node), place: node.position)
  }

  private mutating func education(_ node: YAMLNode) -> Profile.Education? {
    reader.check(
      node,
      keys: [
        "institution", "area", "studyType", "startDate", "endDate", "courses", "url", "score",
        "visibility",
      ], of: "education", tolerant: true)
    guard let institution = required(node, "institution", "education") else { return nil }
    let (start, end) = dates(node)
    return Profile.Education(
      institution: institution, url: reader.text(node, "url"), score: reader.text(node, "score"),
      area: reader.text(node, "area"),
      studyType: reader.text(node, "studyType"), start: start, end: end,
      courses: reader.texts(node, "courses"), visibility: visibility(node), place: node.position)
  }

  private mutating func certificate(_ node: YAMLNode) -> Profile.Certificate? {
    reader.check(
      node, keys: ["name", "issuer", "date", "expires", "url", "skills", "visibility"],
      of: "a certificate", tolerant: true)
    guard let name = required(node, "name", "a certificate") else { return nil }
    return Profile.Certificate(
      name: name, issuer: reader.text(node, "issuer"), date: reader.date(node, "date"),
      url: reader.text(node, "url"), skills: reader.texts(node, "skills"),
      visibility: visibility(node), expires: reader.date(node, "expires"), place: node.position)
  }

  private mutating func dates(_ node: YAMLNode) -> (CalendarDate?, CalendarDate?) {
    let start = reader.date(node, "startDate")
    let end = reader.date(node, "endDate")
    if let start, let end, end.end <= start.start {
      reader.report(
        node["endDate"] ?? node, "it ends (\(end.iso)) before it starts (\(start.iso))",
        "Change one of the two dates.")
    }
    return (start, end)
  }

  private mutating func location(_ node: YAMLNode?) -> String? {
    guard let node, !node.isNull else { return nil }
    if let text = node.text { return text }
    let parts = ["city", "region", "countryCode"].compactMap { reader.text(node, $0) }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  private mutating func accounts(_ node: YAMLNode?) -> [Profile.Account] {
    (node?.items ?? []).compactMap { item in
      reader.check(
        item, keys: ["network", "username", "url"], of: "a profile of contact", tolerant: true)
      guard let network = required(item, "network", "a profile of contact") else { return nil }
      return Profile.Account(
        network: network, username: reader.text(item, "username"), url: reader.text(item, "url"))
    }
  }

  /// The paragraphs of the text, else the `summary` of JSON Resume.
  private mutating func summary() -> [String] {
    // A summary in several languages stands in the front matter; the text below is one of them.
    if root?["summary"]?.entries.isEmpty == false {
      return reader.text(root, "summary").map { [$0] } ?? []
    }
    let document = MarkdownDocument(
      Array(note.bytes[note.frontMatter.bodyStart...]), line: note.frontMatter.bodyLine)
    let paragraphs = document.blocks.compactMap { block -> String? in
      guard case .paragraph(let inlines, _) = block else { return nil }
      return PlainInlines.text(inlines)
    }
    return paragraphs.isEmpty ? field("summary").map { [$0] } ?? [] : paragraphs
  }
}

extension StrictReader {
  /// What `visibility:` says. Anything but the two words is a problem, since a slip of the pen there
  /// would show what was to be kept.
  mutating func visibility(_ node: YAMLNode?) -> Visibility {
    guard let value = node?["visibility"], !value.isNull else { return .unsaid }
    switch value.text?.lowercased() {
    case "public": return .public
    case "private": return .private
    default:
      report(
        value, "visibility cannot be \(value.text ?? "a list")",
        "Write public or private, or strike the line.")
      return .private
    }
  }
}

/// The words of inlines; wikilinks give their label or their target's name.
enum PlainInlines {
  static func text(_ inlines: [MarkdownDocument.Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text): withoutWikilinks(text)
      case .code(let text): text
      case .emphasis(let inner), .strong(let inner), .strikethrough(let inner),
        .link(_, _, let inner), .image(_, _, let inner):
        text(inner)
      case .softBreak, .lineBreak: " "
      }
    }.joined()
  }

  private static func withoutWikilinks(_ text: String) -> String {
    guard text.contains("[[") else { return text }
    var out = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "[["),
      let close = rest[open.upperBound...].firstRange(of: "]]")
    {
      out += rest[..<open.lowerBound]
      let inside = rest[open.upperBound..<close.lowerBound]
      out += inside.split(separator: "|").last ?? inside
      rest = rest[close.upperBound...]
    }
    return out + rest
  }
}
