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
      "• Brought partners' files into the warehouse",
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
