/// A JSON value as it was written: objects keep their order, numbers their digits.
public indirect enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  /// As it stands in the text: `1.0` stays `1.0`.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  public struct Member: Sendable, Equatable {
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// The value of a key of an object.
  public subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }

  public var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  public var items: [JSONValue] {
    if case .array(let items) = self { items } else { [] }
  }

  public var text: String? {
    if case .string(let text) = self { text } else { nil }
  }

  public static func strings(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  /// Whether two values are the same but for the order of keys.
  public func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.object(let a), .object(let b)):
      a.count == b.count
        && a.allSatisfy { member in other[member.key].map { member.value.isSame(as: $0) } ?? false }
    case (.array(let a), .array(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    default: self == other
    }
  }
}

// MARK: - Writing

extension JSONValue {
  /// The value over several lines, two spaces a level, with a line end behind it.
  public var pretty: String {
    var out = ""
    write(into: &out, indent: "")
    return out + "\n"
  }

  private func write(into out: inout String, indent: String) {
    let inner = indent + "  "
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let digits): out += digits
    case .string(let text): Self.quote(text, into: &out)
    case .array(let items):
      guard !items.isEmpty else { return out += "[]" }
      out += "["
      for (index, item) in items.enumerated() {
        out += (index > 0 ? ",\n" : "\n") + inner
        item.write(into: &out, indent: inner)
      }
      out += "\n\(indent)]"
    case .object(let members):
      guard !members.isEmpty else { return out += "{}" }
      out += "{"
      for (index, member) in members.enumerated() {
        out += (index > 0 ? ",\n" : "\n") + inner
        Self.quote(member.key, into: &out)
        out += ": "
        member.value.write(into: &out, indent: inner)
      }
      out += "\n\(indent)}"
    }
  }

  private static func quote(_ text: String, into out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _
      where scalar.value < 0x20 || scalar.value == 0x7F || scalar.value == 0x2028
        || scalar.value == 0x2029:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
