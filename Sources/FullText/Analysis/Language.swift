/// The language whose inflections a search bridges.
public enum Language: UInt8, Sendable, Equatable, CaseIterable {
  /// No stemming: a word finds just itself.
  case none = 0
  /// Porter2 stemming of English words in prose.
  case english = 1
}
