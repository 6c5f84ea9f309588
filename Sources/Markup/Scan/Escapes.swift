/// Backslash escapes, character references and percent-encoding.
enum Escapes {
  /// `text` with `\!` and `&amp;` resolved; of the named references only the common ones.
  static func resolve(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "&") }) else {
      return text
    }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var i = 0
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "\\"), i + 1 < bytes.count, ASCII.isPunctuation(bytes[i + 1]) {
        result.append(bytes[i + 1])
        i += 2
      } else if bytes[i] == UInt8(ascii: "&"), let (scalar, next) = reference(bytes, i) {
        result.append(contentsOf: String(scalar).utf8)
        i = next
      } else {
        result.append(bytes[i])
        i += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The character reference at `start` and the index after it.
  static func reference(_ bytes: [UInt8], _ start: Int) -> (Character, Int)? {
    var i = start + 1
    while i < bytes.count, i - start < 12, bytes[i] != UInt8(ascii: ";") { i += 1 }
    guard i < bytes.count, bytes[i] == UInt8(ascii: ";"), i > start + 1 else { return nil }
    let name = bytes[start + 1..<i]
    if name.first == UInt8(ascii: "#") {
      let digits = name.dropFirst()
      let isHex = digits.first.map { $0 | 32 } == UInt8(ascii: "x")
      let text = String(decoding: isHex ? digits.dropFirst() : digits, as: UTF8.self)
      guard text.utf8.allSatisfy({ ASCII.isAlphanumeric($0) }),
        let value = UInt32(text, radix: isHex ? 16 : 10)
      else { return nil }
      let scalar = value == 0 ? nil : Unicode.Scalar(value)
      return (Character(scalar ?? "\u{FFFD}"), i + 1)
    }
    guard let character = named[String(decoding: name, as: UTF8.self)] else { return nil }
    return (character, i + 1)
  }

  /// `text` with `%20` and the like decoded; unchanged where that is not valid UTF-8.
  static func percentDecode(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var i = 0
    while i < bytes.count {
      if bytes[i] == UInt8(ascii: "%"), i + 2 < bytes.count, let high = hex(bytes[i + 1]),
        let low = hex(bytes[i + 2])
      {
        result.append(high << 4 | low)
        i += 3
      } else {
        result.append(bytes[i])
        i += 1
      }
    }
    return String(validating: result, as: UTF8.self) ?? text
  }

  private static func hex(_ byte: UInt8) -> UInt8? {
    if ASCII.isDigit(byte) { return byte &- 48 }
    let letter = (byte | 32) &- 97
    return letter < 6 ? letter + 10 : nil
  }

  private static let named: [String: Character] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    "copy": "©", "reg": "®", "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "laquo": "«", "raquo": "»",
    "times": "×", "divide": "÷", "deg": "°", "micro": "µ", "middot": "·", "bull": "•",
    "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓", "le": "≤", "ge": "≥", "ne": "≠",
    "euro": "€", "pound": "£", "yen": "¥", "sect": "§", "para": "¶", "frac12": "½",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "lambda": "λ", "mu": "μ", "pi": "π",
    "sigma": "σ", "auml": "ä", "ouml": "ö", "uuml": "ü", "szlig": "ß", "eacute": "é",
    "lbrack": "[", "rbrack": "]", "lsqb": "[", "rsqb": "]", "num": "#", "vert": "|",
    "lcub": "{", "rcub": "}", "ast": "*", "lowbar": "_", "grave": "`", "shy": "\u{AD}",
  ]
}
