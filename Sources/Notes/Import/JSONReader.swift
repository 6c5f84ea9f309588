/// A value of JSON (RFC 8259); objects keep the order of their members.
enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(name: String, value: JSONValue)])

  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The text of a string, number or truth value.
  var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .bool(let value): value ? "true" : "false"
    default: nil
    }
  }

  static func == (a: JSONValue, b: JSONValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.number(let a), .number(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.name == $1.name && $0.value == $1.value }
    default: false
    }
  }
}

/// Reads one value of JSON.
struct JSONReader {
  struct Failure: Error, Equatable {
    /// From 1, in bytes.
    var column: Int
    var reason: String
  }

  private static let deepest = 64

  private let bytes: [UInt8]
  private var at = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  static func read(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var reader = JSONReader(bytes)
    let value = try reader.value(0)
    reader.skipSpace()
    if reader.at < bytes.count { throw reader.failure("there is more behind the value") }
    return value
  }

  private func failure(_ reason: String) -> Failure { Failure(column: at + 1, reason: reason) }

  private mutating func skipSpace() {
    while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
  }

  private var current: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func value(_ depth: Int) throws(Failure) -> JSONValue {
    guard depth < Self.deepest else { throw failure("it is nested deeper than 64 levels") }
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case nil: throw failure("it ends too early")
    default: break
    }
    for (word, value) in [
      ("true", JSONValue.bool(true)), ("false", .bool(false)), ("null", .null),
    ] where bytes[at...].starts(with: word.utf8) {
      at += word.utf8.count
      return value
    }
    return try number()
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = at
    while let byte = current, "+-.eE0123456789".utf8.contains(byte) { at += 1 }
    let text = String(decoding: bytes[start..<at], as: UTF8.self)
    guard Double(text) != nil, text.first != "+", text.first != "." else {
      at = start
      throw failure("this is no value of JSON")
    }
    return .number(text)
  }

  private mutating func object(_ depth: Int) throws(Failure) -> JSONValue {
    at += 1
    var members: [(name: String, value: JSONValue)] = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      at += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw failure("a name in quotes is missing") }
      let name = try string()
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw failure("a colon is missing") }
      at += 1
      members.append((name, try value(depth + 1)))
      skipSpace()
      switch current {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "}"):
        at += 1
        return .object(members)
      default: throw failure("a comma or } is missing")
      }
    }
  }

  private mutating func array(_ depth: Int) throws(Failure) -> JSONValue {
    at += 1
    var items: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      at += 1
      return .array([])
    }
    while true {
      items.append(try value(depth + 1))
      skipSpace()
      switch current {
      case UInt8(ascii: ","): at += 1
      case UInt8(ascii: "]"):
        at += 1
        return .array(items)
      default: throw failure("a comma or ] is missing")
      }
    }
  }

  private mutating func string() throws(Failure) -> String {
    at += 1
    var text: [UInt8] = []
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        at += 1
        text += try escape()
      case 0..<0x20: throw failure("a control character stands in a string")
      default:
        text.append(byte)
        at += 1
      }
    }
    throw failure("a string is never closed")
  }

  private mutating func escape() throws(Failure) -> [UInt8] {
    guard let byte = current else { throw failure("a string is never closed") }
    at += 1
    switch byte {
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), current == UInt8(ascii: "\\"), at + 1 < bytes.count,
        bytes[at + 1] == UInt8(ascii: "u")
      {
        at += 2
        let low = try hexadecimal()
        code =
          (0xDC00..<0xE000).contains(low)
          ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
      }
      return Array(String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8)
    default: throw failure("\\\(Character(Unicode.Scalar(byte))) is no escape of JSON")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    guard at + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16)
    else { throw failure("\\u needs four hexadecimal digits") }
    at += 4
    return code
  }
}
