/// Looks at how the pages of a PDF are set: sizes of the type, margins, distance of lines, columns.
///
/// It reads what `pdftohtml -xml` of poppler writes, in units that `zoom` says:
///
///     <page number="1" position="absolute" top="0" left="0" height="8418" width="5952">
///       <fontspec id="0" size="96" family="Inter" color="#1c1f23"/>
///       <text top="480" left="540" width="1200" height="96" font="0">words</text>
public struct PageLint {
  /// The least size of running text and of anything that is read, in points; sizes are known to a sixth
  /// of a point.
  static let leastBody = 9.0
  static let leastType = 7.0
  /// Half an inch: what printers reach, and eyes need.
  static let leastMargin = 36.0
  static let leastLeading = 1.15

  private struct Line {
    var page: Int
    var top: Double
    var left: Double
    var width: Double
    var font: String
    var count: Int
    var right: Double { left + width }
  }

  private var pages: [(width: Double, height: Double)] = []
  private var sizes: [String: Double] = [:]
  private var lines: [Line] = []

  /// What there is to say of pages, worst first.
  ///
  /// - Parameter zoom: Units of `xml` in a point.
  public static func run(_ xml: String, zoom: Double) -> [LintFinding] {
    var lint = PageLint()
    lint.read(xml, zoom)
    return LintFinding.ordered(lint.findings)
  }

  private mutating func read(_ xml: String, _ zoom: Double) {
    for line in xml.split(whereSeparator: \.isNewline) {
      let line = String(line).trimmed
      func number(_ name: String) -> Double? {
        Self.attribute(name, of: line).flatMap(Double.init).map { $0 / zoom }
      }
      if line.hasPrefix("<page ") {
        pages.append((number("width") ?? 0, number("height") ?? 0))
      } else if line.hasPrefix("<fontspec ") {
        if let id = Self.attribute("id", of: line) { sizes[id] = number("size") }
      } else if line.hasPrefix("<text ") {
        let text = line.drop { $0 != ">" }.dropFirst()
        var words = ""
        var isTag = false
        for character in text {
          if character == "<" {
            isTag = true
          } else if character == ">" {
            isTag = false
          } else if !isTag {
            words.append(character)
          }
        }
        guard !words.trimmed.isEmpty, let font = Self.attribute("font", of: line) else { continue }
        lines.append(
          Line(
            page: pages.count - 1, top: number("top") ?? 0, left: number("left") ?? 0,
            width: number("width") ?? 0, font: font, count: words.trimmed.count))
      }
    }
  }

  private static func attribute(_ name: String, of tag: String) -> String? {
    guard let start = tag.firstRange(of: " \(name)=\"")?.upperBound else { return nil }
    return String(tag[start...].prefix { $0 != "\"" })
  }

  /// The size in which most characters are set.
  private var body: Double? {
    var counts: [Double: Int] = [:]
    for line in lines { if let size = sizes[line.font] { counts[size, default: 0] += line.count } }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
  }

  private static func points(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) pt" : "\(tenths / 10).\(tenths % 10) pt"
  }

  private static func millimetres(_ points: Double) -> String {
    "\(Int((points * 25.4 / 72).rounded())) mm"
  }

  private var findings: [LintFinding] {
    var findings: [LintFinding] = []
    func report(
      _ severity: LintFinding.Severity, _ rule: String, _ message: String, _ remedy: String
    ) {
      findings.append(
        LintFinding(severity: severity, rule: rule, line: nil, message: message, remedy: remedy))
    }
    guard let body else { return [] }
    if body < Self.leastBody - 0.2 {
      report(
        .warning, "small-type", "the running text is set in \(Self.points(body))",
        "Nine points at least: leave something out instead.")
    }
    let smallest = lines.compactMap { line in sizes[line.font].map { (size: $0, count: line.count) }
    }
    .filter { $0.size < Self.leastType - 0.2 }
    if let least = smallest.map(\.size).min(), smallest.reduce(0, { $0 + $1.count }) > 20 {
      report(
        .warning, "tiny-type", "some of it is set in \(Self.points(least))",
        "Seven points are the least that is read, even in a foot.")
    }
    var margins: [(name: String, least: Double)] = []
    for (index, page) in pages.enumerated() where page.width > 0 {
      let own = lines.filter { $0.page == index }
      if let left = own.map(\.left).min() { margins.append(("left", left)) }
      if let right = own.map(\.right).max() { margins.append(("right", page.width - right)) }
      if let top = own.map(\.top).min() { margins.append(("top", top)) }
    }
    if let narrow = margins.filter({ $0.least < Self.leastMargin - 0.5 }).min(by: {
      $0.least < $1.least
    }) {
      report(
        .warning, "narrow-margins",
        "the \(narrow.name) margin is \(Self.millimetres(max(0, narrow.least)))",
        "Half an inch, 13 mm, is the least that prints and reads well.")
    }
    if let leading = leading(body), leading < Self.leastLeading - 0.02 {
      report(
        .warning, "tight-lines",
        "the lines of the running text are \(Int((leading * 100).rounded())) % of its size apart",
        "115 % at least.")
    }
    if hasColumns {
      report(
        .warning, "columns", "text stands in columns side by side",
        "One column: programs read across the page and mix what stands beside each other.")
    }
    return findings
  }

  /// The usual distance of two lines of the running text, as a multiple of its size.
  private func leading(_ body: Double) -> Double? {
    var distances: [Double: Int] = [:]
    for (above, below) in zip(lines, lines.dropFirst())
    where above.page == below.page && sizes[above.font] == body && sizes[below.font] == body {
      let distance = below.top - above.top
      if distance > body * 0.7, distance < body * 1.6 {
        distances[(distance * 10).rounded() / 10, default: 0] += 1
      }
    }
    guard let usual = distances.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      usual.value > 2
    else { return nil }
    return usual.key / body
  }

  /// Whether a fourth of the lines stand beside another that begins far to the left.
  private var hasColumns: Bool {
    guard lines.count > 12 else { return false }
    var beside = 0
    for line in lines where pages.indices.contains(line.page) {
      let width = pages[line.page].width
      guard line.left > width * 0.33, line.count > 12 else { continue }
      let hasNeighbour = lines.contains { other in
        other.page == line.page && abs(other.top - line.top) < 6 && other.count > 12
          && other.right < line.left - width * 0.02
      }
      if hasNeighbour { beside += 1 }
    }
    return beside * 4 > lines.count
  }
}
