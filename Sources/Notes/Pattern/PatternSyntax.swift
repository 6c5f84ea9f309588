/// What a regular expression is made of.
indirect enum PatternNode: Equatable, Sendable {
  case empty
  /// One character of a set.
  case characters(ScalarSet)
  case assertion(PatternAssertion)
  case sequence([PatternNode])
  case choice([PatternNode])
  /// `most` is nil where there is no bound.
  case repeated(PatternNode, least: Int, most: Int?)
}

/// A condition on the place between two characters.
enum PatternAssertion: Equatable, Sendable {
  case lineStart, lineEnd, wordBoundary, noWordBoundary, wordStart, wordEnd

  /// Whether it holds where the character before is of a word or not, and the byte behind is this
  /// one, nil at the end.
  func holds(atStart: Bool, afterWord: Bool, before byte: UInt8?) -> Bool {
    let beforeWord = byte.map { Self.isWord($0) } ?? false
    switch self {
    case .lineStart: return atStart
    case .lineEnd: return byte == nil
    case .wordBoundary: return afterWord != beforeWord
    // The middle of a character is no place.
    case .noWordBoundary: return afterWord == beforeWord && (byte ?? 0) & 0xC0 != 0x80
    case .wordStart: return !afterWord && beforeWord
    case .wordEnd: return afterWord && !beforeWord
    }
  }

  static func isWord(_ byte: UInt8) -> Bool { ScalarSet.asciiWord.contains(UInt32(byte)) }
}

/// A set of Unicode scalars, as ascending ranges that do not touch.
struct ScalarSet: Equatable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  init(_ ranges: [ClosedRange<UInt32>]) {
    self.ranges = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = self.ranges.last, range.lowerBound <= last.upperBound &+ 1 {
        self.ranges[self.ranges.count - 1] =
          last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        self.ranges.append(range)
      }
    }
  }

  init(_ scalar: UInt32) { ranges = [scalar...scalar] }

  static let digits = ScalarSet([0x30...0x39])
  static let blanks = ScalarSet([0x09...0x0D, 0x20...0x20, 0xA0...0xA0, 0x2000...0x200A])
  static let asciiWord = ScalarSet([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
  /// Letters, digits and `_`; beyond ASCII the letters of the first plane.
  static let word: ScalarSet = {
    var ranges = asciiWord.ranges
    var value: UInt32 = 0x80
    while value < 0x1_0000 {
      if let scalar = Unicode.Scalar(value), scalar.properties.isAlphabetic {
        if let last = ranges.last, last.upperBound == value - 1 {
          ranges[ranges.count - 1] = last.lowerBound...value
        } else {
          ranges.append(value...value)
        }
      }
      value += 1
    }
    return ScalarSet(ranges)
  }()

  /// Everything but the end of a line.
  static let any = ScalarSet([0x0A...0x0A]).inverted

  /// All other scalars.
  var inverted: ScalarSet {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...range.lowerBound - 1) }
      next = range.upperBound + 1
    }
    if next <= 0x10_FFFF { result.append(next...0x10_FFFF) }
    return ScalarSet(result)
  }

  func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

  func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

  /// The set with the capital and small forms of its letters; long ranges beyond Latin, Greek and
  /// Cyrillic have both already or no such forms.
  var ignoringCase: ScalarSet {
    var added: [ClosedRange<UInt32>] = []
    for range in ranges where range.lowerBound < 0x2000 {
      for value in range.lowerBound...min(range.upperBound, 0x2000) {
        guard let scalar = Unicode.Scalar(value) else { continue }
        for form in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
          let scalars = form.unicodeScalars
          if scalars.count == 1, let other = scalars.first?.value, other != value {
            added.append(other...other)
          }
        }
      }
    }
    return added.isEmpty ? self : ScalarSet(ranges + added)
  }
}
