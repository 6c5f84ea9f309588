/// Reads the part of TOML that front matter uses: keys (bare, quoted, dotted), strings, numbers,
/// booleans, dates, arrays over several lines, inline tables and `[table]` headers.
///
/// The result has the shape of a YAML mapping, so the rest of the program knows one kind of data; the
/// limits are those of `YAMLParser`.
/// Source: TOML 1.0.0.
struct TOMLReader {
  private let bytes: [UInt8]
  private let lines: LineTable
  private var at = 0
  private var depth = 0
  private var count = 0

  static func parse(_ bytes: [UInt8], lineOffset: Int) throws(YAMLError) -> YAMLNode? {
    guard bytes.count <= YAMLParser.maximumSize else {
      throw YAMLError(
        position: TextPosition(line: lineOffset + 1, column: 1), reason: "larger than 1 MB")
    }
    var reader = TOMLReader(bytes: bytes, lineOffset: lineOffset)
    return try reader.document()
  }

  private init(bytes: [UInt8], lineOffset: Int) {
    self.bytes = bytes
    lines = LineTable(bytes, offset: lineOffset)
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private func position(_ index: Int) -> TextPosition {
    lines.position(of: min(index, bytes.count))
  }

  private func failure(_ reason: String) -> YAMLError {
    YAMLError(position: position(at), reason: reason)
  }

  private mutating func document() throws(YAMLError) -> YAMLNode? {
    var root = mapping(at: 0)
    var table: [YAMLNode] = []
    skipBlank(acrossLines: true)
    while let byte = current {
      if byte == UInt8(ascii: "[") {
        let isArray = at + 1 < bytes.count && bytes[at + 1] == UInt8(ascii: "[")
        at += isArray ? 2 : 1
        table = try key()
        let closer = isArray ? 2 : 1
        for _ in 0..<closer {
          guard current == UInt8(ascii: "]") else { throw failure("expected ]") }
          at += 1
        }
        Self.set(&root, table[...], to: mapping(at: at))
      } else {
        let path = try keyAndEquals()
        Self.set(&root, (table + path)[...], to: try value())
      }
      skipBlank(acrossLines: false)
      if let byte = current, byte != 0x0A, byte != 0x0D {
        throw failure("expected the end of the line")
      }
      skipBlank(acrossLines: true)
    }
    return root.entries.isEmpty ? nil : root
  }

  private func mapping(at index: Int) -> YAMLNode {
    YAMLNode(
      value: .mapping([], isFlow: false), position: position(index), range: index..<index)
  }

  private static func set(_ node: inout YAMLNode, _ path: ArraySlice<YAMLNode>, to value: YAMLNode)
  {
    guard let key = path.first else { return }
    var entries = node.entries
    // The only copy: appending to it costs no more than the entry.
    node.value = .mapping([], isFlow: false)
    // A value is put behind those that are there, unseen: a key given twice is found twice. Only a
    // table may come again.
    let isTable = path.count > 1 || value.isMapping
    let found = isTable ? entries.firstIndex { $0.name == key.text } : nil
    if path.count == 1 {
      if found.map({ !entries[$0].value.isMapping }) ?? true {
        entries.append(.init(key: key, value: value))
      }
    } else {
      var child =
        found.map { entries[$0].value }
        ?? YAMLNode(
          value: .mapping([], isFlow: false), position: key.position, range: key.range)
      set(&child, path.dropFirst(), to: value)
      if let found {
        entries[found].value = child
      } else {
        entries.append(.init(key: key, value: child))
      }
    }
    node.value = .mapping(entries, isFlow: false)
  }

  private mutating func skipBlank(acrossLines: Bool) {
    while let byte = current {
      if byte == UInt8(ascii: "#") {
        while let byte = current, byte != 0x0A { at += 1 }
      } else if byte == 0x20 || byte == 0x09 || byte == 0x0D || (acrossLines && byte == 0x0A) {
        at += 1
      } else {
        return
      }
    }
  }

  private mutating func keyAndEquals() throws(YAMLError) -> [YAMLNode] {
    let path = try key()
    guard current == UInt8(ascii: "=") else { throw failure("expected = after the key") }
    at += 1
    skipBlank(acrossLines: false)
    return path
  }

  private mutating func key() throws(YAMLError) -> [YAMLNode] {
    var parts: [YAMLNode] = []
    while true {
      skipBlank(acrossLines: false)
      let start = at
      let text: String
      if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") {
        text = try string()
      } else {
        while let byte = current, Self.isBare(byte) { at += 1 }
        guard at > start else { throw failure("expected a key") }
        text = String(decoding: bytes[start..<at], as: UTF8.self)
      }
      guard parts.count < YAMLParser.maximumDepth else { throw failure("more than 32 levels") }
      try countOne()
      parts.append(
        YAMLNode(
          value: .scalar(text, isPlain: false), position: position(start), range: start..<at))
      skipBlank(acrossLines: false)
      guard current == UInt8(ascii: ".") else { return parts }
      at += 1
    }
  }

