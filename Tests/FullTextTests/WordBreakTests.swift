import Foundation
import Testing

@testable import FullText

/// Words begin and end where Unicode 15 says (UAX #29, its own 1,823 test lines in Reference/),
/// but where an engineer's words need something else:
///
/// - words joined by one of `- . / : @ # _` are kept as a whole besides their parts, whatever stands at
///   both sides, for they are names (`a:1`, `std::map`); `_` at the ends of a word is no part of it;
/// - numbers are cut at `,` and `'`, and an apostrophe joins letters only, then also a digit and a
///   letter, and is left out at the end of a word;
/// - a mark that is left out (an accent, a joiner) does not stand between a joiner and its letter;
/// - U+3031 to U+3035, which repeat kana, are letters like others; a quotation mark ends a word of
///   Hebrew too; a picture is a word of its own, also where a joiner ties it to a letter.
@Suite struct WordBreakTests {
  private struct Sink: TokenSink {
    var ranges: [Range<Int>] = []
    mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
      switch token.kind {
      case .word, .compound, .pair, .single, .suffixed: ranges.append(token.start..<token.end)
      case .piece, .symbol: break
      }
    }
  }

  private struct Line {
    var scalars: [Unicode.Scalar] = []
    /// The number of the segment that each scalar is in.
    var segments: [Int] = []
  }

  private func lines() throws -> [Line] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    let data = try String(contentsOfFile: path + "/Reference/WordBreakTest.txt", encoding: .utf8)
    return data.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { text in
      var line = Line()
      for (number, segment) in text.split(separator: "|").enumerated() {
        for code in segment.split(separator: " ") {
          guard let scalar = UInt32(code, radix: 16).flatMap({ Unicode.Scalar($0) }) else {
            continue
          }
          line.scalars.append(scalar)
          line.segments.append(number)
        }
      }
      return line
    }
  }

  /// Whether the scalar belongs to the character before it and begins and ends no word.
  private func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark, .format: true
    default: scalar.properties.isEmojiModifier
    }
  }

  private func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  private func isPicture(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.generalCategory == .otherSymbol && scalar.value >= 0x2600
  }

  /// For each scalar the number of the word that it is in; 0 for none. Marks are left out.
  private func numbered(_ ranges: [Range<Int>], _ line: Line) -> [Int] {
    var at = 0
    return line.scalars.map { scalar in
      defer { at += scalar.utf8.count }
      return isMark(scalar) ? 0 : (ranges.firstIndex { $0.contains(at) } ?? -1) + 1
    }
  }

  @Test func wordsBeginAndEndWhereUnicodeSays() throws {
    let lines = try lines()
    #expect(lines.count == 1_823)
    var equal = 0
    for line in lines {
      let bytes = line.scalars.flatMap { Array($0.utf8) }
      var sink = Sink()
      var analyser = Analyser()
      bytes.withUnsafeBufferPointer {
        _ = analyser.run($0, 0..<$0.count, position: 0, into: &sink)
      }
      let whole = sink.ranges.filter { range in
        !sink.ranges.contains {
          $0 != range && $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
        }
      }
      let ours = numbered(whole, line)
      let worded = Set(zip(line.segments, line.scalars).filter { isWord($1) }.map(\.0))
      let theirs = zip(line.segments, line.scalars).map { segment, scalar in
        worded.contains(segment) && !isMark(scalar) ? segment + 1 : 0
      }
      if difference(ours, theirs, line) { equal += 1 }
    }
    #expect(equal == 1_648, "lines without any difference")
  }

  /// Whether the words are the same; every place where they are not must be one that is meant.
  private func difference(_ ours: [Int], _ theirs: [Int], _ line: Line) -> Bool {
    let places = line.scalars.indices.filter { !isMark(line.scalars[$0]) }
    let text = line.scalars.map { String($0.value, radix: 16) }.joined(separator: " ")
    for place in places where isWord(line.scalars[place]) {
      #expect(ours[place] > 0 && theirs[place] > 0, "each letter and digit is in a word: \(text)")
    }
    var isSame = true
    for (left, right) in zip(places, places.dropFirst()) {
      let isCutHere = ours[left] != ours[right] || ours[left] == 0
      let isCutThere = theirs[left] != theirs[right] || theirs[left] == 0
      guard isCutHere != isCutThere else { continue }
      isSame = false
      let isMeant = [left, right].contains {
        "-./:@#_,'\"".unicodeScalars.contains(line.scalars[$0])
          || (0x3031...0x3035).contains(line.scalars[$0].value) || isPicture(line.scalars[$0])
      }
      #expect(isMeant, "\(text) between \(left) and \(right)")
    }
    if let first = places.first, let last = places.last {
      for place in [first, last] where (ours[place] > 0) != (theirs[place] > 0) {
        isSame = false
        let scalar = line.scalars[place]
        #expect("_'".unicodeScalars.contains(scalar) || isPicture(scalar), "\(text)")
      }
    }
    return isSame
  }
}
