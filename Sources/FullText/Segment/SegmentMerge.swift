/// Makes one segment of several, leaving out deleted documents.
///
/// Document keys must differ between the segments' live documents. Cost: one pass over everything;
/// memory: the new segment.
struct SegmentMerge {
  private let segments: [Segment]
  private let schema: Schema
  private let options: IndexOptions
  /// The new number of each old document; `UInt32.max` for deleted ones.
  private var renumbered: [[UInt32]]

  init(_ segments: [Segment], schema: Schema, options: IndexOptions) {
    self.segments = segments
    self.schema = schema
    self.options = options
    renumbered = segments.map { [UInt32](repeating: .max, count: $0.documentCount) }
  }

  /// Writes the merged segment to `path`.
  mutating func write(to path: String) throws(IndexError) -> SegmentSummary {
    var counts: [FieldShape: UInt32] = [:]
    for segment in segments {
      for (shape, count) in zip(segment.shapes.shapes, segment.shapes.counts) {
        counts[shape, default: 0] &+= count
      }
    }
    var writer = SegmentWriter(
      shapes: ShapeTable(counts.map { ($0.key, $0.value) }), schema: schema,
      language: options.language)
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
      walk.withKey {
        writer.addDocument(
          key: $0, mark: segment.mark(document), length: segment.lengthByte(document),
          span: segment.span(document), day: segment.day(document),
          attributes: segment.attributes(document))
      }
      renumbered[index][Int(document)] = number
      number += 1
    }
  }

  private func addTerms(to writer: inout SegmentWriter) throws(IndexError) {
    var walk = TableWalk(segments.map(\.terms))
    var stage = PostingsStage()
    var places = PlaceList()
    defer { places.release() }
    while walk.next() {
      stage.clear()
      for index in walk.current {
        let segment = segments[index]
        var postings = PostingsCursor(segment, segment.list(walk.cursors[index]))
        let hasPositions = postings.hasPositions
        while postings.advance() {
          let document = renumbered[index][Int(postings.document)]
          if document == .max { continue }
          places.clear()
          if hasPositions, !postings.readPlaces(of: 0xFF, into: &places) { break }
          stage.append(
            document, postings.frequencies, (0..<places.count).lazy.map { [places] in places[$0] })
        }
        if postings.isDamaged { throw .damaged(file: segment.name, what: "postings") }
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
      var spelling: (first: UInt32, text: [UInt8])?
      for index in walk.current {
        let cursor = walk.cursors[index]
        var first = UInt32.max
        let isWhole = segments[index].forEachDocument(cursor) {
          let document = renumbered[index][Int($0)]
          guard document != .max else { return }
          documents.append(document)
          first = min(first, document)
        }
        guard isWhole else {
          throw .damaged(file: segments[index].name, what: "documents of an attribute value")
        }
        if first < spelling?.first ?? .max { spelling = (first, Self.ownSpelling(cursor)) }
      }
      documents.sort()
      guard let spelling else { continue }
      walk.key.withUnsafeBufferPointer { key in
        spelling.text.withUnsafeBufferPointer {
          writer.addValue(key, spelling: $0, documents: documents)
        }
      }
    }
    try check(walk, "attribute values")
  }

  /// What an entry of the value table says of the value's spelling, as it is written.
  private static func ownSpelling(_ cursor: TableCursor) -> [UInt8] {
    var reader = ByteReader(cursor.rest)
    if cursor.isInline { _ = reader.varint() }
    return Array(reader.bytes(reader.remaining))
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
  private var walkers: [KeyWalker]
  /// The document that each walker stands on.
  private var documents: [UInt32]
  private var current: Int?

  init(_ segments: [Segment]) {
    self.segments = segments
    walkers = segments.map { $0.keys.walk(from: 0) }
    documents = segments.map { _ in 0 }
    for index in segments.indices {
      _ = walkers[index].next()
      settle(index)
    }
  }

  private mutating func settle(_ index: Int) {
    let segment = segments[index]
    while documents[index] < segment.documentCount, segment.deletions.contains(documents[index]) {
      step(index)
    }
  }

  private mutating func step(_ index: Int) {
    documents[index] += 1
    _ = walkers[index].next()
  }

  mutating func next() -> (segment: Int, document: UInt32)? {
    if let current {
      step(current)
      settle(current)
    }
    var best: Int?
    for index in segments.indices where documents[index] < segments[index].documentCount {
      guard let found = best else {
        best = index
        continue
      }
      let isFirst = walkers[index].withKey { key in
        walkers[found].withKey { compare(key, $0) < 0 }
      }
      if isFirst { best = index }
    }
    current = best
    return best.map { ($0, documents[$0]) }
  }

  /// The key of the document that `next` gave last.
  func withKey<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try walkers[current ?? 0].withKey(body)
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
        let order = cursors[index].withKey { key in
          cursors[first].withKey { compare(key, $0) }
        }
        if order == 0 {
          current.append(index)
        } else if order < 0 {
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
      sorted.append(documents[index], frequencies[index], places[from..<ends[index]])
    }
    self = sorted
  }
}
