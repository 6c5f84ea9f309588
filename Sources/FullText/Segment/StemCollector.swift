/// Finds the terms that share a stem.
struct StemCollector {
  private let language: Language
  private var text = Room<UInt8>(capacity: 1 << 12)
  /// Where each entry's stem ends in `text`.
  private var ends = Room<Int>()
  /// The entries' terms, ascending, and whether they are the stem themselves.
  private var ordinals = Room<Int>()
  private var counts = Room<Int>()
  private var plain = Room<Bool>()
  private var order = Room<RadixSort.Entry>()

  init(language: Language) { self.language = language }

  /// Adds a term, which comes after those before, unless it has no stem; says whether it has.
  @discardableResult
  mutating func add(_ term: UnsafeBufferPointer<UInt8>, ordinal: Int, postings: Int) -> Bool {
    guard language == .english, EnglishStemmer.accepts(term) else { return false }
    EnglishStemmer.stem(term).withUnsafeBufferPointer { stem in
      order.append(
        .init(key: FrontCodedTable.prefix(stem), number: UInt32(truncatingIfNeeded: order.count)))
      plain.append(compare(stem, term) == 0)
      text.append(stem)
    }
    ends.append(text.count)
    ordinals.append(ordinal)
    counts.append(postings)
    return true
  }

  private func stem(_ index: UInt32) -> UnsafeBufferPointer<UInt8> {
    let from = index == 0 ? 0 : ends[Int(index) - 1]
    return UnsafeBufferPointer(rebasing: text.buffer[from..<ends[Int(index)]])
  }

  /// The table of stems; calls `forLarge` with the ascending terms of each stem that have so many
  /// postings together.
  mutating func table(
    _ leastPostings: Int, forLarge: (_ ordinals: [Int], _ postings: Int) -> Void
  ) -> FrontCodedTableWriter {
    var table = FrontCodedTableWriter()
    RadixSort.sort(&order)
    RadixSort.settle(order) { left, right in
      let order = compare(stem(left), stem(right))
      return order != 0 ? order < 0 : left < right
    }
    var at = 0
    while at < order.count {
      let first = order[at].number
      var end = at + 1
      while end < order.count, order[end].key == order[at].key,
        compare(stem(first), stem(order[end].number)) == 0
      {
        end += 1
      }
      let postings = (at..<end).reduce(0) { $0 + counts[Int(order[$1].number)] }
      if postings >= leastPostings {
        forLarge((at..<end).map { ordinals[Int(order[$0].number)] }, postings)
      }
      if end - at > 1 || !plain[Int(first)] {
        var payload = ByteBuffer()
        if end - at > FrontCodedTable.mostInline { payload.varint(end - at) }
        var before = 0
        for index in at..<end {
          let ordinal = ordinals[Int(order[index].number)]
          payload.varint(ordinal - before)
          before = ordinal
        }
        table.append(
          stem(first), payload: payload.bytes,
          inlineCount: end - at > FrontCodedTable.mostInline ? 0 : end - at)
      }
      at = end
    }
    return table
  }
}
