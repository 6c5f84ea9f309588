import Testing

@testable import FullText

@Suite struct PostingsTests {
  /// Numbers in the order they were written, and what the reader says behind their end.
  private func read<Number: Equatable>(
    _ values: [Number], put: (Number, inout BitWriter) -> Void,
    next: (inout BitReader) -> Number
  ) {
    var buffer = ByteBuffer()
    var bits = BitWriter()
    for value in values { put(value, &bits) }
    bits.finish(&buffer)
    let count = buffer.count
    buffer.bytes += [UInt8](repeating: 0xFF, count: 8)
    buffer.bytes.withUnsafeBufferPointer { bytes in
      var reader = BitReader(UnsafeBufferPointer(rebasing: bytes[..<count]))
      for (place, value) in values.enumerated() {
        let found = next(&reader)
        #expect(found == value, "number \(place) of \(values.count)")
      }
      #expect(!reader.isDamaged && reader.remainingBits < 8)
      var cut = BitReader(UnsafeBufferPointer(rebasing: bytes[..<(count / 2)]))
      for _ in values { _ = next(&cut) }
      #expect(cut.isDamaged)
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 1000, 1024, 1025, 65_537, 1 << 30, 1 << 30 + 1])
  func numbersThatAreAllAsLikelyComeBack(count: UInt32) {
    var random = SeededGenerator(seed: UInt64(count))
    let code = UniformCode(below: count)
    var values = (0..<300).map { _ in UInt32.random(in: 0..<count, using: &random) }
    values += [0, count - 1, count / 2, min(code.short, count - 1), max(1, code.short) - 1]
    // A mark behind each number shows where it ended, for a lone number takes nothing at all.
    read(
      values,
      put: {
        code.put($0, &$1)
        $1.put(1, 1)
      },
      next: {
        let value = $0.next(code)
        return $0.bits(1) == 1 ? value : .max
      })
  }

  @Test func growingNumbersComeBack() {
    var random = SeededGenerator(seed: 3)
    var values = (0...28).flatMap { width -> [UInt32] in
      let edge = UInt32(1) << UInt32(width)
      return [edge - 1, edge, edge + 1].filter { $0 < 1 << 28 - 4 }
    }
    values += (0..<300).map { _ in UInt32.random(in: 0..<200, using: &random) }
    read(values, put: { GrowingCode.put($0, &$1) }, next: { $0.growing() })
  }

