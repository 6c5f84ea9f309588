/// Documents of a window that have all the terms of a phrase, which may stand apart in them.
struct PhraseCandidates {
  /// Ascending.
  let documents: UnsafeMutablePointer<UInt32>
  /// The numbers of their postings in the lists of the two rarest terms.
  let firsts: UnsafeMutablePointer<UInt32>
  let seconds: UnsafeMutablePointer<UInt32>
  /// Numbers that their weighted frequencies do not exceed.
  let bounds: UnsafeMutablePointer<Float>
  /// For counting bounds by their size.
  fileprivate let counts: UnsafeMutablePointer<UInt32>

  init(_ memory: SearchMemory) {
    documents = memory.take(UInt32.self, LeafWindow.size)
    firsts = memory.take(UInt32.self, LeafWindow.size)
    seconds = memory.take(UInt32.self, LeafWindow.size)
    bounds = memory.take(Float.self, LeafWindow.size)
    counts = memory.take(UInt32.self, Self.sizes)
  }

  // MARK: The greatest bounds

  fileprivate static let sizes = 256
  /// The size of the bounds from 2^-8 up, in sixteenths of a doubling.
  private static func size(_ bound: Float) -> Int {
    let bits = Int(bound.bitPattern &>> 19)
    return min(max(bits - (127 - 8) << 4, 0), sizes - 1)
  }

  /// The bounds of a size and above.
  private static func least(_ size: Int) -> Float {
    size == 0 ? 0 : Float(bitPattern: UInt32(size + (127 - 8) << 4) << 19)
  }

  /// A bound that at least `wanted` of the first `count` candidates reach, and not many more if that
  /// can be.
  func bound(ofGreatest wanted: Int, among count: Int) -> Float {
    counts.update(repeating: 0, count: Self.sizes)
    for candidate in 0..<count { counts[Self.size(bounds[candidate])] &+= 1 }
    var sum = 0
    for size in stride(from: Self.sizes - 1, to: 0, by: -1) {
      sum += Int(counts[size])
      if sum >= wanted { return Self.least(size) }
    }
    return 0
  }
}

/// A window of documents at a time: first those that have all the terms, by their postings alone,
/// then, for those that can matter, where the terms stand.
extension PhraseSearch {
  /// Calls `body` with the documents from `base` to before `end` that have all the terms and are in
  /// `wanted`, if that is given, and with a number that their weighted frequency does not exceed. The
  /// cursors stand there.
  @inline(__always)
  func forEachCandidate(
    _ base: UInt32, _ end: UInt32, in wanted: UnsafePointer<UInt64>?,
    _ weights: UnsafePointer<BM25F.Weight>, _ singles: UnsafePointer<BM25F.Weight>,
    _ body: (_ document: UInt32, _ bound: Float) -> Void
  ) {
    restart(at: base)
    let first = cursors.baseAddress! + order[0]
    // A phrase of one term is one with itself.
    let second = cursors.baseAddress! + order[min(1, count - 1)]
    let common = common
    guard first.pointee.seek(base) else { return }
    var target = first.pointee.document
    while target < end, second.pointee.seek(target) {
      let (left, right) = (first.pointee.documents, second.pointee.documents)
      let lasts = (left[first.pointee.length &- 1], right[second.pointee.length &- 1])
      let last = min(lasts.0, lasts.1, end &- 1)
      let upTo = Self.upTo(first, last)
      let pairs = Self.common(
        (left, first.pointee.index, upTo),
        (right, second.pointee.index, Self.upTo(second, last)), into: common)
      for pair in 0..<pairs {
        let places = (Int(common[2 &* pair]), Int(common[2 &* pair &+ 1]))
        let document = left[places.0]
        if let wanted {
          let place = Int(document &- base)
          if wanted[place &>> 6] & 1 &<< UInt64(place & 63) == 0 { continue }
        }
        first.pointee.stand(at: places.0)
        second.pointee.stand(at: places.1)
        if count > 2, !goToOthers(document) { continue }
        body(document, mostFrequency(weights, singles))
      }
      if last == end &- 1 || first.pointee.isDamaged || second.pointee.isDamaged { break }
      if last == lasts.0 {
        guard first.pointee.seek(last &+ 1) else { break }
      } else {
        first.pointee.stand(at: upTo)
      }
      target = first.pointee.document
    }
  }

