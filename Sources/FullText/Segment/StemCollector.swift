/// Finds the terms that share a stem.
struct StemCollector {
  private let language: Language
  private var text: [UInt8] = []
  private var entries: [(prefix: UInt64, start: Int, count: Int, ordinal: Int)] = []
  /// Entries whose term is the stem itself.
  private var plain: [Bool] = []

  init(language: Language) { self.language = language }

  mutating func add(_ term: UnsafeBufferPointer<UInt8>, ordinal: Int) {
    guard language == .english, EnglishStemmer.accepts(term) else { return }
    let stem = EnglishStemmer.stem(term)
    let prefix = stem.withUnsafeBufferPointer { FrontCodedTable.prefix($0) }
    let isPlain = stem.withUnsafeBufferPointer { compare($0, term) == 0 }
    entries.append((prefix, text.count, stem.count, ordinal))
    plain.append(isPlain)
    text += stem
  }

  func table() -> FrontCodedTableWriter {
    var table = FrontCodedTableWriter()
    text.withUnsafeBufferPointer { text in
      func stem(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
          rebasing: text[entries[index].start..<entries[index].start + entries[index].count])
      }
      let order = entries.indices.sorted {
        if entries[$0].prefix != entries[$1].prefix {
          return entries[$0].prefix < entries[$1].prefix
        }
        let order = compare(stem($0), stem($1))
        return order != 0 ? order < 0 : entries[$0].ordinal < entries[$1].ordinal
      }
      var at = 0
      while at < order.count {
        var end = at + 1
        while end < order.count, compare(stem(order[at]), stem(order[end])) == 0 { end += 1 }
        if end - at > 1 || !plain[order[at]] {
          var payload = ByteBuffer()
          payload.varint((end - at) << 1 | 1)
          var before = 0
          for index in order[at..<end] {
            payload.varint(entries[index].ordinal - before)
            before = entries[index].ordinal
          }
          table.append(stem(order[at]), payload: payload.bytes)
        }
        at = end
      }
    }
    table.finishBlock()
    return table
  }
}
