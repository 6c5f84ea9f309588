/// Reads a regular expression.
///
/// As for `grep -E`, with the shorthands that most programs know: `.` `[a-z]` `[^a-z]` `[[:alpha:]]`
/// `*` `+` `?` `{2,5}` `|` `( )` `(?: )` `^` `$` `\b` `\B` `\<` `\>` `\d` `\w` `\s` and their capitals,
/// `\t` `\n` `\r` `\xHH` `\u{HHHH}`, and `\` before any sign. What cannot be matched in linear time
/// (back-references, looking around) is refused.
struct PatternParser {
  struct Problem: Error {
    let reason: String
  }

  private static let deepest = 100
  private static let mostRepetitions = 1000

  private let scalars: [UInt32]
  private var at = 0
  private var depth = 0
  private let ignoresCase: Bool

  private init(_ text: String, ignoringCase: Bool) {
    scalars = text.unicodeScalars.map(\.value)
    ignoresCase = ignoringCase
  }

  static func parse(_ text: String, ignoringCase: Bool) throws(Problem) -> PatternNode {
    var parser = PatternParser(text, ignoringCase: ignoringCase)
    let node = try parser.choice()
    guard parser.at == parser.scalars.count else {
      throw Problem(reason: "there is a ) without its (")
    }
    return node
  }

  /// The text itself, as one that has no operators.
  static func literal(_ text: String, ignoringCase: Bool) -> PatternNode {
    let parser = PatternParser(text, ignoringCase: ignoringCase)
    return .sequence(parser.scalars.map { parser.set(ScalarSet($0)) })
  }

  private var next: UInt32? { at < scalars.count ? scalars[at] : nil }

  private mutating func take(_ sign: Unicode.Scalar) -> Bool {
    guard next == sign.value else { return false }
    at += 1
    return true
  }

  private mutating func take(_ signs: String) -> Bool {
    let wanted = signs.unicodeScalars.map(\.value)
    guard scalars[at...].starts(with: wanted) else { return false }
    at += wanted.count
    return true
  }

  private func set(_ set: ScalarSet) -> PatternNode {
    .characters(ignoresCase ? set.ignoringCase : set)
  }

  private mutating func choice() throws(Problem) -> PatternNode {
    var options = [try sequence()]
    while take("|") { options.append(try sequence()) }
    return options.count == 1 ? options[0] : .choice(options)
  }

  private mutating func sequence() throws(Problem) -> PatternNode {
    var parts: [PatternNode] = []
    while let sign = next, sign != UInt32(ascii: "|"), sign != UInt32(ascii: ")") {
      parts.append(try repetition())
    }
    return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
  }

  private mutating func repetition() throws(Problem) -> PatternNode {
    var node = try atom()
    while true {
      if take("*") {
        node = .repeated(node, least: 0, most: nil)
      } else if take("+") {
        node = .repeated(node, least: 1, most: nil)
      } else if take("?") {
        node = .repeated(node, least: 0, most: 1)
      } else if let (least, most) = try bounds() {
        node = .repeated(node, least: least, most: most)
      } else {
        return node
      }
    }
  }

  /// `{2}`, `{2,}`, `{,5}` or `{2,5}`; any other brace is a brace.
  private mutating func bounds() throws(Problem) -> (Int, Int?)? {
    guard next == UInt32(ascii: "{") else { return nil }
    let start = at
    at += 1
    let least = number()
    var most = least
    let hasComma = take(",")
    if hasComma { most = number() }
    guard take("}"), least != nil || most != nil else {
      at = start
      return nil
    }
    if let most, let least, most < least {
      throw Problem(reason: "\(least) repetitions are more than \(most)")
    }
    guard max(least ?? 0, most ?? 0) <= Self.mostRepetitions else {
      throw Problem(reason: "more than \(Self.mostRepetitions) repetitions are asked for")
    }
    return (least ?? 0, hasComma ? most : least)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let digit = next, (0x30...0x39).contains(digit) {
      value = min((value ?? 0) * 10 + Int(digit - 0x30), 1 << 30)
      at += 1
    }
    return value
  }

  private mutating func atom() throws(Problem) -> PatternNode {
    let sign = scalars[at]
    at += 1
    switch Unicode.Scalar(sign) {
    case "(": return try group()
    case "[": return set(try bracket())
    case ".": return .characters(.any)
    case "^": return .assertion(.lineStart)
    case "$": return .assertion(.lineEnd)
    case "\\": return try escape()
    case "*", "+", "?":
      throw Problem(
        reason: "there is nothing before \(Character(Unicode.Scalar(sign) ?? "*")) to repeat")
    default: return set(ScalarSet(sign))
    }
  }

