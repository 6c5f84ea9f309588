#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Plain values in a row, with room for more: an array for the innermost loops, which grows where it
/// lies and checks nothing but its room.
///
/// Copies share the memory, so that a value has one user; it is let go with the last copy.
struct Room<Element: BitwiseCopyable>: RandomAccessCollection {
  private final class Owner {
    var base: UnsafeMutableRawPointer
    init(_ base: UnsafeMutableRawPointer) { self.base = base }
    deinit { free(base) }
  }

  private let owner: Owner
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    let room = Swift.max(16, capacity)
    guard let raw = malloc(room * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory")
    }
    owner = Owner(raw)
    base = raw.assumingMemoryBound(to: Element.self)
    self.capacity = room
  }

  /// `count` times `element`.
  init(repeating element: Element, count: Int) {
    self.init(capacity: count)
    base.initialize(repeating: element, count: count)
    self.count = count
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  /// Bytes taken.
  var memory: Int { capacity * MemoryLayout<Element>.stride }

  @inline(__always)
  subscript(index: Int) -> Element {
    get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    nonmutating set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(1) }
    base[count] = element
    count &+= 1
  }

  mutating func append(_ elements: UnsafeBufferPointer<Element>) {
    guard let start = elements.baseAddress, !elements.isEmpty else { return }
    makeRoom(elements.count)
    (base + count).update(from: start, count: elements.count)
    count += elements.count
  }

  /// Makes sure of room for `more` behind the last.
  @inline(__always)
  mutating func makeRoom(_ more: Int) {
    if capacity &- count < more { grow(more) }
  }

  /// Says that `more` were put behind the last.
  @inline(__always)
  mutating func add(_ more: Int) {
    assert(more >= 0 && count + more <= capacity)
    count &+= more
  }

  mutating func clear() { count = 0 }
  mutating func truncate(to count: Int) { self.count = Swift.min(self.count, count) }

  private mutating func grow(_ more: Int) {
    capacity = Swift.max(2 * capacity, count + more)
    guard let raw = realloc(owner.base, capacity * MemoryLayout<Element>.stride) else {
      preconditionFailure("out of memory")
    }
    owner.base = raw
    base = raw.assumingMemoryBound(to: Element.self)
  }

  var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}
