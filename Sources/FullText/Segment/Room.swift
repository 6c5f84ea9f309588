#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Plain values in a row, with room for more: an array for the innermost loops, which grows where it
/// lies and checks nothing but its room. Much memory is asked for in large pages, where the system has
/// some: it is ready sooner, and a walk all over it costs less.
///
/// Copies share the memory, so that a value has one user; it is let go with the last copy.
struct Room<Element: BitwiseCopyable>: RandomAccessCollection {
  private let owner: RoomOwner
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  private(set) var count = 0

  init(capacity: Int = 64) {
    let room = Swift.max(16, capacity)
    let memory = RoomMemory(room * MemoryLayout<Element>.stride)
    owner = RoomOwner(memory)
    base = memory.base.assumingMemoryBound(to: Element.self)
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

  @inline(never)
  private mutating func grow(_ more: Int) {
    capacity = Swift.max(2 * capacity, count + more)
    let stride = MemoryLayout<Element>.stride
    owner.memory.grow(to: capacity * stride, keeping: count * stride)
    base = owner.memory.base.assumingMemoryBound(to: Element.self)
  }

  var buffer: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }
}

/// Holds the memory of a room; one class for all, for a generic one is made anew for each kind of element.
private final class RoomOwner {
  var memory: RoomMemory
  init(_ memory: RoomMemory) { self.memory = memory }
  deinit { memory.release() }
}

/// Memory of the heap or, when it is much, a mapping in large pages.
private struct RoomMemory {
  private static let page = 1 << 21

  private(set) var base: UnsafeMutableRawPointer
  /// The bytes of a mapping; 0 for memory of the heap.
  private var mapped = 0

  init(_ size: Int) {
    #if os(Linux)
      if size >= Self.page, let base = Self.map(size) {
        self.base = base
        mapped = Self.rounded(size)
        return
      }
    #endif
    guard let base = malloc(size) else { preconditionFailure("out of memory") }
    self.base = base
  }

  func release() {
    if mapped > 0 { munmap(base, mapped) } else { free(base) }
  }

  mutating func grow(to size: Int, keeping count: Int) {
    if mapped == 0, size < Self.page {
      guard let base = realloc(base, size) else { preconditionFailure("out of memory") }
      self.base = base
      return
    }
    let larger = RoomMemory(size)
    larger.base.copyMemory(from: base, byteCount: count)
    release()
    self = larger
  }

  private static func rounded(_ size: Int) -> Int { (size + page - 1) & ~(page - 1) }

  #if os(Linux)
    /// Whole large pages: the mapping is made one too long, and what is over is given back.
    private static func map(_ size: Int) -> UnsafeMutableRawPointer? {
      let size = rounded(size)
      let raw = mmap(nil, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      guard let raw, raw != MAP_FAILED else { return nil }
      let before = (page - Int(bitPattern: raw) & (page - 1)) & (page - 1)
      if before > 0 { munmap(raw, before) }
      if before < page { munmap(raw + before + size, page - before) }
      // Small pages do as well.
      _ = madvise(raw + before, size, MADV_HUGEPAGE)
      return raw + before
    }
  #endif
}
