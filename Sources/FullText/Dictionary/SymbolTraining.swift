/// Chooses the strings that make texts shortest, from a sample of them.
///
/// Each round writes the sample with the symbols that there are and counts codes and pairs of
/// neighbours; the next symbols are those strings, alone or joined, that save most.
struct SymbolTraining {
  /// Bytes of a sample that are enough, and so few that a table does not pay.
  static let enough = 65_536
  static let least = 4096
  private static let rounds = 5
  /// A string that is rarer is no symbol.
  private static let rarest: UInt32 = 3

  private var text: [UInt8] = []
  private var ends: [Int] = []

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    self.text.append(contentsOf: text)
    ends.append(self.text.count)
  }

  func coder() -> SymbolCoder {
    var coder = SymbolCoder([])
    guard text.count >= Self.least else { return coder }
    // A part of a text is numbered by its code, or 256 and its byte.
    let kinds = 512
    var counts = [UInt32](repeating: 0, count: kinds)
    var pairs = [UInt32](repeating: 0, count: kinds * kinds)
    for round in 0..<Self.rounds {
      if round > 0 {
        for index in counts.indices { counts[index] = 0 }
        pairs.withUnsafeMutableBufferPointer { $0.update(repeating: 0) }
      }
      count(coder, &counts, &pairs)
      coder = SymbolCoder(Self.best(coder, counts, pairs))
    }
    return coder
  }

  private func count(_ coder: SymbolCoder, _ counts: inout [UInt32], _ pairs: inout [UInt32]) {
    text.withUnsafeBufferPointer { text in
      counts.withUnsafeMutableBufferPointer { counts in
        pairs.withUnsafeMutableBufferPointer { pairs in
          var start = 0
          for end in ends {
            var before = -1
            coder.forEachPart(UnsafeBufferPointer(rebasing: text[start..<end])) { code, part in
              let kind = code.map { Int($0) } ?? 256 + Int(part.first)
              counts[kind] += 1
              if before >= 0 { pairs[before << 9 | kind] += 1 }
              // The first byte alone too, so that strings grow by single bytes.
              if part.length > 1 {
                counts[256 + Int(part.first)] += 1
                if before >= 0 { pairs[before << 9 | (256 + Int(part.first))] += 1 }
              }
              before = kind
            }
            start = end
          }
        }
      }
    }
  }

  private static func best(_ coder: SymbolCoder, _ counts: [UInt32], _ pairs: [UInt32])
    -> [SymbolCoder.Symbol]
  {
    func symbol(_ kind: Int) -> SymbolCoder.Symbol {
      kind < 256
        ? coder.symbols[kind] : SymbolCoder.Symbol(bits: UInt64(kind - 256), length: 1)
    }
    var gains: [SymbolCoder.Symbol: UInt32] = [:]
    for (kind, count) in counts.enumerated() where count > 0 {
      let found = symbol(kind)
      // A byte without a code takes two.
      gains[found, default: 0] += count * UInt32(found.length == 1 ? 8 : found.length)
      if count < rarest { continue }
      for (other, count) in pairs[kind << 9..<(kind + 1) << 9].enumerated()
      where count >= rarest {
        let joined = found.joined(symbol(other))
        if joined.length > found.length {
          gains[joined, default: 0] += count * UInt32(joined.length)
        }
      }
    }
    let sorted = gains.sorted {
      ($1.value, $0.key.bits, $0.key.length) < ($0.value, $1.key.bits, $1.key.length)
    }
    return sorted.prefix(Int(SymbolTable.literal)).map(\.key)
  }
}