  private mutating func group() throws(Problem) -> PatternNode {
    if take("?") {
      if take("=") || take("!") || take("<=") || take("<!") {
        throw Problem(reason: "looking ahead or behind is not supported")
      }
      if take("P<") || take("<") || take("P'") || take("'") {
        while let sign = next, sign != UInt32(ascii: ">"), sign != UInt32(ascii: "'") { at += 1 }
        at += next == nil ? 0 : 1
      } else if !take(":") {
        throw Problem(reason: "groups begin with ( or (?:, and nothing else behind (? is supported")
      }
    }
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw Problem(reason: "its groups are too deep") }
    let node = try choice()
    guard take(")") else { throw Problem(reason: "there is a ( without its )") }
    return node
  }

  private mutating func escape() throws(Problem) -> PatternNode {
    guard let sign = next else { throw Problem(reason: "it ends with a lone \\") }
    switch Unicode.Scalar(sign) {
    case "b": return assertion(.wordBoundary)
    case "B": return assertion(.noWordBoundary)
    case "<": return assertion(.wordStart)
    case ">": return assertion(.wordEnd)
    case "A": return assertion(.lineStart)
    case "z", "Z": return assertion(.lineEnd)
    default:
      if (0x31...0x39).contains(sign) {
        throw Problem(reason: "back-references such as \\\(sign - 0x30) are not supported")
      }
      return set(try escapedSet())
    }
  }

  private mutating func assertion(_ assertion: PatternAssertion) -> PatternNode {
    at += 1
    return .assertion(assertion)
  }

  /// What stands behind a backslash, in brackets or not.
  private mutating func escapedSet() throws(Problem) -> ScalarSet {
    guard let sign = next else { throw Problem(reason: "it ends with a lone \\") }
    at += 1
    switch Unicode.Scalar(sign) {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .word
    case "W": return ScalarSet.word.inverted
    case "s": return .blanks
    case "S": return ScalarSet.blanks.inverted
    case "t": return ScalarSet(0x09)
    case "n": return ScalarSet(0x0A)
    case "r": return ScalarSet(0x0D)
    case "f": return ScalarSet(0x0C)
    case "v": return ScalarSet(0x0B)
    case "e": return ScalarSet(0x1B)
    case "0": return ScalarSet(0)
    case "x": return ScalarSet(try hexadecimal(2))
    case "u": return ScalarSet(try hexadecimal(4))
    default:
      let isWord = ScalarSet.asciiWord.contains(sign)
      guard !isWord || sign == UInt32(ascii: "_") else {
        let letter = Character(Unicode.Scalar(sign) ?? "?")
        throw Problem(reason: "\\\(letter) has no meaning here")
      }
      return ScalarSet(sign)
    }
  }

  private mutating func hexadecimal(_ digits: Int) throws(Problem) -> UInt32 {
    var value: UInt32 = 0
    var count = 0
    let isBraced = take("{")
    while let sign = next, let digit = Character(Unicode.Scalar(sign) ?? " ").hexDigitValue,
      count < (isBraced ? 6 : digits)
    {
      value = value << 4 | UInt32(digit)
      count += 1
      at += 1
    }
    let isWhole = isBraced ? count > 0 && take("}") : count == digits
    guard isWhole, Unicode.Scalar(value) != nil else {
      throw Problem(reason: "the number behind \\x or \\u is no character")
    }
    return value
  }

  /// What stands between `[` and `]`.
  private mutating func bracket() throws(Problem) -> ScalarSet {
    let unfinished = Problem(reason: "there is a [ without its ]")
    let isInverted = take("^")
    var ranges: [ClosedRange<UInt32>] = []
    var isFirst = true
    while true {
      guard let sign = next else { throw unfinished }
      if sign == UInt32(ascii: "]"), !isFirst {
        at += 1
        break
      }
      isFirst = false
      if let named = try namedClass() {
        ranges += named.ranges
        continue
      }
      let from = try bracketItem()
      let isRange =
        next == UInt32(ascii: "-") && at + 1 < scalars.count
        && scalars[at + 1] != UInt32(ascii: "]")
      guard isRange, from.ranges.count == 1, from.ranges[0].count == 1 else {
        ranges += from.ranges
        continue
      }
      at += 1
      let to = try bracketItem()
      guard to.ranges.count == 1, to.ranges[0].count == 1,
        to.ranges[0].lowerBound >= from.ranges[0].lowerBound
      else { throw Problem(reason: "a range in [ ] runs backwards") }
      ranges.append(from.ranges[0].lowerBound...to.ranges[0].lowerBound)
    }
    // Case is ignored before the rest is taken: [^a] has neither a nor A.
    let set = ignoresCase ? ScalarSet(ranges).ignoringCase : ScalarSet(ranges)
    return isInverted ? set.inverted : set
  }

  private mutating func bracketItem() throws(Problem) -> ScalarSet {
    guard let sign = next else { throw Problem(reason: "there is a [ without its ]") }
    at += 1
    if sign == UInt32(ascii: "\\") {
      if take("b") { return ScalarSet(0x08) }
      return try escapedSet()
    }
    return ScalarSet(sign)
  }

  /// `[:alpha:]` and its like.
  private mutating func namedClass() throws(Problem) -> ScalarSet? {
    let start = at
    guard take("[:") else { return nil }
    var name = ""
    while let sign = next, let scalar = Unicode.Scalar(sign), (0x61...0x7A).contains(sign) {
      name.unicodeScalars.append(scalar)
      at += 1
    }
    guard take(":]") else {
      at = start
      return nil
    }
    switch name {
    case "digit": return .digits
    case "space": return .blanks
    case "word": return .word
    case "alpha":
      return ScalarSet(ScalarSet.word.inverted.union(.digits).ranges + [0x5F...0x5F]).inverted
    case "alnum": return ScalarSet(ScalarSet.word.inverted.ranges + [0x5F...0x5F]).inverted
    case "lower": return ScalarSet([0x61...0x7A])
    case "upper": return ScalarSet([0x41...0x5A])
    case "punct": return ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E])
    case "xdigit": return ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66])
    case "blank": return ScalarSet([0x09...0x09, 0x20...0x20])
    case "cntrl": return ScalarSet([0x00...0x1F, 0x7F...0x7F])
    case "print": return ScalarSet([0x20...0x7E])
    case "graph": return ScalarSet([0x21...0x7E])
    default: throw Problem(reason: "there is no class [:\(name):]")
    }
  }
}

extension UInt32 {
  fileprivate init(ascii scalar: Unicode.Scalar) { self = scalar.value }
}
