import Testing

@testable import FullText

@Suite struct PostingsTests {
  @Test(arguments: 0...32) func packedNumbersComeBack(width: Int) {
    var random = SeededGenerator(seed: UInt64(width))
    let most = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1)
    let values = (0..<131).map { _ in UInt32.random(in: 0...most, using: &random) }
    var buffer = ByteBuffer()
    var bits = BitWriter()
    for value in values { bits.put(value, width, to: &buffer) }
    bits.finish(&buffer)
    #expect(buffer.count == BitPacking.byteCount(values.count, width: width))
    buffer.bytes += [UInt8](repeating: 0xFF, count: 8)
    var read = [UInt32](repeating: 1, count: values.count)
    buffer.bytes.withUnsafeBufferPointer { bytes in
      read.withUnsafeMutableBufferPointer {
        BitPacking.unpack(
          bytes.baseAddress!, count: values.count, width: width, into: $0.baseAddress!)
      }
    }
    #expect(read == values)
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
    for value in values { RiceCode.put(value, parameter, &bits, to: &buffer) }
    bits.finish(&buffer)
    let count = buffer.count
    buffer.bytes += [UInt8](repeating: 0, count: 8)
    buffer.bytes.withUnsafeBufferPointer { bytes in
      var reader = RiceReader(UnsafeBufferPointer(rebasing: bytes[..<count]))
      let read = values.map { _ in reader.next(parameter) }
      #expect(read == values)
      #expect(!reader.isDamaged)
      #expect(reader.byteCount == count)
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
      #expect(near <= length && Float(near) > Float(length) * 0.92 - 1)
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
