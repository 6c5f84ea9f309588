import Manuscript
import Testing

@testable import Typesetting

/// A page as a screen reader and somebody with weak eyes meet it.
@Suite struct AccessibilityTests {
  static let looks: [Look] = Look.Accent.allCases.flatMap { accent in
    Look.Colours.allCases.flatMap { colours in
      Look.Design.allCases.map { design in
        var look = Look()
        look.accent = accent
        look.colours = colours
        look.design = design
        return look
      }
    }
  }

  static func page(_ document: Document, _ look: Look = Look()) throws -> String {
    HTMLWriter(templates: try TemplateSet(.resume) { _ in nil }, look: look)
      .write(document, template: "resume.html")
  }

  /// A document with every kind of block that a resume may have.
  static func everything() throws -> Document {
    var document = try Example.resume()
    document.sections.append(
      Section(
        id: "all", title: "All",
        blocks: [
          .entry(Entry(id: "one", title: .plain("One"), blocks: [.heading(.plain("Below"))])),
          .paragraph(.plain("Words"), tone: .note),
          .figures([Figure(value: "3 h", label: "saved", detail: "in one project")]),
          .table(Table(header: [.plain("A"), .plain("B")], rows: [[.plain("1"), .plain("2")]])),
          .chart(
            .comparison([
              Chart.Comparison(
                label: "Load", before: "9 h", after: "1 h", ratio: 111, isFall: true,
                change: "−89 %")
            ])),
          .chart(
            .timeline(
              [Chart.Span(label: "One", from: 24_300, to: 24_310, dates: "2025")], from: 24_300,
              to: 24_320)),
        ]))
    return document
  }

  // MARK: - Structure

  struct Tag {
    var name: String
    var attributes: [String: String]
  }

