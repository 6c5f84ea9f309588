/// A place in a text: both count from 1, columns in bytes.
public struct TextPosition: Equatable, Sendable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// A value of a YAML document with the bytes it was read from.
public struct YAMLNode: Sendable, Equatable {
  public indirect enum Value: Sendable, Equatable {
    /// Text as YAML reads it; `isPlain` is false for quoted and block scalars.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode], isFlow: Bool)
    case mapping([Entry], isFlow: Bool)
  }

  /// A key of a mapping with its value.
  public struct Entry: Sendable, Equatable {
    public var key: YAMLNode
    public var value: YAMLNode

    /// The key as text; keys that are lists or mappings have none.
    public var name: String { key.text ?? "" }
  }

  public var value: Value
  /// Where the value begins.
  public var position: TextPosition
  /// The bytes of the value in the text that was parsed.
  public var range: Range<Int>

  /// The text of a scalar; nil for lists, mappings and YAML's null.
  public var text: String? {
    guard case .scalar(let text, let isPlain) = value else { return nil }
    if isPlain, ["", "~", "null", "Null", "NULL"].contains(text) { return nil }
    return text
  }

  public var isNull: Bool {
    guard case .scalar = value else { return false }
    return text == nil
  }

  public var entries: [Entry] {
    if case .mapping(let entries, _) = value { entries } else { [] }
  }

  public var items: [YAMLNode] {
    if case .sequence(let items, _) = value { items } else { [] }
  }

  /// The value of a key, compared without regard to case; the first when it is there twice.
  public subscript(key: String) -> YAMLNode? {
    let wanted = key.lowercased()
    return entries.first { $0.name == key }?.value
      ?? entries.first { $0.name.lowercased() == wanted }?.value
  }

  /// The texts of a list of scalars, or of one scalar as a list of one.
  public var texts: [String] {
    switch value {
    case .scalar: text.map { [$0] } ?? []
    case .sequence(let items, _): items.compactMap(\.text)
    case .mapping: []
    }
  }

  /// True or false as YAML 1.1 and its users write it.
  public var bool: Bool? {
    guard case .scalar(let text, _) = value else { return nil }
    switch text.lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off": return false
    default: return nil
    }
  }
}

/// Why a YAML text cannot be used, and where.
public struct YAMLError: Error, Equatable, Sendable {
  public let position: TextPosition
  public let reason: String
}
