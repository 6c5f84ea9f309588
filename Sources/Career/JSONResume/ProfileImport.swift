public import Notes

/// Makes a `profile.md` of a JSON Resume, such that nothing of it is lost.
///
/// The sections keep their names and fields. `basics` becomes `name`, `label`, `image` and `contact:`
/// at the top, its summary the text below; keys that `basics` does not have in the schema stay under
/// `basics:`, and sections that the schema does not have go under `x:`. Jobs that an export parted by
/// role are one employer again.
public struct ProfileImport: Sendable {
  /// The whole file.
  public let text: String

  /// Makes the file; throws when `bytes` are no JSON object, or its keys cannot be written as YAML.
  public init(_ bytes: [UInt8], path: String) throws(Problems) {
    let root: JSONValue
    do throws(JSONParser.Failure) { root = try JSONParser.parse(bytes) } catch {
      throw Problems([
        Problem(path, error.position, "this is no JSON: \(error.reason)", "Mend that place.")
      ])
    }
    guard case .object(let members) = root else {
      throw Problems([
        Problem(
          path, TextPosition(line: 1, column: 1), "a JSON Resume is an object",
          "It begins with '{' and has 'basics', 'work' and so on.")
      ])
    }
    var yaml = YAMLWriter()
    var body = ""
    var others: [JSONValue.Member] = []
    for member in members where member.key == "basics" {
      body = Self.addBasics(member.value, to: &yaml)
    }
    for member in members where member.key != "basics" {
      if member.key == "work" {
        yaml.add("work", Self.joined(member.value))
      } else if JSONResumeSchema.fields(of: member.key) != nil
        || ["meta", "$schema"].contains(member.key)
      {
        yaml.add(member.key, member.value)
      } else {
        others.append(member)
      }
    }
    if !others.isEmpty { yaml.add("x", .object(others)) }
    if let key = yaml.unusableKey {
      throw Problems([
        Problem(
          path, TextPosition(line: 1, column: 1),
          "a key of \(key.utf8.count) bytes is too long for YAML", "Shorten it.")
      ])
    }
    text = "---\n" + yaml.text + "---\n" + (body.isEmpty ? "" : "\n" + body + "\n")
  }

  /// Adds what `basics` holds and gives the summary when it can be the text of the note.
  private static func addBasics(_ basics: JSONValue, to yaml: inout YAMLWriter) -> String {
    guard case .object(let members) = basics, !members.isEmpty else {
      yaml.add("basics", basics)
      return ""
    }
    var body = ""
    var contact: [JSONValue.Member] = []
    var rest: [JSONValue.Member] = []
    for member in members {
      switch member.key {
      case "summary":
        if let text = member.value.text, ProfileExport.isBody(text) {
          body = text
        } else {
          yaml.add("summary", member.value)
        }
      case "name", "label", "image": yaml.add(member.key, member.value)
      case let key where JSONResumeSchema.contact.contains(key): contact.append(member)
      default: rest.append(member)
      }
    }
    if !contact.isEmpty { yaml.add("contact", .object(contact)) }
    if !rest.isEmpty { yaml.add("basics", .object(rest)) }
    return body
  }

  /// Neighbouring jobs with the same `x-folio-employer` as one job with roles.
  private static func joined(_ work: JSONValue) -> JSONValue {
    guard case .array(let items) = work else { return work }
    var out: [JSONValue] = []
    var open: String?
    for item in items {
      guard let employer = item["x-folio-employer"]?.text else {
        out.append(item)
        open = nil
        continue
      }
      let shared = item.members.filter { ProfileExport.isShared($0.key) }
      let role = item.members.filter {
        !ProfileExport.isShared($0.key) && $0.key != "x-folio-employer"
      }
      if employer == open, case .object(var members)? = out.last,
        let index = members.firstIndex(where: { $0.key == "roles" })
      {
        members[index].value = .array(members[index].value.items + [.object(role)])
        out[out.count - 1] = .object(members)
      } else {
        out.append(.object(shared + [.init("roles", .array([.object(role)]))]))
      }
      open = employer
    }
    return .array(out)
  }
}

/// Writes JSON values as YAML in block style, texts quoted where they must be.
struct YAMLWriter {
  private(set) var text = ""
  /// A key that is longer than YAML reads before a colon.
  private(set) var unusableKey: String?

  mutating func add(_ key: String, _ value: JSONValue) { add(key, value, "") }

  private mutating func add(_ key: String, _ value: JSONValue, _ indent: String) {
    let name = YAMLText.isPlainSafe(key) && !key.contains(":") ? key : YAMLText.quoted(key)
    if name.utf8.count > 1000 { unusableKey = key }
    text += name + ":"
    switch value {
    case .array(let items) where !items.isEmpty:
      text += "\n"
      for item in items {
        text += indent + "  - "
        add(item, indent + "    ")
      }
    case .object(let members) where !members.isEmpty:
      text += "\n"
      for member in members {
        text += indent + "  "
        add(member.key, member.value, indent + "  ")
      }
    default: text += " " + Self.scalar(value) + "\n"
    }
  }

  /// An item of a list, behind its dash.
  private mutating func add(_ item: JSONValue, _ indent: String) {
    switch item {
    case .object(let members) where !members.isEmpty:
      for (index, member) in members.enumerated() {
        if index > 0 { text += indent }
        add(member.key, member.value, indent)
      }
    case .array(let items) where !items.isEmpty:
      for (index, inner) in items.enumerated() {
        if index > 0 { text += indent }
        text += "- "
        add(inner, indent + "  ")
      }
    default: text += Self.scalar(item) + "\n"
    }
  }

  private static func scalar(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): YAMLText.blockScalar(text)
    case .array: "[]"
    case .object: "{}"
    }
  }
}
