/// A piece of a query through the analyser.
struct QueryTerms: TokenSink {
  private struct Found {
    var text: [UInt8]
    var token: Token
  }

  private var tokens = List<Found>()
  private let source: [UInt8]
  /// Longest phrase in words; what comes behind is left out.
  private static let longestPhrase = 64
  /// Tokens that are looked at: more than a query may have words, with all that a word can give.
  private static let mostTokens = 2048

  init(_ text: String) {
    source = Array(text.utf8)
    var analyser = Analyser()
    let bytes = source
    bytes.withUnsafeBufferPointer {
      _ = analyser.run($0, 0..<$0.count, position: 0, into: &self)
    }
  }

  mutating func take(_ text: UnsafeBufferPointer<UInt8>, _ token: Token) {
    if tokens.count < Self.mostTokens { tokens.append(Found(text: Array(text), token: token)) }
  }

  private func typed(_ token: Token) -> String {
    String(decoding: source[token.start..<token.end], as: UTF8.self)
  }

  /// The tokens of one kind inside `token`.
  private func inside(_ token: Token, _ kind: Token.Kind) -> [[UInt8]] {
    var inside: [[UInt8]] = []
    for other in tokens
    where other.token.kind == kind && other.token.start >= token.start
      && other.token.end <= token.end
    {
      inside.append(other.text)
    }
    return inside
  }

  /// Whether a larger compound or a suffixed word stands for this token.
  private func isCovered(_ token: Token) -> Bool {
    tokens.contains { other in
      guard other.token.kind == .compound || other.token.kind == .suffixed else { return false }
      let isLarger = other.token.end - other.token.start > token.end - token.start
      return isLarger && other.token.start <= token.start && other.token.end >= token.end
    }
  }

  /// The words to look for, all of them wanted.
  func words(_ fields: [String]) -> [Query.Leaf] {
    var leaves: [Query.Leaf] = []
    var pairs = List<Found>()
    let hasCompounds = tokens.contains { $0.token.kind == .compound || $0.token.kind == .suffixed }
    for found in tokens {
      let (text, token) = (found.text, found.token)
      switch token.kind {
      case .piece:
        continue
      case .pair:
        pairs.append(found)
      case .single:
        leaves.append(unspaced(pairs, found, fields))
        pairs.removeAll()
      case .symbol:
        leaves.append(leaf(.term(text, stemmed: false), token, fields))
      case .word:
        if hasCompounds, isCovered(token) { continue }
        let pieces = inside(token, .piece)
        if pieces.count > 1 {
          let slots = pieces.enumerated().map {
            Query.Leaf.Slot(term: $1, leastStep: 0, mostStep: $0 == 0 ? 0 : 1)
          }
          leaves.append(leaf(.sequence(whole: text, slots: slots), token, fields))
        } else {
          leaves.append(leaf(.term(text, stemmed: !token.isIdentifier), token, fields))
        }
      case .compound:
        if isCovered(token) { continue }
        let slots = inside(token, .word).enumerated().map {
          Query.Leaf.Slot(term: $1, leastStep: $0 == 0 ? 0 : 1, mostStep: $0 == 0 ? 0 : 1)
        }
        leaves.append(leaf(.sequence(whole: text, slots: slots), token, fields))
      case .suffixed:
        leaves.append(leaf(.term(text, stemmed: false), token, fields))
      }
    }
    return leaves
  }

  private func unspaced(
    _ pairs: List<Found>, _ last: Found, _ fields: [String]
  ) -> Query.Leaf {
    guard let first = pairs.first else { return leaf(.prefix(last.text), last.token, fields) }
    var token = first.token
    token.end = last.token.end
    if pairs.count == 1 { return leaf(.term(first.text, stemmed: false), token, fields) }
    let slots = pairs.prefix(Self.longestPhrase).enumerated().map {
      Query.Leaf.Slot(
        term: $1.text, leastStep: $0 == 0 ? 0 : 1, mostStep: $0 == 0 ? 0 : 1)
    }
    return leaf(.sequence(whole: nil, slots: slots), token, fields)
  }

  private func leaf(
    _ pattern: Query.Leaf.Pattern, _ token: Token, _ fields: [String]
  ) -> Query.Leaf {
    Query.Leaf(pattern: pattern, fields: fields, text: typed(token))
  }

  /// The words one after another, as written; none when there are no words.
  func phrase(_ fields: [String]) -> [Query.Leaf] {
    var slots: [(text: [UInt8], position: Int)] = []
    for found in tokens {
      let (text, token) = (found.text, found.token)
      switch token.kind {
      case .word, .pair, .symbol:
        slots.append((text, token.position))
      case .single:
        // The last letter of a run is in the pair before it.
        if token.position > 0,
          tokens.contains(where: {
            $0.token.kind == .pair && $0.token.position == token.position - 1
              && $0.token.end == token.end
          })
        {
          continue
        }
        slots.append((text, token.position))
      case .suffixed:
        if slots.last?.position == token.position { slots.removeLast() }
        slots.append((text, token.position))
      case .piece, .compound: continue
      }
    }
    slots = Array(slots.prefix(Self.longestPhrase))
    guard let first = slots.first else { return [] }
    let text = "\"" + String(decoding: source, as: UTF8.self) + "\""
    if slots.count == 1 {
      return [
        Query.Leaf(pattern: .term(first.text, stemmed: false), fields: fields, text: text)
      ]
    }
    var before = first.position
    let steps = slots.map { slot in
      let step = slot.position - before
      before = slot.position
      return Query.Leaf.Slot(term: slot.text, leastStep: step, mostStep: step)
    }
    return [
      Query.Leaf(pattern: .sequence(whole: nil, slots: steps), fields: fields, text: text)
    ]
  }

  /// The text as just one term without its other forms; empty when it is more.
  func exact(_ fields: [String]) -> [Query.Leaf] {
    words(fields).map { leaf in
      var leaf = leaf
      leaf.text = "=" + leaf.text
      switch leaf.pattern {
      case .term(let text, _): leaf.pattern = .term(text, stemmed: false)
      case .sequence(let whole?, _): leaf.pattern = .term(whole, stemmed: false)
      default: break
      }
      return leaf
    }
  }

  /// The text as the start of a term; nil when it is more than one.
  func prefix(_ fields: [String], _ typed: String) -> Query.Leaf? {
    guard let text = onlyTerm else { return nil }
    return Query.Leaf(pattern: .prefix(text), fields: fields, text: typed)
  }

  /// The text as a word with typos; nil when it is no single word of 3 letters or more.
  func fuzzy(_ distance: Int, _ fields: [String], _ typed: String) -> Query.Leaf? {
    guard tokens.allSatisfy({ $0.token.kind == .word || $0.token.kind == .piece }),
      let text = onlyTerm, String(decoding: text, as: UTF8.self).unicodeScalars.count >= 3
    else { return nil }
    return Query.Leaf(pattern: .fuzzy(text, distance), fields: fields, text: typed)
  }

  private var onlyTerm: [UInt8]? {
    var whole = List<Found>()
    for found in tokens where found.token.kind != .piece && !isCovered(found.token) {
      whole.append(found)
    }
    guard whole.count == 1, whole[0].token.start == 0, whole[0].token.end == source.count else {
      return nil
    }
    return whole[0].text
  }
}
