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
  }

  /// How a document is set tighter until it fits its pages: first the gaps, then the type, which
  /// never gets smaller than 9 points.
  private static let steps: [(scale: Double, airiness: Double)] = [
    (1, 1), (1, 0.8), (1, 0.6), (0.97, 0.6), (0.94, 0.6),
  ]

  /// Sets the document.
  ///
  /// - Complexity: about 20 ms a page, most of it loading fonts for the first.
  public static func write(
    _ document: Document, look: Look
  ) throws(TypesettingError) -> Result {
    let family = try FontFamily.choose(look.typeface)
    var step = steps[0]
    if let wanted = look.pages {
      // Composing is cheap beside writing: find the size first.
      for candidate in steps {
        step = candidate
        let style = PDFStyle(look, scale: step.scale, airiness: step.airiness)
        let canvas = try Canvas(size: look.paper.size)
        if Composer(document, style, family, canvas).pages.count <= wanted { break }
      }
    }
    let canvas = try Canvas(size: look.paper.size)
    let style = PDFStyle(look, scale: step.scale, airiness: step.airiness)
    let composer = Composer(document, style, family, canvas)
    let count = composer.draw()
    let bytes = CatalogUpdate.apply(try canvas.finish(), language: document.language)
    return Result(bytes: bytes, pages: count, scale: step.scale)
  }
}
