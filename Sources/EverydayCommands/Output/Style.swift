public import ArgumentParser

/// Colours of the output: one small theme, readable on light and on dark.
///
/// Every colour stands against white and against black with a contrast of 4.2 to 1 or more (WCAG 2.1,
/// relative luminance); a terminal that knows only its own 16 colours gets those.
public struct Style: Sendable {
  public enum When: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, always, never
  }

  /// What a piece of text is.
  enum Ink: CaseIterable, Sendable {
    case title, path, dim, match, good, bad, warning, code, keyword, link

    /// A number of the 256 colours; nil for the terminal's own.
    var colour: Int? {
      switch self {
      case .title: nil
      case .path: 30
      case .dim: 243
      case .match: 162
      case .good: 28
      case .bad: 131
      case .warning: 130
      case .code: 97
      case .keyword: 63
      case .link: 63
      }
    }

    /// The nearest of the 16 colours, as an SGR parameter.
    fileprivate var basic: String {
      switch self {
      case .title: ""
      case .path: "36"
      case .dim: "2"
      case .match, .code: "35"
      case .good: "32"
      case .bad: "31"
      case .warning: "33"
      case .link, .keyword: "34"
      }
    }

    fileprivate var attributes: String {
      switch self {
      case .title, .match, .bad: "1"
      case .link: "4"
      default: ""
      }
    }
  }

  public let isColoured: Bool
  private let isRich: Bool

  /// Colour on a terminal only, and never against `NO_COLOR`; `always` and `never` decide alone.
  public init(_ when: When, isTerminal: Bool = Terminal.isOutput) {
    switch when {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      isColoured =
        isTerminal && Environment["NO_COLOR", default: ""].isEmpty
        && Environment["TERM"] != "dumb" && !Plain.isAsked
    }
    let terminal = Environment["TERM", default: ""]
    isRich =
      !Environment["COLORTERM", default: ""].isEmpty
      || ["256", "xterm", "kitty", "alacritty", "foot", "tmux", "screen", "ghostty", "rxvt"]
        .contains { terminal.contains($0) }
  }

  func paint(_ ink: Ink, _ text: String) -> String {
    guard isColoured, !text.isEmpty else { return text }
    let colour = ink.colour.map { isRich ? "38;5;\($0)" : ink.basic } ?? ""
    let code = [ink.attributes, colour].filter { !$0.isEmpty }.joined(separator: ";")
    return wrap(code, text)
  }

  func wrap(_ code: String, _ text: String) -> String {
    isColoured && !text.isEmpty && !code.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  public func title(_ text: String) -> String { paint(.title, text) }
  public func path(_ text: String) -> String { paint(.path, text) }
  public func dim(_ text: String) -> String { paint(.dim, text) }
  public func match(_ text: String) -> String { paint(.match, text) }
  public func good(_ text: String) -> String { paint(.good, text) }
  public func bad(_ text: String) -> String { paint(.bad, text) }
  public func warning(_ text: String) -> String { paint(.warning, text) }
}

/// Output for a screen reader: no colour, no lines drawn, no columns, no pager.
enum Plain {
  /// Whether `FOLIO_PLAIN` asks for it everywhere; `--plain` asks for it once.
  static var isAsked: Bool { !Environment["FOLIO_PLAIN", default: ""].isEmpty }
}
