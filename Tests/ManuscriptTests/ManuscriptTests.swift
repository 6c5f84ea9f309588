import Manuscript
import Testing

@Suite struct ManuscriptTests {
  @Test(arguments: [
    ("two\nlines", "two lines"), ("soft\u{AD}hyphen", "softhyphen"),
    ("zero\u{200B}width", "zerowidth"),
    ("turned\u{202E}round", "turnedround"), ("bell\u{7}", "bell "),
    ("Boğaziçi → €", "Boğaziçi → €"),
  ])
  func runsHoldNothingThatDamagesATextLayer(written: String, kept: String) {
    #expect(Run(written).text == kept)
  }

  @Test(arguments: [
    "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "no scheme",
    "https://a b", "https://a\nb", "", ":", "//host",
  ])
  func linksThatCouldRunSomethingDoNotExist(address: String) {
    #expect(Link(address) == nil)
  }

  @Test(arguments: ["https://example.org/a?b=c", "mailto:a@example.org", "tel:+46701740635"])
  func addressesOfPeopleAndPagesAreLinks(address: String) {
    #expect(Link(address)?.target == address)
  }

  @Test(arguments: ["/etc/passwd", "../../x.html", "a/../../b", "a b.html", "x'y.html", ""])
  func pageLinksStayInTheSite(page: String) {
    #expect(Link(page: page) == nil)
  }

  @Test func rowsOfATableHaveAsManyCellsAsItsHeader() {
    let table = Table(
      header: [.plain("a"), .plain("b")],
      rows: [[.plain("1")], [.plain("1"), .plain("2"), .plain("3")]])
    #expect(table.rows.allSatisfy { $0.count == 2 })
  }
}
