/// Finds the words of a query in any text, by the analyser that made the index.
public struct Matcher: Sendable, Equatable {
  private(set) var terms = TermGroups()
  private(set) var prefixes: [(text: [UInt8], group: Int)] = []
  private(set) var groupCount = 0
  /// What the terms and prefixes begin with: most of a text needs no analyser.
  private var beginnings = Beginnings()

  public init() {}

  public static func == (left: Matcher, right: Matcher) -> Bool {
    left.terms == right.terms && left.groupCount == right.groupCount
      && left.prefixes.elementsEqual(right.prefixes) { $0 == $1 }
  }

  /// Whether there is nothing to find.
  public var isEmpty: Bool { terms.count == 0 && prefixes.isEmpty }

  mutating func add(_ pattern: Query.Leaf.Pattern, forms: [[UInt8]]) {
    switch pattern {
    case .term(let term, _):
      insert(term)
      for form in forms { insert(form) }
    case .fuzzy:
      for form in forms { insert(form) }
    case .prefix(let prefix):
      prefixes.append((prefix, groupCount))
      beginnings.add(prefix)
    case .sequence(let whole, let slots):
      if let whole { insert(whole) }
      for slot in slots.dropLast() {
        insert(slot.term)
        groupCount += 1
      }
      if let last = slots.last { insert(last.term) }
    }
    groupCount += 1
  }

  private mutating func insert(_ term: [UInt8]) {
    terms.insert(term, groupCount)
    beginnings.add(term)
  }

  /// Calls `body` with the pieces between blanks of a text's `range` that may hold a term, in order.
  @inline(__always)
  func forEachPiece(
    in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ body: (Range<Int>) -> Void
  ) {
    beginnings.forEachPiece(in: text, range, body)
  }

  /// The group that a folded token belongs to.
  func group(_ token: UnsafeBufferPointer<UInt8>) -> Int? {
    if let group = terms.group(token) { return group }
    for prefix in prefixes where token.starts(with: prefix.text) { return prefix.group }
    return nil
  }
}

/// Terms with the number of the query's word or phrase that each belongs to.
///
/// A small table of its own: one of the library's takes longer to set up than a search to run.
struct TermGroups: Sendable, Equatable {
  private var bytes: [UInt8] = []
  /// Where each term ends in `bytes`.
  private var ends: [Int] = []
  private var groups: [Int] = []
  /// Open addressing: the number of a term and one, 0 where there is none.
  private var slots: [Int] = []
  /// A bit for each byte that a term begins with: most words of a text need no look-up.
  private var firstBytes = SIMD4<UInt64>(repeating: 0)

  var count: Int { ends.count }

  private func range(_ number: Int) -> Range<Int> {
    (number == 0 ? 0 : ends[number - 1])..<ends[number]
  }

  /// The terms, in the order in which they came.
  var texts: [[UInt8]] { ends.indices.map { Array(bytes[range($0)]) } }

  static func == (left: TermGroups, right: TermGroups) -> Bool {
    left.count == right.count
      && left.texts.enumerated().allSatisfy { number, text in
        text.withUnsafeBufferPointer { right.group($0) } == left.groups[number]
      }
  }

  private static func hash(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ hash &>> 32)
  }

  /// The slot of a term, or the free one where it would be put.
  private func place(_ term: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Self.hash(term) & (slots.count - 1)
    while slots[slot] > 0 {
      let known = range(slots[slot] - 1)
      if known.count == term.count, bytes[known].elementsEqual(term) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  /// Adds a term; one that is there keeps its group.
  mutating func insert(_ term: [UInt8], _ group: Int) {
    guard let first = term.first else { return }
    if 2 * (count + 1) > slots.count { grow() }
    let slot = term.withUnsafeBufferPointer { place($0) }
    guard slots[slot] == 0 else { return }
    bytes += term
    ends.append(bytes.count)
    groups.append(group)
    slots[slot] = count
    firstBytes[Int(first >> 6)] |= 1 << UInt64(first & 63)
  }

  private mutating func grow() {
    slots = [Int](repeating: 0, count: max(16, 2 * slots.count))
    for number in ends.indices {
      let slot = bytes.withUnsafeBufferPointer {
        place(UnsafeBufferPointer(rebasing: $0[range(number)]))
      }
      slots[slot] = number + 1
    }
  }

  func group(_ term: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let first = term.first, firstBytes[Int(first >> 6)] & 1 << UInt64(first & 63) != 0
    else { return nil }
    let slot = place(term)
    return slots[slot] > 0 ? groups[slots[slot] - 1] : nil
  }
}
