/// Words and phrases as sequences of numbers, each with the classes that it speaks for.
struct TermTrie: Sendable {
  /// A term seen from one class.
  struct Entry: Sendable {
    var owner: Int32
    var weight: Float
    var term: Int32
  }

  private var next: [UInt64: Int32] = [:]
  private var entries: [[Entry]] = [[]]
  private var hasNext: [Bool] = [false]
  private(set) var terms: [String] = []
  private var termOf: [Int32: Int32] = [:]

  /// Adds a term for a class; where it is there already, the larger weight counts.
  mutating func add(_ words: [Int32], text: String, owner: Int, weight: Float) {
    guard !words.isEmpty, words.count <= 8 else { return }
    var node: Int32 = 0
    for word in words {
      let key = Self.key(node, word)
      if let known = next[key] {
        node = known
      } else {
        hasNext[Int(node)] = true
        node = Int32(entries.count)
        entries.append([])
        hasNext.append(false)
        next[key] = node
      }
    }
    let term = termOf[node] ?? Int32(terms.count)
    if termOf[node] == nil {
      termOf[node] = term
      terms.append(text)
    }
    if let at = entries[Int(node)].firstIndex(where: { $0.owner == Int32(owner) }) {
      entries[Int(node)][at].weight = max(entries[Int(node)][at].weight, weight)
    } else {
      entries[Int(node)].append(Entry(owner: Int32(owner), weight: weight, term: term))
    }
  }

  /// Divides the weight of each term by a power of how many classes share it.
  mutating func spread(_ divisor: (Int) -> Float, _ rarity: (String) -> Float) {
    for node in entries.indices where !entries[node].isEmpty {
      let share = divisor(entries[node].count)
      let factor = rarity(terms[Int(entries[node][0].term)])
      for at in entries[node].indices { entries[node][at].weight *= factor / share }
    }
  }

  /// Calls `body` with each term that begins at `start`, shorter ones first, and its length.
  func forEachMatch(
    in words: [Int32], at start: Int, _ body: (Int, [Entry]) -> Void
  ) {
    var node: Int32 = 0
    var at = start
    while at < words.count, hasNext[Int(node)], words[at] >= 0,
      let following = next[Self.key(node, words[at])]
    {
      node = following
      at += 1
      if !entries[Int(node)].isEmpty { body(at - start, entries[Int(node)]) }
    }
  }

  private static func key(_ node: Int32, _ word: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: word))
  }
}