  /// Remembers the documents that `forEachCandidate` finds; says how many there are.
  func gather(
    _ base: UInt32, _ end: UInt32, in wanted: UnsafePointer<UInt64>?,
    _ weights: UnsafePointer<BM25F.Weight>, _ singles: UnsafePointer<BM25F.Weight>
  ) -> Int {
    let (cursors, candidates) = (cursors.baseAddress!, candidates)
    let (first, second) = (cursors + order[0], cursors + order[min(1, count - 1)])
    var found = 0
    forEachCandidate(base, end, in: wanted, weights, singles) { document, bound in
      candidates.documents[found] = document
      candidates.firsts[found] = Self.number(first)
      candidates.seconds[found] = Self.number(second)
      candidates.bounds[found] = bound
      found &+= 1
    }
    return found
  }

  /// The number of the current posting in its list.
  @inline(__always)
  private static func number(_ cursor: UnsafeMutablePointer<PostingsCursor>) -> UInt32 {
    UInt32(cursor.pointee.currentBlock &* PostingsFormat.blockSize &+ cursor.pointee.index)
  }

  /// The place behind the last document of a block that is not above `last`.
  @inline(__always)
  private static func upTo(_ cursor: UnsafeMutablePointer<PostingsCursor>, _ last: UInt32) -> Int {
    let (documents, length) = (cursor.pointee.documents, cursor.pointee.length)
    if documents[length &- 1] <= last { return length }
    return PostingsCursor.place(of: last &+ 1, in: documents, cursor.pointee.index, length)
  }

  private typealias Stretch = (documents: UnsafeMutablePointer<UInt32>, from: Int, upTo: Int)

  /// Finds the documents that stretches of two blocks have in common; writes pairs of their places.
  private static func common(
    _ left: Stretch, _ right: Stretch, into places: UnsafeMutablePointer<UInt8>
  ) -> Int {
    var (at, other) = (left.from, right.from)
    var found = 0
    if (left.upTo &- at) &* 8 < right.upTo &- other {
      while at < left.upTo {
        let document = left.documents[at]
        if right.documents[right.upTo &- 1] < document { break }
        other = PostingsCursor.place(of: document, in: right.documents, other, right.upTo)
        places[2 &* found] = UInt8(truncatingIfNeeded: at)
        places[2 &* found &+ 1] = UInt8(truncatingIfNeeded: other)
        if right.documents[other] == document { found &+= 1 }
        at &+= 1
      }
      return found
    }
    // No branch depends on the documents, which cannot be foreseen.
    while at < left.upTo, other < right.upTo {
      let ahead = Int64(right.documents[other]) &- Int64(left.documents[at])
      places[2 &* found] = UInt8(truncatingIfNeeded: at)
      places[2 &* found &+ 1] = UInt8(truncatingIfNeeded: other)
      // One, unless the sign says that the other is behind.
      let steps = (Int(1 &+ ahead &>> 63), Int(1 &+ (0 &- ahead) &>> 63))
      found &+= steps.0 & steps.1
      at &+= steps.0
      other &+= steps.1
    }
    return found
  }

  /// Goes to a document in the lists of all but the two rarest terms; false when it is not in one.
  private func goToOthers(_ document: UInt32) -> Bool {
    for number in 2..<count {
      let cursor = cursors.baseAddress! + order[number]
      guard cursor.pointee.seek(document), cursor.pointee.document == document else { return false }
    }
    return true
  }

  /// Goes to a candidate that `gather` found; false in damaged data. They must be gone to in ascending
  /// order, or `restart` called.
  func go(toCandidate candidate: Int) -> Bool {
    Self.go(cursors.baseAddress! + order[0], candidates.firsts[candidate])
      && (count < 2 || Self.go(cursors.baseAddress! + order[1], candidates.seconds[candidate]))
      && (count <= 2 || goToOthers(candidates.documents[candidate]))
  }

  @inline(__always)
  private static func go(_ cursor: UnsafeMutablePointer<PostingsCursor>, _ number: UInt32) -> Bool {
    guard cursor.pointee.goTo(block: Int(number) / PostingsFormat.blockSize) else { return false }
    cursor.pointee.stand(at: Int(number) % PostingsFormat.blockSize)
    return true
  }
}
