/// Compares one word with the keys of a table in order, keeping what neighbours share.
///
/// Optimal string alignment: insertions, deletions, changes and swaps of neighbours count 1 (Damerau,
/// 1964). For each number of edits a row of bits says which beginnings of the word the key's bytes so
/// far are that many edits from, so that a byte is a few operations on whole words (Wu and Manber,
/// Fast text searching allowing errors, 1992, with a term for swaps). In bytes; words outside ASCII
/// are compared by scalars, from scratch.
final class EditDistance {
  /// Bit j: the first j letters of the word are within 0, 1 or 2 edits of what was read.
  private struct Row {
    var exact: UInt64 = 0
    var one: UInt64 = 0
    var two: UInt64 = 0

    /// Nothing read yet: the first letters of the word can be left out.
    static let start = Row(exact: 0b1, one: 0b11, two: 0b111)

    /// - Parameters:
    ///   - places: Bit j + 1 where letter j of the word is the letter read now.
    ///   - placesBefore: The same for the letter before.
    ///   - rowBefore: The row before that letter.
    @inline(__always)
    func read(_ places: UInt64, placesBefore: UInt64, rowBefore: Row) -> Row {
      let swapped = places &<< 1 & placesBefore
      let exact = self.exact &<< 1 & places
      let one =
        (self.one &<< 1 & places) | self.exact &<< 1 | self.exact | exact &<< 1
        | (rowBefore.exact &<< 2 & swapped)
      let two =
        (self.two &<< 1 & places) | self.one &<< 1 | self.one | one &<< 1
        | (rowBefore.one &<< 2 & swapped)
      return Row(exact: exact, one: one, two: two)
    }
  }

  private let word: [UInt8]
  private let scalars: [UInt32]
  private let isASCII: Bool
  private let most: Int
  /// Whether the word has a bit for each of its letters, and there are rows for its edits.
  private let fits: Bool
  /// A bit for each beginning of the word, the empty one too.
  private let beginnings: UInt64
  /// By byte: where the word has it.
  private let places: UnsafeMutablePointer<UInt64>
  /// Row d stands for the key's first d bytes.
  private let rows: UnsafeMutablePointer<Row>
  private static let deepest = 64
  private static let longest = 63
  /// How many bytes of the last key the rows stand for.
  private var depth = 0
  /// At this depth and below nothing can be within reach; `Int.max` when it can.
  private(set) var hopeless = Int.max

  init(word: [UInt8], most: Int) {
    self.word = word
    self.most = most
    isASCII = word.allSatisfy { $0 < 0x80 }
    scalars =
      isASCII
      ? word.map { UInt32($0) } : String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    fits = scalars.count <= Self.longest && (0...2).contains(most)
    beginnings = scalars.count < Self.longest ? 1 << UInt64(scalars.count + 1) - 1 : .max
    places = .allocate(capacity: 256)
    places.initialize(repeating: 0, count: 256)
    rows = .allocate(capacity: Self.deepest + 1)
    rows.initialize(repeating: Row.start, count: Self.deepest + 1)
    if fits, isASCII {
      for (index, byte) in word.enumerated() { places[Int(byte)] |= 1 << UInt64(index + 1) }
    }
  }

  deinit {
    places.deallocate()
    rows.deallocate()
  }

  /// Whether no key that shares `shared` bytes with the one before can be within reach.
  @inline(__always)
  func isHopeless(below shared: Int) -> Bool { hopeless <= min(depth, shared) }

  @inline(__always)
  private func reach(_ row: Row) -> UInt64 {
    (most == 2 ? row.two : most == 1 ? row.one : row.exact) & beginnings
  }

  /// The distance of `key`, which shares `shared` bytes with the key before; nil when too far.
  @inline(__always)
  func distance(_ key: UnsafeBufferPointer<UInt8>, shared: Int) -> Int? {
    guard isASCII, fits else { return distanceFromScratch(key) }
    depth = min(depth, shared)
    if hopeless <= depth { return nil }
    hopeless = .max
    let isTooLong = key.count > min(scalars.count &+ most, Self.deepest)
    let isTooShort = key.count < scalars.count &- most
    // The beginning is looked at all the same: what is hopeless is so for all keys that share it.
    let end = isTooLong || isTooShort ? min(key.count, most &+ 2) : key.count
    var at = depth
    while at < end {
      let before = at > 0 ? rows[at &- 1] : Row()
      let placesBefore = at > 0 ? places[Int(key[at &- 1])] : 0
      let row = rows[at].read(
        places[Int(key[at])], placesBefore: placesBefore, rowBefore: before)
      at &+= 1
      rows[at] = row
      if reach(row) == 0 {
        depth = at
        hopeless = at
        return nil
      }
    }
    depth = at
    return isTooLong || isTooShort ? nil : distance(rows[at])
  }

  /// The edits after which the whole word has been read.
  @inline(__always)
  private func distance(_ row: Row) -> Int? {
    let whole: UInt64 = 1 &<< UInt64(scalars.count)
    if row.exact & whole != 0 { return 0 }
    if most >= 1, row.one & whole != 0 { return 1 }
    return most >= 2 && row.two & whole != 0 ? 2 : nil
  }

  private func distanceFromScratch(_ key: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !isASCII || key.count <= Self.deepest else { return nil }
    if !isASCII, key.count > 4 * (scalars.count + most) { return nil }
    let other =
      isASCII
      ? key.map { UInt32($0) } : String(decoding: key, as: UTF8.self).unicodeScalars.map(\.value)
    guard abs(other.count - scalars.count) <= most else { return nil }
    guard fits else { return longDistance(other) }
    var (before, row) = (Row(), Row.start)
    var placesBefore: UInt64 = 0
    for scalar in other {
      var places: UInt64 = 0
      for (index, letter) in scalars.enumerated() where letter == scalar {
        places |= 1 << UInt64(index + 1)
      }
      let next = row.read(places, placesBefore: placesBefore, rowBefore: before)
      (before, row, placesBefore) = (row, next, places)
      if reach(row) == 0 { return nil }
    }
    return distance(row)
  }

  /// By the table of all distances, a row for each letter (Wagner and Fischer, 1974).
  private func longDistance(_ other: [UInt32]) -> Int? {
    var before2 = [Int](repeating: 0, count: scalars.count + 1)
    var before = Array(0...scalars.count)
    for depth in 1...max(1, other.count) where depth <= other.count {
      var row = [Int](repeating: depth, count: scalars.count + 1)
      for index in 1...max(1, scalars.count) where index <= scalars.count {
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
