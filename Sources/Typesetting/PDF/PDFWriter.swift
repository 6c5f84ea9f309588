public import Manuscript

/// Writes a document as PDF: one column, real text in reading order, tags, links and an outline.
///
/// The same document and look give the same bytes on a machine with the same fonts. Text is shaped
/// by Pango and drawn by Cairo; no other program is run.
public struct PDFWriter {
  public struct Result: Sendable {
    public var bytes: [UInt8]
    public var pages: Int
    /// The share of its size that the text is set in: 1 unless it had to fit.
    public var scale: Double
    /// What was done to make it fit: `gaps at 60 %, margins at 85 %`; empty when nothing was.
    public var fitting: String
    /// Characters that no installed font has; they show as boxes.
    public var missing: [Character]
  }

  /// How a document is set tighter until it fits its pages: first the gaps, then the margins, then the
  /// type, which never gets smaller than 9 points.
  struct Step {
    var airiness = 1.0
    var margins = 1.0
    var scale = 1.0

    var words: String {
      func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
      var parts: [String] = []
      if airiness < 1 { parts.append("gaps at \(percent(airiness))") }
      if margins < 1 { parts.append("margins at \(percent(margins))") }
      if scale < 1 {
        let tenths = Int((PDFStyle.bodySize * scale * 10).rounded())
        parts.append("text at \(tenths / 10).\(tenths % 10) pt")
      }
      return parts.joined(separator: ", ")
    }
  }

  static let steps = [
    Step(), Step(airiness: 0.8), Step(airiness: 0.6), Step(airiness: 0.6, margins: 0.88),
    Step(airiness: 0.6, margins: 0.76), Step(airiness: 0.6, margins: 0.76, scale: 0.97),
    Step(airiness: 0.6, margins: 0.76, scale: 9 / PDFStyle.bodySize),
  ]

  /// Sets the document.
  ///
  /// - Complexity: about 20 ms a page, most of it loading fonts for the first.
  public static func write(
    _ document: Document, look: Look
  ) throws(TypesettingError) -> Result {
    let family = try FontFamily.choose(look.typeface)
    let step = try fitting(document, look, family)
    let canvas = try Canvas(size: look.paper.size)
    let style = PDFStyle(look, step)
    let composer = Composer(document, style, family, canvas)
    let count = composer.draw()
    let bytes = CatalogUpdate.apply(
      try canvas.finish(), language: document.language, alternatives: canvas.alternatives)
    let missing = composer.missing.sorted().compactMap { Unicode.Scalar($0) }.map { Character($0) }
    return Result(
      bytes: bytes, pages: count, scale: step.scale, fitting: step.words, missing: missing)
  }

  /// The roomiest step at which the document has the pages that are asked for; the tightest when none
  /// has. Composing is cheap beside writing.
  private static func fitting(
    _ document: Document, _ look: Look, _ family: String
  ) throws(TypesettingError) -> Step {
    guard let wanted = look.pages else { return steps[0] }
    for step in steps {
      let canvas = try Canvas(size: look.paper.size)
      if Composer(document, PDFStyle(look, step), family, canvas).pages.count <= wanted {
        return step
      }
    }
    return steps[steps.count - 1]
  }

  /// How tight the document must be set; roomy where there is no font to tell.
  static func step(for document: Document, look: Look) -> Step {
    guard look.pages != nil, let family = try? FontFamily.choose(look.typeface) else {
      return steps[0]
    }
    return (try? fitting(document, look, family)) ?? steps[0]
  }
}
