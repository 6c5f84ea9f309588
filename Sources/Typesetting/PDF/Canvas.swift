internal import CPangoCairo

/// A PDF in memory, page by page, with its structure.
final class Canvas {
  /// A mark of the structure; the number tells two neighbours of one name apart.
  struct Tag: Equatable {
    var name: String
    var number: Int
    /// What a figure shows, in words.
    var alternative = ""
  }

  private final class Sink {
    var bytes: [UInt8] = []
  }

  private let sink = Sink()
  private let surface: OpaquePointer
  let context: OpaquePointer
  private var open: [Tag] = []
  private(set) var page = 1
  /// What the figures show, in the order in which they were drawn.
  private(set) var alternatives: [String] = []

  /// - Parameter size: Of a page, in points.
  init(size: (width: Double, height: Double)) throws(TypesettingError) {
    guard
      let surface = cairo_pdf_surface_create_for_stream(
        { closure, data, length in
          guard let closure, let data else { return CAIRO_STATUS_WRITE_ERROR }
          Unmanaged<Sink>.fromOpaque(closure).takeUnretainedValue().bytes
            .append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
          return CAIRO_STATUS_SUCCESS
        }, Unmanaged.passUnretained(sink).toOpaque(), size.width, size.height),
      cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, let context = cairo_create(surface)
    else { throw .failed("there is no memory for it") }
    self.surface = surface
    self.context = context
    cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5)
    // Without hinting every size of a letter has the same shape and the same width.
    let options = cairo_font_options_create()
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
    cairo_surface_set_fallback_resolution(surface, 300, 300)
    cairo_set_font_options(context, options)
    cairo_font_options_destroy(options)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  // MARK: - Structure

  func begin(_ name: String, _ attributes: String = "") {
    cairo_tag_begin(context, name, attributes)
  }

  func end(_ name: String) { cairo_tag_end(context, name) }

  /// Closes and opens marks until exactly `path` is open.
  func enter(_ path: [Tag]) {
    var shared = 0
    while shared < open.count, shared < path.count, open[shared] == path[shared] { shared += 1 }
    while open.count > shared { end(open.removeLast().name) }
    for tag in path[shared...] {
      begin(tag.name)
      if tag.name == "Figure" { alternatives.append(tag.alternative) }
      open.append(tag)
    }
  }

  /// Ends the page; marks are closed with it and opened again by the next `enter`.
  func showPage() {
    enter([])
    cairo_show_page(context)
    page += 1
  }

  /// A text between apostrophes in the attributes of a mark.
  static func quoted(_ text: String) -> String {
    text.reduce(into: "") { out, character in
      if character == "'" || character == "\\" { out += "\\" }
      out.append(character)
    }
  }

  /// Adds an entry to the outline that leads to a height on the present page.
  func outline(_ title: String, y: Double, under parent: Int32 = 0) -> Int32 {
    cairo_pdf_surface_add_outline(
      surface, parent, title, "page=\(page) pos=[0 \(Int(y))]", CAIRO_PDF_OUTLINE_FLAG_OPEN)
  }

  func describe(title: String, author: String, subject: String, keywords: String, day: String) {
    func set(_ key: cairo_pdf_metadata_t, _ value: String) {
      if !value.isEmpty { cairo_pdf_surface_set_metadata(surface, key, value) }
    }
    set(CAIRO_PDF_METADATA_TITLE, title)
    set(CAIRO_PDF_METADATA_AUTHOR, author)
    set(CAIRO_PDF_METADATA_SUBJECT, subject)
    set(CAIRO_PDF_METADATA_KEYWORDS, keywords)
    set(CAIRO_PDF_METADATA_CREATOR, "folio")
    // Never the clock: the same document gives the same bytes.
    set(CAIRO_PDF_METADATA_CREATE_DATE, day + "T00:00:00Z")
    set(CAIRO_PDF_METADATA_MOD_DATE, day + "T00:00:00Z")
  }

  // MARK: - Drawing

  func rule(x: Double, y: Double, width: Double, thickness: Double, _ colour: Colour) {
    colour.use(context)
    cairo_rectangle(context, x, y, width, thickness)
    cairo_fill(context)
  }

  func dot(x: Double, y: Double, radius: Double, _ colour: Colour, isHollow: Bool) {
    colour.use(context)
    cairo_new_path(context)
    cairo_arc(context, x, y, radius, 0, 2 * Double.pi)
    if isHollow {
      cairo_set_line_width(context, max(0.8, radius * 0.35))
      cairo_stroke(context)
    } else {
      cairo_fill(context)
    }
  }

  /// Ends the document and gives its bytes.
  func finish() throws(TypesettingError) -> [UInt8] {
    enter([])
    cairo_surface_finish(surface)
    let status = cairo_surface_status(surface)
    guard status == CAIRO_STATUS_SUCCESS else {
      throw .failed(String(cString: cairo_status_to_string(status)))
    }
    return sink.bytes
  }
}
