public import Notes

/// Reads JSON as in RFC 8259: nothing more, and nothing twice.
public struct JSONParser {
  /// Why a text is no JSON, and where.
  public struct Failure: Error, Equatable, Sendable {
    public var position: TextPosition
    public var reason: String
  }

  /// The deepest nesting that is read.
  static let maximumDepth = 64

  private let bytes: [UInt8]
  private var at: Int

  public static func parse(_ bytes: [UInt8]) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes)
    parser.skipSpace()
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.at == bytes.count else { throw parser.failure("something follows the end") }
    return value
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    at = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private func failure(_ reason: String, at place: Int? = nil) -> Failure {
    let before = bytes[..<min(place ?? at, bytes.count)]
    let line = before.count { $0 == 0x0A } + 1
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    return Failure(
      position: TextPosition(line: line, column: before.count - start + 1), reason: reason)
  }

  private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { at += 1 }
  }

  private mutating func take(_ byte: Character) throws(Failure) {
    guard next == byte.asciiValue else { throw failure("there should be a '\(byte)'") }
    at += 1
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    guard depth <= Self.maximumDepth else { throw failure("it is nested too deeply") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth)
    case UInt8(ascii: "["): return try array(depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case let byte? where byte == UInt8(ascii: "-") || (byte >= 0x30 && byte <= 0x39):
      return try number()
    case nil: throw failure("the text ends too early")
    default: throw failure("there should be a value")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
    guard bytes[at...].starts(with: word.utf8) else { throw failure("there should be a value") }
    at += word.utf8.count
    return value
  }

  private mutating func object(_ depth: Int) throws(Failure) -> JSONValue {
    try take("{")
    var members: [JSONValue.Member] = []
    var keys: Set<String> = []
    skipSpace()
    if next == UInt8(ascii: "}") {
      at += 1
      return .object([])
    }
    while true {
      skipSpace()
      let place = at
      let key = try string()
      guard keys.insert(key).inserted else {
        throw failure("the key \(key) is there twice", at: place)
      }
      skipSpace()
      try take(":")
      skipSpace()
      members.append(.init(key, try value(depth: depth + 1)))
      skipSpace()
      if next == UInt8(ascii: ",") {
        at += 1
        continue
      }
      try take("}")
      return .object(members)
    }
  }

  private mutating func array(_ depth: Int) throws(Failure) -> JSONValue {
    try take("[")
    var items: [JSONValue] = []
    skipSpace()
    if next == UInt8(ascii: "]") {
      at += 1
      return .array([])
    }
    while true {
      skipSpace()
      items.append(try value(depth: depth + 1))
      skipSpace()
      if next == UInt8(ascii: ",") {
        at += 1
        continue
      }
      try take("]")
      return .array(items)
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = at
    func isDigit(_ byte: UInt8?) -> Bool {
      byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }
    if next == UInt8(ascii: "-") { at += 1 }
    guard isDigit(next) else { throw failure("there should be a digit") }
    if next == UInt8(ascii: "0") { at += 1 } else { while isDigit(next) { at += 1 } }
    if next == UInt8(ascii: ".") {
      at += 1
      guard isDigit(next) else { throw failure("there should be a digit") }
      while isDigit(next) { at += 1 }
    }
    if let byte = next, byte | 0x20 == UInt8(ascii: "e") {
      at += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { at += 1 }
      guard isDigit(next) else { throw failure("there should be a digit") }
      while isDigit(next) { at += 1 }
    }
    return .number(String(decoding: bytes[start..<at], as: UTF8.self))
  }

  private mutating func string() throws(Failure) -> String {
    guard next == UInt8(ascii: "\"") else { throw failure("there should be a text in quotes") }
    at += 1
    var out: [UInt8] = []
    while true {
      guard let byte = next else { throw failure("the text in quotes has no end") }
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        guard let text = String(validating: out, as: UTF8.self) else {
          throw failure("it is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"):
        at += 1
        out += Array(String(try escape()).utf8)
      case 0..<0x20: throw failure("a text in quotes has a line end or control character")
      default:
        out.append(byte)
        at += 1
      }
    }
  }

  private mutating func escape() throws(Failure) -> Character {
    guard let byte = next else { throw failure("the text in quotes has no end") }
    at += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      guard (0xD800...0xDBFF).contains(first), bytes[at...].starts(with: [0x5C, 0x75]) else {
        // Half of a pair alone is no character.
        return Character(UnicodeScalar(first) ?? "\u{FFFD}")
      }
      let place = at
      at += 2
      let second = try hexadecimal()
      guard (0xDC00...0xDFFF).contains(second) else {
        at = place
        return "\u{FFFD}"
      }
      let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
      return Character(UnicodeScalar(code) ?? "\u{FFFD}")
    default: throw failure("there is no escape \\\(UnicodeScalar(byte))", at: at - 1)
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    guard at + 4 <= bytes.count,
      let code = UInt32(String(decoding: bytes[at..<at + 4], as: UTF8.self), radix: 16),
      bytes[at..<at + 4].allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") })
    else { throw failure("there should be four hexadecimal digits") }
    at += 4
    return code
  }
}
