internal import Notes

/// A line pattern such as `{{path}}:{{line}} {{title}}`, for `--format`.
///
/// `\t`, `\n` and `\0` stand for a tab, a line feed and a NUL. An unknown name is an error that lists
/// the known ones.
public struct LineFormat: Sendable {
  private enum Piece: Sendable {
    case text(String)
    case name(String)
  }

  private var pieces: [Piece] = []

  /// - Parameter keys: Names that can be used besides, too many to list in an error.
  public init(_ pattern: String, names: [String], keys: [String] = []) throws {
    var rest = pattern[...]
    var text = ""
    while let first = rest.first {
      if rest.hasPrefix("{{") {
        let inner = rest.dropFirst(2).prefix { $0 != "}" }
        let name = inner.filter { $0 != " " }
        guard rest.dropFirst(2 + inner.count).hasPrefix("}}") else {
          throw Failure(
            .usage, "the format has a {{ that is never closed: \(pattern)",
            "Write names as {{path}}.")
        }
        guard names.contains(name) || keys.contains(name) else {
          let near = Similar.closest(to: name, among: names + keys)
          throw Failure(
            .usage, "the format cannot use {{\(name)}}",
            (near.map { "Did you mean {{\($0)}}? " } ?? "")
              + "It can use \(names.map { "{{\($0)}}" }.joined(separator: ", "))"
              + (keys.isEmpty ? "." : ", and every key that a note has in its front matter."))
        }
        if !text.isEmpty { pieces.append(.text(text)) }
        text = ""
        pieces.append(.name(name))
        rest = rest.dropFirst(4 + inner.count)
      } else if first == "\\", let escaped = rest.dropFirst().first {
        switch escaped {
        case "t": text += "\t"
        case "n": text += "\n"
        case "0": text += "\0"
        default: text += String(escaped)
        }
        rest = rest.dropFirst(2)
      } else {
        text.append(first)
        rest = rest.dropFirst()
      }
    }
    if !text.isEmpty { pieces.append(.text(text)) }
  }

  /// The line with the values, as they are for a program, harmless for a terminal.
  public func line(_ values: (String) -> String) -> String {
    pieces.reduce(into: "") { out, piece in
      switch piece {
      case .text(let text): out += text
      case .name(let name):
        out += Terminal.isOutput ? Terminal.harmless(values(name)) : values(name)
      }
    }
  }
}
