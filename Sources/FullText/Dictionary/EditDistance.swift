/// Compares one word with the keys of a table in order, keeping the rows that neighbours share.
///
/// Optimal string alignment: insertions, deletions, changes and swaps of neighbours count 1.
/// Source: Damerau (1964); rows as in Wagner and Fischer (1974), of each row only the cells that are
/// within reach of the diagonal, as in Ukkonen (1985). In bytes; words outside ASCII are compared by
/// scalars, from scratch.
final class EditDistance {
  private let word: UnsafeMutablePointer<UInt8>
  private let scalars: [UInt32]
  private let isASCII: Bool
  private let most: Int
  private let width: Int
  /// Row d holds the distances between the key's first d bytes and each start of the word.
  private let rows: UnsafeMutablePointer<UInt8>
  private static let deepest = 64
  /// How many bytes of the last key the rows stand for.
  private var depth = 0
  /// At this depth and below nothing can be within reach; `Int.max` when it can.
  private var hopeless = Int.max

  init(word: [UInt8], most: Int) {
    self.word = .allocate(capacity: max(1, word.count))
    self.word.initialize(from: word, count: word.count)
    self.most = most
    isASCII = word.allSatisfy { $0 < 0x80 }
    scalars = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    width = word.count + 1
    rows = .allocate(capacity: (Self.deepest + 1) * width)
    rows.initialize(repeating: UInt8(clamping: most + 1), count: (Self.deepest + 1) * width)
    for index in 0..<width { rows[index] = UInt8(clamping: index) }
  }

  deinit {
    word.deallocate()
    rows.deallocate()
  }

  /// Whether no key that shares `shared` bytes with the one before can be within reach.
  @inline(__always)
  func isHopeless(below shared: Int) -> Bool { hopeless <= min(depth, shared) }

  /// The distance of `key`, which shares `shared` bytes with the key before; nil when too far.
  func distance(_ key: UnsafeBufferPointer<UInt8>, shared: Int) -> Int? {
    guard isASCII else { return scalarDistance(key) }
    depth = min(depth, shared)
    guard key.count <= Self.deepest else { return nil }
    if hopeless <= depth { return nil }
    hopeless = .max
    var at = depth
    while at < key.count {
      at &+= 1
      if !addRow(at, key) {
        depth = at
        hopeless = at
        return nil
      }
    }
    depth = at
    guard abs(at - (width - 1)) <= most else { return nil }
    let distance = Int(rows[at * width + width - 1])
    return distance <= most ? distance : nil
  }

  /// Works out row `depth`; false when nothing that starts so can be within reach.
  @inline(__always)
  private func addRow(_ depth: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let row = rows + depth &* width
    let above = row - width
    let byte = key[depth &- 1]
    let tooFar = UInt8(truncatingIfNeeded: most &+ 1)
    // Cells farther than `most` from the diagonal are too far whatever the letters are.
    let first = max(1, depth &- most)
    let last = min(width &- 1, depth &+ most)
    row[0] = UInt8(truncatingIfNeeded: depth)
    var best = first == 1 ? row[0] : tooFar
    if first > 1, first <= width { row[first &- 1] = tooFar }
    var index = first
    while index <= last {
      let letter = word[index &- 1]
      var value = above[index &- 1] &+ (byte == letter ? 0 : 1)
      // The cell above the last of the band is outside of its own row's band.
      if index < depth &+ most { value = min(value, above[index] &+ 1) }
      value = min(value, row[index &- 1] &+ 1)
      if depth > 1, index > 1, byte == word[index &- 2], key[depth &- 2] == letter {
        value = min(value, (above - width)[index &- 2] &+ 1)
      }
      row[index] = value
      best = min(best, value)
      index &+= 1
    }
    return Int(best) <= most
  }

  private func scalarDistance(_ key: UnsafeBufferPointer<UInt8>) -> Int? {
    let other = String(decoding: key, as: UTF8.self).unicodeScalars.map(\.value)
    guard abs(other.count - scalars.count) <= most else { return nil }
    var before2 = [Int](repeating: 0, count: scalars.count + 1)
    var before = Array(0...scalars.count)
    for depth in 1...max(1, other.count) where depth <= other.count {
      var row = [Int](repeating: depth, count: scalars.count + 1)
      for index in 1...scalars.count {
        let isSame = other[depth - 1] == scalars[index - 1]
        var value = min(before[index - 1] + (isSame ? 0 : 1), before[index] + 1, row[index - 1] + 1)
        if depth > 1, index > 1, other[depth - 1] == scalars[index - 2],
          other[depth - 2] == scalars[index - 1]
        {
          value = min(value, before2[index - 2] + 1)
        }
        row[index] = value
      }
      before2 = before
      before = row
    }
    let distance = before[scalars.count]
    return distance <= most ? distance : nil
  }
}
