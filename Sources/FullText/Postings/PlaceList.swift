/// Places of a term in a document, `position << 3 | field`; room that is used again and again.
///
/// Whoever makes one must release it.
struct PlaceList {
  private var places: UnsafeMutablePointer<UInt32>
  private var capacity = 64
  private(set) var count = 0
  /// For the user: up to where it has looked.
  var from = 0

  init() { places = .allocate(capacity: 64) }

  func release() { places.deallocate() }

  @inline(__always)
  subscript(index: Int) -> UInt32 { places[index] }

  var start: UnsafeMutablePointer<UInt32> { places }

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
    capacity = max(2 * capacity, count + more)
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
