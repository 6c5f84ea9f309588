// The postings of one term, in two streams of a segment.
//   Documents stream:
//     skip records, only for 128 documents or more, one a block of 128, little-endian u32 each:
//       least document number of the block; offset of the block behind the records; offset of its
//       positions from the start of the term's positions
//     a posting: varint (gap << 2 | code); the gap counts from the document after the one before,
//       in a block's first posting from the block's least number
//         code 0   once, in the segment's commonest field
//         code 1   then a byte: field | frequency << 3; frequency 0: a varint with it follows
//         code 2   then a byte with a bit for each field, and a varint frequency for each bit set
//   Positions stream: for each posting, for each of its fields in ascending order, its positions
//     as varint gaps from the position before in that field, the first from 0.
// All fields of a document count positions together, so that a phrase may run through several.

/// Postings of one term, gathered before they are written.
struct PostingsStage {
  /// Ascending document numbers.
  private(set) var documents: [UInt32] = []
  /// Where each document's places end in `places`.
  private(set) var ends: [Int] = []
  /// `position << 3 | field`, for each document by field, then position.
  private(set) var places: [UInt32] = []

  var isEmpty: Bool { documents.isEmpty }

  mutating func clear() {
    documents.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  /// Adds a place of `document`, which is the last document or a later one.
  @inline(__always)
  mutating func add(_ document: UInt32, _ place: UInt32) {
    if documents.last != document {
      documents.append(document)
      ends.append(places.count)
    }
    places.append(place)
    ends[ends.count - 1] = places.count
  }

  /// Adds a document with its ordered places; documents may come in any order.
  mutating func append(_ document: UInt32, _ places: some Sequence<UInt32>) {
    documents.append(document)
    self.places.append(contentsOf: places)
    ends.append(self.places.count)
  }

  /// Brings each document's places into order.
  mutating func order() {
    var from = 0
    for end in ends {
      if end - from > 1 { order(from, end) }
      from = end
    }
  }

  private mutating func order(_ from: Int, _ end: Int) {
    if end - from > 24 {
      places[from..<end].sort { Self.rank($0) < Self.rank($1) }
      return
    }
    places.withUnsafeMutableBufferPointer { places in
      for index in from + 1..<end {
        let place = places[index]
        let rank = Self.rank(place)
        var hole = index
        while hole > from, Self.rank(places[hole - 1]) > rank {
          places[hole] = places[hole - 1]
          hole -= 1
        }
        places[hole] = place
      }
    }
  }

  @inline(__always)
  private static func rank(_ place: UInt32) -> UInt32 { place &<< 29 | place &>> 3 }
}

/// Writes terms' postings into the two streams.
struct PostingsWriter {
  static let blockSize = 128
  static let skipRecordSize = 12

  var documents = ByteBuffer()
  var positions = ByteBuffer()
  /// The field that costs no extra byte.
  let commonestField: UInt8

  init(commonestField: UInt8) {
    self.commonestField = commonestField
  }

  /// Writes an ordered stage; returns how long its two parts are.
  mutating func write(_ stage: borrowing PostingsStage) -> (documents: Int, positions: Int) {
    let documentsStart = documents.count
    let positionsStart = positions.count
    let count = stage.documents.count
    let blocks = count < Self.blockSize ? 0 : (count + Self.blockSize - 1) / Self.blockSize
    for _ in 0..<blocks * Self.skipRecordSize { documents.byte(0) }
    let postingsStart = documents.count
    var from = 0
    var expected: UInt32 = 0
    for index in 0..<count {
      if blocks > 0, index % Self.blockSize == 0 {
        let at = documentsStart + index / Self.blockSize * Self.skipRecordSize
        documents.set(at, expected)
        documents.set(at + 4, UInt32(documents.count - postingsStart))
        documents.set(at + 8, UInt32(positions.count - positionsStart))
      }
      let document = stage.documents[index]
      posting(document - expected, stage.places, from..<stage.ends[index])
      from = stage.ends[index]
      expected = document + 1
    }
    return (documents.count - documentsStart, positions.count - positionsStart)
  }

  private mutating func posting(_ gap: UInt32, _ places: [UInt32], _ range: Range<Int>) {
    var frequencies = SIMD8<UInt32>(repeating: 0)
    var mask: UInt8 = 0
    var before: UInt32 = 0
    var field = UInt32.max
    for index in range {
      let place = places[index]
      if place & 7 != field {
        field = place & 7
        mask |= 1 << UInt8(field)
        before = 0
      }
      frequencies[Int(field)] += 1
      positions.varint(place >> 3 - before)
      before = place >> 3
    }
    let one = UInt8(mask.trailingZeroBitCount & 7)
    if mask.nonzeroBitCount == 1 {
      let frequency = frequencies[Int(one)]
      if one == commonestField, frequency == 1 {
        documents.varint(gap << 2)
      } else {
        documents.varint(gap << 2 | 1)
        documents.byte(one | (frequency < 32 ? UInt8(frequency) << 3 : 0))
        if frequency >= 32 { documents.varint(frequency) }
      }
    } else {
      documents.varint(gap << 2 | 2)
      documents.byte(mask)
      for field in 0..<8 where mask & 1 << UInt8(field) != 0 {
        documents.varint(frequencies[field])
      }
    }
  }
}

extension ByteBuffer {
  /// Writes a number over bytes that are there already.
  mutating func set(_ at: Int, _ value: UInt32) {
    for index in 0..<4 {
      bytes[at + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt32(index)))
    }
  }
}
