/// Makes one segment of several, leaving out deleted documents.
///
/// Document keys must differ between the segments' live documents. Cost: one pass over everything;
/// memory: the new segment.
struct SegmentMerge {
  private let segments: [Segment]
  private let options: IndexOptions
  /// The new number of each old document; `UInt32.max` for deleted ones.
  private var renumbered: [[UInt32]]

  init(_ segments: [Segment], options: IndexOptions) {
    self.segments = segments
    self.options = options
    renumbered = segments.map { [UInt32](repeating: .max, count: $0.documentCount) }
  }

  /// Writes the merged segment to `path`.
  mutating func write(to path: String) throws(IndexError) -> SegmentSummary {
    let largest = segments.max { $0.tokenCount < $1.tokenCount }
    var writer = SegmentWriter(
      commonestField: largest?.commonestField ?? 0, language: options.language)
    addDocuments(to: &writer)
    try addTerms(to: &writer)
    try addValues(to: &writer)
    return try writer.summary(to: path)
  }

  private mutating func addDocuments(to writer: inout SegmentWriter) {
    var walk = KeyWalk(segments)
    var number: UInt32 = 0
    while let (index, document) = walk.next() {
      let segment = segments[index]
      writer.addDocument(
        key: segment.key(document), stamp: segment.stamp(document),
        length: segment.length(document), attributes: segment.attributes(document))
      renumbered[index][Int(document)] = number
      number += 1
    }
  }

  private func addTerms(to writer: inout SegmentWriter) throws(IndexError) {
    var walk = TableWalk(segments.map(\.terms))
    var stage = PostingsStage()
    var places: [UInt32] = []
    while walk.next() {
      stage.clear()
      for index in walk.current {
        var postings = segments[index].postings(walk.cursors[index])
        while postings.next() {
          let document = renumbered[index][Int(postings.document)]
          if document == .max { continue }
          places.removeAll(keepingCapacity: true)
          postings.readPlaces(of: 0xFF, into: &places)
          stage.append(document, places)
        }
        if postings.isDamaged { throw .damaged(file: segments[index].name, what: "postings") }
      }
      stage.orderDocuments()
      walk.key.withUnsafeBufferPointer { writer.addTerm($0, stage) }
    }
    try check(walk, "terms")
  }

  private func addValues(to writer: inout SegmentWriter) throws(IndexError) {
    var walk = TableWalk(segments.map(\.values))
    while walk.next() {
      var documents: [UInt32] = []
      var spelling: (first: UInt32, text: UnsafeBufferPointer<UInt8>)?
      for index in walk.current {
        let cursor = walk.cursors[index]
        var first = UInt32.max
        segments[index].forEachDocument(cursor) {
          let document = renumbered[index][Int($0)]
          guard document != .max else { return }
          documents.append(document)
          first = min(first, document)
        }
        if first < spelling?.first ?? .max { spelling = (first, cursor.rest) }
      }
      documents.sort()
      guard let spelling else { continue }
      walk.key.withUnsafeBufferPointer {
        writer.addValue($0, spelling: spelling.text, documents: documents)
      }
    }
    try check(walk, "attribute values")
  }

  private func check(_ walk: TableWalk, _ what: String) throws(IndexError) {
    for (index, cursor) in walk.cursors.enumerated() where cursor.isDamaged {
      throw .damaged(file: segments[index].name, what: what)
    }
  }
}

/// Walks the live documents of several segments in ascending order of their keys.
struct KeyWalk {
  private let segments: [Segment]
  private var upcoming: [UInt32]

  init(_ segments: [Segment]) {
    self.segments = segments
    upcoming = segments.map { _ in 0 }
    for index in segments.indices { settle(index) }
  }

  private mutating func settle(_ index: Int) {
    let segment = segments[index]
    while upcoming[index] < segment.documentCount, segment.deletions.contains(upcoming[index]) {
      upcoming[index] += 1
    }
  }

  mutating func next() -> (segment: Int, document: UInt32)? {
    var best: Int?
    for index in segments.indices where upcoming[index] < segments[index].documentCount {
      if let found = best {
        let key = segments[index].key(upcoming[index])
        if compare(key, segments[found].key(upcoming[found])) < 0 { best = index }
      } else {
        best = index
      }
    }
    guard let best else { return nil }
    let document = upcoming[best]
    upcoming[best] += 1
    settle(best)
    return (best, document)
  }
}

/// Walks several front-coded tables together, key by key.
struct TableWalk {
  private(set) var cursors: [TableCursor]
  /// The tables that have the current key.
  private(set) var current: [Int] = []
  private(set) var key: [UInt8] = []

  init(_ tables: [FrontCodedTable]) {
    cursors = tables.map { $0.cursor(block: 0) }
    for index in cursors.indices { _ = cursors[index].next() }
  }

  mutating func next() -> Bool {
    for index in current { _ = cursors[index].next() }
    current.removeAll(keepingCapacity: true)
    for index in cursors.indices where cursors[index].isValid {
      if let first = current.first {
        if cursors[index].key == cursors[first].key {
          current.append(index)
        } else if isBelow(cursors[index].key, cursors[first].key) {
          current.removeAll(keepingCapacity: true)
          current.append(index)
        }
      } else {
        current.append(index)
      }
    }
    guard let first = current.first else { return false }
    key = cursors[first].key
    return true
  }
}

extension PostingsStage {
  /// Sorts by document, after `append` out of order.
  mutating func orderDocuments() {
    var isOrdered = true
    for index in documents.indices.dropFirst() where documents[index] < documents[index - 1] {
      isOrdered = false
      break
    }
    if isOrdered { return }
    var sorted = PostingsStage()
    for index in documents.indices.sorted(by: { documents[$0] < documents[$1] }) {
      let from = index == 0 ? 0 : ends[index - 1]
      sorted.append(documents[index], places[from..<ends[index]])
    }
    self = sorted
  }
}
