/// A token as the analyser sees it.
struct Token {
  /// How the token came about.
  enum Kind: UInt8 {
    /// Letters and digits without a break; takes a position of its own.
    case word
    /// A piece of a camel-case word, at the position of that word.
    case piece
    /// Several words joined by `_ - . / : @ #`, at the position of the first.
    case compound
    /// A letter with `++` or `#` behind it (C++, C#), at the position of the letter.
    case suffixed
    /// Two neighbouring letters of a script without spaces; takes a position.
    case pair
    /// The last or only letter of a run in such a script; takes a position.
    case single
    /// An emoji or the like; takes a position.
    case symbol
  }
  var kind: Kind
  /// The position, counted from 0 over the whole run.
  var position: Int
  /// Where the token stands in the source, in bytes.
  var start: Int
  var end: Int
  /// Whether capitals, digits or joiners make it an identifier rather than prose.
  var isIdentifier: Bool
}

/// Takes what the analyser finds.
protocol TokenSink {
  /// `text` is folded, 1 to `Analyser.longestToken` bytes, and valid during the call.
  mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token)
  /// The same for a text of 1 to 16 bytes, given as `ShortTerm` has it.
  mutating func takeShort(_ low: UInt64, _ high: UInt64, _ token: Token)
}

extension TokenSink {
  @inline(__always)
  mutating func takeShort(_ low: UInt64, _ high: UInt64, _ token: Token) {
    ShortTerm.withText(low, high) { take($0, token) }
  }
}

/// Cuts UTF-8 into folded words, identifiers whole and in parts, pairs of unspaced letters.
///
/// One pass over the bytes. Every word takes one position; the camel-case pieces of a word share
/// its position, and a compound (`dag_run_id`, `foo.bar.baz`, `a/b.md`) the position of its first
/// word. Words longer than 64 bytes take a position and are not reported. Cost: about 2 ns a byte;
/// words that are neither joined nor split are cut out and folded 16 bytes at a time.
struct Analyser {
  /// Longest token that is reported, in folded bytes.
  static let longestToken = 64
  /// A word with more camel-case pieces than this is taken for noise and not split.
  private static let mostPieces = 8

  private struct Word {
    var textStart: Int
    var textEnd: Int
    var start: Int
    var end: Int
    var position: Int
  }

  /// Bytes of a compound that are kept; nothing longer than this is reported.
  static let room = 4096

  /// How many folded bytes the compound being read has.
  private var count = 0
  private var words: [Word] = []
  /// Folded bytes of the unspaced letters being read.
  private var letters: [UInt8] = []
  /// Offsets in `text` where a camel-case piece starts, for the current word.
  private var cuts: [Int] = []
  private var pieceSources: [Int] = []

  init() {
    words.reserveCapacity(64)
    cuts.reserveCapacity(64)
    pieceSources.reserveCapacity(64)
  }

