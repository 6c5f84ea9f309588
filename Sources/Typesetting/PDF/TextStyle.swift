internal import CPangoCairo

/// A colour; parts from 0 to 1.
struct Colour: Equatable {
  var red: Double
  var green: Double
  var blue: Double

  /// `#rrggbb`; black when it is not that.
  init(_ hex: String) {
    let value = UInt32(hex.dropFirst(), radix: 16) ?? 0
    red = Double(value >> 16 & 0xFF) / 255
    green = Double(value >> 8 & 0xFF) / 255
    blue = Double(value & 0xFF) / 255
  }

  func use(_ context: OpaquePointer) { cairo_set_source_rgb(context, red, green, blue) }
}

/// How a piece of text is set.
struct TextStyle: Equatable {
  /// In points.
  var size: Double
  var weight = Weight.regular
  var isItalic = false
  /// In letters of one width.
  var isCode = false
  var colour: Colour

  enum Weight { case regular, medium, semibold, bold }

  func with(
    weight: Weight? = nil, colour: Colour? = nil, italic: Bool? = nil, code: Bool? = nil
  ) -> TextStyle {
    var style = self
    style.weight = weight ?? self.weight
    style.colour = colour ?? self.colour
    style.isItalic = italic ?? self.isItalic
    style.isCode = code ?? self.isCode
    return style
  }
}

/// A stretch of text in one style.
struct TextPiece {
  var text: String
  var style: TextStyle
  /// An address; nil for plain text.
  var link: String?
  /// No line may end inside.
  var isWhole = false
}

/// The sizes and colours of a document. Lengths are points.
struct PDFStyle {
  /// How large the type is set: 1, or less to fit.
  let scale: Double
  /// How wide the gaps are: 1, or less to fit.
  let airiness: Double
  /// How wide the margins are: 1, or less to fit.
  let margins: Double
  let look: Look
  let ink = Colour("#1c1f23")
  let muted = Colour("#5a6169")
  let hairline = Colour("#c9ced4")
  let bar = Colour("#c3cad1")
  let accent: Colour

  /// Of the running text, in points.
  static let bodySize = 9.6

  init(_ look: Look, _ step: PDFWriter.Step = PDFWriter.Step()) {
    self.look = look
    scale = step.scale
    margins = step.margins
    airiness = step.airiness * (look.density == .compact ? 0.8 : 1)
    accent = Colour(look.accent.onLight)
  }

  var body: TextStyle { TextStyle(size: Self.bodySize * scale, colour: ink) }
  var lead: TextStyle { TextStyle(size: 10.2 * scale, colour: ink) }
  var small: TextStyle { TextStyle(size: 8.8 * scale, colour: muted) }
  var isClassic: Bool { look.design == .classic }
  var name: TextStyle {
    TextStyle(
      size: (isClassic ? 26 : 24) * scale, weight: isClassic ? .regular : .bold, colour: ink)
  }
  var label: TextStyle {
    isClassic
      ? TextStyle(size: 11.4 * scale, isItalic: true, colour: muted)
      : TextStyle(size: 12 * scale, weight: .medium, colour: accent)
  }
  var section: TextStyle {
    isClassic
      ? TextStyle(size: 11.6 * scale, weight: .bold, colour: ink)
      : TextStyle(size: 11.2 * scale, weight: .semibold, colour: accent)
  }
  var entry: TextStyle { TextStyle(size: 10.2 * scale, weight: .semibold, colour: ink) }
  var largeEntry: TextStyle { TextStyle(size: 12.4 * scale, weight: .semibold, colour: ink) }
  var minor: TextStyle { TextStyle(size: 9.6 * scale, weight: .semibold, colour: ink) }
  var figure: TextStyle { TextStyle(size: 19 * scale, weight: .semibold, colour: accent) }

  /// Distance of baselines as a multiple of the size.
  var leading: Double { 1.36 - 0.13 * (1 - airiness) }
  var sideMargin: Double { 54 * margins }
  var topMargin: Double { 48 * margins }
  /// The foot of several pages has its room here.
  var bottomMargin: Double { 46 * max(0.85, margins) }
  var sectionGap: Double { 13 * airiness }
  /// Between the line under a heading and what follows.
  var headingGap: Double { 5 * airiness }
  var entryGap: Double { 8 * airiness }
  var paragraphGap: Double { 4.5 * airiness }
  var listGap: Double { 2 * airiness }
  var listIndent: Double { 11 * scale }
}
