/// A capture template: Markdown with `{{name}}` and `{{#name}}…{{/name}}`.
///
/// A name without a value is an empty text, and its section is left out. A section tag alone on its
/// line takes the line with it. Inside the front matter, values are written as YAML, quoted where they
/// must be; lists become `[a, b]`. What looks like a template of another tool (`{{ name }}` with
/// spaces, `${{…}}`) is text.
public struct NoteTemplate: Sendable {
  /// Names that a template can use.
  public static let names = [
    "title", "kind", "date", "time", "lang", "tags", "skills", "url", "source", "body", "error",
    "placeholders",
  ]

  public enum Value: Sendable {
    case text(String)
    case list([String])
    /// A date or time, which YAML is to read as one: never quoted.
    case moment(String)

    var isEmpty: Bool {
      switch self {
      case .text(let text), .moment(let text): text.isEmpty
      case .list(let items): items.isEmpty
      }
    }
  }

  private indirect enum Piece: Sendable {
    case text(String)
    /// `isData`: it stands in the front matter.
    case value(String, isData: Bool)
    case section(String, [Piece])
  }

  private var pieces: [Piece] = []

  /// Reads a template; throws `VaultError.badTemplate` with the line of what is wrong.
  ///
  /// - Parameter origin: What to call the template in an error.
  public init(_ text: String, origin: String) throws(VaultError) {
    let text = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
    var parser = Parser(text: Array(text.utf8), origin: origin)
    pieces = try parser.pieces(until: nil, openedAt: 0, depth: 0)
  }

  /// The note that the template makes of `values`.
  public func render(_ values: [String: Value]) -> String {
    var output = ""
    Self.render(pieces, values, into: &output)
    return output
  }

  private static func render(
    _ pieces: [Piece], _ values: [String: Value], into output: inout String
  ) {
    for piece in pieces {
      switch piece {
      case .text(let text): output += text
      case .value(let name, let isData):
        guard let value = values[name] else { continue }
        switch value {
        case .text(let text): output += isData ? YAMLText.blockScalar(text) : text
        case .moment(let text): output += text
        case .list(let items):
          output +=
            isData
            ? "[" + items.map(YAMLText.flowScalar).joined(separator: ", ") + "]"
            : items.joined(separator: ", ")
        }
      case .section(let name, let inner):
        if let value = values[name], !value.isEmpty { render(inner, values, into: &output) }
      }
    }
  }

  private struct Parser {
    static let maximumDepth = 32

    let text: [UInt8]
    let origin: String
    /// Where the front matter ends; 0 when there is none.
    let dataEnd: Int
    var at = 0

    init(text: [UInt8], origin: String) {
      self.text = text
      self.origin = origin
      let fence = FrontMatterFence.find(in: text, from: 0)
      dataEnd = fence.map { $0.format == .yaml ? $0.content.upperBound : 0 } ?? 0
    }

    func failure(_ reason: String, at index: Int) -> VaultError {
      let line = 1 + text[..<index].count { $0 == 0x0A }
      return .badTemplate(path: origin, line: line, reason: reason)
    }

    mutating func pieces(
      until closing: String?, openedAt opened: Int, depth: Int
    ) throws(VaultError) -> [Piece] {
      guard depth <= Self.maximumDepth else {
        throw failure("sections lie in one another more than 32 deep", at: opened)
      }
      var pieces: [Piece] = []
      var start = at
      func literal(_ end: Int) -> Piece {
        .text(String(decoding: text[start..<max(start, end)], as: UTF8.self))
      }
      while at < text.count {
        guard let tag = tag(at: at) else {
          at += 1
          continue
        }
        if tag.sigil != nil { at = tag.lineStart ?? at }
        if at > start { pieces.append(literal(at)) }
        let here = at
        at = tag.end
        start = at
        switch tag.sigil {
        case "#":
          try check(tag.name, at: here)
          let inner = try self.pieces(until: tag.name, openedAt: here, depth: depth + 1)
          pieces.append(.section(tag.name, inner))
          start = at
        case "/":
          guard tag.name == closing else {
            throw failure("{{/\(tag.name)}} closes nothing", at: here)
          }
          return pieces
        default:
          try check(tag.name, at: here)
          pieces.append(.value(tag.name, isData: here < dataEnd))
        }
      }
      if let closing { throw failure("{{#\(closing)}} is never closed", at: opened) }
      if at > start { pieces.append(literal(at)) }
      return pieces
    }

    private func check(_ name: String, at index: Int) throws(VaultError) {
      guard NoteTemplate.names.contains(name) else {
        let known = NoteTemplate.names.joined(separator: ", ")
        throw failure("{{\(name)}} is not known; a template can use \(known)", at: index)
      }
    }

    private struct Tag {
      var sigil: Character?
      var name: String
      var end: Int
      /// Where the line begins when a section tag is all that is on it.
      var lineStart: Int?
    }

    private func tag(at index: Int) -> Tag? {
      let brace = UInt8(ascii: "{")
      guard index + 4 < text.count, text[index] == brace, text[index + 1] == brace,
        index == 0 || text[index - 1] != UInt8(ascii: "$")
      else { return nil }
      var next = index + 2
      var sigil: Character?
      if text[next] == UInt8(ascii: "#") || text[next] == UInt8(ascii: "/") {
        sigil = Character(Unicode.Scalar(text[next]))
        next += 1
      }
      let nameStart = next
      while next < text.count,
        (0x61...0x7A).contains(text[next]) || text[next] == UInt8(ascii: "_")
      {
        next += 1
      }
      guard next > nameStart, next + 1 < text.count, text[next] == UInt8(ascii: "}"),
        text[next + 1] == UInt8(ascii: "}")
      else { return nil }
      let name = String(decoding: text[nameStart..<next], as: UTF8.self)
      var tag = Tag(sigil: sigil, name: name, end: next + 2, lineStart: nil)
      if sigil != nil { standAlone(&tag, from: index) }
      return tag
    }

    /// A section tag alone on its line takes the whole line.
    private func standAlone(_ tag: inout Tag, from index: Int) {
      var start = index
      while start > 0, text[start - 1] == 0x20 || text[start - 1] == 0x09 { start -= 1 }
      guard start == 0 || text[start - 1] == 0x0A else { return }
      var end = tag.end
      while end < text.count, text[end] == 0x20 || text[end] == 0x09 || text[end] == 0x0D {
        end += 1
      }
      guard end == text.count || text[end] == 0x0A else { return }
      tag.lineStart = start
      tag.end = min(end + 1, text.count)
    }
  }
}
