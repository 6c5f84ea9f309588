/// Code cut into what is coloured alike: comments, strings, numbers, words of the language.
///
/// A reader of shapes, not a parser: it knows how comments and strings look in each family of
/// languages and which words are reserved, and leaves the rest plain. The texts of the tokens, one
/// after another, are always the code itself.
///
/// - Complexity: O(n).
public struct CodeTokens: Sendable {
  /// What a token is; the raw value is its class in HTML.
  public enum Kind: String, Sendable {
    case plain = ""
    case comment = "c"
    case string = "s"
    case number = "n"
    case keyword = "k"
    /// What is called, set or meant by name: functions, keys, decorators, variables of a shell.
    case name = "t"
  }

  public struct Token: Equatable, Sendable {
    public var kind: Kind
    public var text: String
  }

  public private(set) var tokens: [Token] = []

  /// - Parameter language: Any usual name of it, in small letters; of one that is not known all is
  ///   plain.
  public init(_ text: String, language: String) {
    guard let syntax = CodeSyntax.of(language) else {
      tokens = [Token(kind: .plain, text: text)]
      return
    }
    read(Array(text.utf8), syntax)
  }

  private mutating func read(_ bytes: [UInt8], _ syntax: CodeSyntax) {
    var at = 0
    var plain = 0
    func starts(_ mark: [UInt8], _ index: Int) -> Bool {
      index + mark.count <= bytes.count && bytes[index..<index + mark.count].elementsEqual(mark)
    }
    func emit(_ kind: Kind, _ range: Range<Int>) {
      if plain < range.lowerBound { append(.plain, bytes[plain..<range.lowerBound]) }
      append(kind, bytes[range])
      plain = range.upperBound
      at = range.upperBound
    }
    func isWord(_ byte: UInt8) -> Bool {
      byte == UInt8(ascii: "_") || byte >= 0x80
        || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
        || (byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9"))
    }
    scan: while at < bytes.count {
      if syntax.hasKeys, let key = Self.key(bytes, at) {
        emit(.name, key)
        continue
      }
      if let sigil = syntax.sigil, bytes[at] == sigil, let end = Self.endOfVariable(bytes, at) {
        emit(.name, at..<end)
        continue
      }
      for mark in syntax.lineComments where starts(mark, at) {
        // `#` begins a comment only where a word could begin: `$#` and `a#b` are something else.
        if mark == [UInt8(ascii: "#")], at > 0, !Self.isSpace(bytes[at - 1]) { continue }
        let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
        emit(.comment, at..<end)
        continue scan
      }
      if let (open, close) = syntax.blockComment, starts(open, at) {
        var end = at + open.count
        while end < bytes.count, !starts(close, end) { end += 1 }
        emit(.comment, at..<min(bytes.count, end + close.count))
        continue
      }
      for quote in syntax.quotes where starts(quote, at) {
        let end = Self.end(of: quote, in: bytes, from: at, starts)
        let isKey =
          syntax.hasQuotedKeys && Self.next(bytes, end) == UInt8(ascii: ":")
        emit(isKey ? .name : .string, at..<end)
        continue scan
      }
      let byte = bytes[at]
      guard isWord(byte) else {
        at += 1
        continue
      }
      var end = at + 1
      while end < bytes.count, isWord(bytes[end]) { end += 1 }
      let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      if isDigit {
        while end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), isWord(bytes[end + 1]) {
          end += 1
          while end < bytes.count, isWord(bytes[end]) { end += 1 }
        }
        emit(.number, at..<end)
      } else {
        let word = String(decoding: bytes[at..<end], as: UTF8.self)
        if syntax.keywords.contains(syntax.foldsCase ? word.lowercased() : word) {
          emit(.keyword, at..<end)
        } else if syntax.hasCalls, end < bytes.count, bytes[end] == UInt8(ascii: "(") {
          emit(.name, at..<end)
        } else {
          at = end
        }
      }
    }
    if plain < bytes.count { append(.plain, bytes[plain...]) }
  }

  /// A key at the beginning of a line: letters up to a colon or an equals sign, behind spaces and dashes.
  private static func key(_ bytes: [UInt8], _ at: Int) -> Range<Int>? {
    func isPart(_ byte: UInt8) -> Bool {
      byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || (0x30...0x39).contains(byte) || byte >= 0x80
        || "_-./".utf8.contains(byte)
    }
    guard isPart(bytes[at]), bytes[at] != UInt8(ascii: "-") else { return nil }
    var start = at
    while start > 0, bytes[start - 1] != 0x0A {
      guard bytes[start - 1] == 0x20 || bytes[start - 1] == UInt8(ascii: "-") else { return nil }
      start -= 1
    }
    var end = at
    while end < bytes.count, isPart(bytes[end]) { end += 1 }
    var sign = end
    while sign < bytes.count, bytes[sign] == 0x20 { sign += 1 }
    guard sign < bytes.count else { return nil }
    if bytes[sign] == UInt8(ascii: "=") { return at..<end }
    guard sign == end, bytes[sign] == UInt8(ascii: ":") else { return nil }
    return sign + 1 == bytes.count || isSpace(bytes[sign + 1]) ? at..<end : nil
  }

  /// `$name`, `${name}` or `@name`.
  private static func endOfVariable(_ bytes: [UInt8], _ at: Int) -> Int? {
    var end = at + 1
    guard end < bytes.count else { return nil }
    if bytes[at] == UInt8(ascii: "$"), bytes[end] == UInt8(ascii: "{") {
      while end < bytes.count, bytes[end] != UInt8(ascii: "}"), bytes[end] != 0x0A { end += 1 }
      return end < bytes.count && bytes[end] == UInt8(ascii: "}") ? end + 1 : nil
    }
    while end < bytes.count,
      bytes[end] | 0x20 >= 0x61 && bytes[end] | 0x20 <= 0x7A || bytes[end] == UInt8(ascii: "_")
        || (bytes[at] == UInt8(ascii: "@") && bytes[end] == UInt8(ascii: "."))
        || (end > at + 1 && (0x30...0x39).contains(bytes[end]))
    { end += 1 }
    return end > at + 1 ? end : nil
  }

  /// The next byte that is no space.
  private static func next(_ bytes: [UInt8], _ at: Int) -> UInt8? {
    bytes[min(at, bytes.count)...].first { !isSpace($0) }
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A
  }

  /// Behind the closing quote; a string of one line that is never closed ends with its line.
  private static func end(
    of quote: [UInt8], in bytes: [UInt8], from start: Int, _ starts: ([UInt8], Int) -> Bool
  ) -> Int {
    var at = start + quote.count
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\\") {
        at += 2
      } else if starts(quote, at) {
        return at + quote.count
      } else if bytes[at] == 0x0A, quote.count == 1, quote != [UInt8(ascii: "`")] {
        return at
      } else {
        at += 1
      }
    }
    return bytes.count
  }

  private mutating func append(_ kind: Kind, _ bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let last = tokens.indices.last, tokens[last].kind == kind {
      tokens[last].text += text
    } else {
      tokens.append(Token(kind: kind, text: text))
    }
  }
}
