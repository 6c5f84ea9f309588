/// Places of a term in a document, `position << 3 | field`; room that is used again and again.
///
/// Whoever makes one must release it.
struct PlaceList {
  fileprivate var places: UnsafeMutablePointer<UInt32>
  private var capacity = 64
  private(set) var count = 0
  /// For the user: up to where it has looked.
  var from = 0

  init() { places = .allocate(capacity: 64) }

  func release() { places.deallocate() }

  @inline(__always)
  subscript(index: Int) -> UInt32 { places[index] }

  mutating func clear() { count = 0 }

  var buffer: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: places, count: count) }

  /// The place behind the last, with room for `more` from there on; `add` says how many were put in.
  @inline(__always)
  mutating func room(for more: Int) -> UnsafeMutablePointer<UInt32> {
    if count &+ more > capacity { grow(more) }
    return places + count
  }

  @inline(__always)
  mutating func add(_ more: Int) { count &+= more }

  @inline(__always)
  mutating func append(_ place: UInt32) {
    room(for: 1).pointee = place
    count &+= 1
  }

  private mutating func grow(_ more: Int) {
    capacity = (max(2 * capacity, count + more) + 7) / 8 * 8
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
    larger.update(from: places, count: count)
    places.deallocate()
    places = larger
  }

  /// Puts the places from `start` on into order: they are a few ascending runs.
  mutating func sort(from start: Int = 0) {
    if count - start > 48 {
      var index = start + 1
      while index < count, places[index] >= places[index - 1] { index += 1 }
      if index == count { return }
      var unordered = UnsafeMutableBufferPointer(start: places + start, count: count - start)
      unordered.sort()
      return
    }
    var index = start + 1
    while index < count {
      let place = places[index]
      var hole = index
      while hole > start, places[hole - 1] > place {
        places[hole] = places[hole - 1]
        hole -= 1
      }
      places[hole] = place
      index += 1
    }
  }
}

/// What a phrase asks of the places of a term.
extension PlaceList {
  /// Calls `body` with groups of eight places that have a position from `first` to `behind` further,
  /// until it returns true.
  @inline(__always)
  private func forEachGroup(
    from first: UInt32, _ behind: UInt32, _ body: (_ at: Int, _ upTo: Int) -> Bool
  ) {
    let raw = UnsafeRawPointer(places)
    let low = SIMD8<UInt32>(repeating: first)
    let width = SIMD8<UInt32>(repeating: behind)
    var at = 0
    // There is always room for a multiple of eight.
    while at < count {
      let positions = raw.loadUnaligned(fromByteOffset: at &* 4, as: SIMD8<UInt32>.self) &>> 3
      if any((positions &- low) .<= width), body(at, min(at &+ 8, count)) { return }
      at &+= 8
    }
  }

  /// Whether a position from `first` to `behind` further is among them, in whatever order they are.
  @inline(__always)
  func has(from first: UInt32, _ behind: UInt32) -> Bool {
    var isFound = false
    forEachGroup(from: first, behind) { at, upTo in
      for index in at..<upTo where places[index] &>> 3 &- first <= behind { isFound = true }
      return isFound
    }
    return isFound
  }

  /// Bit n: whether the position n behind `first` is among them, in whatever order they are; n to
  /// `behind`, at most 63.
  @inline(__always)
  func bits(from first: UInt32, _ behind: UInt32) -> UInt64 {
    var bits: UInt64 = 0
    forEachGroup(from: first, behind) { at, upTo in
      for index in at..<upTo where places[index] &>> 3 &- first <= behind {
        bits |= 1 &<< UInt64(places[index] &>> 3 &- first)
      }
      return false
    }
    return bits
  }

  /// The same to 63 of ascending places, for ascending `first`.
  mutating func bitsInOrder(from first: UInt32) -> UInt64 {
    var at = from
    while at < count, places[at] &>> 3 < first { at &+= 1 }
    from = at
    var bits: UInt64 = 0
    while at < count, places[at] &>> 3 &- first < 64 {
      bits |= 1 &<< UInt64(places[at] &>> 3 &- first)
      at &+= 1
    }
    return bits
  }
}
