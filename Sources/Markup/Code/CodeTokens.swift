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
        emit(.string, at..<Self.end(of: quote, in: bytes, from: at, starts))
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
        } else {
          at = end
        }
      }
    }
    if plain < bytes.count { append(.plain, bytes[plain...]) }
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
