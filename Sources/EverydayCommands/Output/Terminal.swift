#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// What the output goes to.
public enum Terminal {
  public static var isOutput: Bool { isatty(1) == 1 }
  public static var isError: Bool { isatty(2) == 1 }
  public static var isInput: Bool { isatty(0) == 1 }

  /// Columns of the terminal; `COLUMNS` wins, 80 when nothing is known.
  public static var width: Int {
    if let text = Environment["COLUMNS"], let columns = Int(text), columns > 0 { return columns }
    var size = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return 80
  }

  /// Lines of the terminal; `LINES` wins, 24 when nothing is known.
  public static var height: Int {
    if let text = Environment["LINES"], let lines = Int(text), lines > 0 { return lines }
    var size = winsize()
    if ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 { return Int(size.ws_row) }
    return 24
  }

  /// A descriptor of the terminal of this session, whatever the streams are; nil when there is none.
  static func open() -> Int32? {
    #if canImport(Darwin)
      let descriptor = Darwin.open("/dev/tty", O_RDWR | O_CLOEXEC)
    #elseif canImport(Glibc)
      let descriptor = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
    #else
      let descriptor = Musl.open("/dev/tty", O_RDWR | O_CLOEXEC)
    #endif
    return descriptor >= 0 ? descriptor : nil
  }

  static func close(_ descriptor: Int32) {
    #if canImport(Darwin)
      Darwin.close(descriptor)
    #elseif canImport(Glibc)
      Glibc.close(descriptor)
    #else
      Musl.close(descriptor)
    #endif
  }

  /// A text that a terminal shows and does not obey: control characters, escapes and marks that
  /// turn the direction of writing become visible stand-ins.
  ///
  /// - Parameter keepingLines: Leaves line feeds and tabs as they are.
  public static func harmless(_ text: String, keepingLines: Bool = false) -> String {
    let isHarmless = text.utf8.allSatisfy {
      ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A && keepingLines
    }
    if isHarmless { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A where keepingLines, 0x09 where keepingLines: out.append(scalar)
      case 0x09: out.append(" ")
      case 0x00...0x1F:
        out.append(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
      case 0x7F: out.append("\u{2421}")
      case _ where isObeyed(scalar): out.append("\u{FFFD}")
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  /// Whether a terminal may do something else with a character than show it: control characters, and
  /// marks that turn the direction of writing or end a line.
  static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F, 0xFEFF:
      true
    default: false
    }
  }

  /// Columns that a text takes: 2 for East Asian wide characters and emoji, 0 for marks.
  public static func columns(_ text: String) -> Int {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
    return text.reduce(0) { $0 + columns($1) }
  }

  /// What is drawn as one takes the columns of its widest part: a family joined of four people two.
  static func columns(_ character: Character) -> Int {
    if character.isASCII { return 1 }
    var width = 0
    for scalar in character.unicodeScalars {
      // The sign that asks for the picture of a character that could be text.
      if scalar.value == 0xFE0F, width > 0 { return 2 }
      width = max(width, columns(scalar))
    }
    return width
  }

  private static func columns(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.value {
    case 0x200B...0x200D, 0x2060, 0xFE00...0xFE0F, 0xE0100...0xE01EF: return 0
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08,
      0x1B000...0x1B2FF, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default:
      let category = scalar.properties.generalCategory
      if category == .nonspacingMark || category == .enclosingMark { return 0 }
      return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// The text, or its beginning with `…` behind it when it takes more than `width` columns.
  static func cut(_ text: String, to width: Int) -> String {
    if columns(text) <= width { return text }
    var out = ""
    var used = 1
    for character in text {
      used += columns(character)
      if used > width { break }
      out.append(character)
    }
    return out + "…"
  }

  /// The text with spaces behind it up to `width` columns.
  static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - columns(text)))
  }
}
