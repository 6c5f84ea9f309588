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
    return isPlain && Self.meansNull(text) ? nil : text
  }

  private static func meansNull(_ text: String) -> Bool {
    switch text.utf8.count {
    case 0: true
    case 1: text == "~"
    case 4: text == "null" || text == "Null" || text == "NULL"
    default: false
    }
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
    guard case .mapping(let entries, _) = value else { return nil }
    return Self.value(of: key, in: entries, entries.indices)
  }

  /// The value of a key among some of the entries of a mapping.
  static func value(
    of key: String, in entries: [Entry], _ indices: some Collection<Int>
  ) -> YAMLNode? {
    for index in indices where entries[index].name == key { return entries[index].value }
    for index in indices where isSame(entries[index].name, key) { return entries[index].value }
    return nil
  }

  /// Whether two keys are the same but for case; nothing is made for those that are ASCII.
  private static func isSame(_ name: String, _ key: String) -> Bool {
    var name = name
    var key = key
    let isSame: Bool? = name.withUTF8 { name in
      key.withUTF8 { key in
        var isSame = name.count == key.count
        for index in 0..<name.count {
          if name[index] >= 0x80 { return nil }
          if isSame { isSame = lowered(name[index]) == lowered(key[index]) }
        }
        return isSame || key.allSatisfy { $0 < 0x80 } ? isSame : nil
      }
    }
    return isSame ?? (name.lowercased() == key.lowercased())
  }

  private static func lowered(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

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
