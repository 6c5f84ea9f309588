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
    var out = ""
    write(into: &out)
    return out
  }

  private func write(into out: inout String) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .int(let value): out += String(value)
    case .number(let value): out += Self.decimal(value)
    case .string(let text): Self.quote(text, into: &out)
    case .array(let items):
      out += "["
      for (index, item) in items.enumerated() {
        if index > 0 { out += "," }
        item.write(into: &out)
      }
      out += "]"
    case .object(let members):
      out += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { out += "," }
        Self.quote(member.0, into: &out)
        out += ":"
        member.1.write(into: &out)
      }
      out += "}"
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

  private static func quote(_ text: String, into out: inout String) {
    out += "\""
    // What a terminal would obey is escaped: JSON is read on terminals too.
    if text.unicodeScalars.contains(where: { $0.value >= 0x7F && Terminal.isObeyed($0) }) {
      var safe = ""
      for scalar in text.unicodeScalars {
        guard scalar.value >= 0x7F, Terminal.isObeyed(scalar) else {
          safe.unicodeScalars.append(scalar)
          continue
        }
        quotePart(safe, into: &out)
        safe = ""
        out += escape(scalar.value)
      }
      quotePart(safe, into: &out)
    } else {
      quotePart(text, into: &out)
    }
    out += "\""
  }

  private static func escape(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func quotePart(_ text: String, into out: inout String) {
    var start = text.startIndex
    for index in text.utf8.indices {
      let byte = text.utf8[index]
      guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
      out += text[start..<index]
      switch byte {
      case 0x22: out += "\\\""
      case 0x5C: out += "\\\\"
      case 0x0A: out += "\\n"
      case 0x0D: out += "\\r"
      case 0x09: out += "\\t"
      default: out += escape(UInt32(byte))
      }
      start = text.utf8.index(after: index)
    }
    out += text[start...]
  }
}
