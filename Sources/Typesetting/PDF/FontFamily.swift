internal import CPangoCairo

/// The family a document is set in: the first of a list that is installed.
enum FontFamily {
  /// Families with true weights, tabular figures and wide coverage first.
  static func candidates(_ typeface: Look.Typeface) -> [String] {
    switch typeface {
    case .sans:
      [
        "Inter", "Source Sans 3", "Source Sans Pro", "Lato", "Noto Sans", "Open Sans",
        "Liberation Sans", "Helvetica Neue", "Arial", "DejaVu Sans Condensed", "DejaVu Sans",
      ]
    case .serif:
      [
        "Source Serif 4", "Source Serif Pro", "EB Garamond", "Linux Libertine O", "Noto Serif",
        "Liberation Serif", "Times New Roman", "DejaVu Serif Condensed", "DejaVu Serif",
      ]
    }
  }

  /// Families of one width for code; Pango takes the first that is installed.
  static let code = "JetBrains Mono,Source Code Pro,DejaVu Sans Mono,Liberation Mono,Monospace"

  /// The name to ask Pango for; throws when the machine has no font at all.
  static func choose(_ typeface: Look.Typeface) throws(TypesettingError) -> String {
    guard let map = pango_cairo_font_map_get_default() else { throw .noFont }
    var list: UnsafeMutablePointer<UnsafeMutablePointer<PangoFontFamily>?>?
    var count: Int32 = 0
    pango_font_map_list_families(map, &list, &count)
    defer { g_free(list) }
    var installed: Set<String> = []
    for index in 0..<Int(count) {
      guard let family = list?[index], let name = pango_font_family_get_name(family) else {
        continue
      }
      installed.insert(String(cString: name))
    }
    // Pango lists generic names even when nothing stands behind them.
    installed.subtract(["Sans", "Serif", "Monospace", "System-ui", "Cursive", "Fantasy"])
    guard !installed.isEmpty else { throw .noFont }
    return candidates(typeface).first(where: installed.contains)
      ?? (typeface == .serif ? "Serif" : "Sans")
  }
}
