internal import CPangoCairo
internal import Manuscript

/// Measures text in the type of a document, before it is known how many pages it takes.
///
/// Widths are those of the roomiest setting; where a document is set tighter to fit, its margins get
/// narrower and its type smaller, so that no text takes more lines than were measured here.
public final class TypeMeasure {
  private let canvas: Canvas
  private let family: String
  private let style: PDFStyle
  private let language: String
  private let isRightToLeft: Bool
  private var known: [Key: Int] = [:]

  private struct Key: Hashable {
    var text: String
    var width: Int
    var isTitle: Bool
  }

  public init(look: Look, language: String) throws(TypesettingError) {
    family = try FontFamily.choose(look.typeface)
    canvas = try Canvas(size: look.paper.size)
    style = PDFStyle(look)
    self.language = language
    isRightToLeft = Composer.isRightToLeft(language)
  }

  private var fullWidth: Double { style.look.paper.size.width - 2 * style.sideMargin }

  /// The lines of a paragraph of the running text.
  public func linesOfParagraph(_ text: String) -> Int { lines(text, style.body, fullWidth) }

  /// The lines of a point of a list.
  public func linesOfPoint(_ text: String) -> Int {
    lines(text, style.body, fullWidth - style.listIndent)
  }

  /// The lines of a title with employer and dates.
  public func linesOfTitle(_ text: String) -> Int {
    lines(text, style.entry, fullWidth, isTitle: true)
  }

  private func lines(
    _ text: String, _ type: TextStyle, _ width: Double, isTitle: Bool = false
  ) -> Int {
    let key = Key(text: text, width: Int(width * 10), isTitle: isTitle)
    if let known = known[key] { return known }
    let set = SetParagraph(
      [TextPiece(text: text, style: type)], family: family, width: width, leading: style.leading,
      language: language, isRightToLeft: isRightToLeft, context: canvas.context)
    known[key] = set.lines.count
    return set.lines.count
  }
}
