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

  /// How much smaller a document may be set to fit its pages.
  private static let scales = [1.0, 0.975, 0.95, 0.925, 0.9]

  /// Sets the document.
  ///
  /// - Complexity: about 20 ms a page, most of it loading fonts for the first.
  public static func write(
    _ document: Document, look: Look
  ) throws(TypesettingError) -> Result {
    let family = try FontFamily.choose(look.typeface)
    var scale = 1.0
    if let wanted = look.pages {
      // Composing is cheap beside writing: find the size first.
      for candidate in scales {
        scale = candidate
        let canvas = try Canvas(size: look.paper.size)
        let composer = Composer(document, PDFStyle(look, scale: scale), family, canvas)
        if composer.pages.count <= wanted { break }
      }
    }
    let canvas = try Canvas(size: look.paper.size)
    let composer = Composer(document, PDFStyle(look, scale: scale), family, canvas)
    let count = composer.draw()
    let bytes = CatalogUpdate.apply(try canvas.finish(), language: document.language)
    return Result(bytes: bytes, pages: count, scale: scale)
  }
}
