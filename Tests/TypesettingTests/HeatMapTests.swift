import Manuscript
import Testing
import Typesetting

@Suite struct HeatMapTests {
  static let map = HeatMap(
    title: "Skills <by> quarter", unit: "pieces of evidence", columns: ["2026-Q1", "2026-Q2"],
    rows: [
      .init(label: "ci & cd", group: "DevOps", values: [0, 1, 99]),
      .init(label: "kubernetes", group: "DevOps", values: [7]),
      .init(label: "none", values: []),
    ])

  @Test func rowsAreAsLongAsThereAreColumns() {
    #expect(Self.map.rows.map(\.values) == [[0, 1], [7, 0], [0, 0]])
  }

  @Test func theSVGNeedsNothingElseAndIsTheSameTwice() {
    let svg = HeatMapSVG(Self.map).write()
    #expect(svg == HeatMapSVG(Self.map).write())
    #expect(svg.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\""))
    #expect(svg.contains("<title>Skills &lt;by&gt; quarter</title>"))
    #expect(svg.contains("ci &amp; cd: 1 in 2026-Q2"))
    #expect(!svg.replacing("http://www.w3.org/2000/svg", with: "").contains("http"))
    for word in ["href", "<script", "<image", "url(", "@import", "@font-face"] {
      #expect(!svg.contains(word))
    }
    #expect(svg.ranges(of: "<rect class=\"s").count == 6)
  }

  @Test func theTerminalShowsShadesAndSums() {
    let lines = HeatMapText(Self.map).lines()
    #expect(lines.map(\.label) == ["DevOps", "ci & cd", "kubernetes", "", "none"])
    #expect(lines.map(\.cells) == ["", "·· ░░", "██ ··", "", "·· ··"])
    #expect(lines.map(\.sum) == [nil, 1, 7, nil, 0])
  }
}
