/// How high scores can be, from what stands beside ranges of documents and blocks of postings.
extension LeafWindow {
  /// Whether the bounds of single ranges are known.
  var hasRanges: Bool { known != nil || ranges != nil }

  /// Finds out how high a score in each range of `1 << shift` documents can be; 0 where no document has
  /// the leaf. Only where the bounds of ranges are known.
  func findBounds(_ bounds: UnsafeMutablePointer<Float>, _ count: Int, shift: UInt32) {
    if let ranges {
      findBounds(ranges, bounds, count, shift: shift)
      return
    }
    guard let known else { return }
    bounds.update(repeating: -1, count: count)
    for place in 0..<known.count {
      let range = Int(known.documents[place] &>> shift)
      bounds[range] = max(bounds[range], known.frequencies[place])
    }
    for range in 0..<count {
      // A document whose fields weigh nothing has the leaf all the same.
      bounds[range] =
        bounds[range] < 0
        ? 0 : max(BM25F.score(bounds[range], idf: idf), .leastNormalMagnitude)
    }
  }

  private func findBounds(
    _ ranges: RangeBounds.Part, _ bounds: UnsafeMutablePointer<Float>, _ count: Int, shift: UInt32
  ) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 16) { scores in
      scores[0] = 0
      for level in 1..<16 {
        let frequency = min(ranges.frequency(level) * scale, BoundReference.unknown)
        scores[level] = max(BM25F.score(frequency, idf: idf), .leastNormalMagnitude)
      }
      if ranges.shift == shift {
        for range in 0..<count { bounds[range] = scores[ranges.level(range)] }
      } else {
        let step = ranges.shift &- shift
        for range in 0..<count { bounds[range] = scores[ranges.level(range &>> Int(step))] }
      }
    }
  }

  /// Finds out how high a score in the window can be, from what stands beside the blocks; 0 when it
  /// has no documents.
  mutating func findBound(_ base: UInt32, _ end: UInt32) -> Float {
    var sum: Float = 0
    var mayMatch = false
    for index in parts.indices {
      let bound = self.bound(index, base, end)
      parts[index].bound = bound ?? 0
      if let bound {
        sum += bound
        mayMatch = true
      }
    }
    // What a damaged file may say is no number to reckon with: nothing is left out then.
    let most = min(BoundReference.unknown, sum)
    return mayMatch ? max(BM25F.score(most, idf: idf), .leastNormalMagnitude) : 0
  }

  /// The highest weighted frequency that a list can have in a window; nil when it ends before.
  private func bound(_ index: Int, _ base: UInt32, _ end: UInt32) -> Float? {
    let part = parts.baseAddress! + index
    let blocks = part.pointee.cursor.recordedBlocks
    if blocks == 0 {
      guard part.pointee.cursor.goTo(block: 0) else { return nil }
      let (documents, length) = (part.pointee.cursor.documents, part.pointee.cursor.length)
      guard documents[length &- 1] >= base else { return nil }
      let place = PostingsCursor.place(of: base, in: documents, 0, length)
      return documents[place] < end ? shortBound(index) : nil
    }
    var most: Float = 0
    var block = firstBlock(index, base)
    if block >= blocks { return nil }
    while block < blocks {
      most = max(most, part.pointee.cursor.bound(ofBlock: block))
      if part.pointee.cursor.lastDocument(ofBlock: block) >= end &- 1 { break }
      block &+= 1
    }
    return most * part.pointee.scale
  }

  /// The first block with a record that may hold a document at or after `base`.
  ///
  /// Most windows come one after another, so the block is near the one before.
  @inline(__always)
  func firstBlock(_ index: Int, _ base: UInt32) -> Int {
    let part = parts.baseAddress! + index
    let blocks = part.pointee.cursor.recordedBlocks
    var block = part.pointee.block
    if block > 0, part.pointee.cursor.lastDocument(ofBlock: block &- 1) >= base { block = 0 }
    for _ in 0..<4 {
      if block >= blocks || part.pointee.cursor.lastDocument(ofBlock: block) >= base {
        part.pointee.block = block
        return block
      }
      block &+= 1
    }
    block = part.pointee.cursor.block(holding: base, from: block)
    part.pointee.block = block
    return block
  }

  private func shortBound(_ index: Int) -> Float {
    if parts[index].shortBound >= 0 { return parts[index].shortBound }
    let mask = parts[index].mask
    var most: Float = 0
    if parts[index].cursor.goTo(block: 0), parts[index].cursor.loadCodes() {
      for place in 0..<parts[index].cursor.length {
        var weight = parts[index].weights[Int(parts[index].cursor.codes[place])]
        if weight.plain == WeightTable.unknown {
          weight = parts[index].cursor.weight(at: place, ranking, mask)
        }
        let length = lengths[Int(parts[index].cursor.documents[place])]
        most = max(most, weight.frequency(ranking.lengthFactors[length]))
      }
    }
    parts[index].shortBound = most * parts[index].factor
    return parts[index].shortBound
  }
}
