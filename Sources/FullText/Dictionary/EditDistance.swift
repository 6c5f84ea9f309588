/// Compares one word with the keys of a table in order, keeping the rows that neighbours share.
///
/// Optimal string alignment: insertions, deletions, changes and swaps of neighbours count 1.
/// Source: Damerau (1964); rows as in Wagner and Fischer (1974). In bytes; words outside ASCII
/// are compared by scalars, from scratch.
struct EditDistance {
  private let word: [UInt8]
  private let scalars: [UInt32]
  private let isASCII: Bool
  private let most: Int
  private let width: Int
  /// Row d holds the distances between the key's first d bytes and each start of the word.
  private var rows: [UInt8]
  private static let deepest = 64
  /// How many bytes of the last key the rows stand for.
  private var depth = 0
  /// At this depth and below nothing can be within reach; `Int.max` when it can.
  private var hopeless = Int.max

  init(word: [UInt8], most: Int) {
    self.word = word
    self.most = most
    isASCII = word.allSatisfy { $0 < 0x80 }
    scalars = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    width = word.count + 1
    rows = [UInt8](repeating: 0, count: (Self.deepest + 1) * width)
    for index in 0..<width { rows[index] = UInt8(clamping: index) }
  }

  /// Whether no key that shares `shared` bytes with the one before can be within reach.
  @inline(__always)
  func isHopeless(below shared: Int) -> Bool { hopeless <= min(depth, shared) }

  /// The distance of `key`, which shares `shared` bytes with the key before; nil when too far.
  mutating func distance(_ key: UnsafeBufferPointer<UInt8>, shared: Int) -> Int? {
    guard isASCII else { return scalarDistance(key) }
    guard key.count <= Self.deepest else {
      depth = min(depth, shared)
      return nil
    }
    depth = min(depth, shared)
    if hopeless <= depth { return nil }
    hopeless = .max
    let (width, most) = (width, most)
    var reached = depth
    let isReached = rows.withUnsafeMutableBufferPointer { rows in
      word.withUnsafeBufferPointer { Self.extend(key, $0, rows, &reached, width, most) }
    }
    depth = reached
    if !isReached {
      hopeless = depth
      return nil
    }
    let distance = Int(rows[depth * width + width - 1])
    return distance <= most ? distance : nil
  }

  /// Adds the rows of the key's bytes behind `depth`; false where none can be within reach.
  private static func extend(
    _ key: UnsafeBufferPointer<UInt8>, _ word: UnsafeBufferPointer<UInt8>,
    _ rows: UnsafeMutableBufferPointer<UInt8>, _ depth: inout Int, _ width: Int, _ most: Int
  ) -> Bool {
    while depth < key.count {
      depth += 1
      let row = depth * width
      let byte = key[depth - 1]
      rows[row] = UInt8(depth)
      var best = rows[row]
      for index in 1..<width {
        var value = rows[row - width + index - 1] &+ (byte == word[index - 1] ? 0 : 1)
        value = min(value, rows[row - width + index] &+ 1, rows[row + index - 1] &+ 1)
        if depth > 1, index > 1, byte == word[index - 2], key[depth - 2] == word[index - 1] {
          value = min(value, rows[row - 2 * width + index - 2] &+ 1)
        }
        rows[row + index] = value
        best = min(best, value)
      }
      if Int(best) > most { return false }
    }
    return true
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
