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
    case .int(let value): Self.digits(value, into: &out)
    case .number(let value): Self.decimal(value, into: &out)
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

  static func digits(_ value: Int, into out: inout [UInt8]) {
    if value < 0 { out.append(UInt8(ascii: "-")) }
    let start = out.count
    var rest = value.magnitude
    repeat {
      out.append(UInt8(ascii: "0") + UInt8(rest % 10))
      rest /= 10
    } while rest > 0
    out[start...].reverse()
  }

  static func decimal(_ value: Double, into out: inout [UInt8]) {
    guard value.isFinite, abs(value) < 1e12 else { return out.append(UInt8(ascii: "0")) }
    let scaled = Int((value * 10_000).rounded())
    if scaled < 0 { out.append(UInt8(ascii: "-")) }
    digits(abs(scaled) / 10_000, into: &out)
    var rest = abs(scaled) % 10_000
    guard rest > 0 else { return }
    out.append(UInt8(ascii: "."))
    var place = 1_000
    while rest > 0 {
      out.append(UInt8(ascii: "0") + UInt8(rest / place))
      rest %= place
      place /= 10
    }
  }

  static func quote(_ text: String, into out: inout [UInt8]) {
    out.append(UInt8(ascii: "\""))
    defer { out.append(UInt8(ascii: "\"")) }
    var text = text
    let isPlain = text.withUTF8 { text in
      for byte in text where byte < 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x5C {
        return false
      }
      out.append(contentsOf: text)
      return true
    }
    if isPlain { return }
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
