/// Sorting many numbers by eight-byte keys.
enum RadixSort {
  struct Entry {
    var key: UInt64
    var number: UInt32
  }

  /// Puts the entries in ascending order of their keys; equal keys stay in the order they had.
  ///
  /// Eleven bits at a time, least significant first; digits that are all the same cost nothing.
  static func sort(_ entries: inout Room<Entry>) {
    let count = entries.count
    if count < 512 { return insertOrMerge(entries) }
    var other = Room<Entry>(capacity: count)
    other.add(count)
    let histograms = Room<UInt32>(repeating: 0, count: 6 * 2048)
    for entry in entries {
      for digit in 0..<6 {
        let at = digit &* 2048 &+ Int(truncatingIfNeeded: entry.key &>> UInt64(11 &* digit) & 2047)
        histograms.base[at] &+= 1
      }
    }
    for digit in 0..<6 {
      let starts = histograms.base + digit * 2048
      let shift = UInt64(11 * digit)
      if starts[Int(truncatingIfNeeded: entries[0].key &>> shift & 2047)] == UInt32(count) {
        continue
      }
      var sum: UInt32 = 0
      for value in 0..<2048 {
        let own = starts[value]
        starts[value] = sum
        sum &+= own
      }
      let from = entries.base
      let to = other.base
      for index in 0..<count {
        let entry = from[index]
        let value = Int(truncatingIfNeeded: entry.key &>> shift & 2047)
        to[Int(starts[value])] = entry
        starts[value] &+= 1
      }
      swap(&entries, &other)
    }
  }

  private static func insertOrMerge(_ entries: Room<Entry>) {
    var buffer = UnsafeMutableBufferPointer(start: entries.base, count: entries.count)
    // The library's sort keeps the order of equals.
    buffer.sort { $0.key < $1.key }
  }

  /// Puts each run of equal keys into the order that `isBelow` has.
  static func settle(_ entries: Room<Entry>, _ isBelow: (UInt32, UInt32) -> Bool) {
    var from = 0
    while from < entries.count {
      var to = from + 1
      while to < entries.count, entries[to].key == entries[from].key { to += 1 }
      if to - from > 1 {
        var equal = UnsafeMutableBufferPointer(start: entries.base + from, count: to - from)
        equal.sort { isBelow($0.number, $1.number) }
      }
      from = to
    }
  }
}