  private mutating func countOne() throws(YAMLError) {
    count += 1
    guard count <= YAMLParser.maximumNodes else {
      throw failure("more than \(YAMLParser.maximumNodes) values")
    }
  }

  private static func isBare(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private mutating func value() throws(YAMLError) -> YAMLNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= YAMLParser.maximumDepth else { throw failure("more than 32 levels") }
    try countOne()
    let start = at
    let value: YAMLNode.Value
    switch current {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      value = .scalar(try string(), isPlain: false)
    case UInt8(ascii: "["):
      value = .sequence(try array(), isFlow: true)
    case UInt8(ascii: "{"):
      value = .mapping(try inlineTable(), isFlow: true)
    default:
      while let byte = current, !Self.endsValue(byte) { at += 1 }
      var text = bytes[start..<at]
      while text.last == 0x20 || text.last == 0x09 || text.last == 0x0D { text.removeLast() }
      guard !text.isEmpty else { throw failure("expected a value") }
      value = .scalar(String(decoding: text, as: UTF8.self), isPlain: true)
    }
    return YAMLNode(value: value, position: position(start), range: start..<at)
  }

  private static func endsValue(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
      || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "#")
  }

  private mutating func array() throws(YAMLError) -> [YAMLNode] {
    at += 1
    var items: [YAMLNode] = []
    while true {
      skipBlank(acrossLines: true)
      guard let byte = current else { throw failure("the list is not closed") }
      if byte == UInt8(ascii: "]") {
        at += 1
        return items
      }
      if byte == UInt8(ascii: ",") {
        at += 1
        continue
      }
      items.append(try value())
    }
  }

  private mutating func inlineTable() throws(YAMLError) -> [YAMLNode.Entry] {
    at += 1
    var table = mapping(at: at)
    while true {
      skipBlank(acrossLines: true)
      guard let byte = current else { throw failure("the table is not closed") }
      if byte == UInt8(ascii: "}") {
        at += 1
        return table.entries
      }
      if byte == UInt8(ascii: ",") {
        at += 1
        continue
      }
      let path = try keyAndEquals()
      Self.set(&table, path[...], to: try value())
    }
  }

  private mutating func string() throws(YAMLError) -> String {
    let quote = bytes[at]
    let isLong =
      at + 2 < bytes.count && bytes[at + 1] == quote && bytes[at + 2] == quote
    at += isLong ? 3 : 1
    if isLong, current == 0x0A { at += 1 }
    var text: [UInt8] = []
    while let byte = current {
      if byte == quote {
        if !isLong {
          at += 1
          return String(decoding: text, as: UTF8.self)
        }
        if at + 2 < bytes.count, bytes[at + 1] == quote, bytes[at + 2] == quote {
          at += 3
          return String(decoding: text, as: UTF8.self)
        }
      } else if byte == 0x0A, !isLong {
        break
      } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        try escape(into: &text)
        continue
      }
      text.append(byte)
      at += 1
    }
    throw failure("the text is not closed")
  }

  private mutating func escape(into text: inout [UInt8]) throws(YAMLError) {
    at += 1
    guard let byte = current else { throw failure("the text is not closed") }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
    case UInt8(ascii: "u"), UInt8(ascii: "U"):
      let count = byte == UInt8(ascii: "u") ? 4 : 8
      let digits = String(decoding: bytes[at..<min(at + count, bytes.count)], as: UTF8.self)
      // A sign in front is no digit, though the conversion takes one.
      guard digits.count == count, digits.allSatisfy(\.isHexDigit),
        let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number)
      else {
        throw failure("\\\(digits) is no character")
      }
      at += count
      text += Array(String(Character(scalar)).utf8)
    case 0x0A, 0x20, 0x09, 0x0D:
      while let byte = current, byte == 0x0A || byte == 0x20 || byte == 0x09 || byte == 0x0D {
        at += 1
      }
    default: throw failure("unknown escape")
    }
  }
}
