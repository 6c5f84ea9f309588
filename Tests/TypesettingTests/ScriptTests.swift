import Foundation
import Manuscript
import Testing

@testable import Typesetting

/// Resumes of any length, in any script, with names and links that do not fit a line.
@Suite struct ScriptTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    var language: String
    var name: String
    var words: String
    var testDescription: String { language }
  }

  static let samples = [
    Sample(
      language: "tr", name: "Şükrü Güneşoğlu",
      words: "İş akışlarını ölçülü biçimde sadeleştirdi, ığdır’daki yükü çözdü"),
    Sample(
      language: "el", name: "Ελένη Παπαδοπούλου",
      words: "Μείωσε τον χρόνο φόρτωσης και έγραψε τις οδηγίες για όλη την ομάδα"),
    Sample(
      language: "ja", name: "山田太郎", words: "夜間処理を六時間から四十二分に短縮し、監視を整備した"),
    Sample(
      language: "ar", name: "ليلى الحداد", words: "بنت منصة لجدولة المهام وخفضت زمن التحميل"),
    Sample(
      language: "en", name: "Ada Byron", words: "Built and ran it, first office, efficient flow"),
  ]

  static let employer = "Internationale Frachtgesellschaft Nord Ltd"
  static let link = "https://example.org/" + String(repeating: "averylongpath", count: 5) + "/end42"

  static func document(_ sample: Sample, entries: Int) -> Document {
    let blocks = (1...entries).map { index in
      Block.entry(
        Entry(
          id: "e\(index)", title: .plain("Job\(index)x \(sample.name)"),
          details: [[Run(employer, link: Link("https://example.org/\(index)"))]],
          dates: "Mar 2022 – Apr 2023",
          blocks: [
            .list(
              (1...4).map { bullet in
                [Run("Mark\(index)y\(bullet)z \(sample.words)")]
              })
          ]))
    }
    return Document(
      title: sample.name, author: sample.name, language: sample.language, day: "2026-11-22",
      masthead: Masthead(name: sample.name, contacts: [[Run(link, link: Link(link))]]),
      sections: [Section(id: "work", title: "Experience", blocks: blocks)])
  }

  static func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: String)? {
    let folders = ["/usr/bin/", "/usr/local/bin/", "/opt/homebrew/bin/"]
    guard
      let path = folders.map({ $0 + program }).first(where: {
        FileManager.default.isExecutableFile(atPath: $0)
      })
    else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    guard (try? process.run()) != nil else { return nil }
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: bytes, as: UTF8.self))
  }

  static func withFile<T>(_ bytes: [UInt8], _ body: (String) throws -> T) throws -> T {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      UUID().uuidString + ".pdf")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try body(file.path)
  }

  @Test(arguments: samples, [(5, 1), (20, 3), (60, 8)])
  func nothingIsLostAndNothingOverflows(sample: Sample, size: (entries: Int, pages: Int)) throws {
    let document = Self.document(sample, entries: size.entries)
    let result = try PDFWriter.write(document, look: Look())
    #expect(abs(result.pages - size.pages) <= max(1, size.pages / 3), "\(result.pages)")
    #expect(result.missing.isEmpty || sample.language == "ja", "\(result.missing)")
    try Self.withFile(result.bytes) { file in
      if let check = Self.run("qpdf", ["--check", file]) {
        #expect(check.status == 0, "\(check.output)")
      }
      if let info = Self.run("pdfinfo", [file]) {
        #expect(info.output.contains("Tagged:          yes"))
        #expect(info.output.contains("Pages:           \(result.pages)"))
      }
      guard let text = Self.run("pdftotext", ["-layout", file, "-"])?.output else { return }
      for index in 1...size.entries {
        #expect(text.contains("Job\(index)x"), "Job\(index)")
        for bullet in 1...4 { #expect(text.contains("Mark\(index)y\(bullet)z")) }
      }
      for scalar in text.unicodeScalars {
        #expect(
          !(0xFB00...0xFB06).contains(scalar.value) && scalar.value != 0xAD
            && !(0xE000...0xF8FF).contains(scalar.value) && scalar.value != 0xFFFD)
      }
      // Every word lies on its page.
      if let boxes = Self.run("pdftotext", ["-bbox", file, "-"])?.output {
        let right = boxes.matches(of: /xMax="([0-9.]+)"/).compactMap { Double($0.1) }.max() ?? 0
        let left = boxes.matches(of: /xMin="(-?[0-9.]+)"/).compactMap { Double($0.1) }.min() ?? 0
        let bottom = boxes.matches(of: /yMax="([0-9.]+)"/).compactMap { Double($0.1) }.max() ?? 0
        #expect(right <= 595.276 - 40 && left >= 40 && bottom <= 841.89 - 15)
      }
    }
  }

  @Test(arguments: samples.filter { $0.language != "ar" })
  func titleEmployerAndDatesComeBeforeThePoints(sample: Sample) throws {
    let bytes = try PDFWriter.write(Self.document(sample, entries: 6), look: Look()).bytes
    try Self.withFile(bytes) { file in
      guard let text = Self.run("pdftotext", [file, "-"])?.output else { return }
      var place = text.startIndex
      for index in 1...6 {
        for word in [
          "Job\(index)x", "Internationale", "Apr 2023", "Mark\(index)y1z", "Mark\(index)y4z",
        ] {
          let found = try #require(
            text[place...].firstRange(of: word), "\(word) after its forerunner")
          place = found.upperBound
        }
      }
    }
  }

  @Test(arguments: Look.Design.allCases, Look.Paper.allCases)
  func fittingGoesByGapsThenMarginsThenSize(design: Look.Design, paper: Look.Paper) throws {
    var look = Look()
    look.design = design
    look.paper = paper
    var seen: [String] = []
    for entries in 4...12 {
      let document = Self.document(Self.samples[4], entries: entries)
      look.pages = nil
      let free = try PDFWriter.write(document, look: look)
      look.pages = 1
      let result = try PDFWriter.write(document, look: look)
      #expect(result.scale * PDFStyle.bodySize >= 8.999)
      if free.pages == 1 { #expect(result.fitting.isEmpty) }
      if result.fitting.contains("text") { #expect(result.fitting.contains("margins")) }
      if result.fitting.contains("margins") { #expect(result.fitting.contains("gaps")) }
      if result.pages > 1 { #expect(result.fitting.contains("9.0 pt")) }
      seen.append(result.fitting)
      #expect(result.bytes == (try PDFWriter.write(document, look: look)).bytes)
      #expect(result.bytes.count < 100_000)
    }
    #expect(Set(seen).count > 2, "\(seen)")
  }

  @Test func aCharacterWithoutAFontIsNamed() throws {
    var document = Self.document(Self.samples[4], entries: 1)
    // Of an area that no script is in yet.
    document.masthead.name = "Ada \u{50000}"
    #expect(try PDFWriter.write(document, look: Look()).missing == ["\u{50000}"])
  }
}
