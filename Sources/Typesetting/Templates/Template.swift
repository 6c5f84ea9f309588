// The templates of documents are Mustache, as far as documents need it:
//
//   {{name}}                       text, with the signs of HTML escaped
//   {{#name}}…{{/name}}            once for each thing of a list, once for a thing, or when it is so
//   {{^name}}…{{/name}}            when it is not so, or when there is none
//   {{> file.html}}                another template
//   {{! remark }}
//
// A tag of the last four kinds that has a line to itself leaves no line behind. Tags that write text
// without escaping it, or that change the marks, are refused: text of notes never becomes markup.
// Every name must be one of `TemplateVariable`, so that a slip is found before a page is made.

/// A template, read.
struct Template: Sendable {
  enum Node: Sendable {
    case text([UInt8])
    case variable(TemplateVariable)
    case section(TemplateVariable, isInverted: Bool, [Node])
    case partial(String)
  }

  /// Where something is wrong, both from 1, and what.
  struct Mistake: Error, Equatable {
    var line: Int
    var column: Int
    var reason: String
  }

  let nodes: [Node]

  /// - Parameter names: The templates that `{{> … }}` can name.
  init(_ text: String, names: Set<String>) throws(Mistake) {
    var reader = Reader(text: Array(text.utf8), names: names)
    nodes = try reader.read(until: nil)
  }

  private struct Reader {
    let text: [UInt8]
    let names: Set<String>
    var at = 0
    /// Sections that are open.
    var depth = 0

    /// Reads up to the end of a section, or of the text.
    mutating func read(
      until open: (name: String, place: Int)?
    ) throws(Mistake) -> [Node] {
      var nodes: [Node] = []
      var plain = at
      func flush(_ end: Int) {
        if end > plain { nodes.append(.text(Array(text[plain..<end]))) }
      }
      while at < text.count {
        guard text[at] == 0x7B, at + 1 < text.count, text[at + 1] == 0x7B else {
          at += 1
          continue
        }
        let start = at
        let (sign, name) = try tag()
        guard let sign else {
          flush(start)
          nodes.append(.variable(try variable(name, start)))
          plain = at
          continue
        }
        // A tag with a line to itself takes the line with it.
        var end = start
        if let line = ownLine(from: start, to: at) {
          end = line.lowerBound
          at = line.upperBound
        }
        flush(max(plain, end))
        plain = at
        switch sign {
        case "#", "^":
          let variable = try variable(name, start)
          guard depth < 60 else { throw mistake(start, "sections are 60 deep here") }
          depth += 1
          let inner = try read(until: (name, start))
          depth -= 1
          nodes.append(.section(variable, isInverted: sign == "^", inner))
          plain = at
        case "/":
          guard let open else { throw mistake(start, "{{/\(name)}} closes nothing") }
          guard open.name == name else {
            throw mistake(start, "{{/\(name)}} closes what {{#\(open.name)}} opened")
          }
          return nodes
        case ">":
          guard names.contains(name) else {
            throw mistake(
              start,
              "there is no template \(name); there are \(names.sorted().joined(separator: ", "))")
          }
          nodes.append(.partial(name))
        default: break
        }
      }
      if let open { throw mistake(open.place, "{{#\(open.name)}} is never closed") }
      flush(text.count)
      return nodes
    }

    /// The tag that begins here; `at` is behind it then.
    private mutating func tag() throws(Mistake) -> (sign: Character?, name: String) {
      let start = at
      var end = at + 2
      while end + 1 < text.count, !(text[end] == 0x7D && text[end + 1] == 0x7D) {
        if text[end] == 0x7B, text[end + 1] == 0x7B, text[start + 2] != 0x21 {
          throw mistake(start, "a tag is not closed before the next one begins")
        }
        end += 1
      }
      guard end + 1 < text.count else { throw mistake(start, "a tag is never closed") }
      let inner = String(decoding: text[(start + 2)..<end], as: UTF8.self).trimmed
      at = end + 2
      guard let first = inner.first else { throw mistake(start, "a tag has no name") }
      switch first {
      case "{", "&": throw mistake(start, "{{\(first) writes text without escaping; write {{name}}")
      case "=", "%": throw mistake(start, "{{\(first) changes what tags mean; write {{name}}")
      case "#", "^", "/", ">", "!":
        let name = String(inner.dropFirst()).trimmed
        guard !name.isEmpty || first == "!" else { throw mistake(start, "a tag has no name") }
        return (first, name)
      case "<", "$", "*", "@":
        throw mistake(start, "{{\(first) is not known; there are {{#, {{^, {{/, {{> and {{!")
      default: return (nil, inner)
      }
    }

    private func variable(_ name: String, _ place: Int) throws(Mistake) -> TemplateVariable {
      if let known = TemplateVariable(rawValue: name) { return known }
      let near = TemplateVariable.allCases.map(\.rawValue).filter { Reader.isNear($0, name) }
      throw mistake(
        place,
        "there is no variable \(name)"
          + (near.isEmpty ? "" : "; did you mean \(near.prefix(3).joined(separator: " or "))?"))
    }

    /// Whether two names differ in one letter, in two that changed places, or in case alone.
    private static func isNear(_ a: String, _ b: String) -> Bool {
      let (a, b) = (Array(a.lowercased().utf8), Array(b.lowercased().utf8))
      guard abs(a.count - b.count) < 2 else { return false }
      var head = 0
      while head < min(a.count, b.count), a[head] == b[head] { head += 1 }
      var tail = 0
      while tail < min(a.count, b.count) - head, a[a.count - 1 - tail] == b[b.count - 1 - tail] {
        tail += 1
      }
      let rest = (a.count - head - tail, b.count - head - tail)
      if rest.0 <= 1, rest.1 <= 1 { return true }
      return rest.0 == 2 && rest.1 == 2 && a[head] == b[head + 1] && a[head + 1] == b[head]
    }

    /// The line of a tag that has it to itself, with its line end.
    private func ownLine(from start: Int, to end: Int) -> Range<Int>? {
      var from = start
      while from > 0, text[from - 1] == 0x20 || text[from - 1] == 0x09 { from -= 1 }
      guard from == 0 || text[from - 1] == 0x0A else { return nil }
      var to = end
      while to < text.count, text[to] == 0x20 || text[to] == 0x09 || text[to] == 0x0D { to += 1 }
      guard to == text.count || text[to] == 0x0A else { return nil }
      return from..<min(text.count, to + 1)
    }

    private func mistake(_ place: Int, _ reason: String) -> Mistake {
      let before = text[..<min(place, text.count)]
      let lineStart = (before.lastIndex(of: 0x0A) ?? -1) + 1
      return Mistake(
        line: 1 + before.count { $0 == 0x0A },
        column: String(decoding: text[lineStart..<place], as: UTF8.self).count + 1, reason: reason)
    }
  }
}

extension String {
  /// Without spaces at both ends.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
