/// Which segments to make one of after a change.
///
/// Segments of less than 1 MB are one level; above it a level is a factor of 4. More than 4 of a
/// level are merged, so there are at most about 4 for each factor; a segment that is more than a
/// quarter deleted is rewritten.
///
/// A change waits for its merges, about 30 ms a megabyte. What would take longer than a person likes
/// to wait is put off: until there are more than 12 segments, or until half of a large one is deleted,
/// when as many documents have come as the merge writes.
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
  /// Merges of more bytes are put off.
  static let longest = 8 << 20
  /// More segments than this are merged whatever it takes.
  static let mostSegments = 12

  /// The segments to merge next, or nil when all is well.
  static func choose(_ segments: [Candidate]) -> [Int]? {
    var levels: [Int: [Int]] = [:]
    for (index, segment) in segments.enumerated() {
      levels[level(segment.size), default: []].append(index)
    }
    for level in levels.keys.sorted() {
      guard let members = levels[level], members.count > most else { continue }
      let size = members.reduce(0) { $0 + segments[$1].size }
      if size <= longest || segments.count > mostSegments { return members }
    }
    for (index, segment) in segments.enumerated() {
      let parts = segment.size <= longest ? 4 : 2
      if segment.deletedCount * parts > segment.documentCount { return [index] }
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
