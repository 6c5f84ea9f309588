internal import CPangoCairo

/// A paragraph broken into lines by Pango.
final class SetParagraph {
  struct Line {
    var line: UnsafeMutablePointer<PangoLayoutLine>
    /// From the top of the line to its baseline, in points.
    var ascent: Double
    var height: Double
    /// Where the line begins, from the left edge of the paragraph; below 0 where an opening quotation
    /// mark hangs out, so that the letters behind it stand in line with those of other lines.
    var indent: Double
  }

  private let layout: OpaquePointer
  private let text: UnsafeMutablePointer<CChar>
  private let pieces: [(range: Range<Int>, piece: TextPiece)]
  private(set) var lines: [Line] = []

  /// - Parameters:
  ///   - width: In points; nil for one line as long as it takes.
  ///   - leading: Distance of baselines as a multiple of the largest size.
  init(
    _ pieces: [TextPiece], family: String, width: Double?, leading: Double,
    alignment: PangoAlignment = PANGO_ALIGN_LEFT, language: String = "en",
    isRightToLeft: Bool = false, context: OpaquePointer
  ) {
    layout = pango_cairo_create_layout(context)
    var placed: [(range: Range<Int>, piece: TextPiece)] = []
    var whole = ""
    for piece in pieces where !piece.text.isEmpty {
      let start = whole.utf8.count
      whole += piece.text
      placed.append((start..<whole.utf8.count, piece))
    }
    self.pieces = placed
    // Kept for the drawing of clusters, which needs the bytes that the layout was made from.
    text = strdup(whole)
    pango_cairo_context_set_resolution(pango_layout_get_context(layout), 72)
    // Han characters look different in each of the languages that use them.
    pango_context_set_language(
      pango_layout_get_context(layout), pango_language_from_string(language))
    if isRightToLeft {
      // Words of another script alone keep their own direction, or their full stop would come first.
      let isMixed = whole.unicodeScalars.contains(where: Self.isRightToLeft)
      pango_context_set_base_dir(
        pango_layout_get_context(layout), isMixed ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR)
      pango_layout_set_auto_dir(layout, 0)
    }
    // Whole points between letters would be seen on paper.
    pango_context_set_round_glyph_positions(pango_layout_get_context(layout), 0)
    pango_layout_context_changed(layout)
    pango_layout_set_text(layout, text, -1)
    let description = pango_font_description_new()
    pango_font_description_set_family(description, family)
    pango_layout_set_font_description(layout, description)
    pango_font_description_free(description)
    pango_layout_set_attributes(layout, nil)
    setAttributes()
    if let width {
      pango_layout_set_width(layout, Int32(width * Double(PANGO_SCALE)))
      // Breaking inside words is for addresses and the like that fit no line, and for nothing else.
      let longest = whole.split(separator: " ").map(\.count).max() ?? 0
      let size = pieces.map(\.style.size).max() ?? 10
      let isTooWide = longest > 48 || Double(longest) * size * 0.62 > width
      pango_layout_set_wrap(layout, isTooWide ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD)
    }
    // Pango swaps left and right itself only where it guesses the direction.
    let swapped: PangoAlignment =
      switch alignment {
      case PANGO_ALIGN_LEFT: PANGO_ALIGN_RIGHT
      case PANGO_ALIGN_RIGHT: PANGO_ALIGN_LEFT
      default: alignment
      }
    pango_layout_set_alignment(layout, isRightToLeft ? swapped : alignment)
    breakLines(leading, hangs: alignment == PANGO_ALIGN_LEFT && !isRightToLeft && width != nil)
  }

  deinit {
    g_object_unref(UnsafeMutableRawPointer(layout))
    free(text)
  }

