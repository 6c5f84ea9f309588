/// A strip of the page that is never broken: a line of text, a row of a table, a rule.
struct Strip {
  /// In points.
  var height: Double
  /// Room above it, left out at the top of a page.
  var gap: Double
  /// Must stand on the same page as the strip after it.
  var keepsWithNext: Bool
  var tags: [Canvas.Tag]
  /// Title and whether it stands below another one, for the outline.
  var outline: (title: String, isMinor: Bool)?
  /// Draws it with its upper edge at `y`.
  var draw: (_ canvas: Canvas, _ y: Double) -> Void
}

/// Spreads strips over pages.
struct Flow {
  var strips: [Strip] = []

  /// The first strip of each page, for pages whose text is `height` points high.
  ///
  /// Strips that must stay together move to the next page together; a group higher than a page is
  /// broken all the same, so that this always ends.
  func pages(height: Double) -> [Range<Int>] {
    var pages: [Range<Int>] = []
    var start = 0
    var used = 0.0
    var index = 0
    while index < strips.count {
      var end = index
      while end + 1 < strips.count, strips[end].keepsWithNext { end += 1 }
      var group = 0.0
      for k in index...end {
        group += strips[k].height + (k == start ? 0 : strips[k].gap)
      }
      if used + group <= height {
        used += group
        index = end + 1
      } else if index > start, group <= height {
        pages.append(start..<index)
        start = index
        used = 0
      } else {
        // Higher than a page: as much of it as fits, at least one strip.
        var next = index
        while next <= end {
          let own = strips[next].height + (next == start ? 0 : strips[next].gap)
          if used + own > height, next > start { break }
          used += own
          next += 1
        }
        if next <= end {
          pages.append(start..<next)
          start = next
          used = 0
        }
        index = next
      }
    }
    if start < strips.count { pages.append(start..<strips.count) }
    return pages
  }
}
