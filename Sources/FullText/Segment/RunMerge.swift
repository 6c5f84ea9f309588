/// Makes one segment of runs, whose stretches of documents follow one another.
///
/// Cost: one pass over the runs, each posting encoded once.
struct RunMerge {
  private let runs: [Run]
  private let schema: Schema
  private let options: IndexOptions
  /// The number of each run's first document.
  private var bases: [UInt32] = []

  init(_ runs: [Run], schema: Schema, options: IndexOptions) {
    self.runs = runs
    self.schema = schema
    self.options = options
    var base: UInt32 = 0
    for run in runs {
      bases.append(base)
      base += UInt32(run.documentCount)
    }
  }

  /// Writes the segment to `path`.
  func write(to path: String) throws(IndexError) -> SegmentSummary {
    var counts: [FieldShape: UInt32] = [:]
    for run in runs {
      for (shape, count) in run.shapes { counts[shape, default: 0] &+= count }
    }
    var writer = try SegmentWriter(
      path, shapes: ShapeTable(counts.map { ($0.key, $0.value) }), schema: schema,
      language: options.language)
    try addDocuments(to: &writer, path)
    try addTerms(to: &writer, path)
    try addValues(to: &writer, path)
    return try writer.finish()
  }

  private func addDocuments(to writer: inout SegmentWriter, _ path: String) throws(IndexError) {
    for run in runs {
      var cursor = run.cursor(.documents)
      var key: [UInt8] = []
      for _ in 0..<run.documentCount {
        cursor.prepare()
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: cursor.bytes(Int(cursor.varint())))
        let mark = cursor.fixed(UInt64.self)
        let length = cursor.fixed(UInt8.self)
        cursor.prepare()
        let span = cursor.varint()
        let day = cursor.fixed(UInt16.self)
        cursor.prepare()
        var attributes: [(name: String, value: String)] = []
        for _ in 0..<cursor.varint() {
          cursor.prepare()
          let name = Int(cursor.varint())
          let value = String(decoding: cursor.bytes(Int(cursor.varint())), as: UTF8.self)
          if name < run.names.count { attributes.append((run.names[name], value)) }
        }
        if cursor.failure != 0 { throw .io(path, cursor.failure) }
        key.withUnsafeBufferPointer {
          writer.addDocument(
            key: $0, mark: mark, length: length, span: span, day: day, attributes: attributes)
        }
      }
    }
  }

  private func addTerms(to writer: inout SegmentWriter, _ path: String) throws(IndexError) {
    var walk = RunWalk(runs, .terms)
    var stage = PostingsStage()
    var places = Room<UInt32>()
    while walk.next() {
      stage.clear()
      let keepsPlaces = PostingsFormat.hasPositions(walk.key)
      for index in walk.current {
        walk.read(index) {
          Self.readPostings(&$0, from: bases[index], keepsPlaces, &places, into: &stage)
        }
      }
      try writer.addTerm(walk.key, stage)
    }
    if walk.failure != 0 { throw .io(path, walk.failure) }
  }

  @inline(__always)
  private static func readPostings(
    _ cursor: inout RunCursor, from base: UInt32, _ keepsPlaces: Bool,
    _ places: inout Room<UInt32>, into stage: inout PostingsStage
  ) {
    var document = base &- 1
    while true {
      cursor.prepare()
      let head = cursor.varint()
      if head == 0 { break }
      document &+= head &>> 1
      if head & 1 == 0 {
        stage.append(document, place: cursor.varint(), keepingPlace: keepsPlaces)
      } else {
        places.clear()
        for _ in 0..<cursor.varint() {
          cursor.prepare()
          places.append(cursor.varint())
        }
        stage.append(document, places: places.buffer, keepingPlaces: keepsPlaces)
      }
    }
  }

  private func addValues(to writer: inout SegmentWriter, _ path: String) throws(IndexError) {
    var walk = RunWalk(runs, .values)
    var documents = Room<UInt32>()
    var spelling = Room<UInt8>()
    while walk.next() {
      documents.clear()
      spelling.clear()
      for index in walk.current {
        walk.read(index) { cursor in
          cursor.prepare()
          let own = cursor.bytes(Int(cursor.varint()))
          // The spelling of the first document counts.
          if documents.isEmpty { spelling.append(own) }
          cursor.prepare()
          var document = bases[index] &- 1
          for _ in 0..<cursor.varint() {
            cursor.prepare()
            document &+= cursor.varint()
            documents.append(document)
          }
        }
      }
      writer.addValue(walk.key, spelling: spelling.buffer, documents: documents)
    }
    if walk.failure != 0 { throw .io(path, walk.failure) }
  }
}

/// Walks a part of several runs together, key by key.
struct RunWalk {
  private struct Place {
    var cursor: RunCursor
    /// The first 16 bytes of the key, big-endian, zero filled.
    var high: UInt64 = 0
    var low: UInt64 = 0
    var key = Room<UInt8>()
    var isAtEnd = false
  }

  private var places: [Place]
  /// The runs that have the current key, in their order.
  private(set) var current: [Int] = []

  init(_ runs: [Run], _ part: Run.Part) {
    places = runs.map { Place(cursor: $0.cursor(part)) }
    for index in places.indices { step(index) }
  }

  /// The key that `next` has gone to.
  var key: UnsafeBufferPointer<UInt8> { places[current[0]].key.buffer }

  /// The error that ended one of the runs.
  var failure: Int32 { places.lazy.map(\.cursor.failure).first { $0 != 0 } ?? 0 }

  private mutating func step(_ index: Int) {
    Self.step(&places[index])
  }

  private static func step(_ place: inout Place) {
    place.cursor.prepare()
    let count = Int(place.cursor.varint())
    place.key.clear()
    guard count > 0 else {
      place.isAtEnd = true
      return
    }
    place.key.append(place.cursor.bytes(count))
    let (low, high) = ShortTerm.words(place.key.buffer)
    place.high = low.bigEndian
    place.low = high.bigEndian
  }

  /// Goes to the next key; what is behind the current one must have been read by all that have it.
  mutating func next() -> Bool {
    for index in current { step(index) }
    current.removeAll(keepingCapacity: true)
    var first = -1
    places.withUnsafeMutableBufferPointer { places in
      for index in places.indices where !places[index].isAtEnd {
        if first < 0 || Self.order(places[index], places[first]) < 0 { first = index }
      }
    }
    guard first >= 0 else { return false }
    for index in first..<places.count where !places[index].isAtEnd {
      if index == first || Self.order(places[index], places[first]) == 0 { current.append(index) }
    }
    return true
  }

  @inline(__always)
  private static func order(_ left: borrowing Place, _ right: borrowing Place) -> Int {
    if left.high != right.high { return left.high < right.high ? -1 : 1 }
    if left.low != right.low { return left.low < right.low ? -1 : 1 }
    return compare(left.key.buffer, right.key.buffer)
  }

  /// Reads what is behind the current key in a run that has it.
  @inline(__always)
  mutating func read(_ index: Int, _ body: (inout RunCursor) -> Void) {
    body(&places[index].cursor)
  }
}
