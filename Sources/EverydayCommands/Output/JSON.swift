/// A JSON value that is written with its keys in the order given.
///
/// The shapes that commands print are promises; building them by hand keeps their order and needs
/// no library on the way of an everyday command.
public indirect enum JSON: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  /// Written with up to four decimals.
  case number(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])

  public static func strings(_ items: [String]) -> JSON { .array(items.map { .string($0) }) }

  public static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

  /// The value on one line.
  public var text: String {
    var out: [UInt8] = []
    out.reserveCapacity(4096)
    write(into: &out)
    return String(decoding: out, as: UTF8.self)
  }

  private func write(into out: inout [UInt8]) {
    switch self {
    case .null: out.append(contentsOf: "null".utf8)
    case .bool(let value): out.append(contentsOf: (value ? "true" : "false").utf8)
    case .int(let value): out.append(contentsOf: String(value).utf8)
    case .number(let value): out.append(contentsOf: Self.decimal(value).utf8)
    case .string(let text): Self.quote(text, into: &out)
    case .array(let items):
      out.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        item.write(into: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { out.append(UInt8(ascii: ",")) }
        Self.quote(member.0, into: &out)
        out.append(UInt8(ascii: ":"))
        member.1.write(into: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  private static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let scaled = Int((value * 10_000).rounded())
    let whole = abs(scaled) / 10_000
    var digits = String(abs(scaled) % 10_000)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + String(whole) + (digits.isEmpty ? "" : "." + digits)
  }

  private static func quote(_ text: String, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    // What a terminal would obey is escaped: JSON is read on terminals too.
    if text.utf8.contains(where: { $0 >= 0x7F }), text.unicodeScalars.contains(where: isEscaped) {
      for scalar in text.unicodeScalars {
        if isEscaped(scalar) {
          for unit in scalar.utf16 { escape(unit, into: &out) }
        } else {
          quotePart(String(scalar), into: &out)
        }
      }
    } else {
      quotePart(text, into: &out)
    }
    out.append(UInt8(ascii: "\""))
  }

  private static func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x7F && Terminal.isObeyed(scalar)
  }

  private static func quotePart(_ text: String, into out: inout [UInt8]) {
    var text = text
    text.withUTF8 { text in
      var start = 0
      for (index, byte) in text.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
        out.append(contentsOf: text[start..<index])
        start = index + 1
        switch byte {
        case 0x22, 0x5C:
          out.append(UInt8(ascii: "\\"))
          out.append(byte)
        case 0x0A: out.append(contentsOf: "\\n".utf8)
        case 0x0D: out.append(contentsOf: "\\r".utf8)
        case 0x09: out.append(contentsOf: "\\t".utf8)
        default: escape(UInt16(byte), into: &out)
        }
      }
      out.append(contentsOf: text[start...])
    }
  }

  private static func escape(_ unit: UInt16, into out: inout [UInt8]) {
    let digits = String(unit, radix: 16)
    out.append(contentsOf: "\\u".utf8)
    out.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.utf8.count))
    out.append(contentsOf: digits.utf8)
  }
}
