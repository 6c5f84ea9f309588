public import Manuscript

/// A chart as shapes: where each stands and what it means, with no colour yet. Every writer that draws
/// draws these, so that a chart is the same figure in a page, a file and a PDF.
///
/// Lengths are pixels of a screen. A fluid drawing takes the width it is given: its lengths across have
/// a share of that width beside the pixels.
public struct ChartDrawing: Sendable, Equatable {
  /// What a shape means; the palette gives it a colour.
  public enum Tone: String, Sendable, CaseIterable {
    /// The ramp of a heat map, from nothing to much.
    case s0, s1, s2, s3, s4
    /// Before and after.
    case was, now
    /// Series that stand on one another.
    case k0, k1, k2, k3, k4, k5, k6
    /// Room for a bar, lines of an axis, a day on which nothing was asked.
    case track, line, free
    /// Words: the title, names, asides, numbers on light and on dark cells, changes.
    case title, name, group, aside, value, inverse, change

    /// Whether it is a colour of words.
    var isText: Bool {
      switch self {
      case .title, .name, .group, .aside, .value, .inverse, .change: true
      default: false
      }
    }
  }

  /// A length across: `share` in hundredths of a percent of the width, and pixels beside.
  public struct Length: Sendable, Equatable {
    public var share = 0
    public var pixels = 0

    static func px(_ pixels: Int) -> Length { Length(share: 0, pixels: pixels) }
    static func of(_ part: Int, _ whole: Int, plus pixels: Int = 0) -> Length {
      Length(share: part * 10_000 / max(1, whole), pixels: pixels)
    }
  }

  public enum Anchor: String, Sendable { case start, middle, end }

  public struct Words: Sendable, Equatable {
    public var tone: Tone
    public var text: String
  }

  public enum Shape: Sendable, Equatable {
    case bar(Tone, x: Length, y: Int, width: Length, height: Int, radius: Int)
    case rule(x1: Length, y1: Int, x2: Length, y2: Int)
    case dot(Tone, x: Length, y: Int, radius: Int, isHollow: Bool)
    /// Words one after another on one line; `y` is its baseline.
    case words([Words], x: Length, y: Int, anchor: Anchor)
  }

  public let title: String
  public let description: String
  /// The room it needs; of a fluid drawing, the width it looks best at.
  public private(set) var width: Int
  public private(set) var height = 0
  public let isFluid: Bool
  public private(set) var shapes: [Shape] = []

  static let row = 22
  static let lead = 16

  public init(_ chart: Chart) {
    title = chart.title
    description = chart.description
    switch chart {
    case .comparison, .timeline:
      isFluid = true
      width = 640
    case .heatMap, .growth, .calendar, .milestones:
      isFluid = false
      width = 0
    }
    switch chart {
    case .comparison(let pairs): draw(pairs)
    case .timeline(let spans, let from, let to): draw(spans, from, to)
    case .heatMap(let map): draw(map)
    case .growth(let growth): draw(growth)
    case .calendar(let calendar): draw(calendar)
    case .milestones(let track): draw(track)
    }
  }

  // MARK: - Building

  mutating func add(_ shape: Shape) { shapes.append(shape) }
  mutating func resize(width: Int? = nil, height: Int) {
    if let width { self.width = width }
    self.height = height
  }

  mutating func bar(
    _ tone: Tone, _ x: Length, _ y: Int, _ width: Length, _ height: Int, radius: Int = 2
  ) {
    add(.bar(tone, x: x, y: y, width: width, height: height, radius: radius))
  }

  mutating func text(
    _ tone: Tone, _ text: String, _ x: Length, _ y: Int, _ anchor: Anchor = .start
  ) {
    if !text.isEmpty { add(.words([Words(tone: tone, text: text)], x: x, y: y, anchor: anchor)) }
  }

  /// How wide words are at the size of names in a wide font: room enough, as no font is asked.
  static func width(of text: String) -> Int {
    let tenths = text.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar {
      case ".", ",", ":", ";", "'", "|", "!", "(", ")", "i", "j", "l", "t", " ", "f", "r": sum + 46
      case "m", "w", "@", "%", "M", "W": sum + 122
      case "A"..."Z": sum + 94
      default: sum + ((0x1100...0xFFDC).contains(scalar.value) && scalar.value > 0x2E7F ? 132 : 80)
      }
    }
    return (tenths + 9) / 10
  }

  /// The beginning of words that have no more room than `limit` pixels.
  static func cut(_ text: String, to limit: Int) -> String {
    guard width(of: text) > limit else { return text }
    var short = text
    while !short.isEmpty, width(of: short) + 10 > limit { short.removeLast() }
    return short + "…"
  }
}
