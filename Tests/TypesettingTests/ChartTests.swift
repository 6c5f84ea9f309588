import Foundation
import Manuscript
import Testing
import Typesetting

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Charts of each kind, with names that would be markup.
@Suite struct ChartTests {
  static let map = HeatMap(
    title: "Skills <by> quarter", unit: "pieces of evidence", columns: ["2026-Q1", "2026-Q2"],
    rows: [
      .init(label: "ci & cd", group: "DevOps", values: [0, 1, 99]),
      .init(label: "kubernetes", group: "DevOps", values: [7]),
      .init(label: "none", values: []),
    ])
  static let charts: [Chart] = [
    .heatMap(map),
    .comparison([
      .init(
        label: "Load <b>time</b>", before: "6 h", after: "42 min", ratio: 113, isFall: true,
        change: "−89 %"),
      .init(label: "Tests", before: "3", after: "210", ratio: 14, isFall: false, change: ""),
    ]),
    .timeline(
      [
        .init(label: "A & B", from: 24_301, to: 24_310, dates: "Feb 2025", weight: 1),
        .init(label: "Second", from: 24_308, to: 24_320, dates: "Sep 2025 – Sep 2026", weight: 5),
      ], from: 24_301, to: 24_320),
    .growth(
      Growth(
        title: "Notes \"over\" time", unit: "notes",
        things: [("snippets", 24_300), ("fixes", 24_301), ("snippets", 24_303), ("other", 24_400)],
        labels: ["snippets", "fixes", "empty", "other"], last: 24_304)!),
    .calendar(
      DayCalendar(
        title: "Practice", steps: ["none", "under 15 min", "under 30", "under 60", "more"],
        weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        days: (1...20).map {
          DayCalendar.Day(
            date: "2026-06-" + ($0 < 10 ? "0\($0)" : "\($0)"), step: $0 % 5,
            isProtected: $0 % 10 == 0, words: $0 % 5 > 0 ? "\($0) min" : "")
        })),
    .milestones(
      MilestoneTrack(
        title: "Milestones", now: 14,
        items: [
          .init(label: "First <DAG>", group: "Technical", planned: 3, reached: 2, isDone: true),
          .init(label: "Late", group: "Technical", planned: 6, reached: nil, isDone: false),
          .init(label: "Talk", group: "Community", planned: 36, reached: nil, isDone: false),
          .init(label: "No month", planned: nil, reached: nil, isDone: true),
        ])),
  ]

  @Test func rowsAreAsLongAsThereAreColumns() {
    #expect(Self.map.rows.map(\.values) == [[0, 1], [7, 0], [0, 0]])
  }

