import Testing

@testable import FullText

/// What makes a search quick gives what the plain way gives.
@Suite struct QuickLookTests {
  @Test func lineFeedsAreCounted() {
    var random = SeededGenerator(seed: 2)
    for count in Array(0...70) + [4_000, 9_000] {
      let bytes = (0..<count).map { _ in UInt8.random(in: 9...11, using: &random) }
      let plain = bytes.count { $0 == 0x0A }
      #expect(bytes.withUnsafeBufferPointer { LineFeeds.count(in: $0) } == plain)
    }
    let feeds = [UInt8](repeating: 0x0A, count: 10_000)
    #expect(feeds.withUnsafeBufferPointer { LineFeeds.count(in: $0) } == 10_000)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 200])
  func everyFlipChangesTheSumOfAColumn(count: Int) {
    var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let sum = bytes.withUnsafeBytes { ColumnSum.of($0) }
    for place in bytes.indices {
      for bit in 0..<8 {
        bytes[place] ^= 1 << UInt8(bit)
        #expect(bytes.withUnsafeBytes { ColumnSum.of($0) } != sum, "\(place) \(bit)")
        bytes[place] ^= 1 << UInt8(bit)
      }
    }
    #expect((bytes + [0]).withUnsafeBytes { ColumnSum.of($0) } != sum)
    if count > 64 {
      bytes.swapAt(0, 64)
      #expect(bytes.withUnsafeBytes { ColumnSum.of($0) } != sum)
    }
  }

  @Test func termsHaveTheGroupTheyWereGivenFirst() {
    var random = SeededGenerator(seed: 6)
    var groups = TermGroups()
    var plain: [[UInt8]: Int] = [:]
    for number in 0..<500 {
      let term = (0..<Int.random(in: 1...3, using: &random)).map { _ in
        UInt8.random(in: 97...103, using: &random)
      }
      groups.insert(term, number)
      if plain[term] == nil { plain[term] = number }
    }
    #expect(groups.count == plain.count && Set(groups.texts) == Set(plain.keys))
    for first in UInt8(97)...104 {
      for second in UInt8(97)...104 {
        for term in [[first], [first, second], [second, first, second]] {
          #expect(term.withUnsafeBufferPointer { groups.group($0) } == plain[term])
        }
      }
    }
    var other = TermGroups()
    for (term, group) in plain { other.insert(term, group) }
    #expect(other == groups)
    other.insert([1], 0)
    #expect(other != groups)
  }
}
