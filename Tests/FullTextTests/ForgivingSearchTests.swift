import Testing

@testable import FullText

@Suite struct ForgivingSearchTests {
  private func answer(_ text: String, _ bodies: [String]) throws -> (
    keys: [String], ForgivingResult
  ) {
    let directory = TemporaryDirectory()
    let documents = bodies.enumerated().map { Fixture.document("n\($0)", $1) }
    let index = try Fixture.index(documents, in: directory)
    let answer = try index.searchForgiving(Query.parse(text, syntax: Fixture.syntax))
    let scores = answer.result.hits.map(\.score)
    #expect(scores == scores.sorted(by: >))
    return (answer.result.hits.map { index.key(of: $0.document) }, answer)
  }

  private let bodies = [
    "kubernetes scheduling of pods", "kubernetes upgrades", "scheduling of trains",
    "kubernetes kubernetes scheduling",
  ]

  @Test func anUnknownWordIsTakenForTheNearestKnown() throws {
    let (keys, answer) = try answer("kuberentes scheduling", bodies)
    #expect(Set(keys) == ["n0", "n3"])
    #expect(answer.corrections == [.init(typed: "kuberentes", meant: "kubernetes")])
    #expect(!answer.result.isRelaxed)
  }

  @Test func theBeginningOfAWordIsTriedBeforeOtherSpellings() throws {
    let (keys, answer) = try answer("kuberne", bodies)
    #expect(Set(keys) == ["n0", "n1", "n3"])
    #expect(answer.corrections == [.init(typed: "kuberne", meant: nil)])
  }

  @Test func exactHitsComeFirst() throws {
    let (keys, answer) = try answer("kuberentes", bodies + ["once kuberentes in a long long note"])
    #expect(keys.first == "n4")
    #expect(keys.count == 4)
    #expect(answer.corrections.first?.meant == "kubernetes")
  }

  @Test(arguments: [
    "\"kuberentes\"", "=kuberentes", "kube9rnetes", "pds", "-kuberentes pods", "zzzzzzzz", "",
    "kubernetes", "lang:pythno",
  ])
  func takesOtherQueriesAsTheyAre(text: String) throws {
    let (_, answer) = try answer(text, bodies)
    #expect(answer.corrections.isEmpty)
    #expect(answer.query == Query.parse(text, syntax: Fixture.syntax))
  }

  @Test func theCommonerOfEquallyNearWordsIsMeant() throws {
    let (_, answer) = try answer("spork", ["spark one", "spark two", "spore three"])
    #expect(answer.corrections.first?.meant == "spark")
  }
}
