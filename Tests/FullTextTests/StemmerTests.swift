import Foundation
import Testing

@testable import FullText

@Suite struct StemmerTests {
  @Test func stemsAreThoseOfTheReference() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let data = try String(contentsOfFile: path + "/Reference/Porter2.txt", encoding: .utf8)
    let pairs = data.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .flatMap { $0.split(separator: ";") }.map { $0.split(separator: " ").map(String.init) }
    #expect(pairs.count == 2_000)
    for pair in pairs { #expect(EnglishStemmer.stem(pair[0]) == pair.last, "\(pair[0])") }
  }
}
