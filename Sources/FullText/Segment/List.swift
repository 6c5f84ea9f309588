#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// An array for what a single search makes once.
///
/// The type of the library's array is made when a program first uses it, for each kind of element anew,
/// which takes some 5 us: a process that answers one query would spend more on these than on the answer.
/// This one keeps its elements in memory whose type is always the same. Values like any other: a copy
/// that is changed has its own memory.
struct List<Element> {
  private var owner: ListMemory?

  init() {}

  init(_ elements: some Collection<Element>) {
    reserveCapacity(elements.count)
    for element in elements { append(element) }
  }

  /// `count` times `element`.
  init(repeating element: Element, count: Int) {
    reserveCapacity(count)
    guard count > 0, let owner else { return }
    Self.elements(owner).initialize(repeating: element, count: count)
    owner.count = count
  }

  @inline(__always)
  private static func elements(_ owner: ListMemory) -> UnsafeMutablePointer<Element> {
    owner.base.assumingMemoryBound(to: Element.self)
  }

  /// Makes memory of its own with room for `capacity` elements.
  private mutating func move(to capacity: Int) {
    let memory = ListMemory(
      byteCount: capacity * MemoryLayout<Element>.stride, capacity: capacity
    ) { base, count in
      base.assumingMemoryBound(to: Element.self).deinitialize(count: count)
    }
    let count = self.count
    if let owner {
      let (old, new) = (Self.elements(owner), Self.elements(memory))
      if isKnownUniquelyReferenced(&self.owner) {
        new.moveInitialize(from: old, count: count)
        owner.count = 0
      } else {
        new.initialize(from: old, count: count)
      }
    }
    memory.count = count
    owner = memory
  }

  mutating func reserveCapacity(_ capacity: Int) {
    if capacity > owner?.capacity ?? 0 { move(to: capacity) }
  }

  mutating func append(_ element: Element) {
    if owner == nil || count == owner?.capacity {
      move(to: Swift.max(8, 2 * count))
    } else if !isKnownUniquelyReferenced(&owner) {
      move(to: owner?.capacity ?? 8)
    }
    guard let owner else { return }
    (Self.elements(owner) + owner.count).initialize(to: element)
    owner.count += 1
  }

  mutating func append(contentsOf elements: some Collection<Element>) {
    reserveCapacity(count + elements.count)
    for element in elements { append(element) }
  }

  mutating func removeLast() {
    guard count > 0 else { return }
    if !isKnownUniquelyReferenced(&owner) { move(to: count) }
    guard let owner else { return }
    owner.count -= 1
    (Self.elements(owner) + owner.count).deinitialize(count: 1)
  }

  mutating func removeAll() { owner = nil }

  func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result? {
    try withUnsafeBufferPointer(body)
  }

  mutating func withContiguousMutableStorageIfAvailable<Result>(
    _ body: (inout UnsafeMutableBufferPointer<Element>) throws -> Result
  ) rethrows -> Result? {
    try withUnsafeMutableBufferPointer {
      var elements = $0
      return try body(&elements)
    }
  }

  func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    defer { withExtendedLifetime(owner) {} }
    return try body(
      UnsafeBufferPointer(start: owner.map { UnsafePointer(Self.elements($0)) }, count: count))
  }

  mutating func withUnsafeMutableBufferPointer<Result>(
    _ body: (UnsafeMutableBufferPointer<Element>) throws -> Result
  ) rethrows -> Result {
    if owner != nil, !isKnownUniquelyReferenced(&owner) { move(to: count) }
    defer { withExtendedLifetime(owner) {} }
    return try body(
      UnsafeMutableBufferPointer(start: owner.map { Self.elements($0) }, count: count))
  }
}

extension List: RandomAccessCollection, MutableCollection {
  var startIndex: Int { 0 }
  var endIndex: Int { count }
  var count: Int { owner?.count ?? 0 }

  subscript(index: Int) -> Element {
    get {
      guard let owner, index >= 0, index < owner.count else {
        preconditionFailure("no such element")
      }
      return Self.elements(owner)[index]
    }
    _modify {
      if owner != nil, !isKnownUniquelyReferenced(&owner) { move(to: count) }
      guard let owner, index >= 0, index < owner.count else {
        preconditionFailure("no such element")
      }
      yield &Self.elements(owner)[index]
    }
  }
}

extension List: @unchecked Sendable where Element: Sendable {}

extension List: Equatable where Element: Equatable {
  static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}

/// Holds the elements of a list.
private final class ListMemory {
  let base: UnsafeMutableRawPointer
  let capacity: Int
  var count = 0
  private let destroy: (UnsafeMutableRawPointer, Int) -> Void

  init(
    byteCount: Int, capacity: Int, destroy: @escaping (UnsafeMutableRawPointer, Int) -> Void
  ) {
    guard let base = malloc(Swift.max(16, byteCount)) else { preconditionFailure("out of memory") }
    self.base = base
    self.capacity = capacity
    self.destroy = destroy
  }

  deinit {
    if count > 0 { destroy(base, count) }
    free(base)
  }
}
