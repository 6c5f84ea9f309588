/// A page of the web cut into tags and text, as forgiving as a browser.
struct HTMLTokens: Sequence, IteratorProtocol {
  enum Token: Equatable {
    case open(String, [String: String])
    case close(String)
    case text(String)
  }

  private let bytes: [UInt8]
  private var at = 0
  /// The element whose content is no markup.
  private var verbatim: String?

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token? {
    if let name = verbatim {
      verbatim = nil
      let end = endTag(of: name)
      let text = String(decoding: bytes[at..<end], as: UTF8.self)
      at = end
      return .text(name == "title" || name == "textarea" ? HTMLEntities.decode(text) : text)
    }
    guard at < bytes.count else { return nil }
    if bytes[at] == UInt8(ascii: "<"), at + 1 < bytes.count {
      let after = bytes[at + 1]
      if after == UInt8(ascii: "!") || after == UInt8(ascii: "?") {
        skipDeclaration()
        return next()
      }
      if after == UInt8(ascii: "/") || (0x61...0x7A).contains(after | 0x20) { return tag() }
    }
    let start = at
    at += 1
    while at < bytes.count, bytes[at] != UInt8(ascii: "<") { at += 1 }
    return .text(HTMLEntities.decode(String(decoding: bytes[start..<at], as: UTF8.self)))
  }

  private mutating func skipDeclaration() {
    if bytes[at...].starts(with: "<!--".utf8) {
      at += 4
      while at < bytes.count, !bytes[at...].starts(with: "-->".utf8) { at += 1 }
      at = Swift.min(at + 3, bytes.count)
    } else {
      while at < bytes.count, bytes[at] != UInt8(ascii: ">") { at += 1 }
      at = Swift.min(at + 1, bytes.count)
    }
  }

  private func endTag(of name: String) -> Int {
    let wanted = Array(("</" + name).utf8)
    var index = at
    while index + wanted.count <= bytes.count {
      if bytes[index] == wanted[0],
        bytes[index..<(index + wanted.count)].elementsEqual(
          wanted, by: { $0 == $1 || ($0 | 0x20 == $1 && $1 >= 0x61) })
      {
        return index
      }
      index += 1
    }
    return bytes.count
  }

  private mutating func tag() -> Token {
    at += 1
    let isClosing = bytes[at] == UInt8(ascii: "/")
    if isClosing { at += 1 }
    let name = word { $0 > 0x20 && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") }
      .lowercased()
    var attributes: [String: String] = [:]
    while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
      let key = word { $0 > 0x20 && !">/=".utf8.contains($0) }.lowercased()
      guard !key.isEmpty else {
        at += 1
        continue
      }
      while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      guard at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
        attributes[key] = ""
        continue
      }
      at += 1
      while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
      let value: String
      if at < bytes.count, bytes[at] == 0x22 || bytes[at] == 0x27 {
        let quote = bytes[at]
        at += 1
        value = word { $0 != quote }
        at += 1
      } else {
        value = word { $0 > 0x20 && $0 != UInt8(ascii: ">") }
      }
      attributes[key] = HTMLEntities.decode(value)
    }
    at = Swift.min(at + 1, bytes.count)
    if isClosing { return .close(name) }
    if ["script", "style", "title", "textarea", "xmp"].contains(name) { verbatim = name }
    return .open(name, attributes)
  }

  private mutating func word(_ belongs: (UInt8) -> Bool) -> String {
    let start = at
    while at < bytes.count, belongs(bytes[at]) { at += 1 }
    return String(
      decoding: bytes[Swift.min(start, bytes.count)..<Swift.min(at, bytes.count)], as: UTF8.self)
  }
}

/// `&amp;`, `&#8212;` and the names that pages use most.
enum HTMLEntities {
  private static let names: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": " ", "mdash": "—",
    "ndash": "–", "hellip": "…", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”",
    "copy": "©", "reg": "®", "trade": "™", "middot": "·", "bull": "•", "rarr": "→", "larr": "←",
    "times": "×", "laquo": "«", "raquo": "»", "euro": "€", "deg": "°", "plusmn": "±",
    "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "uuml": "ü", "ouml": "ö",
    "auml": "ä", "szlig": "ß", "Uuml": "Ü", "Ouml": "Ö", "Auml": "Ä", "para": "¶", "sect": "§",
  ]

  static func decode(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var out = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      out += rest[..<start]
      let body = rest[rest.index(after: start)...].prefix(32)
      guard let end = body.firstIndex(of: ";"), let value = value(of: body[..<end]) else {
        out += "&"
        rest = rest[rest.index(after: start)...]
        continue
      }
      out += value
      rest = rest[rest.index(after: end)...]
    }
    return out + rest
  }

  private static func value(of name: Substring) -> String? {
    guard name.first == "#" else { return names[String(name)] }
    let digits = name.dropFirst()
    let number =
      digits.first == "x" || digits.first == "X"
      ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { $0.value == 0 ? "\u{FFFD}" : String($0) }
  }
}
