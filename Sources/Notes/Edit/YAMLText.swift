/// Texts as YAML scalars, quoted only when they must be.
public enum YAMLText {
  /// A value behind `key: `.
  public static func blockScalar(_ text: String) -> String {
    isPlainSafe(text) ? text : quoted(text)
  }

  /// An item between `[` and `]`.
  public static func flowScalar(_ text: String) -> String {
    isPlainSafe(text) && !text.contains(where: { ",[]{}".contains($0) }) ? text : quoted(text)
  }

  /// A value as a person types it: numbers, truth values and dates are meant as such, everything
  /// else is text. A number with a zero in front is a name (`007`), not a number.
  public static func typedScalar(_ text: String) -> String {
    isTyped(text) || NoteDate(text) != nil ? text : blockScalar(text)
  }

  /// Whether a text is a number or a truth value.
  static func isTyped(_ text: String) -> Bool {
    ["true", "false"].contains(text) || isNumber(text)
  }

  private static func isNumber(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), text.utf8.count <= 15 else { return false }
    let areDigits = parts.allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    return areDigits && (parts[0] == "0" || !parts[0].hasPrefix("0"))
  }

  /// Whether single quotes can hold a text: it is one line of printable characters.
  static func canBeSingleQuoted(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy(isPrintable)
  }

  static func singleQuoted(_ text: String) -> String {
    var out = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { out.unicodeScalars.append(scalar) }
      out.unicodeScalars.append(scalar)
    }
    return out + "'"
  }

  /// Whether a text means itself without quotes: it is not read as a number, a date, a truth value or
  /// null, has no control characters and nothing that YAML takes for its own.
  public static func isPlainSafe(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    let reserved: Set<String> = [
      "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "+.inf",
    ]
    if reserved.contains(text.lowercased()) || first == " " || last == " " || last == ":" {
      return false
    }
    // Digits in front are left bare only when something is there that no number or date has.
    if first.properties.numericType != nil || first == "+" || first == "." {
      guard text.unicodeScalars.contains(where: { $0.properties.isAlphabetic }),
        !["0x", "0o", "0b"].contains(text.prefix(2).lowercased()), NoteDate(text) == nil
      else { return false }
      if text.contains("e") || text.contains("E"), Double(text) != nil { return false }
    }
    if "-?:,[]{}#&*!|>'\"%@`".unicodeScalars.contains(first) { return false }
    if text.contains(": ") || text.contains(" #") { return false }
    return text.unicodeScalars.allSatisfy(isPrintable)
  }

  /// Whether a character may stand in YAML as it is, and is no mark of order or of a line's end.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  /// The text in double quotes, with escapes for what may not stand there.
  public static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\t": out += "\\t"
      case "\r": out += "\\r"
      default:
        if isPrintable(scalar) {
          out.unicodeScalars.append(scalar)
        } else {
          let digits = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }
      }
    }
    return out + "\""
  }
}