  /// Opening tags in order, with the path they stand under; records what is not nested as it should be.
  static func tags(_ html: String) -> [(tag: Tag, path: [String], text: String)] {
    let void: Set<String> = ["meta", "br", "hr", "img", "input", "link"]
    var open: [String] = []
    var tags: [(tag: Tag, path: [String], text: String)] = []
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      if let last = tags.indices.last { tags[last].text += rest[..<start] }
      rest = rest[rest.index(after: start)...]
      guard let end = rest.firstIndex(of: ">") else { break }
      let inside = rest[..<end]
      rest = rest[rest.index(after: end)...]
      if inside.hasPrefix("!") { continue }
      if inside.hasPrefix("/") {
        let name = String(inside.dropFirst())
        #expect(open.last == name, "</\(name)> closes \(open.last ?? "nothing")")
        if let place = open.lastIndex(of: name) { open.removeSubrange(place...) }
        continue
      }
      let name = String(inside.prefix { !$0.isWhitespace })
      var attributes: [String: String] = [:]
      for match in inside.matches(of: /([a-z\-]+)="([^"]*)"/) {
        let key = String(match.1)
        #expect(attributes[key] == nil, "\(key) twice in <\(inside)>")
        attributes[key] = String(match.2)
      }
      tags.append((Tag(name: name, attributes: attributes), open, ""))
      if name == "style" {
        rest = rest.firstRange(of: "</style>").map { rest[$0.upperBound...] } ?? ""
      } else if !void.contains(name) {
        open.append(name)
      }
    }
    #expect(open.isEmpty, "\(open) stays open")
    return tags
  }

  @Test(arguments: ["en-GB", "ar", "ja"])
  func thePageIsStructuredAsItReads(language: String) throws {
    var document = try Self.everything()
    document.language = language
    let tags = Self.tags(try Self.page(document))
    func all(_ name: String) -> [(tag: Tag, path: [String], text: String)] {
      tags.filter { $0.tag.name == name }
    }
    #expect(all("html").first?.tag.attributes["lang"] == language)
    #expect((all("html").first?.tag.attributes["dir"] == "rtl") == (language == "ar"))
    #expect(all("main").count == 1 && all("h1").count == 1)
    #expect(all("title").first?.text.isEmpty == false)
    #expect(all("meta").contains { $0.tag.attributes["name"] == "viewport" })
    // One heading at a time, none left out.
    var level = 0
    for heading in tags where heading.tag.name.count == 2 && heading.tag.name.hasPrefix("h") {
      guard let own = heading.tag.name.last?.wholeNumberValue else { continue }
      #expect(own <= level + 1, "h\(own) after h\(level)")
      #expect(heading.path.contains("main"))
      level = own
    }
    let ids = tags.compactMap { $0.tag.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    for section in all("section") {
      let title = try #require(section.tag.attributes["aria-labelledby"])
      #expect(ids.contains(title))
    }
    for image in all("img") { #expect(image.tag.attributes["alt"]?.isEmpty == false) }
    for link in all("a") {
      #expect(link.tag.attributes["href"]?.isEmpty == false && !link.text.isEmpty)
    }
    for item in all("li") { #expect(["ul", "ol"].contains(item.path.last)) }
    for head in all("th") { #expect(head.tag.attributes["scope"] != nil) }
    // Everything that can be reached by the keyboard is reached in the order of the page.
    for tag in tags { #expect(Int(tag.tag.attributes["tabindex"] ?? "0") ?? 1 <= 0) }
    // What is drawn says nothing that is not said in words.
    for bar in all("span") where bar.tag.attributes["class"] == "track" {
      #expect(bar.tag.attributes["aria-hidden"] == "true")
    }
    // Scrolling boxes are reached without a mouse.
    #expect(try Self.page(document).contains("a:focus-visible"))
  }

  // MARK: - Contrast

  /// The relative luminance of a colour, as WCAG 2.2 defines it.
  static func luminance(_ hex: String) throws -> Double {
    var digits = String(hex.dropFirst())
    if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
    let value = try #require(UInt32(digits, radix: 16), "\(hex)")
    func linear(_ part: UInt32) -> Double {
      let share = Double(part & 0xFF) / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(value >> 16) + 0.7152 * linear(value >> 8) + 0.0722 * linear(value)
  }

  /// `base` to the power of 2.4, by the fifth root of its twelfth power.
  static func power(_ base: Double, _ exponent: Double) -> Double {
    let wanted = (1...12).reduce(1.0) { product, _ in product * base }
    var root = 0.5
    for _ in 0..<200 {
      root -= (root * root * root * root * root - wanted) / (5 * root * root * root * root)
    }
    return root
  }

  static func contrast(_ a: String, _ b: String) throws -> Double {
    let (first, second) = (try luminance(a), try luminance(b))
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  @Test func contrastIsReckonedAsDefined() throws {
    #expect(abs(try Self.contrast("#000", "#ffffff") - 21) < 0.01)
    // A grey known to lie at the limit.
    #expect(abs(try Self.contrast("#767676", "#ffffff") - 4.54) < 0.01)
  }

  /// The custom properties of each rule that sets the colours: on screen light, dark, dark by choice,
  /// and in print.
  static func palettes(_ css: String) -> [[String: String]] {
    css.matches(of: /:root[^{]*\{([^}]*--ink[^}]*)\}/).map { match in
      var palette: [String: String] = [:]
      for pair in match.1.matches(of: /--([a-z]+): (#[0-9a-f]+)/) {
        palette[String(pair.1)] = String(pair.2)
      }
      return palette
    }
  }

  @Test(arguments: looks)
  func everyTextCanBeReadOnItsGround(look: Look) throws {
    let html = try Self.page(try Self.everything(), look)
    let css = try #require(html.firstMatch(of: /(?s)<style>(.*)<\/style>/)).1
    let palettes = Self.palettes(String(css))
    #expect(palettes.count == 4)
    for palette in palettes {
      for text in ["ink", "muted", "accent"] {
        for ground in ["paper", "desk"] {
          let contrast = try Self.contrast(
            try #require(palette[text]), try #require(palette[ground]))
          #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
      }
      // Bars are seen beside the paper, though the figures stand beside them in words.
      #expect(
        try Self.contrast(try #require(palette["accent"]), try #require(palette["paper"])) >= 3)
    }
    // No text has a colour that was not looked at above.
    for match in css.matches(of: /[;{ ]color: *([^;}]+)[;}]/) {
      #expect(
        ["var(--ink)", "var(--muted)", "var(--accent)", "inherit"].contains(String(match.1)),
        "\(match.0)")
    }
    // Nor is it made paler.
    for match in css.matches(of: /([^{}]*)\{[^}]*[; ]opacity:/) { Issue.record("\(match.0)") }
  }

  @Test func printingIsBlackOnWhiteAndKeepsWhatBelongsTogether() throws {
    var look = Look()
    look.colours = .dark
    let html = try Self.page(try Self.everything(), look)
    let print = html.ranges(of: "@media print")
    #expect(print.count >= 2)
    #expect(html.contains("--paper: #fff; --desk: #fff"))
    #expect(html.contains("@page { size: A4;"))
    #expect(html.contains("break-inside: avoid") && html.contains("break-after: avoid"))
    look.paper = .letter
    #expect(try Self.page(try Self.everything(), look).contains("@page { size: letter;"))
  }
}
