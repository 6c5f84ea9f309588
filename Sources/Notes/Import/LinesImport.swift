/// Importing notes from lines of JSON, an object a line.
///
/// Read as they are usually called: `title` or `name`; `body`, `content`, `text` or `markdown`; `tags`;
/// `created`, `date` or `createdAt`; `modified`, `updated` or `updatedAt`; `kind` or `type`; `url`;
/// `lang` or `language`; `aliases`; `path` or `filename`. A whole file under `rawContent` (as zk prints
/// it), or a `text` that begins with front matter beside a `path` (as `folio show --json` prints it),
/// comes as it is. Every other member becomes a key of the front matter, so that nothing is lost.
public struct LinesImport: Sendable {
  private let path: String

  public init(path: String) { self.path = path }

  public func plan(
    into vault: Vault, _ options: ImportPlan.Options
  ) throws(VaultError) -> ImportPlan {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try FileSystem.read(path) } catch { throw .file(error) }
    var placer = try ImportPlacer(vault, options)
    var plan = ImportPlan()
    var remarks = RemarkCollector()
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    for (number, line) in bytes[start...].split(
      separator: 0x0A, omittingEmptySubsequences: false
    ).enumerated() where line.contains(where: { $0 > 0x20 }) {
      let source = "line \(number + 1)"
      do throws(JSONReader.Failure) {
        let value = try JSONReader.read(Array(line))
        let (path, content, isNamed) = try note(value, source, &remarks)
        plan.items.append(
          placer.item(
            source, at: path, isNote: true, .bytes(content), isNumbered: !isNamed))
      } catch {
        plan.items.append(
          ImportPlan.Item(
            source: source, path: "", isNote: true,
            state: .refused("column \(error.column): \(error.reason)"), content: .bytes([])))
      }
    }
    plan.remarks = remarks.all
    return plan
  }

  private static let known: [[String]] = [
    ["title", "name"], ["body", "content", "text", "markdown"], ["tags", "tag"],
    ["created", "date", "createdAt", "created_at"],
    ["modified", "updated", "updatedAt", "updated_at"], ["kind", "type"], ["url", "link"],
    ["lang", "language"], ["aliases", "alias"], ["path", "filename"], ["skills"],
  ]

  /// The path and the bytes of the note that an object is, and whether the object named the path.
  private func note(
    _ object: JSONValue, _ source: String, _ remarks: inout RemarkCollector
  ) throws(JSONReader.Failure) -> (path: String, bytes: [UInt8], isNamed: Bool) {
    guard case .object(let members) = object else {
      throw JSONReader.Failure(column: 1, reason: "it is no object")
    }
    func value(_ names: [String]) -> JSONValue? {
      for name in names { if let value = object[name], value != .null { return value } }
      return nil
    }
    let path = value(["path", "filename"])?.text.map(Self.notePath)
    if let raw = object["rawContent"]?.text, let path {
      return (path, Array(raw.utf8), true)
    }
    let body = value(["body", "content", "text", "markdown"])?.text ?? ""
    if let path, body.hasPrefix("---\n") { return (path, Array(body.utf8), true) }
    let typed = value(["kind", "type"])?.text
    let kind = typed.flatMap { NoteKind(typed: $0) }
    let capture = Capture(kind: kind ?? .note, title: value(["title", "name"])?.text, body: body)
    guard let title = capture.effectiveTitle else {
      throw JSONReader.Failure(column: 1, reason: "it has neither a title nor a text")
    }
    var lines = ["title: " + YAMLText.blockScalar(title)]
    func add(_ key: String, _ value: JSONValue) { lines.append(key + ": " + Self.yaml(value)) }
    if let kind {
      lines.append("kind: \(kind.rawValue)")
    } else if let typed {
      lines.append("type: " + YAMLText.blockScalar(typed))
      remarks.note("kinds that folio does not know", "they are kept under 'type'", source)
    }
    for (key, names) in [
      ("lang", ["lang", "language"]), ("url", ["url", "link"]), ("tags", ["tags", "tag"]),
      ("skills", ["skills"]), ("aliases", ["aliases", "alias"]),
      ("created", ["created", "date", "createdAt", "created_at"]),
      ("modified", ["modified", "updated", "updatedAt", "updated_at"]),
    ] {
      if let value = value(names), value != .array([]) { add(key, value) }
    }
    var keys = Set(lines.map { $0.prefix { $0 != ":" }.lowercased() })
    for (name, value) in Self.others(members) where value != .null {
      let key = Self.key(name)
      guard keys.insert(key.lowercased()).inserted else {
        remarks.note("members whose name another has", "only the first is kept", source)
        continue
      }
      add(key, value)
      remarks.note(
        "members that folio gives no meaning", "they are kept in the front matter", source)
    }
    let text = "---\n" + lines.joined(separator: "\n") + "\n---\n\n"
    var end = body[...]
    while end.last?.isNewline == true { end.removeLast() }
    let whole = text + end + (end.isEmpty ? "" : "\n")
    let slug = Slug.make(title) ?? "note"
    let folder = kind?.folder ?? ""
    return (
      path ?? (folder.isEmpty ? slug + ".md" : "\(folder)/\(slug).md"), Array(whole.utf8),
      path != nil
    )
  }

  private static func notePath(_ text: String) -> String {
    VaultPath.isNote(text) ? text : text + ".md"
  }

  /// Members beside those that were read; `metadata` gives its own.
  private static func others(
    _ members: [(name: String, value: JSONValue)]
  ) -> [(name: String, value: JSONValue)] {
    let read = Set(known.flatMap { $0 })
    return members.flatMap { member -> [(name: String, value: JSONValue)] in
      if member.name == "metadata", case .object(let inner) = member.value { return others(inner) }
      return read.contains(member.name) ? [] : [member]
    }
  }

  private static func key(_ name: String) -> String {
    let key = String(
      name.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" ? $0 : "_" })
    return key.first?.isLetter == true ? key : "x_" + key
  }

  /// A value as YAML: JSON is YAML, but for texts that read better without quotes.
  private static func yaml(_ value: JSONValue) -> String {
    switch value {
    case .null: return "null"
    case .bool, .number: return value.text ?? ""
    case .string(let text):
      // A date stays one.
      return NoteDate(text) != nil && text.count <= 25 ? text : YAMLText.blockScalar(text)
    case .array(let items): return "[" + items.map(flow).joined(separator: ", ") + "]"
    case .object: return flow(value)
    }
  }

  private static func flow(_ value: JSONValue) -> String {
    switch value {
    case .string(let text): return YAMLText.flowScalar(text)
    case .array(let items): return "[" + items.map(flow).joined(separator: ", ") + "]"
    case .object(let members):
      let inner = members.map { YAMLText.quoted($0.name) + ": " + flow($0.value) }
      return "{" + inner.joined(separator: ", ") + "}"
    default: return yaml(value)
    }
  }
}