  @Test(arguments: charts) func anSVGNeedsNothingElseAndIsTheSameTwice(chart: Chart) throws {
    let svg = ChartSVG(chart).write()
    #expect(svg == ChartSVG(chart).write())
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""))
    #expect(!svg.replacing("http://www.w3.org/2000/svg", with: "").contains("http"))
    for word in ["href", "<script", "<image", "url(", "@import", "@font-face", "<b>", "<DAG>"] {
      #expect(!svg.contains(word), "\(word)")
    }
    // Well formed, with a title and a description that says every line of it.
    let parser = XMLParser(data: Data(svg.utf8))
    #expect(parser.parse())
    #expect(svg.contains("<title>\(ChartSVG.escaped(chart.title))</title>"))
    #expect(svg.contains("<desc>\(ChartSVG.escaped(chart.description))</desc>"))
    #expect(!chart.description.isEmpty)
    // Numbers are whole or shares with two decimals: bytes depend on no rounding of the machine.
    let numbers = svg.matches(of: /\s(?:x|y|width|height|cx|cy|r|dx)="([^"]*)"/).map { $0.1 }
    #expect(!numbers.isEmpty)
    for number in numbers { #expect(number.wholeMatch(of: /-?\d+|\d+(\.\d{1,2})?%/) != nil) }
  }

  @Test(arguments: charts) func everyNameStandsInTheTableTheWordsAndTheText(chart: Chart) {
    let table = chart.table
    #expect(!table.rows.isEmpty)
    #expect(table.rows.allSatisfy { $0.count == table.header.count })
    let text = ChartText(chart, width: 78).lines()
    #expect(text.allSatisfy { $0.count <= 110 })
    #expect(text.allSatisfy { !$0.hasSuffix(" ") })
    let texts = Set(chart.texts)
    for cell in ([table.header] + table.rows).flatMap({ $0.map(\.text) }) {
      #expect(texts.contains(cell))
    }
  }

  @Test(arguments: charts) func namesCanBeReplacedEverywhere(chart: Chart) {
    let other = chart.mapped {
      $0.replacing("kubernetes", with: "XX").replacing("Late", with: "YY")
    }
    #expect(!ChartSVG(other).write().contains("kubernetes"))
    #expect(!ChartSVG(other).write().contains("Late"))
    #expect(chart.mapped { $0 } == chart)
  }

  @Test func shapesStayInsideTheirDrawing() {
    for chart in Self.charts {
      let drawing = ChartDrawing(chart)
      for shape in drawing.shapes {
        guard case .bar(_, let x, let y, let width, let height, _) = shape else { continue }
        #expect(y >= 0 && y + height <= drawing.height, "\(chart.kind)")
        #expect(x.share + width.share <= 10_000)
        #expect(x.pixels + width.pixels <= drawing.width)
      }
    }
  }

  @Test func growthCountsFromTheBeginningAndLeavesOutWhatIsNotThere() throws {
    guard case .growth(let growth) = Self.charts[3] else { return }
    #expect(growth.columns == ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"])
    #expect(growth.series.map(\.label) == ["snippets", "fixes"])
    #expect(growth.series.map(\.values) == [[1, 1, 1, 2, 2], [0, 1, 1, 1, 1]])
    #expect(["0 notes", "1 note", "2 notes"] == [0, 1, 2].map(growth.counted))
    let cut = try #require(
      Growth(
        title: "", unit: "", things: [("a", 10), ("a", 20), ("a", 24)], labels: ["a"], last: 24,
        limit: 6))
    #expect(cut.series[0].values == [1, 2, 2, 2, 2, 3])
  }

  @Test func theTerminalShowsShadesAndSums() {
    #expect(
      ChartText(Self.charts[0]).lines() == [
        "            '26", "            Q1 Q2", "DevOps", "ci & cd     ·· ░░  1",
        "kubernetes  ██ ··  7", "none        ·· ··  ·",
        "·· none  ░░ 1  ▒▒ 2-3  ▓▓ 4-6  ██ 7 and more pieces of evidence",
      ])
  }

  @Test func aTerminalShowsTheLengthOfBars() {
    #expect(
      ChartText(Self.charts[1], width: 40).lines() == [
        "Load <b>time</b>  −89 %", "░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 6 h", "███ 42 min", "", "Tests",
        "░ 3", "██████████████████████████████ 210",
      ])
  }

  @Test func coloursThatAreAskedForDoNotFollowTheReader() {
    #expect(ChartSVG(Self.charts[0]).write().contains("prefers-color-scheme"))
    #expect(!ChartSVG(Self.charts[0], colours: .light).write().contains("prefers-color-scheme"))
    #expect(!ChartSVG(Self.charts[0], colours: .dark).write().contains("#1c1f23"))
  }

  @Test func aPageHasTheShapesTheTableAndTheDescription() throws {
    for chart in Self.charts {
      let document = Document(
        title: "T", author: "A", day: "2026-01-01", masthead: Masthead(name: "T"),
        sections: [Section(id: "x", title: "S", blocks: [.chart(chart)])])
      let writer = HTMLWriter(
        templates: try TemplateSet(.portfolio) { _ in nil }, look: Look())
      let page = writer.write(document, template: "portfolio.html")
      #expect(page.contains("<svg role=\"img\""))
      #expect(page.contains("<title>\(ChartSVG.escaped(chart.title))</title>"))
      #expect(page.contains("<summary>As a table</summary>"))
      #expect(!page.contains("<DAG>") && !page.contains("<b>time"))
      let pdf = try PDFWriter.write(document, look: Look())
      #expect(pdf.bytes.count > 1_000)
      #expect(pdf.bytes == (try PDFWriter.write(document, look: Look())).bytes)
    }
  }
}
