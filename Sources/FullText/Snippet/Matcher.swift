/// Finds the words of a query in any text, by the analyser that made the index.
public struct Matcher: Sendable, Equatable {
  /// The number of the query's word or phrase that each term belongs to.
  private(set) var terms: [[UInt8]: Int] = [:]
  private(set) var prefixes: [(text: [UInt8], group: Int)] = []
  private(set) var groupCount = 0
  /// A bit for each byte that a term begins with: most words of a text need no look-up.
  private var firstBytes = SIMD4<UInt64>(repeating: 0)
  /// A bit for what the first three bytes of each term can be: most lines of a text need no analyser.
  private var beginnings = [UInt64](repeating: 0, count: 512)

  public init() {}

  public static func == (left: Matcher, right: Matcher) -> Bool {
    left.terms == right.terms && left.groupCount == right.groupCount
      && left.prefixes.elementsEqual(right.prefixes) { $0 == $1 }
  }

  /// Whether there is nothing to find.
  public var isEmpty: Bool { terms.isEmpty && prefixes.isEmpty }

  mutating func add(_ pattern: Query.Leaf.Pattern, forms: [[UInt8]]) {
    switch pattern {
    case .term(let term, _):
      insert(term)
      for form in forms { insert(form) }
    case .fuzzy:
      for form in forms { insert(form) }
    case .prefix(let prefix):
      prefixes.append((prefix, groupCount))
      addBeginning(prefix)
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
    if terms[term] == nil { terms[term] = groupCount }
    if let first = term.first { firstBytes[Int(first >> 6)] |= 1 << UInt64(first & 63) }
    addBeginning(term)
  }

  /// Five bits of each byte are enough: capitals then are small letters.
  private mutating func addBeginning(_ term: [UInt8]) {
    guard let first = term.first else { return }
    let seconds: ClosedRange<UInt8> = term.count > 1 ? term[1]...term[1] : 0...31
    let thirds: ClosedRange<UInt8> = term.count > 2 ? term[2]...term[2] : 0...31
    for second in seconds {
      for third in thirds {
        let place = Int(first & 31) << 10 | Int(second & 31) << 5 | Int(third & 31)
        beginnings[place >> 6] |= 1 << UInt64(place & 63)
      }
    }
  }

  /// Whether a line may hold a term; false is certain.
  ///
  /// Beyond ASCII letters fold in ways that only the analyser knows; apostrophes inside words are left
  /// out of them.
  func mayBeFound(in line: UnsafeBufferPointer<UInt8>) -> Bool {
    beginnings.withUnsafeBufferPointer { beginnings in
      var place = 0
      for byte in line {
        if byte >= 0x80 { return true }
        if byte == UInt8(ascii: "'") { continue }
        place = (place &<< 5 | Int(byte & 31)) & 0x7FFF
        if beginnings[place &>> 6] & 1 &<< UInt64(place & 63) != 0 { return true }
      }
      // A term of one or two bytes may be the end of the line.
      for _ in 0..<2 {
        place = place << 5 & 0x7FFF
        if beginnings[place >> 6] & 1 << UInt64(place & 63) != 0 { return true }
      }
      return false
    }
  }

  /// The group that a folded token belongs to.
  func group(_ token: UnsafeBufferPointer<UInt8>, _ scratch: inout [UInt8]) -> Int? {
    let first = token[0]
    if firstBytes[Int(first >> 6)] & 1 << UInt64(first & 63) != 0 {
      scratch.removeAll(keepingCapacity: true)
      scratch.append(contentsOf: token)
      if let group = terms[scratch] { return group }
    }
    for prefix in prefixes where token.starts(with: prefix.text) { return prefix.group }
    return nil
  }
}
