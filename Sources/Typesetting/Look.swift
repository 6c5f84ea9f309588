/// How a document looks: paper, colours and type. Text and Markdown have none.
public struct Look: Sendable, Equatable {
  public enum Paper: String, Sendable, CaseIterable {
    case a4, letter

    /// Width and height in points of 1/72 inch.
    var size: (width: Double, height: Double) {
      switch self {
      case .a4: (595.276, 841.89)
      case .letter: (612, 792)
      }
    }
  }

  public enum Colours: String, Sendable, CaseIterable { case light, dark, auto }
  public enum Accent: String, Sendable, CaseIterable {
    case blue, teal, green, amber, red, plum, grey

    /// On white, with a contrast of at least 5 to 1: `#rrggbb`.
    var onLight: String {
      switch self {
      case .blue: "#1d4e89"
      case .teal: "#0f6466"
      case .green: "#2c6130"
      case .amber: "#875300"
      case .red: "#9b2226"
      case .plum: "#6d2e6b"
      case .grey: "#3d4852"
      }
    }

    /// On a dark page, with a contrast of at least 7 to 1.
    var onDark: String {
      switch self {
      case .blue: "#8ab8ec"
      case .teal: "#6fc7c4"
      case .green: "#93cf92"
      case .amber: "#e8b460"
      case .red: "#f0989b"
      case .plum: "#dca5d9"
      case .grey: "#b6c2cd"
      }
    }
  }
  public enum Typeface: String, Sendable, CaseIterable { case sans, serif }
  public enum Design: String, Sendable, CaseIterable {
    /// A large name flush with the text, headings in the accent colour.
    case plain
    /// The name in the middle, headings in ink between the name's measure and a rule.
    case classic
  }
  public enum Density: String, Sendable, CaseIterable { case roomy, compact }

  public var paper = Paper.a4
  public var colours = Colours.auto
  public var accent = Accent.blue
  public var typeface = Typeface.sans
  public var density = Density.roomy
  public var design = Design.plain
  /// How many pages a PDF should have; nil for as many as it takes. It is set tighter to fit, down to
  /// 9 points, and never cut.
  public var pages: Int?

  public init() {}
}
