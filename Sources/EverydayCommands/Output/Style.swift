public import ArgumentParser

/// Colours of the output: one small theme, readable on light and on dark.
public struct Style: Sendable {
  public enum When: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, always, never
  }

  public let isColoured: Bool

  /// Colour on a terminal only, and never against `NO_COLOR`; `always` and `never` decide alone.
  public init(_ when: When, isTerminal: Bool = Terminal.isOutput) {
    switch when {
    case .always: isColoured = true
    case .never: isColoured = false
    case .auto:
      isColoured =
        isTerminal && Environment["NO_COLOR", default: ""].isEmpty
        && Environment["TERM"] != "dumb"
    }
  }

  private func wrap(_ code: String, _ text: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  public func title(_ text: String) -> String { wrap("1", text) }
  public func path(_ text: String) -> String { wrap("36", text) }
  public func dim(_ text: String) -> String { wrap("2", text) }
  public func match(_ text: String) -> String { wrap("1;33", text) }
  public func good(_ text: String) -> String { wrap("32", text) }
  public func bad(_ text: String) -> String { wrap("31", text) }
  public func warning(_ text: String) -> String { wrap("33", text) }
}