  /// Reports the tokens of `bytes[range]`; returns the position after the last one.
  mutating func run<Sink: TokenSink>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, position: Int, into sink: inout Sink
  ) -> Int {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.room) { text in
      run(bytes, range, position: position, room: text.baseAddress!, into: &sink)
    }
  }

  /// The same with memory for `Analyser.room` bytes, so that many short runs need not ask for it.
  mutating func run<Sink: TokenSink>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, position: Int,
    room: UnsafeMutablePointer<UInt8>, into sink: inout Sink
  ) -> Int {
    let source = UnsafeBufferPointer(rebasing: bytes[0..<range.upperBound])
    return run(source, from: range.lowerBound, bytes.count, position, room, &sink)
  }

  /// `readable` is how many bytes there are from the start of `source`, its end included.
  private mutating func run<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, from: Int, _ readable: Int, _ position: Int,
    _ text: UnsafeMutablePointer<UInt8>, _ sink: inout Sink
  ) -> Int {
    var position = position
    var at = from
    let end = source.count
    let flags = ASCIIClass.flags
    while at < end {
      let flag = flags[Int(source[at])]
      if flag & ASCIIClass.isWord != 0 {
        at =
          Self.simple(source, at, readable, flags, &position, &sink)
          ?? compound(source, at, readable, text, &position, &sink)
      } else if flag == ASCIIClass.isBeyond {
        let (scalar, length) = TextFolding.decode(source, at)
        switch TextFolding.entry(of: scalar).kind {
        case .word:
          at = compound(source, at, readable, text, &position, &sink)
        case .bigram:
          at = unspaced(source, at, &position, &sink)
        case .symbol where scalar != 0xFFFD:
          emitSymbol(source, at, length, position, &sink)
          position += 1
          at += length
        default:
          at += length
        }
      } else {
        at &+= 1
      }
    }
    return position
  }

  /// A word of ASCII letters and digits, at most 16 and not in camel case.
  private struct PlainWord {
    var end: Int
    var folded: SIMD16<UInt8>
    var hasDigit: Bool
    /// The flag of the byte behind it; 0 at the end of the text.
    var next: UInt8

    /// The word as `ShortTerm` has it.
    @inline(__always)
    func words(from start: Int) -> (UInt64, UInt64) {
      let (lowMask, highMask) = ShortTerm.masks(end &- start)
      let words = unsafeBitCast(folded, to: SIMD2<UInt64>.self)
      return (
        UInt64(littleEndian: words[0]) & lowMask, UInt64(littleEndian: words[1]) & highMask
      )
    }
  }

  /// The word at `from` when it is plain and nothing behind it can belong to it.
  @inline(__always)
  private static func plain(
    _ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ readable: Int,
    _ flags: UnsafePointer<UInt8>
  ) -> PlainWord? {
    // Sixteen bytes at a time: the range's end does not matter, as long as they can be read.
    guard from &+ 16 <= readable else { return nil }
    let base = source.baseAddress!
    let bytes = UnsafeRawPointer(base + from).loadUnaligned(as: SIMD16<UInt8>.self)
    let folded = bytes | SIMD16(repeating: 0x20)
    let letters = bits((folded &- SIMD16(repeating: UInt8(ascii: "a"))) .< SIMD16(repeating: 26))
    let digits = bits((bytes &- SIMD16(repeating: UInt8(ascii: "0"))) .< SIMD16(repeating: 10))
    let length = (~(letters | digits)).trailingZeroBitCount
    let at = from &+ length
    guard length > 0, length <= TermTable.longestShort, at <= source.count else { return nil }
    var next: UInt8 = 0
    if at < source.count {
      next = flags[Int(base[at])]
      if next & ~ASCIIClass.isJoiner != 0 { return nil }
    }
    let own: UInt32 = (1 &<< UInt32(truncatingIfNeeded: length)) &- 1
    let capitals = letters & own & ~bits((bytes & SIMD16(repeating: 0x20)) .!= SIMD16(repeating: 0))
    // Capitals behind the first and small letters: camel case.
    if capitals & ~1 != 0, letters & own & ~capitals != 0 { return nil }
    return PlainWord(end: at, folded: folded, hasDigit: digits & own != 0, next: next)
  }

  /// Reports the word at `from` when it is plain and not joined to another; nil when `compound` has
  /// to look at it.
  @inline(__always)
  private static func simple<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ readable: Int,
    _ flags: UnsafePointer<UInt8>, _ position: inout Int, _ sink: inout Sink
  ) -> Int? {
    guard let word = plain(source, from, readable, flags) else { return nil }
    let at = word.end
    if at < source.count {
      let byte = source[at]
      if word.next == ASCIIClass.isJoiner {
        // Only another letter or joiner behind it can make it join; `#` may be the one of C#.
        if byte == UInt8(ascii: "#") { return nil }
        if at &+ 1 < source.count, flags[Int(source[at &+ 1])] & ASCIIClass.mayJoin != 0 {
          return nil
        }
      } else if byte == UInt8(ascii: "+") {
        return nil
      }
    }
    let (low, high) = word.words(from: from)
    sink.takeShort(
      low, high,
      Token(
        kind: .word, position: position, start: from, end: at, isIdentifier: word.hasDigit))
    position &+= 1
    return at
  }

  /// A bit for each lane, the first lane the lowest; the other bits are 0.
  @inline(__always)
  private static func bits(_ mask: SIMDMask<SIMD16<Int8>>) -> UInt32 {
    // A lane of a mask is 0 or -1: one bit of each is kept where it is in its byte, and the
    // multiplication adds the eight up in the highest byte.
    let lanes =
      unsafeBitCast(mask, to: SIMD2<UInt64>.self) & SIMD2(repeating: 0x8040_2010_0804_0201)
    let first = (lanes[0].littleEndian &* 0x0101_0101_0101_0101) &>> 56
    let second = (lanes[1].littleEndian &* 0x0101_0101_0101_0101) &>> 56
    return UInt32(truncatingIfNeeded: first | second &<< 8)
  }

  // MARK: Words and compounds

  /// Reads words joined by single joiners from `at`; returns where they end.
  private mutating func compound<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ readable: Int,
    _ text: UnsafeMutablePointer<UInt8>, _ position: inout Int, _ sink: inout Sink
  ) -> Int {
    let table = ASCIIClass.classes
    let flags = ASCIIClass.flags
    count = 0
    words.removeAll(keepingCapacity: true)
    var at = from
    var isWhole = true
    var identifierStart = 0  // the first of the words joined by underscores alone
    while true {
      if let plain = Self.plain(source, at, readable, flags), count &+ 16 <= Self.room {
        at = take(plain, at, text, &position, &sink)
      } else {
        at = word(source, at, table, text, &position, &sink)
      }
      let next = joiner(source, at, table)
      if next == at { break }
      if source[at] != UInt8(ascii: "_") {
        emitWhole(identifierStart, text, &sink)
        identifierStart = words.count
      }
      if count > 2048 {
        count = 0
        words.removeAll(keepingCapacity: true)
        identifierStart = 0
        isWhole = false
      }
      for index in at..<next { put(source[index], text) }
      at = next
    }
    if identifierStart > 0 || !isWhole { emitWhole(identifierStart, text, &sink) }
    if isWhole { emitWhole(0, text, &sink) }
    return suffix(source, at, table, text, &sink)
  }

  /// Adds a plain word to the compound and reports it; returns where it ends.
  private mutating func take<Sink: TokenSink>(
    _ plain: PlainWord, _ from: Int, _ text: UnsafeMutablePointer<UInt8>, _ position: inout Int,
    _ sink: inout Sink
  ) -> Int {
    UnsafeMutableRawPointer(text + count).storeBytes(of: plain.folded, as: SIMD16<UInt8>.self)
    let textStart = count
    count &+= plain.end &- from
    words.append(
      Word(textStart: textStart, textEnd: count, start: from, end: plain.end, position: position))
    let (low, high) = plain.words(from: from)
    sink.takeShort(
      low, high,
      Token(
        kind: .word, position: position, start: from, end: plain.end, isIdentifier: plain.hasDigit))
    position &+= 1
    return plain.end
  }

  /// Appends a folded byte of the compound.
  @inline(__always)
  private mutating func put(_ byte: UInt8, _ text: UnsafeMutablePointer<UInt8>) {
    if count < Self.room { text[count] = byte }
    count &+= 1
  }

  /// Reports words `first...` joined as one token, if there are two or more.
  private func emitWhole<Sink: TokenSink>(
    _ first: Int, _ text: UnsafeMutablePointer<UInt8>, _ sink: inout Sink
  ) {
    guard words.count - first > 1, let last = words.last else { return }
    let start = words[first].textStart
    let length = last.textEnd - start
    guard length <= Self.longestToken, length > 0 else { return }
    let token = Token(
      kind: .compound, position: words[first].position, start: words[first].start, end: last.end,
      isIdentifier: true)
    sink.take(UnsafeBufferPointer(start: text + start, count: length), token)
  }

  /// Where the next word of the compound starts, or `at` when the compound ends here.
  private func joiner(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ table: UnsafePointer<UInt8>
  ) -> Int {
    guard at + 1 < source.count, table[Int(source[at])] == ASCIIClass.joiner else { return at }
    var next = at + 1
    if source[at] == UInt8(ascii: "_") {
      while next < source.count, source[next] == UInt8(ascii: "_"), next - at < 8 { next += 1 }
    } else if source[at] == UInt8(ascii: ":"), source[next] == UInt8(ascii: ":") {
      next += 1
    }
    guard next < source.count else { return at }
    switch table[Int(source[next])] {
    case ASCIIClass.lower, ASCIIClass.upper, ASCIIClass.digit:
      return next
    case ASCIIClass.beyond:
      let scalar = TextFolding.decode(source, next).0
      return TextFolding.entry(of: scalar).kind == .word ? next : at
    default:
      return at
    }
  }

  /// Reads one word into `text` and reports it and its pieces; returns where it ends.
  private mutating func word<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ table: UnsafePointer<UInt8>,
    _ text: UnsafeMutablePointer<UInt8>, _ position: inout Int, _ sink: inout Sink
  ) -> Int {
    let textStart = count
    var at = from
    var end = from
    var before = ASCIIClass.other
    var hasLower = false
    var hasUpperInside = false
    var hasDigit = false
    var isPlain = true  // folded bytes stand where the source bytes stand
    var isASCII = true
    var lastScalar: UInt32 = 0
    cuts.removeAll(keepingCapacity: true)
    pieceSources.removeAll(keepingCapacity: true)
    reading: while at < source.count {
      let byte = source[at]
      let kind = table[Int(byte)]
      switch kind {
      case ASCIIClass.lower:
        if before == ASCIIClass.upper, count - textStart > 1,
          cuts.last != count - 1, hasUpperInside
        {
          cut(count - 1, at - 1)
        }
        hasLower = true
        put(byte, text)
        at += 1
      case ASCIIClass.upper:
        if count > textStart {
          hasUpperInside = true
          if before == ASCIIClass.beyond ? isLowercase(lastScalar) : before != ASCIIClass.upper {
            cut(count, at)
          }
        }
        put(byte | 0x20, text)
        at += 1
      case ASCIIClass.digit:
        hasDigit = true
        put(byte, text)
        at += 1
      case ASCIIClass.apostrophe:
        guard let next = afterApostrophe(source, at, 1, table) else { break reading }
        isPlain = false
        at = next
        if isPossessive(source, at, table) {
          end = at - 1
          at += 1
          before = ASCIIClass.apostrophe
          break reading
        }
        continue reading
      case ASCIIClass.beyond:
        let (scalar, length) = TextFolding.decode(source, at)
        let entry = TextFolding.entry(of: scalar)
        switch entry.kind {
        case .word:
          isPlain = false
          isASCII = false
          append(scalar, entry.folding, text)
          at += length
          lastScalar = scalar
          if !hasLower, isLowercase(scalar) { hasLower = true }
        case .ignored:
          isPlain = false
          at += length
          continue reading
        case .apostrophe:
          guard let next = afterApostrophe(source, at, length, table) else { break reading }
          isPlain = false
          at = next
          if isPossessive(source, at, table) {
            end = at - length
            at += 1
            before = ASCIIClass.apostrophe
            break reading
          }
          continue reading
        default:
          break reading
        }
      default:
        break reading
      }
      before = kind
      end = at
    }
    let length = count - textStart
    words.append(
      Word(
        textStart: textStart, textEnd: count, start: from, end: end, position: position))
    if length > 0, length <= Self.longestToken {
      let splits = !cuts.isEmpty && hasLower && cuts.count < Self.mostPieces
      let token = Token(
        kind: .word, position: position, start: from, end: end,
        isIdentifier: hasDigit || (hasUpperInside && hasLower) || !isASCII)
      sink.take(UnsafeBufferPointer(start: text + textStart, count: length), token)
      if splits { emitPieces(textStart, token, isPlain, text, &sink) }
    }
    position += 1
    return at
  }

  private func isLowercase(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isLowercase ?? false
  }

  private mutating func cut(_ offset: Int, _ sourceOffset: Int) {
    cuts.append(offset)
    pieceSources.append(sourceOffset)
  }

  private func emitPieces<Sink: TokenSink>(
    _ textStart: Int, _ word: Token, _ isPlain: Bool, _ text: UnsafeMutablePointer<UInt8>,
    _ sink: inout Sink
  ) {
    for index in 0...cuts.count {
      let from = index == 0 ? textStart : cuts[index - 1]
      let to = index == cuts.count ? count : cuts[index]
      guard from < to else { continue }
      var token = word
      token.kind = .piece
      token.isIdentifier = true
      if isPlain {
        token.start = index == 0 ? word.start : pieceSources[index - 1]
        token.end = index == cuts.count ? word.end : pieceSources[index]
      }
      sink.take(UnsafeBufferPointer(start: text + from, count: to - from), token)
    }
  }

  private mutating func append(
    _ scalar: UInt32, _ folding: Int, _ text: UnsafeMutablePointer<UInt8>
  ) {
    letters.removeAll(keepingCapacity: true)
    append(scalar, folding)
    for byte in letters { put(byte, text) }
  }

  private mutating func append(_ scalar: UInt32, _ folding: Int) {
    if folding == 0 {
      TextFolding.appendUTF8(scalar, to: &letters)
    } else {
      for index in 0..<3 {
        let part = TextFolding.foldedScalar(folding, index)
        if part != 0 { TextFolding.appendUTF8(part, to: &letters) }
      }
    }
  }

  /// Where the letters after an apostrophe start; nil when it ends the word.
  private func afterApostrophe(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int,
    _ table: UnsafePointer<UInt8>
  ) -> Int? {
    let next = at + length
    guard next < source.count else { return nil }
    switch table[Int(source[next])] {
    case ASCIIClass.lower, ASCIIClass.upper:
      return next
    case ASCIIClass.beyond:
      let scalar = TextFolding.decode(source, next).0
      return TextFolding.entry(of: scalar).kind == .word ? next : nil
    default:
      return nil
    }
  }

  /// Whether `at` is the `s` of a possessive: nothing of the word follows.
  private func isPossessive(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ table: UnsafePointer<UInt8>
  ) -> Bool {
    guard source[at] | 0x20 == UInt8(ascii: "s") else { return false }
    guard at + 1 < source.count else { return true }
    switch table[Int(source[at + 1])] {
    case ASCIIClass.lower, ASCIIClass.upper, ASCIIClass.digit, ASCIIClass.apostrophe:
      return false
    case ASCIIClass.beyond:
      switch TextFolding.entry(of: TextFolding.decode(source, at + 1).0).kind {
      case .word, .ignored, .apostrophe: return false
      default: return true
      }
    default:
      return true
    }
  }

  /// Reports `c++` and `c#` when a word ends so; returns where the signs end.
  private mutating func suffix<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ table: UnsafePointer<UInt8>,
    _ text: UnsafeMutablePointer<UInt8>, _ sink: inout Sink
  ) -> Int {
    guard at < source.count, let last = words.last, last.end == at else { return at }
    var end = at
    if source[at] == UInt8(ascii: "#") {
      end = at + 1
    } else if source[at] == UInt8(ascii: "+"), at + 1 < source.count,
      source[at + 1] == UInt8(ascii: "+")
    {
      end = at + 2
    }
    let length = last.textEnd - last.textStart
    guard end > at, length > 0, length <= 16 else { return at }
    if end < source.count {
      let next = table[Int(source[end])]
      guard next == ASCIIClass.other || next == ASCIIClass.joiner || next == ASCIIClass.apostrophe,
        source[end] != source[at]
      else { return at }
    }
    for index in at..<end { put(source[index], text) }
    let token = Token(
      kind: .suffixed, position: last.position, start: last.start, end: end, isIdentifier: true)
    sink.take(
      UnsafeBufferPointer(start: text + last.textStart, count: count - last.textStart), token)
    return end
  }

  // MARK: Scripts without spaces, symbols

  /// Reports a run of unspaced letters as overlapping pairs; returns where it ends.
  private mutating func unspaced<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, _ from: Int, _ position: inout Int, _ sink: inout Sink
  ) -> Int {
    var at = from
    var held: (text: Int, start: Int, end: Int)?
    letters.removeAll(keepingCapacity: true)
    while at < source.count, source[at] >= 0x80 {
      let (scalar, length) = TextFolding.decode(source, at)
      let entry = TextFolding.entry(of: scalar)
      if entry.kind == .ignored {
        at += length
        continue
      }
      guard entry.kind == .bigram else { break }
      let start = letters.count
      append(scalar, entry.folding)
      if let first = held {
        emitText(first.text, letters.count, .pair, position, first.start, at + length, &sink)
        position += 1
      }
      held = (start, at, at + length)
      at += length
      if letters.count > 2048 {
        letters.removeFirst(start)
        held?.text = 0
      }
    }
    if let last = held {
      emitText(last.text, letters.count, .single, position, last.start, last.end, &sink)
      position += 1
    }
    return max(at, from + 1)
  }

  private mutating func emitSymbol<Sink: TokenSink>(
    _ source: UnsafeBufferPointer<UInt8>, _ at: Int, _ length: Int, _ position: Int,
    _ sink: inout Sink
  ) {
    let token = Token(
      kind: .symbol, position: position, start: at, end: at + length, isIdentifier: true)
    sink.take(UnsafeBufferPointer(rebasing: source[at..<at + length]), token)
  }

  private func emitText<Sink: TokenSink>(
    _ from: Int, _ to: Int, _ kind: Token.Kind, _ position: Int, _ start: Int, _ end: Int,
    _ sink: inout Sink
  ) {
    guard from < to, to - from <= Self.longestToken else { return }
    let token = Token(kind: kind, position: position, start: start, end: end, isIdentifier: true)
    letters.withUnsafeBufferPointer {
      sink.take(UnsafeBufferPointer(rebasing: $0[from..<to]), token)
    }
  }
}