  @Test(arguments: 1...32) func plainBitsComeBack(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    let most = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1)
    let values = (0..<131).map { _ in UInt32.random(in: 0...most, using: &random) }
    read(values, put: { $1.put($0, width) }, next: { $0.bits(width) })
  }

  /// Bits that nobody wrote: whatever is read, the reader ends, and says so.
  @Test(arguments: 0..<40) func anyBitsCanBeRead(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let isSparse = seed % 2 == 0
    var bytes = (0..<64).map { _ in
      isSparse
        ? UInt8.random(in: 0...15, using: &random) / 15 : .random(in: 0...255, using: &random)
    }
    bytes += [UInt8](repeating: 0, count: 8)
    bytes.withUnsafeBufferPointer { bytes in
      var reader = BitReader(UnsafeBufferPointer(rebasing: bytes[..<64]))
      var steps = 0
      while !reader.isDamaged, steps < 10_000 {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: _ = reader.next(Int.random(in: 0...RiceCode.highestParameter, using: &random))
        case 1: _ = reader.next(UniformCode(below: .random(in: 1...1 << 30, using: &random)))
        case 2: _ = reader.growing()
        default: _ = reader.bits(.random(in: 1...32, using: &random))
        }
        steps += 1
      }
      #expect(reader.isDamaged && reader.remainingBits == 0)
      let behind = reader.next(UniformCode(below: 100))
      #expect(behind == 0)
    }
  }

  @Test(arguments: [0, 1, 5, 13, RiceCode.highestParameter])
  func riceCodesComeBackAndTheirEndIsNoticed(parameter: Int) {
    var random = SeededGenerator(seed: UInt64(parameter))
    let values = (0..<300).map { number -> UInt32 in
      let most: UInt32 = [3, 200, 1 << 16, .max][number % 4]
      return UInt32.random(in: 0...most, using: &random)
    }
    var buffer = ByteBuffer()
    var bits = BitWriter()
    for value in values { RiceCode.put(value, parameter, &bits) }
    bits.finish(&buffer)
    let count = buffer.count
    buffer.bytes += [UInt8](repeating: 0, count: 8)
    buffer.bytes.withUnsafeBufferPointer { bytes in
      var reader = BitReader(UnsafeBufferPointer(rebasing: bytes[..<count]))
      let read = values.map { _ in reader.next(parameter) }
      #expect(read == values)
      #expect(!reader.isDamaged && reader.remainingBits < 8)
      for _ in 0..<16 { _ = reader.next(parameter) }
      #expect(reader.isDamaged)
    }
  }

  @Test func lengthBytesAscendAndAreNear() {
    for (left, right) in zip(DocumentLength.lengths, DocumentLength.lengths.dropFirst()) {
      #expect(left < right || right == .max)
    }
    for length: UInt32 in [0, 1, 40, 41, 42, 99, 1000, 54321, 9_999_999] {
      let near = DocumentLength.lengths[Int(DocumentLength.byte(length))]
      #expect(near >= length && Float(near) < Float(length) * 1.08 + 1)
    }
  }

  @Test func lengthsForRankingComeBackAsTheNearestClass() {
    for (body, title) in [(0, 0), (3, 2), (4, 4), (100, 9), (111, 13), (5000, 29), (99_999, 99)] {
      let byte = LengthByte.byte(body: UInt32(body), title: UInt32(title))
      let distance = abs(Int(LengthByte.body(byte)) - body)
      #expect(LengthByte.bodies.allSatisfy { distance <= abs(Int($0) - body) })
      let titleDistance = abs(Int(LengthByte.title(byte)) - title)
      #expect(LengthByte.titles.allSatisfy { titleDistance <= abs(Int($0) - title) })
    }
  }

  @Test(arguments: [
    ("1970-01-02", 1), ("2000-02-29", 11_016), ("2026-11-22T10:00:00Z", 20_779), ("2026", 0),
    ("1960-01-01", 0), ("2026-13-01", 0), ("9999-01-01", 0), ("", 0),
  ])
  func daysAreCounted(text: String, day: UInt16) {
    #expect(Day.number(text) == day)
  }

  /// Terms in every share of the documents, with odd frequencies, through blocks and tails.
  @Test(arguments: [1, 2, 31, 33, 127, 128, 129, 256, 700]) func postingsComeBack(count: Int) throws
  {
    var random = SeededGenerator(seed: UInt64(count))
    var documents: [Document] = []
    var expected: [[UInt32]] = []
    for number in 0..<count * 3 {
      let times =
        number % 3 == 0 ? (number % 63 == 0 ? 300 : Int.random(in: 1...4, using: &random)) : 0
      var words = [String](repeating: "word", count: times)
      words += (0..<Int.random(in: 0...40, using: &random)).map { _ in "other" }
      words.shuffle(using: &random)
      if times > 0 {
        expected.append(words.indices.filter { words[$0] == "word" }.map { UInt32($0) })
      }
      documents.append(Fixture.document("n\(100_000 + number)", words.joined(separator: " ")))
    }
    let directory = TemporaryDirectory()
    let index = try Fixture.index(documents, in: directory)
    let segment = index.segments[0]
    let term = Array("word".utf8)
    let entry = try #require(term.withUnsafeBufferPointer { segment.terms.find($0) })
    var cursor = PostingsCursor(segment, segment.list(entry))
    for number in 0..<count {
      let isThere = cursor.advance()
      #expect(isThere)
      #expect(cursor.document == UInt32(number * 3))
      #expect(cursor.frequencies[1] == UInt32(expected[number].count))
      var places = PlaceList()
      defer { places.release() }
      if number % 2 == 0 {
        let isRead = cursor.readPlaces(of: 0xFF, into: &places)
        #expect(isRead)
        #expect((0..<places.count).map { places[$0] >> 3 } == expected[number])
      }
    }
    let goesOn = cursor.advance()
    #expect(!goesOn)
    #expect(!cursor.isDamaged)
    cursor.open(segment.list(entry))
    var target: UInt32 = 0
    while target < UInt32(count * 3 - 2) {
      let isFound = cursor.seek(target)
      #expect(isFound)
      #expect(cursor.document == (target + 2) / 3 * 3)
      target += UInt32.random(in: 1...300, using: &random)
    }
    let isBehind = cursor.seek(UInt32(count * 3))
    #expect(!isBehind)
  }
}

