/// A piece of a query.
enum QueryToken: Equatable {
  case open
  case close
  case or
  case and
  case not
  /// Text without blanks; `phrase` when a quoted phrase follows it directly (`title:"a b"`).
  case chunk(text: String, phrase: String?, isNegated: Bool)
  case phrase(String, isNegated: Bool)
}

/// Cuts a query at blanks, quotes and parentheses.
struct QueryLexer {
  private let bytes: [UInt8]
  private var at = 0
  private(set) var remarks: [String] = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func tokens() -> List<QueryToken> {
    var tokens = List<QueryToken>()
    while true {
      skipBlanks()
      guard at < bytes.count else { return tokens }
      switch bytes[at] {
      case UInt8(ascii: "("):
        tokens.append(.open)
        at += 1
      case UInt8(ascii: ")"):
        tokens.append(.close)
        at += 1
      default:
        chunk(into: &tokens)
      }
    }
  }

  /// Whether nothing can be added to the last piece by typing on.
  var endsInBlank: Bool {
    guard let last = bytes.last else { return true }
    return last <= 0x20 || last == 0x7F || last == UInt8(ascii: ")")
      || bytes.hasSuffix([0xC2, 0xA0])
      || bytes.hasSuffix([0xE3, 0x80, 0x80])
  }

  private mutating func skipBlanks() {
    while at < bytes.count, let length = blank(at) { at += length }
  }

  /// The length of the blank at `index`, or nil: control characters, spaces of all widths.
  private func blank(_ index: Int) -> Int? {
    if bytes[index] <= 0x20 || bytes[index] == 0x7F { return 1 }
    if bytes[index] == 0xC2, index + 1 < bytes.count, bytes[index + 1] == 0xA0 { return 2 }
    if bytes[index] == 0xE3, index + 2 < bytes.count, bytes[index + 1] == 0x80,
      bytes[index + 2] == 0x80
    {
      return 3
    }
    return nil
  }

  private func text(_ from: Int, _ to: Int) -> String {
    String(decoding: bytes[from..<max(from, to)], as: UTF8.self)
  }

  /// The text from the quote at `at` to the next one; nil and a remark when there is none.
  private mutating func quoted() -> String? {
    guard let end = bytes[(at + 1)...].firstIndex(of: UInt8(ascii: "\"")) else {
      remarks.append("The quotation mark without a partner is read as text.")
      return nil
    }
    let inside = text(at + 1, end)
    at = end + 1
    return inside
  }

  private mutating func chunk(into tokens: inout List<QueryToken>) {
    var isNegated = false
    if bytes[at] == UInt8(ascii: "-"), at + 1 < bytes.count, negates(bytes[at + 1]) {
      isNegated = true
      at += 1
      if bytes[at] == UInt8(ascii: "(") { return tokens.append(.not) }
    }
    if bytes[at] == UInt8(ascii: "\"") {
      if let phrase = quoted() { return tokens.append(.phrase(phrase, isNegated: isNegated)) }
      at += 1
      return
    }
    let start = at
    var depth = 0
    var closes = 0
    while at < bytes.count, blank(at) == nil {
      if bytes[at] == UInt8(ascii: "("), at > start { depth += 1 }
      if bytes[at] == UInt8(ascii: ")") {
        if depth == 0 {
          break
        }
        depth -= 1
      }
      if bytes[at] == UInt8(ascii: "\""), at > start, bytes[at - 1] == UInt8(ascii: ":") {
        let prefix = text(start, at)
        if let phrase = quoted() {
          return tokens.append(.chunk(text: prefix, phrase: phrase, isNegated: isNegated))
        }
      }
      at += 1
    }
    let end = at
    while at < bytes.count, bytes[at] == UInt8(ascii: ")") {
      closes += 1
      at += 1
    }
    let word = text(start, end)
    switch word {
    case "OR" where !isNegated: tokens.append(.or)
    case "AND" where !isNegated: tokens.append(.and)
    case "NOT" where !isNegated: tokens.append(.not)
    case "": break
    default: tokens.append(.chunk(text: word, phrase: nil, isNegated: isNegated))
    }
    for _ in 0..<closes { tokens.append(.close) }
  }

  /// Whether a dash before this byte negates: it starts a word, a phrase or a group.
  private func negates(_ byte: UInt8) -> Bool {
    switch ASCIIClass.table[Int(byte)] {
    case ASCIIClass.lower, ASCIIClass.upper, ASCIIClass.digit, ASCIIClass.beyond: true
    default: byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "=")
    }
  }
}

extension [UInt8] {
  fileprivate func hasSuffix(_ end: [UInt8]) -> Bool { suffix(end.count).elementsEqual(end) }
}
