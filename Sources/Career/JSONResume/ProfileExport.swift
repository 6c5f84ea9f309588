public import Notes

/// Makes a JSON Resume of `profile.md`: the way back of ``ProfileImport``.
public struct ProfileExport {
  private let language: String?
  private let includesPrivate: Bool

  /// The JSON Resume of a profile that can be read.
  ///
  /// - Parameters:
  ///   - language: Which of several languages of a field to take.
  ///   - includesPrivate: Keep entries that say `visibility: private`.
  public static func make(
    _ note: Note, language: String? = nil, includesPrivate: Bool = false
  ) -> JSONValue {
    ProfileExport(language: language, includesPrivate: includesPrivate).make(note)
  }

  private func make(_ note: Note) -> JSONValue {
    var members: [JSONValue.Member] = []
    let root = note.frontMatter.root
    if let basics = basics(root, body: Self.body(note)) { members.append(.init("basics", basics)) }
    for entry in root?.entries ?? [] {
      if let fields = JSONResumeSchema.fields(of: entry.name) {
        members.append(.init(entry.name, list(entry.value, fields, isWork: entry.name == "work")))
      } else if entry.name == "meta" {
        members.append(.init("meta", object(entry.value, JSONResumeSchema.meta)))
      } else if entry.name == "$schema" {
        members.append(.init("$schema", known(entry.value)))
      } else if entry.name == "x" {
        members += entry.value.entries.map { .init($0.name, free($0.value)) }
      }
    }
    return .object(members)
  }

  // MARK: - Basics

  private func basics(_ root: YAMLNode?, body: String) -> JSONValue? {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ node: YAMLNode?) {
      guard let node, !Self.isBlank(node), !members.contains(where: { $0.key == key }) else {
        return
      }
      members.append(.init(key, basic(key, node)))
    }
    for key in ["name", "label", "image"] { add(key, root?.exact(key)) }
    for key in JSONResumeSchema.contact { add(key, root?.exact("contact")?.exact(key)) }
    let summary = root?.exact("summary")
    if let summary, Self.isLocalised(summary) {
      add("summary", summary)
    } else if !body.isEmpty {
      members.append(.init("summary", .string(body)))
    } else {
      add("summary", summary)
    }
    if let rest = root?.exact("basics") {
      guard !rest.entries.isEmpty else { return members.isEmpty ? free(rest) : .object(members) }
      for entry in rest.entries { add(entry.name, entry.value) }
    }
    return members.isEmpty ? nil : .object(members)
  }

  private func basic(_ key: String, _ node: YAMLNode) -> JSONValue {
    switch key {
    case "location" where !node.entries.isEmpty: object(node, JSONResumeSchema.location)
    // A place in one text is a city to the schema.
    case "location" where node.text != nil:
      .object([.init("city", .string(node.text ?? ""))])
    case "profiles": list(node, JSONResumeSchema.account, isWork: false)
    case let key where JSONResumeSchema.basics.contains(key): known(node)
    default: free(node)
    }
  }

  // MARK: - Sections

  private func list(_ node: YAMLNode, _ fields: [String], isWork: Bool) -> JSONValue {
    guard case .sequence(let items, _) = node.value else { return free(node) }
    var out: [JSONValue] = []
    for (index, item) in items.enumerated() {
      if !includesPrivate, item.exact("visibility")?.text?.lowercased() == "private" { continue }
      if isWork, let roles = item.exact("roles")?.items, !roles.isEmpty {
        out += split(item, roles, fields, number: index + 1)
      } else {
        out.append(object(item, fields))
      }
    }
    return .array(out)
  }

  /// A job with several roles as one job a role, each with what they share and a mark by which they
  /// are joined again.
  private func split(
    _ job: YAMLNode, _ roles: [YAMLNode], _ fields: [String], number: Int
  ) -> [JSONValue] {
    let shared = object(job, fields).members.filter { $0.key != "roles" }
    return roles.filter {
      includesPrivate || $0.exact("visibility")?.text?.lowercased() != "private"
    }.map { role in
      let own = object(role, fields).members
      let rest = shared.filter { member in !own.contains { $0.key == member.key } }
      return .object(rest + own + [.init("x-folio-employer", .string("employer-\(number)"))])
    }
  }

  /// Whether a key belongs to the employer rather than to one role there.
  static func isShared(_ key: String) -> Bool {
    ["name", "url", "description", "visibility"].contains(key)
  }

  private func object(_ node: YAMLNode, _ fields: [String]) -> JSONValue {
    guard !node.entries.isEmpty else { return free(node) }
    return .object(
      node.entries.filter { !Self.isBlank($0.value) }.map { entry in
        .init(entry.name, fields.contains(entry.name) ? known(entry.value) : free(entry.value))
      })
  }

  // MARK: - Values

  /// A field of the schema: texts stay texts even when YAML could take them for numbers.
  private func known(_ node: YAMLNode) -> JSONValue {
    if let chosen = Self.localised(node, language) { return known(chosen) }
    switch node.value {
    case .scalar(let text, let isPlain):
      return isPlain && Self.isNull(text) ? .null : .string(text)
    case .sequence(let items, _): return .array(items.map(known))
    case .mapping: return free(node)
    }
  }

  /// Anything else: as YAML reads it.
  private func free(_ node: YAMLNode) -> JSONValue {
    switch node.value {
    case .scalar(let text, let isPlain):
      guard isPlain else { return .string(text) }
      if Self.isNull(text) { return .null }
      if text == "true" || text == "false" { return .bool(text == "true") }
      if case .number? = try? JSONParser.parse(Array(text.utf8)) { return .number(text) }
      return .string(text)
    case .sequence(let items, _): return .array(items.map(free))
    case .mapping(let entries, _):
      return .object(entries.map { .init($0.name, free($0.value)) })
    }
  }

  private static func isNull(_ text: String) -> Bool {
    ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// A key with nothing behind it, which the schema has no value for.
  private static func isBlank(_ node: YAMLNode) -> Bool {
    if case .scalar("", let isPlain) = node.value { isPlain } else { false }
  }

  private static func isLocalised(_ node: YAMLNode) -> Bool { localised(node, nil) != nil }

  private static func localised(_ node: YAMLNode, _ language: String?) -> YAMLNode? {
    LanguageTag.choose(node, language)
  }

  // MARK: - The text

  /// The text of a note without the space around it.
  private static func body(_ note: Note) -> String {
    String(decoding: note.bytes[note.frontMatter.bodyStart...], as: UTF8.self).trimmed
  }

  /// Whether a summary comes back as it was when it stands below the front matter.
  static func isBody(_ text: String) -> Bool {
    !text.isEmpty && text == text.trimmed && !text.hasPrefix("---")
      && text.unicodeScalars.allSatisfy { $0 == "\n" || ($0.value >= 0x20 && $0.value != 0xFEFF) }
  }
}

extension YAMLNode {
  /// The value of a key spelt exactly so.
  func exact(_ key: String) -> YAMLNode? { entries.first { $0.name == key }?.value }
}
