/// How many lines a text takes where it stands, as whoever sets the document measures it.
public struct TextMeasure {
  public enum Place: Sendable, Hashable {
    case paragraph
    /// Behind the mark of a list.
    case point
    /// The line of a title, with employer and dates.
    case title
  }

  private let count: (String, Place) -> Int

  public init(_ lines: @escaping (_ text: String, _ place: Place) -> Int) { count = lines }

  /// At least 1.
  func lines(_ text: String, _ place: Place) -> Int { max(1, count(text, place)) }

  /// By the number of characters on a line of a common page, for where nothing is set: signs of the
  /// scripts of East Asia take the room of two.
  public static var common: TextMeasure { TextMeasure(characters) }

  private static func characters(_ text: String, _ place: Place) -> Int {
    let width = text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x0300...0x036F: sum
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFF60,
        0x20000...0x3FFFF:
        sum + 2
      default: sum + 1
      }
    }
    let line = ResumeDraft.lineLength - (place == .point ? 4 : place == .title ? 8 : 0)
    return (width + line - 1) / line
  }
}
