/// Which segments to make one of after a change.
///
/// Segments of less than 1 MB are one level; above it a level is a factor of 4. More than 4 of a
/// level are merged, so there are at most about 4 for each factor; a segment that is more than a
/// quarter deleted is rewritten.
enum MergePolicy {
  struct Candidate: Equatable {
    /// Bytes of live documents.
    var size: Int
    var documentCount: Int
    var deletedCount: Int
  }

  static let floor = 1 << 20
  static let factor = 4
  static let most = 4

  /// The segments to merge next, or nil when all is well.
  static func choose(_ segments: [Candidate]) -> [Int]? {
    var levels: [Int: [Int]] = [:]
    for (index, segment) in segments.enumerated() {
      levels[level(segment.size), default: []].append(index)
    }
    for level in levels.keys.sorted() {
      if let members = levels[level], members.count > most { return members }
    }
    for (index, segment) in segments.enumerated()
    where segment.deletedCount * 4 > segment.documentCount {
      return [index]
    }
    return nil
  }

  private static func level(_ size: Int) -> Int {
    var level = 0
    var limit = floor
    while size > limit, level < 20 {
      limit *= factor
      level += 1
    }
    return level
  }
}

extension MergePolicy.Candidate {
  init(_ segment: Segment) {
    let live = segment.liveCount
    self.init(
      size: segment.byteCount * live / max(1, segment.documentCount),
      documentCount: segment.documentCount, deletedCount: segment.deletions.count)
  }
}
