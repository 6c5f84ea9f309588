/// Link destinations and titles (CommonMark, section 6.3).
enum Destination {
  static func skipSpace(_ text: ByteView, _ start: Int, _ end: Int) -> Int {
    var i = start
    while i < end, ASCII.isSpace(text[i]) { i += 1 }
    return i
  }

  /// The destination at `start`, without `<>`, and the index after it.
  static func range(_ text: ByteView, _ start: Int, _ end: Int) -> (range: Range<Int>, next: Int)?
  {
    var i = start
    if text.peek(i, end) == UInt8(ascii: "<") {
      i += 1
      while i < end {
        switch text[i] {
        case UInt8(ascii: ">"): return (start + 1..<i, i + 1)
        case UInt8(ascii: "\n"), UInt8(ascii: "<"): return nil
        case UInt8(ascii: "\\"): i += 2
        default: i += 1
        }
      }
      return nil
    }
    var depth = 0
    while i < end {
      let byte = text[i]
      if byte == UInt8(ascii: "\\"), ASCII.isPunctuation(text.peek(i + 1, end)) {
        i += 2
        continue
      }
      if byte == UInt8(ascii: "(") {
        depth += 1
        if depth > 32 { return nil }
      } else if byte == UInt8(ascii: ")") {
        if depth == 0 { break }
        depth -= 1
      } else if ASCII.isSpace(byte) {
        break
      }
      i += 1
    }
    return (start..<i, i)
  }

  /// The index after the title at `start`.
  static func titleEnd(_ text: ByteView, _ start: Int, _ end: Int) -> Int? {
    let open = text.peek(start, end)
    let close: UInt8
    switch open {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): close = open
    case UInt8(ascii: "("): close = UInt8(ascii: ")")
    default: return nil
    }
    var i = start + 1
    while i < end {
      let byte = text[i]
      if byte == close { return i + 1 }
      if byte == open { return nil }
      i += byte == UInt8(ascii: "\\") && ASCII.isPunctuation(text.peek(i + 1, end)) ? 2 : 1
    }
    return nil
  }

  /// Whether `bytes` begin with a scheme of 2 to 32 characters and a colon.
  static func hasScheme(_ bytes: some Sequence<UInt8>) -> Bool {
    var length = 0
    for byte in bytes {
      if byte == UInt8(ascii: ":") { return length >= 2 }
      let isLater = ASCII.isDigit(byte) || "+-.".utf8.contains(byte)
      guard ASCII.isLetter(byte) || (length > 0 && isLater), length < 32 else { return false }
      length += 1
    }
    return false
  }

  /// Target and fragment of a destination as written.
  static func parts(_ written: String) -> (target: String, fragment: String?) {
    let plain = Escapes.resolve(written)
    let isURL = hasScheme(plain.utf8)
    let pieces = plain.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let target = pieces.isEmpty ? "" : String(pieces[0])
    let fragment = pieces.count > 1 ? String(pieces[1]) : nil
    if isURL { return (target, fragment) }
    return (Escapes.percentDecode(target), fragment.map(Escapes.percentDecode))
  }
}

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
