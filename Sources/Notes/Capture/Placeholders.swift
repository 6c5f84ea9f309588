/// A text with places to fill in: `{{name}}`, `{{name:default}}`, `{{name:a|b|c}}`.
///
/// A name is a letter or `_` and then letters, digits, `_` and `-`. There is no space behind the
/// braces nor before those that close, and no `$` or brace in front: what templates of other tools
/// write (`{{ ds }}`, `{{ .Values.x }}`, `${{ github.ref }}`, `{{{x}}}`) is text. `\|` is a bar.
public struct Placeholders: Sendable {
  /// A place to fill in.
  public struct Placeholder: Sendable, Equatable {
    public var name: String
    /// What stands behind the colon; nil when there is none.
    public var defaultValue: String?
    /// The values it can have; empty when any will do.
    public var choices: [String] = []
  }

  /// What is wrong with a placeholder, and on which line of the text, counted from 1.
  public struct Problem: Error, Equatable, Sendable {
    public var line: Int
    public var reason: String
  }

  private enum Piece: Sendable {
    case text(Range<Int>)
    case value(String)
  }

  private let bytes: [UInt8]
  private var pieces: [Piece] = []
  /// Each name once, in the order of the text, with the first default or choices that it has.
  public private(set) var all: [Placeholder] = []

  public init(_ bytes: [UInt8]) throws(Problem) {
    self.bytes = bytes
    var start = 0
    var at = 0
    while at + 4 < bytes.count {
      guard bytes[at] == Self.open, bytes[at + 1] == Self.open else {
        at += 1
        continue
      }
      guard let (placeholder, end) = try placeholder(at: at) else {
        // Further braces belong to these: `{{{x}}}` holds no placeholder.
        while at < bytes.count, bytes[at] == Self.open { at += 1 }
        continue
      }
      if at > start { pieces.append(.text(start..<at)) }
      pieces.append(.value(placeholder.name))
      note(placeholder)
      at = end
      start = end
    }
    if start < bytes.count { pieces.append(.text(start..<bytes.count)) }
  }

  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")

  private mutating func note(_ placeholder: Placeholder) {
    guard let index = all.firstIndex(where: { $0.name == placeholder.name }) else {
      all.append(placeholder)
      return
    }
    if all[index].defaultValue == nil { all[index] = placeholder }
  }

  private func placeholder(at index: Int) throws(Problem) -> (Placeholder, end: Int)? {
    let before = index > 0 ? bytes[index - 1] : 0
    guard before != UInt8(ascii: "$"), before != Self.open else { return nil }
    var at = index + 2
    guard at < bytes.count, Self.isLetter(bytes[at]) else { return nil }
    while at < bytes.count, Self.isLetter(bytes[at]) || Self.isDigit(bytes[at]) { at += 1 }
    let name = String(decoding: bytes[(index + 2)..<at], as: UTF8.self)
    guard at < bytes.count, bytes[at] != 0x0A, bytes[at] != 0x0D else {
      throw problem(index, "{{\(name) is never closed")
    }
    if isClosing(at) { return (Placeholder(name: name), at + 2) }
    guard bytes[at] == UInt8(ascii: ":") else { return nil }
    let start = at + 1
    at = start
    while at < bytes.count, bytes[at] != 0x0A, !isClosing(at) {
      if bytes[at] == Self.open, at + 1 < bytes.count, bytes[at + 1] == Self.open {
        throw problem(index, "{{\(name): has another {{ inside it")
      }
      at += 1
    }
    guard at < bytes.count, bytes[at] != 0x0A else {
      throw problem(index, "{{\(name): is never closed on its line")
    }
    let value = bytes[start..<at]
    if value.first == 0x20 || value.last == 0x20 { return nil }
    return (Self.placeholder(name, String(decoding: value, as: UTF8.self)), at + 2)
  }

  private static func placeholder(_ name: String, _ value: String) -> Placeholder {
    var choices = [""]
    var isEscaped = false
    for character in value {
      if isEscaped {
        choices[choices.count - 1] += character == "|" ? "|" : "\\" + String(character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "|" {
        choices.append("")
      } else {
        choices[choices.count - 1].append(character)
      }
    }
    if isEscaped { choices[choices.count - 1] += "\\" }
    return Placeholder(
      name: name, defaultValue: choices[0], choices: choices.count > 1 ? choices : [])
  }

  private func isClosing(_ at: Int) -> Bool {
    at + 1 < bytes.count && bytes[at] == Self.close && bytes[at + 1] == Self.close
  }

  private func problem(_ index: Int, _ reason: String) -> Problem {
    Problem(line: 1 + bytes[..<index].count { $0 == 0x0A }, reason: reason)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
  }

  /// The text with `values` in the places; a name without one stays as it is written.
  public func filled(_ values: [String: String]) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    for piece in pieces {
      switch piece {
      case .text(let range): out += bytes[range]
      case .value(let name): out += Array((values[name] ?? "{{\(name)}}").utf8)
      }
    }
    return out
  }

  /// Whether a text has a placeholder with a default or with choices, which is hardly ever written
  /// by accident; one that begins with a quote is (`style={{colour:'red'}}`).
  public static func areMeant(in text: String) -> Bool {
    var rest = Array(text.utf8.prefix(1 << 20))
    if !rest.contains(open) { return false }
    rest.append(0x0A)
    do throws(Problem) {
      return try Placeholders(rest).all.contains {
        guard let first = $0.defaultValue?.first else { return false }
        return !"'\"`".contains(first)
      }
    } catch {
      return false
    }
  }
}
