import Career
import Foundation
import Manuscript
import Testing

@testable import Typesetting

@Suite struct PDFTests {
  static let reader = [
    "/usr/bin/pdftotext", "/usr/local/bin/pdftotext", "/opt/homebrew/bin/pdftotext",
  ]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// The text of a PDF, as a program that reads resumes sees it.
  static func text(_ bytes: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      UUID().uuidString + ".pdf")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(reader))
    process.arguments = [file.path, "-"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  @Test func theSameDocumentGivesTheSameBytes() throws {
    let document = try Example.resume()
    let first = try PDFWriter.write(document, look: Look())
    let second = try PDFWriter.write(document, look: Look())
    #expect(first.bytes == second.bytes)
    #expect(first.bytes.count < 100_000)
  }

  @Test func thePortfolioGivesTheSameBytesToo() throws {
    let document = try Example.portfolio().document
    #expect(
      try PDFWriter.write(document, look: Look()).bytes
        == PDFWriter.write(document, look: Look()).bytes)
  }

  @Test func theExampleFitsThePageItAsksFor() throws {
    var look = Look()
    look.pages = 1
    let result = try PDFWriter.write(try Example.resume(), look: look)
    #expect(result.pages == 1)
    #expect(result.scale * 9.6 > 9)
  }

  @Test func theStructureIsMarkedAndTheLanguageSaid() throws {
    let bytes = try PDFWriter.write(try Example.resume(), look: Look()).bytes
    let text = String(decoding: bytes, as: Unicode.ASCII.self)
    for part in ["/StructTreeRoot", "/MarkInfo << /Marked true >>", "/Lang (en-GB)", "/Outlines"] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(text.hasSuffix("%%EOF\n"))
  }

  @Test(.enabled(if: reader != nil))
  func titleEmployerAndDatesAreReadOnOneLineBeforeTheirBullets() throws {
    let text = try Self.text(try PDFWriter.write(try Example.resume(), look: Look()).bytes)
    var rest = text[...]
    for part in [
      "Maya Lindqvist\n", "Senior Data Engineer\n", "maya.lindqvist@example.org",
      "+46 70 174 06 35",
      "Summary\n", "Skills\n", "Experience\n",
      "Senior Data Engineer, Havn Logistics, Gothenburg — Apr 2025 – present\n",
      "• Brought partners’ files into the warehouse",
      "Data Engineer, Nordlys Retail, Gothenburg — Feb 2024 – Mar 2025\n",
      "• Moved the shop reports",
      "Projects\n", "• Cut monthly cost of the platform from €18,400 to €6,070 a month (−67 %)",
      "Nightly warehouse load, incremental, Nordlys Retail — Sep 2024 – Mar 2025\n",
      "• Cut nightly ETL duration from 6 h 10 min to 42 min (−89 %)", "Education\n", "Languages\n",
    ] {
      guard let range = rest.range(of: part) else {
        Issue.record("\(part) is missing or out of order in:\n\(text)")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  @Test(.enabled(if: reader != nil))
  func theTextLayerHasWholeLettersOnly() throws {
    let words = "Office workflow efficient final affluent naïve Boğaziçi Łódź Ωμέγα Привет € − →"
    let document = DocumentTests.document(words)
    let text = try Self.text(try PDFWriter.write(document, look: Look()).bytes)
    for word in words.split(separator: " ") { #expect(text.contains(word), "\(word)") }
    for scalar in text.unicodeScalars {
      #expect(!(0xFB00...0xFB06).contains(scalar.value) && scalar.value != 0xAD)
      #expect(!(0xE000...0xF8FF).contains(scalar.value))
    }
  }

  /// What a program says of a PDF; nil when the program is not there.
  static func told(_ program: String, _ arguments: [String], _ bytes: [UInt8]) throws -> String? {
    try ScriptTests.withFile(bytes) { file in
      ScriptTests.run(program, arguments + [file])?.output
    }
  }

  @Test func theStructureIsThatOfTheDocument() throws {
    let bytes = try PDFWriter.write(try Example.resume(), look: Look()).bytes
    guard let tree = try Self.told("pdfinfo", ["-struct-text"], bytes) else { return }
    var rest = tree[...]
    for part in [
      "Document", "H1", "Maya Lindqvist", "H2", "Summary", "H2", "Experience", "H3",
      "Senior Data Engineer", "L ", "LI", "Lbl", "LBody",
    ] {
      let found = try #require(rest.firstRange(of: part), "\(part) in\n\(tree)")
      rest = rest[found.upperBound...]
    }
    #expect(tree.contains("Link"))
  }

  @Test func figuresSayWhatTheyShow() throws {
    let hostile = "Zürich (a) \\ >> endobj λ 日本"
    var document = DocumentTests.document("One")
    document.sections[0].blocks = [
      .chart(
        .comparison([
          Chart.Comparison(
            label: hostile, before: "9 h", after: "1 h", ratio: 111, isFall: true, change: "−89 %"),
          Chart.Comparison(
            label: "Second", before: "3", after: "6", ratio: 500, isFall: false, change: "+100 %"),
        ])),
      .chart(
        .timeline(
          [Chart.Span(label: "Span", from: 24_300, to: 24_310, dates: "Jan 2025")], from: 24_300,
          to: 24_320)),
    ]
    let bytes = try PDFWriter.write(document, look: Look()).bytes
    if let check = try Self.told("qpdf", ["--check"], bytes) {
      #expect(check.contains("No syntax or stream encoding errors"), "\(check)")
    }
    // Read back through the cross-reference table, as a reader would.
    guard let json = try Self.told("qpdf", ["--json"], bytes) else { return }
    let alternatives = json.matches(of: /"\/Alt": "((?:[^"\\]|\\.)*)"/).map { String($0.1) }
    #expect(alternatives.count == 3, "\(alternatives)")
    #expect(json.contains("Second: 3 → 6 (+100 %)") && json.contains("Span: Jan 2025"))
    #expect(json.contains("Zürich (a)"))
    #expect(bytes == (try PDFWriter.write(document, look: Look()).bytes))
  }

  @Test(arguments: [
    ("en-GB", "1 of "), ("de", "1 von "), ("tr", "1 / "), ("el", "1 από "), ("ja", "1 / "),
    ("sv", "1 av "), ("ar", "من"),
  ])
  func theFootSpeaksTheLanguageOfTheDocument(tag: String, words: String) throws {
    var document = ScriptTests.document(ScriptTests.samples[4], entries: 20)
    document.language = tag
    let result = try PDFWriter.write(document, look: Look())
    #expect(result.pages > 1)
    let text = try Self.text(result.bytes)
    // Readers take the narrow space beside a stroke for none.
    #expect(
      text.replacing(" ", with: "").contains(words.replacing(" ", with: "")),
      "\(text.suffix(200))")
    if tag == "ar" { #expect(!text.contains(" of ")) }
  }

  @Test func anOpeningQuotationMarkHangsOut() throws {
    let canvas = try Canvas(size: Look.Paper.a4.size)
    let family = try FontFamily.choose(.sans)
    func indent(_ text: String, _ width: Double? = 200, isRightToLeft: Bool = false) -> Double {
      SetParagraph(
        [TextPiece(text: text, style: PDFStyle(Look()).body)], family: family, width: width,
        leading: 1.3, isRightToLeft: isRightToLeft, context: canvas.context
      ).lines[0].indent
    }
    #expect(indent("“Quoted” words") < -1)
    #expect(indent("Words “quoted”") == 0)
    #expect(indent("“Quoted”", nil) == 0)
  }

  @Test(arguments: ["en", "tr", "el", "ja", "ar"])
  func whatIsMeasuredIsWhatIsSet(tag: String) throws {
    let sample = try #require(ScriptTests.samples.first { $0.language == tag })
    let measure = try TypeMeasure(look: Look(), language: tag)
    let family = try FontFamily.choose(.sans)
    let canvas = try Canvas(size: Look.Paper.a4.size)
    for count in 1...9 {
      let text = Array(repeating: sample.words, count: count).joined(separator: " ")
      let measured = measure.linesOfPoint(text)
      for step in PDFWriter.steps {
        let style = PDFStyle(Look(), step)
        let width = Look.Paper.a4.size.width - 2 * style.sideMargin - style.listIndent
        let set = SetParagraph(
          [TextPiece(text: text, style: style.body)], family: family, width: width,
          leading: style.leading, language: tag, isRightToLeft: tag == "ar",
          context: canvas.context)
        // Tighter settings have room for more on a line, never for less.
        #expect(set.lines.count <= measured)
        if step.margins == 1, step.scale == 1 { #expect(set.lines.count == measured) }
      }
    }
  }

  @Test func hostileTextMakesAPDF() throws {
    let document = DocumentTests.document(DocumentTests.hostile + "'\\) >> endobj")
    #expect(try PDFWriter.write(document, look: Look()).pages == 1)
  }

  @Test func anEmptyDocumentIsOnePage() throws {
    let document = Document(
      title: "", author: "", day: "2026-01-01", masthead: Masthead(name: ""), sections: [])
    #expect(try PDFWriter.write(document, look: Look()).pages == 1)
  }

  @Test(arguments: Look.Paper.allCases)
  func longDocumentsKeepHeadingsWithTheirText(paper: Look.Paper) throws {
    let sections = (1...60).map { index in
      Section(
        id: "s\(index)", title: "Section \(index)",
        blocks: [.paragraph(.plain(String(repeating: "word ", count: 20 + index * 7)), tone: .body)]
      )
    }
    var look = Look()
    look.paper = paper
    let document = Document(
      title: "Long", author: "A", day: "2026-01-01", masthead: Masthead(name: "A"),
      sections: sections)
    let canvas = try Canvas(size: paper.size)
    let family = try FontFamily.choose(.sans)
    let composer = Composer(document, PDFStyle(look), family, canvas)
    #expect(composer.pages.count > 5)
    for page in composer.pages {
      let last = composer.flow.strips[page.upperBound - 1]
      #expect(!last.keepsWithNext)
    }
    #expect(composer.pages.map(\.count).reduce(0, +) == composer.flow.strips.count)
  }

  @Test func aGroupHigherThanAPageIsBroken() {
    var flow = Flow()
    for _ in 0..<50 {
      flow.strips.append(
        Strip(height: 10, gap: 0, keepsWithNext: true, tags: [], outline: nil) { _, _ in })
    }
    let pages = flow.pages(height: 100)
    #expect(pages.count == 5)
    #expect(pages.map(\.count).reduce(0, +) == 50)
  }
}