/// Lists that no analyser made: any documents, frequencies and positions, with spans that are right
/// or far too small.
@Suite struct PostingsListTests {
  private struct Posting {
    var document: UInt32
    var frequencies: SIMD8<UInt32>
    var places: [UInt32]
  }

  private func posting(_ document: UInt32, _ random: inout SeededGenerator) -> Posting {
    var places: [UInt32] = []
    var frequencies = SIMD8<UInt32>(repeating: 0)
    let fields = Int.random(in: 0..<4, using: &random) == 0 ? 8 : 1
    for field in 0..<8 where fields == 8 || field == Int(document) % 8 {
      let count = [1, 1, 1, 2, 3, 9, 300][Int.random(in: 0..<7, using: &random)]
      let most: UInt32 = [20, 4000, 1 << 20, 1 << 28 - 1][Int.random(in: 0..<4, using: &random)]
      var positions: Set<UInt32> = []
      for _ in 0..<count { positions.insert(.random(in: 0...most, using: &random)) }
      frequencies[field] = UInt32(positions.count)
      places += positions.sorted().map { $0 << 3 | UInt32(field) }
    }
    return Posting(document: document, frequencies: frequencies, places: places)
  }

  @Test(arguments: [1, 2, 3, 4, 15, 16, 17, 40, 127, 128, 300], [0, 1, 2])
  func anyListComesBack(count: Int, spans: Int) throws {
    var random = SeededGenerator(seed: UInt64(count * 3 + spans))
    let documentCount = [count, count + 7, 5 * count + 1000][spans]
    let documents = (0..<UInt32(documentCount)).shuffled(using: &random).prefix(count).sorted()
    let postings = documents.map { posting($0, &random) }
    var shapes = ShapeCounter()
    for posting in postings {
      if let shape = FieldShape(posting.frequencies) { shapes.add(shape.bits) }
    }
    // Half of the shapes have a code.
    let counted = Array(shapes.counted.prefix(shapes.counted.count / 2 + 1))
    let directory = TemporaryDirectory()
    let path = directory.path + "/x.seg"
    var writer = try SegmentWriter(
      path, shapes: ShapeTable(counted), schema: Fixture.schema, language: .none)
    for number in 0..<documentCount {
      let key = Array("n\(100_000 + number)".utf8)
      let span: UInt32 = [0, 40, 1 << 28][spans]
      key.withUnsafeBufferPointer {
        writer.addDocument(
          key: $0, mark: 1, length: LengthByte.byte(body: 9, title: 1), span: span, day: 0,
          attributes: [(name: String, value: String)]())
      }
    }
    var stage = PostingsStage()
    for posting in postings {
      posting.places.withUnsafeBufferPointer {
        stage.append(posting.document, posting.frequencies, places: $0)
      }
    }
    let term = Array("word".utf8)
    try withBytes(term) { (key) throws(IndexError) in try writer.addTerm(key, stage) }
    _ = try writer.finish()
    let segment = try #require(
      Segment(path, name: "x", deletions: DeletionMap(), liveLengths: LengthSums()))
    let entry = try #require(term.withUnsafeBufferPointer { segment.terms.find($0) })
    #expect(entry.count == UInt32(count))
    // Every posting in order, every third, and only the last.
    for step in [1, 3, count] {
      var cursor = PostingsCursor(segment, segment.list(entry))
      var places = PlaceList()
      defer { places.release() }
      for (number, posting) in postings.enumerated() {
        let isThere = cursor.advance()
        #expect(isThere && cursor.document == posting.document)
        if number % step != step - 1 { continue }
        #expect(cursor.frequencies == posting.frequencies)
        places.clear()
        let isRead = cursor.readPlaces(of: 0xFF, into: &places)
        #expect(isRead && (0..<places.count).map { places[$0] } == posting.places)
      }
      let goesOn = cursor.advance()
      #expect(!goesOn && !cursor.isDamaged)
    }
    var cursor = PostingsCursor(segment, segment.list(entry))
    var places = PlaceList()
    defer { places.release() }
    for posting in postings {
      _ = cursor.advance()
      places.clear()
      _ = cursor.readPlaces(of: 0b100, into: &places)
      #expect((0..<places.count).map { places[$0] } == posting.places.filter { $0 & 7 == 2 })
    }
  }
}