  /// Whether a letter is of a script that runs from right to left.
  private static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }

  private func setAttributes() {
    guard let list = pango_attr_list_new() else { return }
    func add(_ attribute: UnsafeMutablePointer<PangoAttribute>?, _ range: Range<Int>) {
      guard let attribute else { return }
      attribute.pointee.start_index = UInt32(range.lowerBound)
      attribute.pointee.end_index = UInt32(range.upperBound)
      pango_attr_list_insert(list, attribute)
    }
    for (index, (range, piece)) in pieces.enumerated() {
      let style = piece.style
      add(pango_attr_size_new_absolute(Int32(style.size * Double(PANGO_SCALE))), range)
      let weight: PangoWeight =
        switch style.weight {
        case .regular: PANGO_WEIGHT_NORMAL
        case .medium: PANGO_WEIGHT_MEDIUM
        case .semibold: PANGO_WEIGHT_SEMIBOLD
        case .bold: PANGO_WEIGHT_BOLD
        }
      add(pango_attr_weight_new(weight), range)
      if style.isCode { add(pango_attr_family_new(FontFamily.code), range) }
      if style.isItalic { add(pango_attr_style_new(PANGO_STYLE_ITALIC), range) }
      // A ligature is one glyph for two letters, and many readers lose one of them.
      add(pango_attr_font_features_new("liga=0, clig=0, dlig=0, calt=0, tnum=1"), range)
      add(pango_attr_insert_hyphens_new(0), range)
      if piece.isWhole {
        // Two pieces that are whole stay together.
        let isTied = index + 1 < pieces.count && pieces[index + 1].piece.isWhole
        add(
          pango_attr_allow_breaks_new(0),
          range.lowerBound..<range.upperBound + (isTied ? 1 : 0))
      }
    }
    pango_layout_set_attributes(layout, list)
    pango_attr_list_unref(list)
  }

  /// Marks that hang out at the beginning of a line.
  private static let opening: Set<Character> = ["“", "„", "‘", "‚", "«", "‹", "\"", "'"]

  /// How far the first sign of a line hangs out, in points.
  private func hang(_ line: UnsafeMutablePointer<PangoLayoutLine>) -> Double {
    let start = Int(line.pointee.start_index)
    let length = Int(line.pointee.length)
    guard length > 1 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: text + start, count: min(4, length))
    guard let first = String(decoding: bytes, as: UTF8.self).first, Self.opening.contains(first)
    else { return 0 }
    var (left, right): (Int32, Int32) = (0, 0)
    pango_layout_line_index_to_x(line, Int32(start), 0, &left)
    pango_layout_line_index_to_x(line, Int32(start), 1, &right)
    return Double(right - left) / Double(PANGO_SCALE)
  }

  private func breakLines(_ leading: Double, hangs: Bool) {
    guard let iterator = pango_layout_get_iter(layout) else { return }
    defer { pango_layout_iter_free(iterator) }
    let size = pieces.map(\.piece.style.size).max() ?? 10
    repeat {
      guard let line = pango_layout_iter_get_line_readonly(iterator) else { break }
      var logical = PangoRectangle()
      pango_layout_iter_get_line_extents(iterator, nil, &logical)
      let scale = Double(PANGO_SCALE)
      let own = Double(logical.height) / scale
      let baseline = Double(pango_layout_iter_get_baseline(iterator) - logical.y) / scale
      // Baselines stand on an even distance; a script that needs more room gets it.
      let wanted = size * leading
      let height = max(wanted, own * 0.96)
      lines.append(
        Line(
          line: line, ascent: baseline + (height - own) / 2, height: height,
          indent: Double(logical.x) / scale - (hangs ? hang(line) : 0)))
    } while pango_layout_iter_next_line(iterator) != 0
  }

  /// The first piece that was to stay whole and has a line end inside, though it does not begin a
  /// line: Pango keeps such pieces together only "as far as possible".
  var brokenPiece: Int? {
    let starts = lines.map { Int($0.line.pointee.start_index) }
    return pieces.firstIndex { range, piece in
      piece.isWhole && starts.contains { range.lowerBound < $0 && $0 < range.upperBound }
        && !starts.contains(range.lowerBound) && !piece.text.hasPrefix(Self.lineEnd)
    }
  }

  /// Ends a line without a glyph of its own, so that it leaves no trace in the text of the document.
  static let lineEnd = "\u{2028}"

  var height: Double { lines.reduce(0) { $0 + $1.height } }

  /// The width of the widest line, in points.
  var width: Double {
    var width: Int32 = 0
    pango_layout_get_size(layout, &width, nil)
    return Double(width) / Double(PANGO_SCALE)
  }

  /// The characters that no installed font has.
  var missing: [UInt32] {
    guard pango_layout_get_unknown_glyphs_count(layout) > 0 else { return [] }
    var found: [UInt32] = []
    for line in lines {
      var run = line.line.pointee.runs
      while let node = run {
        run = node.pointee.next
        guard let data = node.pointee.data else { continue }
        let glyphs = data.assumingMemoryBound(to: PangoGlyphItem.self).pointee.glyphs
        for index in 0..<Int(glyphs?.pointee.num_glyphs ?? 0) {
          let glyph = glyphs?.pointee.glyphs[index].glyph ?? 0
          // Pango marks them by this bit and keeps the character in the others.
          if glyph & 0x1000_0000 != 0, glyph != 0x0FFF_FFFF { found.append(glyph & 0x0FFF_FFFF) }
        }
      }
    }
    return found
  }

  /// Draws one line with its baseline at `y`; links become link tags.
  func draw(_ line: Line, x: Double, y: Double, on canvas: Canvas) {
    let context = canvas.context
    var x = x + line.indent
    var run = line.line.pointee.runs
    while let node = run {
      run = node.pointee.next
      guard let data = node.pointee.data else { continue }
      let item = data.assumingMemoryBound(to: PangoGlyphItem.self)
      let offset = Int(item.pointee.item.pointee.offset)
      let piece = pieces.first { $0.range.contains(offset) }?.piece
      (piece?.style.colour ?? Colour("#000000")).use(context)
      if let link = piece?.link { canvas.begin("Link", "uri='\(Canvas.quoted(link))'") }
      cairo_move_to(context, x, y)
      pango_cairo_show_glyph_item(context, text, item)
      if piece?.link != nil { canvas.end("Link") }
      x += Double(pango_glyph_string_get_width(item.pointee.glyphs)) / Double(PANGO_SCALE)
    }
  }
}
