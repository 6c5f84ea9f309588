#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

extension FrontCodedTable {
  /// The keys that are near to a word: their numbers, ascending, and their distances.
  struct NearKeys {
    var found: [(ordinal: Int, distance: Int)] = []
    var isDamaged = false
  }

  /// Looks through the keys that start with `first`; the sparse part must be intact.
  ///
  /// Thousands of keys are compared for a few that are near, so the blocks are walked by their bytes
  /// alone: payloads are passed over unread, of a key only what differs from the one before is
  /// compared, unless what they share is too far already, and blocks whose keys all begin so are
  /// not even opened.
  func keys(near compared: EditDistance, startingWith first: UnsafeBufferPointer<UInt8>) -> NearKeys
  {
    var near = NearKeys()
    let start = cursor(atOrAfter: first)
    near.isDamaged = start.isDamaged
    guard start.isValid else { return near }
    let key = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.longestKey + SymbolTable.longest)
    defer { key.deallocate() }
    var block = start.ordinal / FrontCodedTableWriter.blockSize
    // The bytes that a key shares with the one that was compared last.
    var shared = 0
    blocks: while block < blockCount {
      guard let bytes = blockBytes(block) else {
        near.isDamaged = true
        return near
      }
      var reader = ByteReader(bytes)
      reader.skipVarints(2)
      var count = 0
      var ordinal = block * FrontCodedTableWriter.blockSize
      while !reader.isAtEnd {
        let entry = FrontCodedEntry(&reader)
        let same = entry.shared
        guard !reader.isDamaged, same <= count,
          let length = entry.put(to: key, limit: Self.longestKey, symbols)
        else {
          near.isDamaged = true
          return near
        }
        count = length
        shared = min(shared, same)
        ordinal &+= 1
        if compared.isHopeless(below: shared) { continue }
        if ordinal <= start.ordinal { continue }
        if same < first.count {
          guard count >= first.count, let wanted = first.baseAddress,
            memcmp(key, wanted, first.count) == 0
          else { return near }
        }
        let distance = compared.distance(
          UnsafeBufferPointer(start: key, count: count), shared: shared)
        if let distance { near.found.append((ordinal &- 1, distance)) }
        shared = .max
        if compared.hopeless <= count {
          let next = firstBlock(
            behind: block, not: UnsafeBufferPointer(start: key, count: compared.hopeless))
          if next > block {
            block = next
            shared = 0
            continue blocks
          }
        }
      }
      block += 1
    }
    return near
  }

  /// The first block from `block` on of which not all keys begin with `beginning`, as the keys at and
  /// behind the place in `block` where one does.
  private func firstBlock(behind block: Int, not beginning: UnsafeBufferPointer<UInt8>) -> Int {
    guard !beginning.isEmpty, beginning.count <= 8, !beginning.contains(0) else { return block }
    let rest = UInt64(8 &* (8 &- beginning.count))
    let wanted = Self.prefix(beginning) &>> rest
    // Keys are in order: a block is passed when the first key of the next begins so too.
    var next = block
    while next &+ 1 < blockCount, sparseKey(next &+ 1) &>> rest == wanted { next &+= 1 }
    return next
  }
}
