import Testing

@testable import FullText

/// Which segments are merged after a change, and which merges are put off.
@Suite struct MergePolicyTests {
  private func segment(_ megabytes: Double, deleted: Int = 0) -> MergePolicy.Candidate {
    MergePolicy.Candidate(
      size: Int(megabytes * Double(1 << 20)), documentCount: 100, deletedCount: deleted)
  }

  @Test func moreThanFourOfALevelAreMerged() {
    let small = (0..<4).map { _ in segment(0.1) }
    #expect(MergePolicy.choose(small) == nil)
    #expect(MergePolicy.choose(small + [segment(50)]) == nil)
    #expect(MergePolicy.choose(small + [segment(50), segment(0.2)]) == [0, 1, 2, 3, 5])
  }

  @Test func longMergesWaitForManySegments() {
    let large = (0..<5).map { _ in segment(3) }
    #expect(MergePolicy.choose(large) == nil)
    let others = (0..<4).map { _ in segment(0.1) } + (0..<3).map { _ in segment(12) }
    #expect(MergePolicy.choose(large + others) == nil)
    #expect(MergePolicy.choose(large + others + [segment(60)]) == [0, 1, 2, 3, 4])
  }

  @Test func aSegmentIsRewrittenWhenAQuarterIsDeletedAndALargeOneWhenHalfIs() {
    #expect(MergePolicy.choose([segment(2, deleted: 25)]) == nil)
    #expect(MergePolicy.choose([segment(30), segment(2, deleted: 26)]) == [1])
    #expect(MergePolicy.choose([segment(30, deleted: 50)]) == nil)
    #expect(MergePolicy.choose([segment(30, deleted: 51)]) == [0])
  }

  /// Whatever comes and goes, the number of segments stays small and merging comes to an end.
  @Test(arguments: UInt64(1)...20) func segmentsStayFew(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var segments: [MergePolicy.Candidate] = []
    for _ in 0..<2000 {
      let size = Int.random(in: 1...Int.random(in: 1...1 << 22, using: &random), using: &random)
      segments.append(.init(size: size, documentCount: 100, deletedCount: 0))
      let aged = Int.random(in: 0..<segments.count, using: &random)
      segments[aged].deletedCount = min(100, segments[aged].deletedCount + 5)
      var merges = 0
      while let chosen = MergePolicy.choose(segments) {
        let size = chosen.reduce(0) { $0 + segments[$1].size }
        segments = segments.indices.filter { !chosen.contains($0) }.map { segments[$0] }
        segments.append(.init(size: size, documentCount: 100, deletedCount: 0))
        merges += 1
        if merges > 20 { break }
      }
      #expect(merges <= 20 && segments.count <= 4 * 10)
    }
  }
}
